/** Lists for the administrator: pads by name, last edit, versions or size, and authors (SPEC-store ST60 to ST63). */
import type { Database, Row, Session, Value } from './database.ts'
import { integer, marks, pieces, text } from './database.ts'
import type { AuthorQuery, AuthorRow, PadFacts, PadPage, PadQuery, PadRow } from './store.ts'

const KEYS_AT_ONCE = 250
/** Entries of one page. */
const PAGE_LIMIT = 500
/** Authors named with a pad. */
const NAMED = 5

/** Columns of the index that holds an order. */
const PAD_ORDER = {
  name: ['name'],
  edited: ['edited', 'document'],
  versions: ['versions', 'document'],
  bytes: ['bytes', 'document'],
} as const
const AUTHOR_ORDER = { name: 'name', seen: 'seen' } as const

/** Brings the facts of pads up to date; of documents that are gone they are dropped. */
export async function savePadFacts(database: Database, facts: readonly PadFacts[]): Promise<void> {
  await database.write(async (session) => {
    for (const { document, edited, versions, bytes } of facts) {
      const known = await session.run(
        'UPDATE inkpad_pad SET edited = ?, versions = ?, bytes = ? WHERE document = ?',
        [edited, versions, bytes, document],
      )
      // A server of a version before ours made it.
      if (known === 0) await addPad(session, document, [edited, versions, bytes])
    }
  })
}

async function addPad(session: Session, document: number, facts: readonly Value[]): Promise<void> {
  const row = (await session.all('SELECT name FROM inkpad_document WHERE id = ?', [document]))[0]
  if (row === undefined || !text(row, 'name').startsWith('p/')) return
  await session.insert(
    'inkpad_pad',
    ['document', 'name', 'edited', 'versions', 'bytes'],
    [[document, text(row, 'name').slice(2), ...facts]],
    'keep',
  )
}

export async function padPage(database: Database, query: PadQuery): Promise<PadPage> {
  const { condition, values } = padCondition(query)
  const direction = query.descending ? 'DESC' : 'ASC'
  const order = (table: string): string =>
    PAD_ORDER[query.order].map((column) => `${table}${column} ${direction}`).join(', ')
  return database.read(async (session) => {
    const counted = await session.all(`SELECT COUNT(*) AS total FROM inkpad_pad ${condition}`, values)
    const found = await session.all(
      // First only the keys, which the index of the order holds; so far pages cost no more than near ones.
      `SELECT p.document, p.name, p.edited, p.versions, p.bytes FROM (
         SELECT document FROM inkpad_pad ${condition}
         ORDER BY ${order('')} LIMIT ? OFFSET ?
       ) AS page JOIN inkpad_pad p ON p.document = page.document
       ORDER BY ${order('p.')}`,
      [...values, Math.min(query.limit, PAGE_LIMIT), query.offset],
    )
    const authors = await authorsOf(
      session,
      found.map((row) => integer(row, 'document')),
    )
    return {
      total: counted[0] === undefined ? 0 : integer(counted[0], 'total'),
      pads: found.map((row) => padRow(row, authors.get(integer(row, 'document')) ?? [])),
    }
  })
}

export async function padFacts(database: Database, pad: string): Promise<PadRow | null> {
  return database.read(async (session) => {
    const row = (
      await session.all('SELECT document, name, edited, versions, bytes FROM inkpad_pad WHERE name = ?', [
        pad,
      ])
    )[0]
    if (row === undefined) return null
    const document = integer(row, 'document')
    return padRow(row, (await authorsOf(session, [document])).get(document) ?? [])
  })
}

export async function authorPage(
  database: Database,
  query: AuthorQuery,
): Promise<{ authors: readonly AuthorRow[]; total: number }> {
  const condition = query.search === '' ? '' : `WHERE LOWER(name) LIKE ? ESCAPE '!' OR id = ?`
  const values = query.search === '' ? [] : [pattern(query.search), query.search]
  const direction = query.descending ? 'DESC' : 'ASC'
  return database.read(async (session) => {
    const counted = await session.all(`SELECT COUNT(*) AS total FROM inkpad_author ${condition}`, values)
    const found = await session.all(
      `SELECT id, name, colour, seen FROM inkpad_author ${condition}
       ORDER BY ${AUTHOR_ORDER[query.order]} ${direction}, id LIMIT ? OFFSET ?`,
      [...values, Math.min(query.limit, PAGE_LIMIT), query.offset],
    )
    return {
      total: counted[0] === undefined ? 0 : integer(counted[0], 'total'),
      authors: found.map((row) => ({
        id: text(row, 'id'),
        name: text(row, 'name'),
        colour: text(row, 'colour'),
        seen: integer(row, 'seen'),
      })),
    }
  })
}

/** Names of pads an author wrote in, at most `limit`, those edited last first. */
export async function padsOfAuthor(
  database: Database,
  author: string,
  limit: number,
): Promise<readonly string[]> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT p.name AS name, MAX(p.edited) AS edited FROM inkpad_client c JOIN inkpad_pad p ON p.document = c.document
       WHERE c.author = ? GROUP BY p.name ORDER BY edited DESC LIMIT ?`,
      [author, Math.min(limit, PAGE_LIMIT)],
    )
    return found.map((row) => text(row, 'name'))
  })
}

/** Forgets who an author is: name (in chats too), colour, account and what proved them. Their id, which says nothing, stays with their words. */
export async function forgetAuthor(database: Database, author: string): Promise<boolean> {
  return database.write(async (session) => {
    await session.run('DELETE FROM inkpad_token WHERE author = ?', [author])
    await session.run(
      'DELETE FROM inkpad_session WHERE account IN (SELECT id FROM inkpad_account WHERE author = ?)',
      [author],
    )
    await session.run('DELETE FROM inkpad_account WHERE author = ?', [author])
    await session.run("DELETE FROM inkpad_mapper WHERE kind = 'author' AND id = ?", [author])
    await session.run('DELETE FROM inkpad_group_session WHERE author = ?', [author])
    await session.run(`UPDATE inkpad_chat SET name = '' WHERE author = ?`, [author])
    await session.run('DELETE FROM inkpad_grant WHERE who = ? AND level = 0', [author])
    await session.run(`UPDATE inkpad_grant SET seen = 0, pass = '' WHERE who = ?`, [author])
    return (await session.run('DELETE FROM inkpad_author WHERE id = ?', [author])) > 0
  })
}

function padRow(row: Row, authors: readonly string[]): PadRow {
  return {
    name: text(row, 'name'),
    edited: integer(row, 'edited'),
    versions: integer(row, 'versions'),
    bytes: integer(row, 'bytes'),
    authors: authors.slice(0, NAMED),
    authorCount: authors.length,
  }
}

/** Who wrote in these documents; most tabs first. */
async function authorsOf(
  session: Session,
  documents: readonly number[],
): Promise<ReadonlyMap<number, string[]>> {
  const all = new Map<number, string[]>()
  for (const some of pieces(documents, KEYS_AT_ONCE)) {
    const found = await session.all(
      `SELECT document, author, COUNT(*) AS tabs FROM inkpad_client WHERE document IN (${marks(some.length)})
       GROUP BY document, author ORDER BY tabs DESC, author`,
      some,
    )
    for (const row of found) {
      const document = integer(row, 'document')
      const author = text(row, 'author')
      if (!author.startsWith('a.inkpad0')) all.set(document, [...(all.get(document) ?? []), author])
    }
  }
  return all
}

function padCondition({ search, editedAfter, editedBefore, empty, among }: PadQuery): {
  condition: string
  values: Value[]
} {
  const parts: string[] = []
  const values: Value[] = []
  const add = (part: string, ...more: Value[]): void => {
    parts.push(part)
    values.push(...more)
  }
  if (search !== '') add(`LOWER(name) LIKE ? ESCAPE '!'`, pattern(search))
  if (editedAfter !== undefined) add('edited > ?', editedAfter)
  if (editedBefore !== undefined) add('edited < ?', editedBefore)
  if (empty === true) add('versions <= ?', 1)
  if (among !== undefined) {
    const some = among.slice(0, PAGE_LIMIT)
    if (some.length === 0) add('1 = 0')
    else add(`name IN (${marks(some.length)})`, ...some)
  }
  return { condition: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values }
}

/** What `LIKE ... ESCAPE '!'` finds a part of a text by. */
export function pattern(search: string): string {
  return `%${search.toLowerCase().replace(/[!%_]/g, (sign) => `!${sign}`)}%`
}
