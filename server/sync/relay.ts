/**
 * Brings what happened in a room to its connections: everything since the last flush in one write each, encoded once
 * (SPEC-sync S18, S20). Presence has its own, slower flush (S26).
 */
import { Message } from '../../shared/protocol.ts'
import type { ServerEvent } from '../../shared/protocol.ts'
import type { Presence } from './presence.ts'
import { awareness, Batch, inParts, json, packet, update } from './wire.ts'
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

/** An update that waits for the flush. */
interface Pending {
  packet: Packet
  from: Receiver | null
}

export class Relay {
  readonly #receivers: ReadonlySet<Receiver>
  #updates: Pending[] = []
  #events: ServerEvent[] = []
  #flushing: NodeJS.Timeout | NodeJS.Immediate | null = null
  #presenceTimer: NodeJS.Timeout | null = null
  #presence: (() => Presence | null) | null = null

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

  #schedule(): void {
    if (this.#flushing) return
    const size = this.#receivers.size
    if (size <= 100) this.#flushing = setImmediate(() => this.flush())
    else this.#flushing = setTimeout(() => this.flush(), size <= 250 ? 5 : size <= 500 ? 20 : 50)
  }

  /** Sends what is queued now. */
  flush(): void {
    if (this.#flushing) {
      clearTimeout(this.#flushing as NodeJS.Timeout)
      clearImmediate(this.#flushing as NodeJS.Immediate)
      this.#flushing = null
    }
    const updates = this.#updates
    if (updates.length === 1 && this.#events.length === 0) {
      this.#updates = []
      if (updates[0]) this.#flushOne(updates[0])
      return
    }
    const events = this.#events.map((event) => json(Message.event, event))
    if (updates.length === 0 && events.length === 0) return
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

  /** Live ink goes to the others' own clients at once and is kept nowhere. */
  ink(message: Uint8Array, from: Receiver): void {
    const batch = new Batch([packet(message)])
    for (const receiver of this.#receivers)
      if (receiver !== from && receiver.ours) receiver.deliverPresence(batch)
  }

  /** Somebody's presence changed; `presence` is asked when the time comes. */
  presenceChanged(presence: () => Presence | null): void {
    this.#presence = presence
    this.#presenceTimer ??= setTimeout(() => this.#flushPresence(), this.#receivers.size > 100 ? 200 : 50)
  }

  #flushPresence(): void {
    this.#presenceTimer = null
    const changed = this.#presence?.()?.flush() ?? []
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
    if (this.#flushing) {
      clearTimeout(this.#flushing as NodeJS.Timeout)
      clearImmediate(this.#flushing as NodeJS.Immediate)
    }
    if (this.#presenceTimer) clearTimeout(this.#presenceTimer)
    this.#flushing = null
    this.#presenceTimer = null
  }
}

/** The batch for `?v=1` clients when it differs from the plain one. */
function oursOf(events: readonly Packet[], updates: readonly Packet[]): Batch | null {
  const parted = updates.flatMap(inParts)
  if (events.length === 0 && parted.length === updates.length) return null
  return new Batch([...events.flatMap(inParts), ...parted])
}
