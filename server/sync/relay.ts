/**
 * Brings what happened in a room to its connections: everything since the last flush in one write each, encoded once
 * (SPEC-sync S18, S20). Presence has its own, slower flush (S26).
 */
import { Message } from '../../shared/protocol.ts'
import type { ServerEvent } from '../../shared/protocol.ts'
import type { Changed } from './presence.ts'
import { Soon } from './soon.ts'
import { awareness, Batch, ink, inParts, json, update } from './wire.ts'
import type { Packet } from './wire.ts'

/** A connection as the relay sees it. */
export interface Receiver {
  readonly ours: boolean
  /** Gets updates (S22). */
  readonly live: boolean
  readonly client: number | undefined
  /** Updates and events. */
  deliver(batch: Batch): void
  /** May be skipped when the reader is slow. */
  deliverPresence(batch: Batch): void
}

/** Ms between the beginnings of two flushes, at least, by the number of connections. */
const PACES: readonly (readonly [people: number, ms: number])[] = [
  [100, 0],
  [250, 4],
  [500, 20],
  [Infinity, 50],
]
/** The same for live ink, which nobody waits for longer than for a frame or three; and messages of it that are gathered. */
const INK_PACES: readonly (readonly [people: number, ms: number])[] = [
  [25, 0],
  [100, 12],
  [300, 25],
  [Infinity, 50],
]
const MOST_INK = 2000
/** Of so much time one part at most is one room's; a flush that took unusually long counts as this many ms. */
const SHARE = 1.5
const LONGEST = 25

/** An update that waits for the flush. */
interface Pending {
  packet: Packet
  from: Receiver | null
}

export class Relay {
  readonly #receivers: ReadonlySet<Receiver>
  #updates: Pending[] = []
  #events: ServerEvent[] = []
  readonly #flushing = new Soon(() => this.flush())
  #ink: Pending[] = []
  readonly #inkFlushing = new Soon(() => this.#flushInk())
  readonly #presenceFlushing = new Soon(() => this.#flushPresence())
  #presence: (() => readonly Changed[]) | null = null
  /** Monotonic ms before which no flush begins by itself. */
  #next = 0

  constructor(receivers: ReadonlySet<Receiver>) {
    this.#receivers = receivers
  }

  /** An update for everybody but `from`; gives the message. */
  add(bytes: Uint8Array, from: Receiver | null): Packet {
    const made = update(bytes)
    if (this.#receivers.size > (from && this.#receivers.has(from) ? 1 : 0)) {
      this.#updates.push({ packet: made, from })
      this.#schedule()
    }
    return made
  }

  /** An event for all `?v=1` clients, before the updates of the same flush. */
  tell(event: ServerEvent): void {
    if (this.#receivers.size === 0) return
    const last = this.#events.at(-1)
    if (event.type === 'clients' && last?.type === 'clients') {
      for (const [author, ids] of Object.entries(event.clients))
        last.clients[author] = [...(last.clients[author] ?? []), ...ids]
    } else this.#events.push(structuredClone(event))
    this.#schedule()
  }

  /** Monotonic ms before which nothing is told, so that no edit need be durable sooner. */
  get due(): number {
    return this.#next
  }

  #schedule(): void {
    if (!this.#flushing.waiting) this.#flushing.in(this.#next - performance.now())
  }

  /** Sends what is queued now. */
  flush(): void {
    this.#flushing.cancel()
    if (this.#updates.length === 0 && this.#events.length === 0) return
    const begun = performance.now()
    this.#flush()
    const took = Math.min(LONGEST, performance.now() - begun)
    const people = this.#receivers.size
    const pace = PACES.find(([most]) => people <= most)?.[1] ?? 0
    this.#next = begun + Math.max(pace, SHARE * took)
  }

  #flush(): void {
    const updates = this.#updates
    if (updates.length === 1 && this.#events.length === 0) {
      this.#updates = []
      if (updates[0]) this.#flushOne(updates[0])
      return
    }
    const events = this.#events.map((event) => json(Message.event, event))
    this.#updates = []
    this.#events = []
    const senders = new Set<Receiver>()
    for (const { from } of updates) if (from) senders.add(from)
    const plain = new Batch(updates.map(({ packet }) => packet))
    const ours = oursOf(events, plain.packets)
    const eventsOnly = new Batch(events.flatMap(inParts))
    for (const receiver of this.#receivers) {
      if (!receiver.live) {
        if (receiver.ours && events.length > 0) receiver.deliver(eventsOnly)
      } else if (senders.has(receiver)) {
        const others = updates.filter(({ from }) => from !== receiver).map(({ packet }) => packet)
        const batch = receiver.ours ? (oursOf(events, others) ?? new Batch(others)) : new Batch(others)
        if (batch.packets.length > 0) receiver.deliver(batch)
      } else {
        const batch = receiver.ours ? (ours ?? plain) : plain
        if (batch.packets.length > 0) receiver.deliver(batch)
      }
    }
  }

  /** What happens most in a small room: one update. */
  #flushOne({ packet: only, from }: Pending): void {
    const plain = new Batch([only])
    const parts = inParts(only)
    const ours = parts.length === 1 ? plain : new Batch(parts)
    for (const receiver of this.#receivers)
      if (receiver !== from && receiver.live) receiver.deliver(receiver.ours ? ours : plain)
  }

  /**
   * Live ink goes to the others' own clients, with who it comes from, and is kept nowhere: at once in a small room, gathered
   * in a large one (S28).
   */
  ink(message: Uint8Array, from: Receiver): void {
    // Who has no client id of their own here could pass for anybody.
    if (from.client !== undefined) this.#gatherInk({ packet: ink(message, from.client), from })
  }

  /** The same from somebody on another server. */
  inkOf(message: Uint8Array, client: number): void {
    if (this.#receivers.size > 0) this.#gatherInk({ packet: ink(message, client), from: null })
  }

  #gatherInk(pending: Pending): void {
    if (this.#ink.length >= MOST_INK) return
    this.#ink.push(pending)
    const people = this.#receivers.size
    this.#inkFlushing.in(INK_PACES.find(([most]) => people <= most)?.[1] ?? 0)
  }

  #flushInk(): void {
    const all = this.#ink
    this.#ink = []
    const senders = new Set(all.flatMap(({ from }) => from ?? []))
    const whole = new Batch(all.map(({ packet }) => packet))
    for (const receiver of this.#receivers) {
      if (!receiver.ours) continue
      if (!senders.has(receiver)) receiver.deliverPresence(whole)
      else {
        const others = all.filter(({ from }) => from !== receiver).map(({ packet }) => packet)
        if (others.length > 0) receiver.deliverPresence(new Batch(others))
      }
    }
  }

  /** Somebody's presence changed; `presence` is asked for what did when the time comes. */
  presenceChanged(presence: () => readonly Changed[]): void {
    this.#presence = presence
    this.#presenceFlushing.in(this.#receivers.size > 100 ? 200 : 50)
  }

  #flushPresence(): void {
    const changed = this.#presence?.() ?? []
    if (changed.length === 0) return
    const all = new Batch([awareness(changed.map(({ bytes }) => bytes))])
    const clients = new Set(changed.map(({ client }) => client))
    for (const receiver of this.#receivers) {
      if (receiver.client === undefined || !clients.has(receiver.client)) {
        receiver.deliverPresence(all)
        continue
      }
      const others = changed.filter(({ client }) => client !== receiver.client)
      if (others.length > 0)
        receiver.deliverPresence(new Batch([awareness(others.map(({ bytes }) => bytes))]))
    }
  }

  stop(): void {
    this.#flushing.cancel()
    this.#presenceFlushing.cancel()
    this.#inkFlushing.cancel()
  }
}

/** The batch for `?v=1` clients when it differs from the plain one. */
function oursOf(events: readonly Packet[], updates: readonly Packet[]): Batch | null {
  const parted = updates.flatMap(inParts)
  if (events.length === 0 && parted.length === updates.length) return null
  return new Batch([...events.flatMap(inParts), ...parted])
}
