/** Pictures beside a pad's documents: by the hash of their bytes, in pieces that fit any statement (SPEC-store ST90 to ST93). */
import type { Database, Row, Session } from './database.ts'
import { blob, integer, marks, pieces, text } from './database.ts'
import { lockDocument } from './pads.ts'
import type { NewPicture, PictureFacts, PictureRoom, StoredPicture, UnusedPicture } from './picture-store.ts'

/** Bytes of a piece. */
const PIECE = 512 * 1024
/** Rows of one answer. */
const MOST = 5000
/** Hashes of one `IN (...)`. */
const AT_ONCE = 250

const FACTS = 'p.hash, p.type, p.width, p.height, p.size, p.author, p.time'

export async function savePicture(
  database: Database,
  document: string,
  picture: NewPicture,
  room: PictureRoom,
): Promise<'saved' | 'known' | 'full' | 'gone'> {
  return database.write(async (session) => {
    const id = await lockDocument(session, document)
    if (id === null) return 'gone'
    const known = await session.all('SELECT hash FROM inkpad_picture WHERE document = ? AND hash = ?', [
      id,
      picture.hash,
    ])
    if (known.length > 0) return 'known'
    const size = picture.bytes.length
    const [taken] = await session.all(
      'SELECT COUNT(*) AS count, COALESCE(SUM(size), 0) AS bytes FROM inkpad_picture WHERE document = ?',
      [id],
    )
    if (!taken || integer(taken, 'count') >= room.count || integer(taken, 'bytes') + size > room.bytes)
      return 'full'
    const { hash, type, width, height, author, time } = picture
    await session.insert(
      'inkpad_picture',
      ['document', 'hash', 'type', 'width', 'height', 'size', 'author', 'time', 'used'],
      [[id, hash, type, width, height, size, author, time, 0]],
      'fail',
    )
    for (let piece = 0; !picture.elsewhere && piece * PIECE < size; piece++)
      await session.insert(
        'inkpad_picture_piece',
        ['document', 'hash', 'piece', 'bytes'],
        [[id, hash, piece, picture.bytes.subarray(piece * PIECE, (piece + 1) * PIECE)]],
        'fail',
      )
    return 'saved'
  })
}

export async function picture(
  database: Database,
  document: string,
  hash: string,
): Promise<StoredPicture | null> {
  return database.read(async (session) => {
    const [row] = await session.all(
      `SELECT p.document, ${FACTS} FROM inkpad_picture p JOIN inkpad_document d ON d.id = p.document
       WHERE d.name = ? AND p.hash = ?`,
      [document, hash],
    )
    if (!row) return null
    const rows = await session.all(
      'SELECT bytes FROM inkpad_picture_piece WHERE document = ? AND hash = ? ORDER BY piece',
      [integer(row, 'document'), hash],
    )
    const bytes = Buffer.concat(rows.map((piece) => blob(piece, 'bytes')))
    return { ...factsOf(row), bytes }
  })
}

export async function pictures(database: Database, document: string): Promise<readonly PictureFacts[]> {
  return database.read(async (session) => {
    const rows = await session.all(
      `SELECT ${FACTS} FROM inkpad_picture p JOIN inkpad_document d ON d.id = p.document
       WHERE d.name = ? ORDER BY p.hash LIMIT ?`,
      [document, MOST],
    )
    return rows.map(factsOf)
  })
}

export async function usePictures(
  database: Database,
  document: string,
  hashes: readonly string[],
): Promise<void> {
  await database.write((session) =>
    among(session, document, hashes, (id, some) =>
      session.run(
        `UPDATE inkpad_picture SET used = 1 WHERE document = ? AND used = 0 AND hash IN (${marks(some.length)})`,
        [id, ...some],
      ),
    ),
  )
}

export async function removePictures(
  database: Database,
  document: string,
  hashes: readonly string[],
): Promise<void> {
  await database.write((session) =>
    among(session, document, hashes, async (id, some) => {
      const which = `WHERE document = ? AND hash IN (${marks(some.length)})`
      await session.run(`DELETE FROM inkpad_picture_piece ${which}`, [id, ...some])
      await session.run(`DELETE FROM inkpad_picture ${which}`, [id, ...some])
    }),
  )
}

async function among(
  session: Session,
  document: string,
  hashes: readonly string[],
  run: (id: number, some: readonly string[]) => Promise<unknown>,
): Promise<void> {
  const id = await lockDocument(session, document)
  if (id !== null) for (const some of pieces([...new Set(hashes)], AT_ONCE)) await run(id, some)
}

export async function copyPictures(database: Database, from: string, to: string): Promise<boolean> {
  return database.write(async (session) => {
    const target = await lockDocument(session, to)
    const [source] = await session.all('SELECT id FROM inkpad_document WHERE name = ?', [from])
    if (target === null || !source) return false
    const id = integer(source, 'id')
    const facts = 'hash, type, width, height, size, author, time, used'
    const missing = `document = ? AND NOT EXISTS (SELECT 1 FROM inkpad_picture t WHERE t.document = ? AND t.hash = s.hash)`
    await session.run(
      `INSERT INTO inkpad_picture_piece (document, hash, piece, bytes)
       SELECT ${target}, s.hash, s.piece, s.bytes FROM inkpad_picture_piece s WHERE s.${missing}`,
      [id, target],
    )
    await session.run(
      `INSERT INTO inkpad_picture (document, ${facts})
       SELECT ${target}, ${facts.replaceAll(/\w+/g, 's.$&')} FROM inkpad_picture s WHERE s.${missing}`,
      [id, target],
    )
    return true
  })
}

export async function keptPictures(
  database: Database,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const some = [...new Set(hashes)].slice(0, AT_ONCE)
  if (some.length === 0) return new Set()
  return database.read(async (session) => {
    const rows = await session.all(
      `SELECT DISTINCT hash FROM inkpad_picture WHERE hash IN (${marks(some.length)})`,
      some,
    )
    return new Set(rows.map((row) => text(row, 'hash')))
  })
}

export async function unusedPictures(
  database: Database,
  before: number,
  limit: number,
): Promise<readonly UnusedPicture[]> {
  return database.read(async (session) => {
    const rows = await session.all(
      `SELECT d.name, p.hash FROM inkpad_picture p JOIN inkpad_document d ON d.id = p.document
       WHERE p.used = 0 AND p.time < ? ORDER BY p.time LIMIT ?`,
      [before, Math.min(limit, MOST)],
    )
    return rows.map((row) => ({ document: text(row, 'name'), hash: text(row, 'hash') }))
  })
}

function factsOf(row: Row): PictureFacts {
  return {
    hash: text(row, 'hash'),
    type: text(row, 'type'),
    width: integer(row, 'width'),
    height: integer(row, 'height'),
    size: integer(row, 'size'),
    author: text(row, 'author'),
    time: integer(row, 'time'),
  }
}
