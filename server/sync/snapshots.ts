/** When a room's state is kept (DESIGN D5): never a state with rows that are not durable. */
import * as Y from 'yjs'
import { shouldSnapshot } from '../store/maintenance.ts'
import type { StoredDocument } from '../store/store.ts'
import type { Hub } from './hub.ts'
import type { Ledger } from './ledger.ts'

/** What is kept of a document. */
interface Kept {
  readonly name: string
  readonly hub: Pick<Hub, 'store' | 'log'>
  /** `id` is the database's number of the document. */
  readonly rows: { readonly id: number; readonly ledger: Ledger }
  readonly live: { readonly doc: Y.Doc }
}

export class Snapshots {
  readonly #kept: Kept
  #tailRows = 0
  #tailBytes = 0
  #lastBytes = 0
  /** A state that waits until everything in it is durable. */
  #pending: { seq: number; bytes: Uint8Array; rows: number; tail: number } | null = null
  #saving: Promise<void> | null = null

  constructor(kept: Kept) {
    this.#kept = kept
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
    const { rows, live } = this.#kept
    const due = shouldSnapshot({
      tailBytes: this.#tailBytes,
      tailRows: this.#tailRows,
      lastSnapshotBytes: this.#lastBytes,
      unloading,
    })
    if (!due) return
    const bytes = Y.encodeStateAsUpdate(live.doc)
    this.#pending = { seq: rows.ledger.head, bytes, rows: this.#tailRows, tail: this.#tailBytes }
    this.committed()
  }

  /** Rows became durable. */
  committed(): void {
    const pending = this.#pending
    if (!pending || this.#kept.rows.ledger.saved < pending.seq) return
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
      await this.#kept.hub.store.saveSnapshot(this.#kept.rows.id, seq, bytes, Date.now())
      this.#lastBytes = bytes.length
      this.#tailRows -= rows
      this.#tailBytes -= tail
    } catch (error) {
      this.#kept.hub.log.warn('a snapshot was not kept', { document: this.#kept.name, error: String(error) })
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
