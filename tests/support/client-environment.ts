/** The surroundings of a browser for sessions that run in node: real sockets, an IndexedDB, a page that tests can hide. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { Environment, RawSocket, SmallStorage, WindowEvent } from '../../client/net/environment.ts'
import type { Clock } from './clock.ts'

export interface ClientEnvironment extends Environment {
  /** Everything that was reported. */
  readonly reports: unknown[]
  /** Raises an event of the window. */
  fire(event: WindowEvent): void
  setVisible(visible: boolean): void
}

export interface ClientEnvironmentOptions {
  /** A virtual clock instead of real time. */
  clock?: Clock
  /** Cookie header of this browser's handshakes and requests. */
  cookie?: string
  /** Share it between environments to be tabs of one browser. */
  indexedDB?: IDBFactory | null
  storage?: SmallStorage | null
  WebSocket?: new (url: string) => RawSocket
  random?: () => number
}

export function createClientEnvironment(options: ClientEnvironmentOptions = {}): ClientEnvironment {
  globalThis.IDBKeyRange ??= IDBKeyRange
  const { clock, cookie } = options
  const headers: Record<string, string> = cookie === undefined ? {} : { cookie }
  const listeners = new Map<WindowEvent, Set<() => void>>()
  const reports: unknown[] = []
  let visible = true
  const after = (ms: number, run: () => void) => {
    if (clock !== undefined) return clock.after(ms, run)
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  return {
    WebSocket:
      options.WebSocket ??
      (class extends WebSocket {
        constructor(url: string) {
          super(url, { headers: { ...headers, origin: new URL(url).origin.replace(/^ws/, 'http') } })
        }
      } as unknown as new (url: string) => RawSocket),
    socketIo: () => Promise.resolve((origin, settings) => io(origin, { ...settings, extraHeaders: headers })),
    indexedDB: options.indexedDB === undefined ? new IDBFactory() : options.indexedDB,
    storage: options.storage === undefined ? memoryStorage() : options.storage,
    fetch: (url, init) => fetch(url, { ...init, headers }),
    now: () => clock?.now() ?? Date.now(),
    random: options.random ?? Math.random,
    after,
    frame: (run) => after(16, run),
    visible: () => visible,
    listen(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
    report: (error) => reports.push(error),
    reports,
    fire(event) {
      for (const listener of Array.from(listeners.get(event) ?? [])) listener()
    },
    setVisible(value) {
      visible = value
      this.fire('visibilitychange')
    },
  }
}

/** A `localStorage` of its own. */
export function memoryStorage(): SmallStorage {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
}
