/** What a running plugin registered, each with its undo; switching it off undoes everything. */
import { Router } from 'express'
import type { Off } from '../../shared/plugin.ts'
import type { ServerEvents } from '../../shared/plugin/server.ts'
import type { Person } from '../../shared/protocol.ts'

type Listener = (event: never) => unknown
export type Receiver = (from: Person, pad: string, payload: unknown) => unknown
export type Holder = (pad: string) => boolean | Promise<boolean>
export type FrameGiver = () => readonly string[]
export type StartGiver = (pad: string, person: Person | null) => unknown

/** The registrations of one plugin. */
export interface Registrations {
  readonly routes: Router
  /** Listeners by event. */
  readonly events: ReadonlyMap<string, ReadonlySet<Listener>>
  readonly receivers: ReadonlyMap<string, ReadonlySet<Receiver>>
  readonly startGivers: ReadonlySet<StartGiver>
  readonly frameGivers: ReadonlySet<FrameGiver>
  readonly holders: ReadonlySet<Holder>
  readonly settingsListeners: ReadonlySet<() => void>
  readonly closed: boolean
  on<E extends keyof ServerEvents>(event: E, listener: (event: ServerEvents[E]) => unknown): Off
  receive(name: string, receiver: Receiver): Off
  startData(give: StartGiver): Off
  frames(give: FrameGiver): Off
  holds(has: Holder): Off
  onSettings(changed: () => void): Off
  /** Keeps an undo made elsewhere. After the end it is called at once. */
  keep(undo: Off): Off
  /** Undoes everything; what is registered afterwards is undone at once. */
  close(): void
}

/** How many of each kind a plugin may register; more is a mistake that would grow for ever. */
const MOST = 1000

/** Nothing registered yet. */
export function createRegistrations(): Registrations {
  const events = new Map<string, Set<Listener>>()
  const receivers = new Map<string, Set<Receiver>>()
  const startGivers = new Set<StartGiver>()
  const frameGivers = new Set<FrameGiver>()
  const holders = new Set<Holder>()
  const settingsListeners = new Set<() => void>()
  const undos = new Set<Off>()
  let closed = false

  function keep(undo: Off): Off {
    if (undos.size >= MOST) throw new RangeError(`a plugin may register ${MOST} things at most`)
    if (closed) {
      undo()
      return () => {}
    }
    const once = (): void => {
      if (undos.delete(once)) undo()
    }
    undos.add(once)
    return once
  }

  function put<T>(set: Set<T>, entry: T): Off {
    if (!closed) set.add(entry)
    return keep(() => void set.delete(entry))
  }

  function putIn<T>(map: Map<string, Set<T>>, key: string, entry: T): Off {
    const set = map.get(key) ?? new Set()
    map.set(key, set)
    return put(set, entry)
  }

  return {
    routes: Router({ strict: true, caseSensitive: true }),
    events,
    receivers,
    startGivers,
    frameGivers,
    holders,
    settingsListeners,
    get closed() {
      return closed
    },
    on: (event, listener) => putIn(events, event, (given) => listener(given)),
    receive: (name, receiver) => putIn(receivers, name, (...given) => receiver(...given)),
    frames: (give) => put(frameGivers, () => give()),
    holds: (has) => put(holders, (pad) => has(pad)),
    startData: (give) => put(startGivers, (...given) => give(...given)),
    onSettings: (changed) => put(settingsListeners, () => changed()),
    keep,
    close() {
      closed = true
      for (const undo of Array.from(undos)) undo()
    },
  }
}
