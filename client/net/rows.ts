/** The rows of one copy as this tab knows them, and what one writing does with them. */
import type { Level } from '../../shared/access.ts'
import { copyName, keysOf } from './copies.ts'
import type { PadRow, RowKey, UnsavedRow, UpdateRow } from './copies.ts'
import type { Work } from './database.ts'
import type { Left, Waiting } from './journal.ts'

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

/** A row of another tab that never came to the store. */
interface LateRow {
  key: RowKey
  row: Waiting
}

/** What one writing has to do. */
export interface Batch {
  rows: Waiting[]
  late: LateRow[]
  /** Own rows up to this one are acknowledged, and with `clearFound` those of earlier visits. */
  clearTo: number
  clearFound: boolean
  /** One row with the whole state instead of {@link rows}. */
  whole: boolean
}

export function emptyBatch(): Batch {
  return { rows: [], late: [], clearTo: 0, clearFound: false, whole: false }
}

export function isNothing({ rows, late, clearTo, clearFound, whole }: Batch): boolean {
  return rows.length === 0 && late.length === 0 && clearTo === 0 && !clearFound && !whole
}

/** Puts what failed in front of `batch`: its bytes are given up, as a whole state will follow, but not its marks. */
export function giveBack(batch: Batch, failed: Batch): void {
  const changes = failed.rows.reduce((sum, row) => sum + row.changes, 0)
  const last = failed.rows.at(-1)
  if (last !== undefined && changes > 0) batch.rows.unshift({ ...last, update: NOTHING, changes })
  batch.late.unshift(...failed.late.map(({ key, row }) => ({ key, row: { ...row, update: NOTHING } })))
  batch.clearTo = Math.max(batch.clearTo, failed.clearTo)
  batch.clearFound ||= failed.clearFound
}

export interface Rows {
  /** The number of a new row. */
  number(): number
  /**
   * Takes over what the store holds, with what tabs `left` that never came there; `found` is null when the store holds
   * nothing.
   */
  take(pad: PadRow | undefined, rows: readonly UpdateRow[], marks: readonly UnsavedRow[], left: Left[]): Taken
  /** With this batch there is so much that one row with the whole state is cheaper. */
  crowded(batch: Batch): boolean
  /**
   * Asks the transaction for everything in `batch`, and counts on it: transactions end in the order in which they began.
   * The result must be called when this one does not end well.
   */
  write(w: Work, copy: string, pad: Omit<PadRow, 'bytes'>, batch: Batch): () => void
}

export interface Taken {
  found: Found | null
  /** To be written. */
  late: LateRow[]
}

/** `tab` tells this tab's rows from others'; `state` gives the whole document. */
export function createRows(tab: string, state: () => Uint8Array): Rows {
  let known: RowKey[] = []
  let foundMarks: RowKey[] = []
  let next = 1
  let bytes = 0
  /** Of the largest row: that with the whole state. */
  let base = 0
  /** Own rows up to this one are acknowledged. */
  let cleared = 0
  return {
    number: () => next++,
    take(pad, rows, marks, left) {
      if (pad === undefined || rows.length === 0) return { found: null, late: [] }
      known = rows.map(({ key }) => key)
      foundMarks = marks.map(({ key }) => key)
      const sizes = rows.map((row) => row.bytes.length)
      bytes = sizes.reduce((sum, size) => sum + size, 0)
      base = Math.max(...sizes)
      const late = lateRows(copyName(pad.room, pad.generation), known, pad.generation, left)
      const unsaved = [...marks, ...late.map(({ row }) => row).filter(({ changes }) => changes > 0)]
      const found = {
        generation: pad.generation,
        level: pad.level,
        updates: [...rows.map((row) => row.bytes), ...late.map(({ row }) => row.update)],
        unsaved: unsaved.reduce((sum, { changes }) => sum + changes, 0),
        clients: [...new Set(unsaved.map(({ client }) => client))],
      }
      return { found, late }
    },
    crowded({ rows }) {
      const size = rows.reduce((sum, { update }) => sum + update.length, 0)
      // A whole document that came as one row need not be written as one again.
      const largest = rows.reduce((most, { update }) => Math.max(most, update.length), base)
      const limit = Math.max(COMPACT_BYTES, largest * COMPACT_GROWTH)
      return known.length + rows.length > COMPACT_ROWS || bytes + size > limit
    },
    write(w, copy, pad, batch) {
      const updates = w.store('updates')
      const unsaved = w.store('unsaved')
      const written: RowKey[] = []
      const removed = batch.whole ? known : []
      cleared = Math.max(cleared, batch.clearTo)
      const marks = batch.clearFound ? foundMarks : []
      const late = batch.clearFound ? [] : batch.late
      let total = batch.whole ? 0 : bytes
      const put = (key: RowKey, update: Uint8Array) => {
        if (batch.whole || update.length === 0) return
        updates.put({ key, bytes: update } satisfies UpdateRow)
        written.push(key)
        total += update.length
        base = Math.max(base, update.length)
      }
      const mark = (key: RowKey, { changes, client }: Waiting) => {
        if (changes > 0) unsaved.put({ key, changes, client } satisfies UnsavedRow)
      }
      for (const key of removed) updates.delete(key)
      if (batch.whole) {
        const key: RowKey = [copy, tab, next++]
        const update = state()
        updates.put({ key, bytes: update } satisfies UpdateRow)
        written.push(key)
        total = update.length
      }
      for (const row of batch.rows) {
        const key: RowKey = [copy, tab, row.n]
        put(key, row.update)
        if (row.n > cleared) mark(key, row)
      }
      for (const { key, row } of batch.late) put(key, row.update)
      for (const { key, row } of late) mark(key, row)
      if (batch.clearTo > 0) unsaved.delete(keysOf(copy, tab, batch.clearTo))
      for (const key of marks) unsaved.delete(key)
      w.store('pads').put({ ...pad, bytes: total } satisfies PadRow)
      const lateKeys = late.map(({ key }) => key)
      known = batch.whole ? written : [...known, ...written]
      foundMarks = [...(batch.clearFound ? [] : foundMarks), ...lateKeys]
      bytes = total
      if (batch.whole) base = total
      return () => {
        known = [...known.filter((key) => !written.includes(key)), ...removed]
        foundMarks = [...foundMarks.filter((key) => !lateKeys.includes(key)), ...marks]
      }
    },
  }
}

/** Of what tabs left in this generation, the rows the store has not. */
function lateRows(copy: string, known: readonly RowKey[], generation: string, left: Left[]): LateRow[] {
  const there = new Set(known.map((key) => key.join('\n')))
  return left
    .filter((entry) => entry.generation === generation)
    .flatMap(({ tab, rows }) => rows.map((row): LateRow => ({ key: [copy, tab, row.n], row })))
    .filter(({ key }) => !there.has(key.join('\n')))
}
