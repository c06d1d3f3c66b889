/** Snapshots and packing. */
import { packChunk, unpackChunk } from './chunk.ts'
import type { Database, Session } from './database.ts'
import { blob, integer, marks } from './database.ts'
import { newestSnapshot } from './documents.ts'
import { expendableSnapshots } from './maintenance.ts'
import { checkContiguous, headsOf, unpackedRows } from './rows.ts'
import { seal } from './seal.ts'
import { StoreDamage } from './store.ts'
import type { LogRow, PackState } from './store.ts'

/** Rows one chunk may have. */
const CHUNK_LIMIT = 10_000

export async function saveSnapshot(
  database: Database,
  document: number,
  seq: number,
  bytes: Uint8Array,
  time: number,
): Promise<void> {
  const sealed = await seal(bytes)
  await database.write(async (session) => {
    await lockDocument(database, session, document)
    const head = (await headsOf(session, [document])).get(document)
    if (head === undefined || seq > head) return
    await session.insert(
      'inkpad_snapshot',
      ['document', 'seq', 'time', 'bytes'],
      [[document, seq, time, sealed]],
      'keep',
    )
    const found = await session.all('SELECT seq FROM inkpad_snapshot WHERE document = ?', [document])
    const expendable = expendableSnapshots(found.map((row) => integer(row, 'seq')))
    if (expendable.length > 0)
      await session.run(
        `DELETE FROM inkpad_snapshot WHERE document = ? AND seq IN (${marks(expendable.length)})`,
        [document, ...expendable],
      )
  })
}

export async function snapshot(
  database: Database,
  document: number,
  seq: number,
): Promise<{ seq: number; bytes: Uint8Array } | null> {
  return database.read((session) => newestSnapshot(database, session, document, seq))
}

export async function pack(
  database: Database,
  document: number,
  upTo: number,
  limit: number,
): Promise<number> {
  return database.write(async (session) => {
    await lockDocument(database, session, document)
    const head = (await headsOf(session, [document])).get(document) ?? 0
    const last = Math.min(upTo, head - 1)
    const rows = await unpackedRows(session, document, 1, last, Math.min(limit, CHUNK_LIMIT))
    if (rows.length === 0) return 0
    const ends = await session.all(
      'SELECT COALESCE(MAX(seq_to), 0) AS packed FROM inkpad_chunk WHERE document = ?',
      [document],
    )
    const packed = ends[0] === undefined ? 0 : integer(ends[0], 'packed')
    checkContiguous(document, packed, rows)
    const chunk = await packChunk(rows)
    await session.insert(
      'inkpad_chunk',
      ['document', 'seq_to', 'seq_from', 'time_from', 'time_to', 'bytes'],
      [[document, chunk.to, chunk.from, chunk.timeFrom, chunk.timeTo, chunk.bytes]],
      'fail',
    )
    const written = await session.all('SELECT bytes FROM inkpad_chunk WHERE document = ? AND seq_to = ?', [
      document,
      chunk.to,
    ])
    const again = written[0] === undefined ? [] : await unpackChunk(document, blob(written[0], 'bytes'))
    if (!sameRows(rows, again))
      throw new StoreDamage(`document ${document}: rows ${chunk.from} to ${chunk.to} differ after packing`)
    const gone = await session.run('DELETE FROM inkpad_row WHERE document = ? AND seq >= ? AND seq <= ?', [
      document,
      chunk.from,
      chunk.to,
    ])
    if (gone !== rows.length)
      throw new StoreDamage(`document ${document}: ${gone} rows instead of ${rows.length} were packed`)
    return rows.length
  })
}

export async function packState(database: Database, document: number, before: number): Promise<PackState> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT
        COALESCE((SELECT MAX(seq_to) FROM inkpad_chunk WHERE document = ?), 0) AS packed,
        COALESCE((SELECT MAX(seq) FROM inkpad_row WHERE document = ? AND time < ?), 0) AS old,
        COALESCE((SELECT MAX(seq) FROM inkpad_snapshot WHERE document = ?), 0) AS snapshot`,
      [document, document, before, document],
    )
    const row = found[0] ?? {}
    return {
      packedTo: integer(row, 'packed'),
      lastOldSeq: integer(row, 'old'),
      snapshotSeq: integer(row, 'snapshot'),
    }
  })
}

/**
 * Makes other servers that pack, snapshot or delete this document wait; appending goes on. It must come first in the
 * transaction, so that what is read after it is what the one before left. SQLite has one writer anyway.
 */
async function lockDocument(database: Database, session: Session, document: number): Promise<void> {
  if (database.dialect === 'mariadb')
    await session.all('SELECT id FROM inkpad_document WHERE id = ? FOR UPDATE', [document])
}

function sameRows(one: readonly LogRow[], two: readonly LogRow[]): boolean {
  return (
    one.length === two.length &&
    one.every((row, index) => {
      const other = two[index]
      return (
        other !== undefined &&
        row.seq === other.seq &&
        row.author === other.author &&
        row.time === other.time &&
        Buffer.compare(row.bytes, other.bytes) === 0
      )
    })
  )
}
