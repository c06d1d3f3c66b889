/** What goes to one client: answers, live updates, presence, and what is left out for a slow reader (SPEC-sync S22, S30). */
import * as Y from 'yjs'
import { TIMES } from '../../shared/protocol.ts'
import type { Carrier } from './carrier.ts'
import { scanStateVector } from './guard/vector.ts'
import type { Hub } from './hub.ts'
import { Outflow } from './outflow.ts'
import type { Present } from './presence.ts'
import { Questions } from './questions.ts'
import type { Room } from './room.ts'
import { awareness, step2 } from './wire.ts'
import type { Batch, Packet } from './wire.ts'

const STATE_VECTOR_ENTRIES = 20_000

export class Reading {
  /** Gets updates. */
  live = false
  readonly #hub: Hub
  readonly #reader: Present
  readonly #out: Outflow
  readonly #questions: Questions

  constructor(hub: Hub, reader: Present & { readonly ours: boolean }, carrier: Carrier, now: number) {
    this.#hub = hub
    this.#reader = reader
    this.#out = new Outflow(carrier, hub.limits, reader.ours, now)
    this.#questions = new Questions(now)
  }

  /** The client said that it reads packed answers. */
  packs(): void {
    this.#out.packs = true
  }

  send(packets: readonly Packet[]): void {
    this.#out.send(packets)
  }

  /** Updates and events of the room. */
  deliver(room: Room, batch: Batch): void {
    if (this.#out.deliver(batch, () => room.rows.publication.told(room.doc)))
      this.#hub.counters.deliveries += batch.packets.length
  }

  deliverPresence(batch: Batch): void {
    this.#out.deliverPresence(batch)
  }

  /** A step 1. @throws GuardError */
  question(room: Room, vector: Uint8Array, now: number): void {
    scanStateVector(vector, STATE_VECTOR_ENTRIES)
    const due = this.#questions.ask(vector, now, room.rows.publication.settled)
    if (due) this.#answer(room, due, now)
  }

  /** Answers a question that waited, when it is time. */
  answer(room: Room, now: number): void {
    const due = this.#questions.due(now, room.rows.publication.settled)
    if (due) this.#answer(room, due, now)
  }

  #answer(room: Room, vector: Uint8Array, now: number): void {
    this.live = true
    this.#out.grant(
      vector.length === 1 && vector[0] === 0
        ? room.rows.publication.whole(room.doc, now, room.size)
        : [step2(Y.encodeStateAsUpdate(room.doc, vector))],
    )
  }

  /** Everybody else's presence, when there is any or it was asked for. */
  presence(room: Room, asked = false): readonly Packet[] {
    const others = room.presence.others(this.#reader)
    return asked || others.length > 0 ? [awareness(others)] : []
  }

  /** Catches a slow reader up; false when it is too slow to be kept. */
  keepsUp(room: Room, now: number): boolean {
    const state = this.#out.check(now)
    if (state === 'slow') return false
    if (state === 'fine') return true
    this.#hub.counters.resyncs++
    this.#out.grant([step2(Y.encodeStateAsUpdate(room.doc, state))])
    this.send(this.presence(room))
    return true
  }

  /** Nothing was said for so long that something has to be (S17). */
  silent(now: number): boolean {
    return this.#out.silentFor(now) >= TIMES.keepAlive - 1000
  }

  end(): void {
    this.#questions.clear()
  }
}
