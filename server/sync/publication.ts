/**
 * What a room's people are told of its edits: live through the relay, whole for who asks, and some only after their
 * commit (SPEC-sync S18, S22).
 */
import * as Y from 'yjs'
import type { LogRow } from '../store/store.ts'
import { FullState } from './full-state.ts'
import { Held } from './held.ts'
import type { Receiver, Relay } from './relay.ts'
import type { Packet } from './wire.ts'

/** The state vector of an empty document. */
const NOTHING = new Uint8Array([0])

export class Publication {
  readonly #relay: Relay
  readonly #full = new FullState()
  readonly #held = new Held<Receiver | null>()

  constructor(relay: Relay) {
    this.#relay = relay
  }

  /** A new row of `from`, null for the server. `wait`: it is told after its commit. */
  publish(row: LogRow, from: Receiver | null, wait: boolean): void {
    if (wait || !this.#held.empty) this.#held.add(row, from, row.clients !== undefined)
    else this.tell(row.bytes, from)
  }

  tell(bytes: Uint8Array, from: Receiver | null): void {
    this.#full.add(this.#relay.add(bytes, from))
  }

  /** Rows up to `saved` are durable. Gives whether questions that waited may be answered now. */
  release(saved: number): boolean {
    const waited = !this.#held.known
    for (const { row, from } of this.#held.release(saved)) this.tell(row.bytes, from)
    return waited && this.#held.known
  }

  /** The document holds no edit under a client id the log does not know yet. */
  get settled(): boolean {
    return this.#held.known
  }

  /** The state vector of what everybody has been told, or of less. */
  told(doc: Y.Doc): Uint8Array {
    return this.#held.empty ? Y.encodeStateVector(doc) : NOTHING
  }

  /** The whole document of about so many bytes, for an empty state vector. */
  whole(doc: Y.Doc, now: number, bytes: number): readonly Packet[] {
    return this.#full.get(doc, now, bytes)
  }

  sweep(now: number): void {
    this.#full.sweep(now)
  }

  /** The document is another object now, or gone. */
  drop(): void {
    this.#full.drop()
  }
}
