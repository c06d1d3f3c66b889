/** Groups of the HTTP API, what other systems call groups and authors, and sessions of groups (SPEC-store ST120 to ST124). */
import type { Database, Row, Session } from './database.ts'
import { DuplicateKey, integer, marks, pieces, text } from './database.ts'
import type { GroupSession, MappedKind, WhoseGroupSessions } from './group-store.ts'
import type { AuthorRow } from './store.ts'

const SESSION = 'SELECT id, grp, author, valid_until FROM inkpad_group_session'
/** Entries of one list, whatever was asked. */
const MOST = 10_000
const KEYS_AT_ONCE = 250

export async function addGroup(database: Database, id: string, time: number): Promise<void> {
  await database.write((session) => session.insert('inkpad_group', ['id', 'created'], [[id, time]], 'fail'))
}

export async function group(database: Database, id: string): Promise<boolean> {
  return database.read((session) => isGroup(session, id))
}

async function isGroup(session: Session, id: string): Promise<boolean> {
  return (await session.all('SELECT id FROM inkpad_group WHERE id = ?', [id])).length > 0
}

export async function removeGroup(database: Database, id: string): Promise<boolean> {
  return database.write(async (session) => {
    const removed = await session.run('DELETE FROM inkpad_group WHERE id = ?', [id])
    await session.run('DELETE FROM inkpad_group_session WHERE grp = ?', [id])
    await session.run("DELETE FROM inkpad_mapper WHERE kind = 'group' AND id = ?", [id])
    return removed > 0
  })
}

export async function groups(database: Database, after: string, limit: number): Promise<readonly string[]> {
  return database.read(async (session) => {
    const found = await session.all('SELECT id FROM inkpad_group WHERE id > ? ORDER BY id LIMIT ?', [
      after,
      Math.min(limit, MOST),
    ])
    return found.map((row) => text(row, 'id'))
  })
}

export async function mapped(database: Database, kind: MappedKind, hash: string): Promise<string | null> {
  return database.read(async (session) => {
    const row = (
      await session.all('SELECT id FROM inkpad_mapper WHERE kind = ? AND hash = ?', [kind, hash])
    )[0]
    return row === undefined ? null : text(row, 'id')
  })
}

export async function mapGroup(database: Database, hash: string, id: string, time: number): Promise<string> {
  return map(database, 'group', hash, id, (session) =>
    session.insert('inkpad_group', ['id', 'created'], [[id, time]], 'fail'),
  )
}

export async function mapAuthor(database: Database, hash: string, author: AuthorRow): Promise<string> {
  return map(database, 'author', hash, author.id, (session) =>
    session.insert(
      'inkpad_author',
      ['id', 'name', 'colour', 'seen'],
      [[author.id, author.name, author.colour, author.seen]],
      'fail',
    ),
  )
}

/** Makes what a name stands for together with the name; gives what stands when somebody was faster. */
async function map(
  database: Database,
  kind: MappedKind,
  hash: string,
  id: string,
  make: (session: Session) => Promise<void>,
): Promise<string> {
  try {
    await database.write(async (session) => {
      await session.insert('inkpad_mapper', ['kind', 'hash', 'id'], [[kind, hash, id]], 'fail')
      await make(session)
    })
    return id
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    const standing = await mapped(database, kind, hash)
    if (standing === null) throw error
    return standing
  }
}

export async function addGroupSession(database: Database, given: GroupSession): Promise<boolean> {
  return database.write(async (session) => {
    // Written, not read: a group that is removed at the same time waits for this, or this for it.
    const there = await session.run('UPDATE inkpad_group SET created = created WHERE id = ?', [given.group])
    if (there === 0 && !(await isGroup(session, given.group))) return false
    await session.insert(
      'inkpad_group_session',
      ['id', 'grp', 'author', 'valid_until'],
      [[given.id, given.group, given.author, given.validUntil]],
      'fail',
    )
    return true
  })
}

export async function groupSession(database: Database, id: string): Promise<GroupSession | null> {
  return database.read(async (session) => {
    const row = (await session.all(`${SESSION} WHERE id = ?`, [id]))[0]
    return row === undefined ? null : sessionRow(row)
  })
}

export async function removeGroupSession(database: Database, id: string): Promise<boolean> {
  return database.write(
    async (session) => (await session.run('DELETE FROM inkpad_group_session WHERE id = ?', [id])) > 0,
  )
}

export async function groupSessions(
  database: Database,
  whose: WhoseGroupSessions,
  limit: number,
): Promise<readonly GroupSession[]> {
  const [column, value] = 'group' in whose ? ['grp', whose.group] : ['author', whose.author]
  return database.read(async (session) => {
    const found = await session.all(`${SESSION} WHERE ${column} = ? ORDER BY id LIMIT ?`, [
      value,
      Math.min(limit, MOST),
    ])
    return found.map(sessionRow)
  })
}

export async function inGroup(database: Database, id: string, author: string, now: number): Promise<boolean> {
  return database.read(async (session) => {
    const found = await session.all(
      'SELECT id FROM inkpad_group_session WHERE author = ? AND grp = ? AND valid_until > ? LIMIT 1',
      [author, id, now],
    )
    return found.length > 0
  })
}

export async function memberships(
  database: Database,
  authors: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  return database.read(async (session) => {
    const all = new Set<string>()
    for (const some of pieces(authors, KEYS_AT_ONCE)) {
      const found = await session.all(
        `SELECT DISTINCT author, grp FROM inkpad_group_session
         WHERE author IN (${marks(some.length)}) AND valid_until > ? LIMIT ${MOST}`,
        [...some, now],
      )
      for (const row of found) all.add(`${text(row, 'author')} ${text(row, 'grp')}`)
    }
    return all
  })
}

export async function removeOldGroupSessions(
  database: Database,
  before: number,
  limit: number,
): Promise<number> {
  return database.write(async (session) => {
    const found = await session.all(
      'SELECT id FROM inkpad_group_session WHERE valid_until < ? ORDER BY valid_until LIMIT ?',
      [before, Math.min(limit, MOST)],
    )
    for (const row of found)
      await session.run('DELETE FROM inkpad_group_session WHERE id = ?', [text(row, 'id')])
    return found.length
  })
}

function sessionRow(row: Row): GroupSession {
  return {
    id: text(row, 'id'),
    group: text(row, 'grp'),
    author: text(row, 'author'),
    validUntil: integer(row, 'valid_until'),
  }
}
