/** Who is here and where: the awareness protocol, without the echo of others' states and without timers per client. */
import { LIMITS } from '../../shared/protocol.ts'
import type { Presence } from '../../shared/protocol.ts'
import type { Environment } from './environment.ts'
import type { Off } from './types.ts'
import { presenceMessage } from './wire.ts'
import type { PresenceEntry } from './wire.ts'

/** Ms between two of the own states, if nothing else is said; the server takes 20 a second and hands on 20 a second. */
const INTERVAL = 100
const RENEW = 15_000
/** Ms after which a silent client is taken for gone. */
const GONE = 45_000
const SWEEP = 5000
const MAX_CLIENTS = 5000

export interface PresenceBook {
  readonly others: ReadonlyMap<number, Presence>
  /** The own state; sent soon, and again while connected. */
  set(state: Presence): void
  /** The own state as a message, for the beginning of a connection. */
  announce(): void
  /** Takes what the server sent. */
  take(entries: readonly PresenceEntry[]): void
  /** The connection is gone, and with it everybody. */
  disconnected(): void
  destroy(): void
}

interface Other {
  clock: number
  heard: number
  json: string
}

/**
 * `send` may drop; `changed` says that {@link PresenceBook.others} did. `client` gives the Yjs client id of this tab,
 * `interval` the ms between two of its states.
 */
export function createPresence(
  env: Environment,
  client: () => number,
  send: (message: Uint8Array) => void,
  changed: () => void,
  interval = INTERVAL,
): PresenceBook {
  const others = new Map<number, Presence>()
  const known = new Map<number, Other>()
  let own: Presence = { cursor: null }
  let clock = 0
  let connected = false
  let last = -Infinity
  let timer: Off | null = null
  let sweeping = env.after(SWEEP, sweep)

  function announce(): void {
    timer?.()
    timer = null
    connected = true
    last = env.now()
    clock += 1
    const state = JSON.stringify(own)
    if (state.length <= LIMITS.awareness) send(presenceMessage([{ client: client(), clock, state }]))
  }
  function sweep(): void {
    sweeping = env.after(SWEEP, sweep)
    const now = env.now()
    if (connected && timer === null && now - last >= RENEW) announce()
    let gone = false
    for (const [id, { heard }] of known) {
      if (now - heard <= GONE) continue
      known.delete(id)
      gone = others.delete(id) || gone
    }
    if (gone) changed()
  }
  return {
    others,
    set(state) {
      own = state
      if (!connected) return
      timer ??= env.after(Math.min(interval, Math.max(0, last + interval - env.now())), announce)
    },
    announce,
    take(entries) {
      let news = false
      for (const entry of entries) {
        if (entry.client === client()) continue
        const before = known.get(entry.client)
        if (before !== undefined && (entry.clock < before.clock || isRepeat(entry, before))) continue
        if (before === undefined && known.size >= MAX_CLIENTS) continue
        known.set(entry.client, { clock: entry.clock, heard: env.now(), json: entry.state })
        if (before?.json === entry.state) continue
        const state = parsePresence(entry.state)
        if (state === null) news = others.delete(entry.client) || news
        else {
          others.set(entry.client, state)
          news = true
        }
      }
      if (news) changed()
    },
    disconnected() {
      connected = false
      timer?.()
      timer = null
      known.clear()
      if (others.size === 0) return
      others.clear()
      changed()
    },
    destroy() {
      timer?.()
      sweeping()
      if (connected) send(presenceMessage([{ client: client(), clock: clock + 1, state: 'null' }]))
      connected = false
    },
  }
}

/** The same clock again counts only when it says that the client is gone. */
function isRepeat(entry: PresenceEntry, before: Other): boolean {
  return entry.clock === before.clock && entry.state !== 'null'
}

function parsePresence(json: string): Presence | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
