/** The rows of one copy as this tab knows them, and what one writing does with them. */
import type { Level } from '../../shared/access.ts'
import { keysOf } from './copies.ts'
import type { PadRow, RowKey, UnsavedRow, UpdateRow } from './copies.ts'
import type { Work } from './database.ts'

/** Rows, and bytes, after which one row with the whole state replaces them; of a large state more must have come. */
const COMPACT_ROWS = 300
const COMPACT_BYTES = 2 * 1024 * 1024
const COMPACT_GROWTH = 2
const NOTHING = new Uint8Array()

/** What was found when the pad was opened. */
export interface Found {
  generation: string
  level: Level
  updates: Uint8Array[]
  /** Changes of earlier visits or other tabs that nobody has acknowledged yet. */
  unsaved: number
  /** The Yjs client ids under which those were made. */
  clients: number[]
}

interface Waiting {
  n: number
  update: Uint8Array
  changes: number
  client: number
}

/** What one writing has to do. */
export interface Batch {
  rows: Waiting[]
  /** Own rows up to this one are acknowledged, and with `clearFound` those of earlier visits. */
  clearTo: number
  clearFound: boolean
  /** One row with the whole state instead of {@link rows}. */
  whole: boolean
}

export function emptyBatch(): Batch {
  return { rows: [], clearTo: 0, clearFound: false, whole: false }
}

export function isNothing({ rows, clearTo, clearFound, whole }: Batch): boolean {
  return rows.length === 0 && clearTo === 0 && !clearFound && !whole
}

/** Puts what failed in front of `batch`: its bytes are given up, as a whole state will follow, but not its marks. */
export function giveBack(batch: Batch, failed: Batch): void {
  const changes = failed.rows.reduce((sum, row) => sum + row.changes, 0)
  const last = failed.rows.at(-1)
  if (last !== undefined && changes > 0) batch.rows.unshift({ ...last, update: NOTHING, changes })
  batch.clearTo = Math.max(batch.clearTo, failed.clearTo)
  batch.clearFound ||= failed.clearFound
}

export interface Rows {
  /** The number of a new row. */
  number(): number
  /** Takes over what the store holds; null when that is nothing. */
  take(pad: PadRow | undefined, rows: readonly UpdateRow[], marks: readonly UnsavedRow[]): Found | null
  /** With this batch there is so much that one row with the whole state is cheaper. */
  crowded(batch: Batch): boolean
  /** Asks the transaction for everything in `batch`; the result must be called once that is durable. */
  write(w: Work, copy: string, pad: Omit<PadRow, 'bytes'>, batch: Batch): () => void
}

/** `tab` tells this tab's rows from others'; `state` gives the whole document. */
export function createRows(tab: string, state: () => Uint8Array): Rows {
  let known: RowKey[] = []
  let foundMarks: RowKey[] = []
  let next = 1
  let bytes = 0
  /** Of the row with the whole state. */
  let base = 0
  return {
    number: () => next++,
    take(pad, rows, marks) {
      if (pad === undefined || rows.length === 0) return null
      known = rows.map(({ key }) => key)
      foundMarks = marks.map(({ key }) => key)
      const sizes = rows.map((row) => row.bytes.length)
      bytes = sizes.reduce((sum, size) => sum + size, 0)
      base = Math.max(...sizes)
      return {
        generation: pad.generation,
        level: pad.level,
        updates: rows.map((row) => row.bytes),
        unsaved: marks.reduce((sum, { changes }) => sum + changes, 0),
        clients: [...new Set(marks.map(({ client }) => client))],
      }
    },
    crowded({ rows }) {
      const size = rows.reduce((sum, { update }) => sum + update.length, 0)
      const limit = Math.max(COMPACT_BYTES, base * COMPACT_GROWTH)
      return known.length + rows.length > COMPACT_ROWS || bytes + size > limit
    },
    write(w, copy, pad, batch) {
      const updates = w.store('updates')
      const unsaved = w.store('unsaved')
      const written: RowKey[] = []
      let total = batch.whole ? 0 : bytes
      const put = (key: RowKey, update: Uint8Array) => {
        updates.put({ key, bytes: update } satisfies UpdateRow)
        written.push(key)
        total += update.length
      }
      if (batch.whole) {
        for (const key of known) updates.delete(key)
        put([copy, tab, next++], state())
      }
      for (const { n, update, changes, client } of batch.rows) {
        const key: RowKey = [copy, tab, n]
        if (!batch.whole) put(key, update)
        if (changes > 0 && n > batch.clearTo) unsaved.put({ key, changes, client } satisfies UnsavedRow)
      }
      if (batch.clearTo > 0) unsaved.delete(keysOf(copy, tab, batch.clearTo))
      if (batch.clearFound) for (const key of foundMarks) unsaved.delete(key)
      w.store('pads').put({ ...pad, bytes: total } satisfies PadRow)
      return () => {
        known = batch.whole ? written : [...known, ...written]
        bytes = total
        if (batch.whole) base = total
        if (batch.clearFound) foundMarks = []
      }
    },
  }
}
