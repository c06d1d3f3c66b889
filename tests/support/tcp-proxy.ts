/** A bad network: a TCP proxy that can be cut, paused, slowed down and made half-open. */
import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface TcpProxy {
  readonly port: number
  /** Connections that are open. */
  readonly open: number
  /** Connections accepted so far. */
  readonly accepted: number
  /** Breaks every connection; refuses new ones while `down`. */
  cut(down?: boolean): void
  /** Accepts again after {@link TcpProxy.cut}. */
  restore(): void
  /** Bytes stop flowing without any sign of it (a dead mobile network). */
  pause(): void
  resume(): void
  /** Ms each chunk is held back, each way. */
  delay(ms: number): void
  /** What becomes of WebSocket handshakes: some proxies answer them with 404, some never answer. */
  upgrades(as: 'pass' | 'refuse' | 'swallow'): void
  /** Where new connections go; the server may have come back on another port. */
  retarget(port: number): void
  close(): Promise<void>
}

export async function openTcpProxy(target: number): Promise<TcpProxy> {
  let port = target
  let down = false
  let paused = false
  let latency = 0
  let handshakes: 'pass' | 'refuse' | 'swallow' = 'pass'
  let accepted = 0
  const sockets = new Set<Socket>()
  const held: (() => void)[] = []
  const server = createServer((near) => {
    accepted += 1
    if (down) {
      near.destroy()
      return
    }
    const far = connect(port, '127.0.0.1')
    pipe(near, far, (chunk) => {
      if (handshakes === 'pass' || !/^upgrade: *websocket/im.test(chunk.toString('latin1'))) return false
      if (handshakes === 'refuse') near.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')
      return true
    })
    pipe(far, near)
  })

  function pipe(from: Socket, to: Socket, stop: (chunk: Buffer) => boolean = () => false): void {
    sockets.add(from)
    from.setNoDelay(true)
    const pass = (run: () => void) => {
      const now = () => (paused ? void held.push(run) : run())
      if (latency === 0) now()
      else setTimeout(now, latency)
    }
    from.on('data', (chunk: Buffer) => {
      if (stop(chunk)) return
      pass(() => void (to.writable && to.write(chunk)))
    })
    from.on('end', () => pass(() => to.end()))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      pass(() => to.destroy())
    })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    get open() {
      return sockets.size / 2
    },
    get accepted() {
      return accepted
    },
    cut(stay = false) {
      down = stay
      for (const socket of sockets) socket.destroy()
    },
    restore() {
      down = false
    },
    pause() {
      paused = true
    },
    resume() {
      paused = false
      for (const run of held.splice(0)) run()
    },
    delay(ms) {
      latency = ms
    },
    upgrades(as) {
      handshakes = as
    },
    retarget(value) {
      port = value
    },
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
