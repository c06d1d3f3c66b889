/** What the journal knows of a room. */
import type { LogRow } from '../store/store.ts'

/** A row that waits for its commit. */
export interface Unsaved {
  row: LogRow
  /** Monotonic ms when its bytes arrived. */
  received: number
}

/** The journal's view of a room. */
export interface JournalRoom {
  readonly name: string
  /** In the order of their seqs, which follow the last durable one. */
  readonly unsaved: readonly Unsaved[]
  readonly unsavedBytes: number
  /** Monotonic ms before which its edits are not told to others anyway (S20). */
  readonly due: number
  /** The first `count` unsaved rows are durable: drop and acknowledge them. */
  committed(count: number): void
  /** Reads what the log has after our last durable row, applies it, renumbers what is unsaved. */
  readTail(): Promise<void>
  /** The answer of {@link Journal.stateOf} for this room may have changed. */
  storeChanged(): void
}
