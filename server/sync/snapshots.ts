/** When a room's state is kept (DESIGN D5): never a state with rows that are not durable. */
import * as Y from 'yjs'
import { shouldSnapshot } from '../store/maintenance.ts'
import type { StoredDocument } from '../store/store.ts'
import type { Room } from './room.ts'

export class Snapshots {
  readonly #room: Room
  #tailRows = 0
  #tailBytes = 0
  #lastBytes = 0
  /** A state that waits until everything in it is durable. */
  #pending: { seq: number; bytes: Uint8Array; rows: number; tail: number } | null = null
  #saving: Promise<void> | null = null

  constructor(room: Room) {
    this.#room = room
  }

  loaded(stored: StoredDocument): void {
    this.#lastBytes = stored.snapshot?.bytes.length ?? 0
    for (const row of stored.tail) this.add(row.bytes.length)
  }

  /** A row of so many bytes was added. */
  add(bytes: number): void {
    this.#tailRows++
    this.#tailBytes += bytes
  }

  /** Encodes the state when it is due; it is saved once its last row is durable. */
  take(unloading: boolean): void {
    if (this.#pending || this.#saving) return
    const { ledger, doc } = this.#room
    const due = shouldSnapshot({
      tailBytes: this.#tailBytes,
      tailRows: this.#tailRows,
      lastSnapshotBytes: this.#lastBytes,
      unloading,
    })
    if (!due) return
    const bytes = Y.encodeStateAsUpdate(doc)
    this.#pending = { seq: ledger.head, bytes, rows: this.#tailRows, tail: this.#tailBytes }
    this.committed()
  }

  /** Rows became durable. */
  committed(): void {
    const pending = this.#pending
    if (!pending || this.#room.ledger.saved < pending.seq) return
    this.#pending = null
    this.#saving = this.#save(pending).finally(() => {
      this.#saving = null
    })
  }

  async #save({
    seq,
    bytes,
    rows,
    tail,
  }: {
    seq: number
    bytes: Uint8Array
    rows: number
    tail: number
  }): Promise<void> {
    try {
      await this.#room.hub.store.saveSnapshot(this.#room.id, seq, bytes, Date.now())
      this.#lastBytes = bytes.length
      this.#tailRows -= rows
      this.#tailBytes -= tail
    } catch (error) {
      this.#room.hub.log.warn('a snapshot was not kept', { document: this.#room.name, error: String(error) })
    }
  }

  /** The rows in a waiting state have other numbers now. */
  renumbered(): void {
    this.#pending = null
  }

  async atUnload(): Promise<void> {
    this.take(true)
    await this.#saving
  }
}
