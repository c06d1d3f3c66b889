/** What goes to one client, and what happens when it reads too slowly (SPEC-sync S30). */
import type { Carrier } from './carrier.ts'
import type { Limits } from './types.ts'
import { Batch, inParts, packed } from './wire.ts'
import type { Packet } from './wire.ts'

/** A reader that lags is caught up when so little is outstanding (bytes). */
const DRAINED = 64 * 1024

export class Outflow {
  /** Monotonic ms of the look before which the last message went out. */
  #spokeAt: number
  #spoke = false
  readonly #carrier: Carrier
  readonly #limits: Limits
  readonly #ours: boolean
  /** It reads packed answers. */
  packs = false
  /** Set while it reads too slowly: what it had when updates stopped. */
  #lag: { vector: Uint8Array; outstanding: number; since: number } | null = null
  /** Bytes of the last answer it asked for, which do not count against it. */
  #granted = 0

  constructor(carrier: Carrier, limits: Limits, ours: boolean, now: number) {
    this.#spokeAt = now
    this.#carrier = carrier
    this.#limits = limits
    this.#ours = ours
  }

  /** Packets in one write; long ones in parts for our own clients. */
  send(packets: readonly Packet[]): void {
    if (packets.length > 0) this.#write(new Batch(this.#ours ? packets.flatMap(inParts) : packets))
  }

  /** An answer it asked for, however large. */
  grant(packets: readonly Packet[]): void {
    const sent = this.packs ? packets.map(packed) : packets
    this.#granted = sent.reduce((sum, packet) => sum + packet.message.length, 0)
    this.send(sent)
  }

  /** Updates and events, cut already. `vector` is asked for what the document holds when updates must stop. */
  deliver(batch: Batch, vector: () => Uint8Array): boolean {
    if (this.#lag) return false
    this.#write(batch)
    const outstanding = this.#carrier.outstanding()
    if (outstanding > this.#limits.bufferUpdates)
      this.#lag = { vector: vector(), outstanding, since: performance.now() }
    return true
  }

  /** Presence is the first to be left out. */
  deliverPresence(batch: Batch): void {
    if (this.#lag || this.#carrier.outstanding() > this.#limits.bufferPresence) return
    this.#write(this.#ours ? new Batch(batch.packets.flatMap(inParts)) : batch)
  }

  #write(batch: Batch): void {
    this.#spoke = true
    this.#carrier.send(batch)
  }

  /** Ms since something was sent, as exact as this is asked often. */
  silentFor(now: number): number {
    if (this.#spoke) {
      this.#spoke = false
      this.#spokeAt = now
    }
    return now - this.#spokeAt
  }

  /** `slow`: to be dropped. A state vector: it can be caught up from there now. */
  check(now: number): 'fine' | 'slow' | Uint8Array {
    const outstanding = this.#carrier.outstanding()
    if (outstanding > this.#limits.bufferClose + this.#granted) return 'slow'
    const lag = this.#lag
    if (!lag) return 'fine'
    if (outstanding < DRAINED) {
      this.#lag = null
      return lag.vector
    }
    if (outstanding < lag.outstanding) {
      lag.outstanding = outstanding
      lag.since = now
    }
    return now - lag.since > this.#limits.stall ? 'slow' : 'fine'
  }
}
