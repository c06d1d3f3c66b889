/** A document's log as it stands in the store, read up to a revision. */
import { AppError } from '../errors.ts'
import type { LogRow, Store, StoredDocument } from '../store/store.ts'
import { stepsOf } from './past.ts'
import type { Past } from './past.ts'

/** Rows read at once. */
const ROWS = 1000
/** Rows a past is made of, the newest. */
const MOST_ROWS = 20_000
/** Bytes of their updates. */
const MOST_BYTES = 32_000_000

/** What makes a document of a revision, and when that was. */
export async function updatesTo(
  store: Pick<Store, 'snapshot' | 'rows'>,
  stored: StoredDocument,
  revision: number,
): Promise<{ updates: Uint8Array[]; time: number }> {
  const near = (stored.snapshot?.seq ?? 0) <= revision
  const snapshot = near ? stored.snapshot : await store.snapshot(stored.id, revision)
  const updates: Uint8Array[] = []
  let at = snapshot?.seq ?? 0
  let time = stored.created
  if (snapshot) {
    updates.push(snapshot.bytes)
    const own = (await store.rows(stored.id, at - 1, 1))[0]
    time = own?.time ?? time
  }
  while (at < revision) {
    const rows = near
      ? stored.tail.filter(({ seq }) => seq > at && seq <= revision)
      : await store.rows(stored.id, at, Math.min(ROWS, revision - at))
    if (rows.length === 0)
      throw new AppError('internal', 'The fault is ours. It has been noted; trying again may help.')
    for (const row of rows) updates.push(row.bytes)
    at = rows.at(-1)?.seq ?? revision
    time = rows.at(-1)?.time ?? time
  }
  return { updates, time }
}

/** Reads the past of a text up to a revision, as much of it as the limits allow. */
export async function readPast(
  store: Pick<Store, 'snapshot' | 'rows'>,
  stored: StoredDocument,
  revision: number,
): Promise<Past> {
  const first = Math.max(0, revision - MOST_ROWS)
  const base = first === 0 ? { updates: [], time: stored.created } : await updatesTo(store, stored, first)
  const rows: LogRow[] = []
  let bytes = 0
  while (first + rows.length < revision && bytes <= MOST_BYTES) {
    const at = first + rows.length
    const more = await store.rows(stored.id, at, Math.min(ROWS, revision - at))
    if (more.length === 0) break
    for (const row of more) bytes += row.bytes.length
    rows.push(...more)
  }
  // A past that is too heavy is left out: the text alone is then one revision.
  const whole = first + rows.length === revision && bytes <= MOST_BYTES
  return { base: base.updates, time: base.time, steps: whole ? stepsOf(rows) : [] }
}
