/** Authors, their tokens, read-only ids, and values kept for the installation. */
import type { Database } from './database.ts'
import { DuplicateKey, integer, marks, pieces, text } from './database.ts'
import type { AuthorRow } from './store.ts'

const KEYS_AT_ONCE = 250

export async function authorOfToken(database: Database, hash: string): Promise<string | null> {
  return lookUp(database, 'SELECT author AS value FROM inkpad_token WHERE hash = ?', hash)
}

export async function bindToken(
  database: Database,
  hash: string,
  author: string,
  time: number,
): Promise<string> {
  return claim(database, 'SELECT author AS value FROM inkpad_token WHERE hash = ?', hash, author, {
    table: 'inkpad_token',
    row: { hash, author, time },
  })
}

export async function saveAuthor(database: Database, author: AuthorRow): Promise<void> {
  await database.write(async (session) => {
    const changed = await session.run(
      'UPDATE inkpad_author SET name = ?, colour = ?, seen = ? WHERE id = ?',
      [author.name, author.colour, author.seen, author.id],
    )
    if (changed > 0) return
    await session.insert(
      'inkpad_author',
      ['id', 'name', 'colour', 'seen'],
      [[author.id, author.name, author.colour, author.seen]],
      'keep',
    )
  })
}

export async function authors(database: Database, ids: readonly string[]): Promise<readonly AuthorRow[]> {
  return database.read(async (session) => {
    const all: AuthorRow[] = []
    for (const some of pieces([...new Set(ids)], KEYS_AT_ONCE)) {
      const found = await session.all(
        `SELECT id, name, colour, seen FROM inkpad_author WHERE id IN (${marks(some.length)})`,
        some,
      )
      for (const row of found)
        all.push({
          id: text(row, 'id'),
          name: text(row, 'name'),
          colour: text(row, 'colour'),
          seen: integer(row, 'seen'),
        })
    }
    return all
  })
}

export async function findReadOnlyId(database: Database, pad: string): Promise<string | null> {
  return lookUp(database, 'SELECT id AS value FROM inkpad_readonly WHERE pad = ?', pad)
}

/** Gives the id that stands afterwards: `id`, or the one somebody else was faster with. */
export async function claimReadOnlyId(database: Database, pad: string, id: string): Promise<string> {
  return claim(database, 'SELECT id AS value FROM inkpad_readonly WHERE pad = ?', pad, id, {
    table: 'inkpad_readonly',
    row: { pad, id },
  })
}

export async function padOfReadOnlyId(database: Database, id: string): Promise<string | null> {
  return lookUp(database, 'SELECT pad AS value FROM inkpad_readonly WHERE id = ?', id)
}

export async function findSetting(database: Database, key: string): Promise<string | null> {
  return lookUp(database, 'SELECT value FROM inkpad_setting WHERE name = ?', key)
}

/** Gives the value that stands afterwards: `value`, or the one somebody else was faster with. */
export async function claimSetting(database: Database, key: string, value: string): Promise<string> {
  return claim(database, 'SELECT value FROM inkpad_setting WHERE name = ?', key, value, {
    table: 'inkpad_setting',
    row: { name: key, value },
  })
}

async function lookUp(database: Database, query: string, key: string): Promise<string | null> {
  return database.read(async (session) => {
    const row = (await session.all(query, [key]))[0]
    return row === undefined ? null : text(row, 'value')
  })
}

/** Inserts unless the key is taken, and gives the value that stands. */
async function claim(
  database: Database,
  query: string,
  key: string,
  value: string,
  insert: { table: string; row: Record<string, string | number> },
): Promise<string> {
  try {
    await database.write((session) =>
      session.insert(insert.table, Object.keys(insert.row), [Object.values(insert.row)], 'fail'),
    )
    return value
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    const standing = await lookUp(database, query, key)
    if (standing === null) throw error
    return standing
  }
}
