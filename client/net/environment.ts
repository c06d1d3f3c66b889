/** What the connection needs from its surroundings. Everything comes in here, so that tests run it outside a browser. */
import type { Off } from './types.ts'

/** The part of a browser's WebSocket that is used. */
export interface RawSocket {
  binaryType: string
  readonly readyState: number
  addEventListener(
    event: 'open' | 'message' | 'close' | 'error',
    listener: (event: { data?: unknown; code?: number }) => void,
  ): void
  send(data: Uint8Array<ArrayBuffer>): void
  close(): void
}

/** The part of a socket.io client's socket that is used. */
export interface SocketIoSocket {
  on(event: string, listener: (...values: never[]) => void): unknown
  emit(event: string, value: Uint8Array): unknown
  disconnect(): unknown
}

/** `io` of socket.io-client. */
export type SocketIoConnect = (origin: string, options: Record<string, unknown>) => SocketIoSocket

/** Small lasting memory, such as `localStorage`; everything may throw. */
export interface SmallStorage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export type WindowEvent = 'online' | 'offline' | 'visibilitychange' | 'pageshow' | 'pagehide'

export interface Environment {
  WebSocket: new (url: string) => RawSocket
  /** Loads the socket.io client, which most visitors never need. */
  socketIo: () => Promise<SocketIoConnect>
  indexedDB: IDBFactory | null
  storage: SmallStorage | null
  fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Ms since 1970. */
  now: () => number
  random: () => number
  /** Runs once after `ms`; the result cancels. */
  after: (ms: number, run: () => void) => Off
  /** Runs before the next frame, or soon by a timer in a hidden page; the result cancels. */
  frame: (run: () => void) => Off
  visible: () => boolean
  listen: (event: WindowEvent, listener: () => void) => Off
  /** Told of everything that went wrong and was survived. */
  report: (error: unknown) => void
}

/** A hidden page gets no frames, and one that is being hidden may lose the one it asked for. */
const HIDDEN_FRAME = 100

/** The environment of a page in a browser; `report` is the page's way to tell of errors. */
export function browserEnvironment(report: (error: unknown) => void): Environment {
  const after = (ms: number, run: () => void): Off => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  return {
    WebSocket,
    socketIo: async () => {
      const { io } = await import('socket.io-client')
      return (origin, options) => io(origin, options)
    },
    indexedDB: orNull(() => window.indexedDB),
    storage: orNull(() => window.localStorage),
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    random: () => Math.random(),
    after,
    frame: (run) => {
      let done = false
      const once = () => {
        if (done) return
        done = true
        cancelTimer()
        cancelAnimationFrame(frame)
        run()
      }
      const cancelTimer = after(HIDDEN_FRAME, once)
      const frame = requestAnimationFrame(once)
      return () => {
        done = true
        cancelTimer()
        cancelAnimationFrame(frame)
      }
    },
    visible: () => document.visibilityState === 'visible',
    listen: (event, listener) => {
      const target = event === 'visibilitychange' ? document : window
      target.addEventListener(event, listener)
      return () => target.removeEventListener(event, listener)
    },
    report,
  }
}

/** A browser that forbids storage to a framed page throws at the mere mention of it. */
function orNull<T>(read: () => T): T | null {
  try {
    return read() ?? null
  } catch {
    return null
  }
}
