/** A WebSocket on a network that a test can take away. */
import { WebSocket } from 'ws'
import type { RawSocket } from '../../client/net/environment.ts'

export interface Network {
  /** For a client's environment. */
  WebSocket: new (url: string) => RawSocket
  /** Breaks every connection; `down` keeps new ones from opening. */
  cut(down: boolean): void
  restore(): void
  /** Connections stay open, but nothing passes any more, until they are cut. */
  mute(): void
}

export function createNetwork(cookie: string): Network {
  const open = new Set<FlakySocket>()
  let down = false

  class FlakySocket extends WebSocket {
    muted = false
    constructor(url: string) {
      super(url, { headers: { cookie, origin: new URL(url).origin.replace(/^ws/, 'http') } })
      open.add(this)
      this.on('close', () => open.delete(this))
      if (down) setImmediate(() => this.terminate())
    }
    override send(data: Uint8Array): void {
      if (!this.muted) super.send(data)
    }
    override emit(event: string | symbol, ...values: unknown[]): boolean {
      return this.muted && event === 'message' ? true : super.emit(event, ...values)
    }
  }
  return {
    WebSocket: FlakySocket as unknown as Network['WebSocket'],
    cut(stay) {
      down = stay
      for (const socket of open) socket.terminate()
    },
    restore() {
      down = false
    },
    mute() {
      for (const socket of open) socket.muted = true
    },
  }
}
