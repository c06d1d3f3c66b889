/** Who is in a room and where their cursor is (SPEC-sync S24 to S27). Nothing here is document state. */
import * as decoding from 'lib0/decoding'
import { hexOf } from '../../shared/colour.ts'
import { LIMITS } from '../../shared/protocol.ts'
import type { Person, Presence as State } from '../../shared/protocol.ts'
import { readAwareness } from './guard/awareness.ts'
import type { AwarenessEntry } from './guard/awareness.ts'
import { awarenessEntry } from './wire.ts'

/** Ms for which a client id that left is remembered, so that a late echo does not bring it back. */
const MEMORY = 60_000
const ENTRIES = { entries: 2000, state: LIMITS.awareness }

/** A connection as presence sees it. */
export interface Present {
  readonly person: Person
  /** The client id it speaks for; undefined until a stock client announced it. */
  client: number | undefined
  /** The other server it is on; undefined for ours. */
  readonly node?: string
}

/** Where somebody is, or that they went (null), as other servers hear it. */
export interface Here {
  client: number
  person: Person
  state: State | null
  /** Ms since 1970 when they said so. */
  said: number
}

/** What is to be flushed: encoded, whose it is, and for other servers when it is somebody of ours. */
export interface Changed {
  bytes: Uint8Array
  client: number
  here: Here | null
}

interface Entry {
  client: number
  /** Null: gone. */
  holder: Present | null
  /** The client's own clock. */
  heard: number
  /** What the client said, with our `user`; null: gone. */
  state: State | null
  /** Encoded for receivers. */
  bytes: Uint8Array
  goneAt: number
  /** On this server, when it changed last. */
  ours: boolean
  person: Person
  /** Ms since 1970 when the client said it. */
  said: number
}

export class Presence {
  readonly #entries = new Map<number, Entry>()
  readonly #dirty = new Set<Entry>()
  #clock = 0

  /**
   * Takes an awareness message (the body of type 1). `mayAnnounce(client)` says whether a stock client may speak for
   * this id. Gives whether anything is to be flushed.
   * @throws GuardError for malformed bytes
   */
  take(from: Present, body: Uint8Array, mayAnnounce: (client: number) => boolean): boolean {
    let changed = false
    for (const entry of readAwareness(body, ENTRIES)) {
      if (from.client === undefined && !this.#announces(from, entry, mayAnnounce)) continue
      if (entry.client !== from.client) continue
      changed = this.#set(from, entry) || changed
    }
    return changed
  }

  #announces(from: Present, entry: AwarenessEntry, mayAnnounce: (client: number) => boolean): boolean {
    if (entry.json === 'null' || !mayAnnounce(entry.client)) return false
    const known = this.#entries.get(entry.client)
    if (known) {
      // An echo repeats a clock; the client itself, back on a new connection, goes on counting or starts afresh.
      const sameAuthor = known.holder === null || known.holder.person.author === from.person.author
      if (!sameAuthor || entry.clock <= known.heard) return false
    }
    from.client = entry.client
    return true
  }

  #set(from: Present, { client, clock, json }: AwarenessEntry): boolean {
    const known = this.#entries.get(client)
    if (known && known.holder === from && clock <= known.heard && json !== 'null') return false
    if (
      known &&
      known.holder !== from &&
      known.holder !== null &&
      known.holder.person.author !== from.person.author
    )
      return false
    const state = parseState(json)
    if (state === undefined) return false
    this.#put(client, from, clock, state, Date.now())
    return true
  }

  #put(client: number, from: Present, clock: number, state: State | null, said: number): void {
    const { person } = from
    const entry: Entry = this.#entries.get(client) ?? {
      client,
      holder: from,
      heard: clock,
      state,
      bytes: EMPTY,
      goneAt: 0,
      ours: true,
      person,
      said,
    }
    entry.holder = state === null ? null : from
    entry.heard = clock
    entry.state = state
    entry.goneAt = state === null ? Date.now() : 0
    entry.ours = from.node === undefined
    entry.said = said
    this.#entries.set(client, entry)
    this.#encode(entry, person)
  }

  /**
   * Takes what another server says of somebody there; `state` is JSON. Of one client what was said last counts, wherever: who came
   * to another server may be here still by a connection that is dead. Gives whether anything is to be flushed.
   */
  takeFrom(node: string, entry: { client: number; person: Person; state: string; said: number }): boolean {
    const { client, person, state } = entry
    const known = this.#entries.get(client)
    const holder = known?.holder ?? null
    const said = Math.min(entry.said, Date.now())
    if (holder !== null && (holder.person.author !== person.author || (known?.said ?? 0) > said)) return false
    if (!known && this.#entries.size >= ENTRIES.entries) return false
    const parsed = state.length > ENTRIES.state ? undefined : parseState(state)
    if (parsed === undefined || (parsed === null && holder?.node !== node)) return false
    if (holder?.node === node && parsed !== null && JSON.stringify(known?.state) === state) return false
    this.#put(client, { person, client, node }, 0, parsed, said)
    return true
  }

  /** Is this client on that server? */
  isOn(node: string, client: number): boolean {
    return this.#entries.get(client)?.holder?.node === node
  }

  /** The other server is gone, and everybody on it. Gives whether to flush. */
  leaveNode(node: string): boolean {
    let changed = false
    for (const { holder } of this.#entries.values())
      if (holder?.node === node) changed = this.leave(holder) || changed
    return changed
  }

  /** Everybody who is on this server. */
  ours(): Here[] {
    const all: Here[] = []
    for (const { client, holder, state, person, said } of this.#entries.values())
      if (holder !== null && holder.node === undefined) all.push({ client, person, state, said })
    return all
  }

  #encode(entry: Entry, person: Person): void {
    if (entry.state) {
      const { author, name, colour } = person
      entry.state = { ...entry.state, user: { author, name, colour, color: hexOf(colour) } }
    }
    this.#clock = Math.max(this.#clock + 1, Math.floor((Date.now() - CLOCK_EPOCH) / 50))
    entry.person = person
    entry.bytes = awarenessEntry(entry.client, this.#clock, JSON.stringify(entry.state))
    this.#dirty.add(entry)
  }

  /** The connection is gone: so is what it said, unless a newer connection took it over. Gives whether to flush. */
  leave(from: Present): boolean {
    const entry = from.client === undefined ? undefined : this.#entries.get(from.client)
    if (!entry || entry.holder !== from) return false
    entry.holder = null
    entry.state = null
    entry.goneAt = Date.now()
    entry.said = entry.goneAt
    this.#encode(entry, from.person)
    return true
  }

  /** The person has another name or colour. Gives whether to flush. */
  rename(person: Person): boolean {
    let changed = false
    for (const entry of this.#entries.values()) {
      if (entry.holder?.person.author !== person.author) continue
      this.#encode(entry, person)
      changed = true
    }
    return changed
  }

  /** What changed since the last call: each encoded state and whose it is, to leave out the sender. */
  flush(): Changed[] {
    const changed = [...this.#dirty].map(({ bytes, client, ours, person, state, said }) => ({
      bytes,
      client,
      here: ours ? { client, person, state, said } : null,
    }))
    this.#dirty.clear()
    return changed
  }

  /** Everybody else's state. */
  others(than: Present): Uint8Array[] {
    const all: Uint8Array[] = []
    for (const entry of this.#entries.values())
      if (entry.holder !== null && entry.client !== than.client) all.push(entry.bytes)
    return all
  }

  /** Forgets who left long ago; gives whether anything remains. */
  sweep(now: number): boolean {
    for (const [client, entry] of this.#entries)
      if (entry.holder === null && now - entry.goneAt > MEMORY) this.#entries.delete(client)
    return this.#entries.size > 0
  }
}

/** May an awareness message (the body of type 1) hold something about this client? Cheap, for stock clients' echoes. */
export function speaksFor(body: Uint8Array, client: number): boolean {
  const decoder = decoding.createDecoder(body)
  return decoding.readVarUint(decoder) !== 1 || decoding.readVarUint(decoder) === client
}

const EMPTY = new Uint8Array(0)
/** Clocks are twentieths of a second, so that they go on rising over a restart. */
const CLOCK_EPOCH = Date.UTC(2026, 0, 1)

/** An object, null for "gone", or undefined for what no receiver should see. */
function parseState(json: string): State | null | undefined {
  if (json === 'null') return null
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
  return parsed
}
