/** Reading and writing rows of the log: the one place that knows how a {@link LogRow} lies in the tables. */
import { crc32 } from 'node:zlib'
import type { Row, Session, Value } from './database.ts'
import { blob, integer, marks, text } from './database.ts'
import { unpackChunk } from './chunk.ts'
import { StoreDamage } from './store.ts'
import type { LogRow } from './store.ts'

const COLUMNS = 'document, seq, author, time, crc, bytes'

/** Inserts rows and binds their new client ids; a client id that is bound already keeps its author. */
export async function insertRows(session: Session, rows: readonly LogRow[]): Promise<void> {
  const values = rows.map((row): Value[] => [
    row.document,
    row.seq,
    row.author,
    row.time,
    crc32(row.bytes),
    row.bytes,
  ])
  await session.insert('inkpad_row', COLUMNS.split(', '), values, 'fail')
  const clients = rows.flatMap((row) =>
    (row.clients ?? []).map((client): Value[] => [row.document, client, row.seq, row.author]),
  )
  if (clients.length > 0)
    await session.insert('inkpad_client', ['document', 'client', 'seq', 'author'], clients, 'keep')
}

/** Unpacked rows with `from <= seq <= to`, ascending, at most `limit`; without their new client ids. */
export async function unpackedRows(
  session: Session,
  document: number,
  from: number,
  to: number,
  limit: number,
): Promise<LogRow[]> {
  const found = await session.all(
    `SELECT ${COLUMNS} FROM inkpad_row WHERE document = ? AND seq >= ? AND seq <= ? ORDER BY seq LIMIT ?`,
    [document, from, to, limit],
  )
  return found.map(rowOf)
}

/** Rows after `after`, ascending without gaps, at most `limit`, packed or not, with their new client ids. */
export async function logRows(
  session: Session,
  document: number,
  after: number,
  limit: number,
): Promise<LogRow[]> {
  const rows: LogRow[] = []
  let last = after
  while (rows.length < limit) {
    const chunk = (
      await session.all(
        'SELECT bytes FROM inkpad_chunk WHERE document = ? AND seq_to > ? ORDER BY seq_to LIMIT 1',
        [document, last],
      )
    )[0]
    if (chunk === undefined) break
    const unpacked = await unpackChunk(document, blob(chunk, 'bytes'))
    rows.push(...unpacked.filter((row) => row.seq > last).slice(0, limit - rows.length))
    const end = unpacked.at(-1)?.seq ?? last
    if (end <= last) throw new StoreDamage(`document ${document}: a chunk ends before row ${last + 1}`)
    last = end
  }
  if (rows.length < limit)
    rows.push(
      ...(await unpackedRows(session, document, last + 1, Number.MAX_SAFE_INTEGER, limit - rows.length)),
    )
  checkContiguous(document, after, rows)
  return withClients(session, document, rows)
}

/** Throws when a row is missing between `after` and the last of `rows`. */
export function checkContiguous(document: number, after: number, rows: readonly LogRow[]): void {
  for (const [index, row] of rows.entries())
    if (row.seq !== after + 1 + index)
      throw new StoreDamage(`document ${document}: row ${after + 1 + index} is missing, found ${row.seq}`)
}

/** The number of the last row of each document that has one. The last row is never packed. */
export async function headsOf(session: Session, documents: readonly number[]): Promise<Map<number, number>> {
  const found = await session.all(
    `SELECT document, MAX(seq) AS head FROM inkpad_row WHERE document IN (${marks(documents.length)}) GROUP BY document`,
    documents,
  )
  return new Map(found.map((row) => [integer(row, 'document'), integer(row, 'head')]))
}

async function withClients(session: Session, document: number, rows: LogRow[]): Promise<LogRow[]> {
  const first = rows[0]
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return rows
  const found = await session.all(
    'SELECT client, seq FROM inkpad_client WHERE document = ? AND seq >= ? AND seq <= ? ORDER BY client',
    [document, first.seq, last.seq],
  )
  for (const binding of found) {
    const row = rows[integer(binding, 'seq') - first.seq]
    if (row !== undefined) row.clients = [...(row.clients ?? []), integer(binding, 'client')]
  }
  return rows
}

function rowOf(row: Row): LogRow {
  const bytes = blob(row, 'bytes')
  const document = integer(row, 'document')
  const seq = integer(row, 'seq')
  if (crc32(bytes) !== integer(row, 'crc'))
    throw new StoreDamage(`document ${document}: row ${seq} fails its checksum`)
  return { document, seq, author: text(row, 'author'), time: integer(row, 'time'), bytes }
}
