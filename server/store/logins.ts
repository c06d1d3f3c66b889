/** Accounts of people who sign in, and their sessions (SPEC-store ST80 to ST83). */
import type { Database, Row, Session } from './database.ts'
import { DuplicateKey, integer, marks, pieces, text } from './database.ts'
import type { AccountRow, LivingAccount, SessionRow, WhichSessions } from './login-store.ts'

const ACCOUNT = 'SELECT id, provider, subject, author, profile, seen FROM inkpad_account'
const SESSION = 'SELECT hash, account, sid, created, seen, ends, about FROM inkpad_session'
/** Entries of one list, and of one turn of ending. */
const LIST_LIMIT = 200
const END_LIMIT = 1000
const KEYS_AT_ONCE = 250

export async function account(database: Database, id: string): Promise<AccountRow | null> {
  return database.read((session) => oneAccount(session, 'id', id))
}

export async function accountOfAuthor(database: Database, author: string): Promise<AccountRow | null> {
  return database.read((session) => oneAccount(session, 'author', author))
}

async function oneAccount(
  session: Session,
  column: 'id' | 'author',
  value: string,
): Promise<AccountRow | null> {
  const row = (await session.all(`${ACCOUNT} WHERE ${column} = ?`, [value]))[0]
  if (row === undefined) return null
  return {
    id: text(row, 'id'),
    provider: text(row, 'provider'),
    subject: text(row, 'subject'),
    author: text(row, 'author'),
    profile: text(row, 'profile'),
    seen: integer(row, 'seen'),
  }
}

export async function saveAccount(database: Database, given: AccountRow): Promise<AccountRow | null> {
  const { id, provider, subject, author, profile, seen } = given
  try {
    return await database.write(async (session) => {
      const standing = await oneAccount(session, 'id', id)
      if (standing !== null) {
        await session.run('UPDATE inkpad_account SET profile = ?, seen = ? WHERE id = ?', [profile, seen, id])
        return { ...standing, profile, seen }
      }
      await session.insert(
        'inkpad_account',
        ['id', 'provider', 'subject', 'author', 'profile', 'seen'],
        [[id, provider, subject, author, profile, seen]],
        'fail',
      )
      await session.run('DELETE FROM inkpad_token WHERE author = ?', [author])
      return given
    })
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    // Somebody was faster with this account, or the author is another account's.
    return account(database, id)
  }
}

export async function saveSession(database: Database, given: SessionRow): Promise<void> {
  const { hash, account: owner, sid, created, seen, ends, about } = given
  await database.write(async (session) => {
    await session.insert(
      'inkpad_session',
      ['hash', 'account', 'sid', 'created', 'seen', 'ends', 'about'],
      [[hash, owner, sid, created, seen, ends, about]],
      'keep',
    )
    await session.run('UPDATE inkpad_session SET seen = ?, ends = ? WHERE hash = ?', [seen, ends, hash])
  })
}

export async function touchSession(
  database: Database,
  hash: string,
  seen: number,
  ends: number,
): Promise<boolean> {
  return database.write(
    async (one) =>
      (await one.run('UPDATE inkpad_session SET seen = ?, ends = ? WHERE hash = ?', [seen, ends, hash])) > 0,
  )
}

export async function session(database: Database, hash: string): Promise<SessionRow | null> {
  return database.read(async (one) => {
    const row = (await one.all(`${SESSION} WHERE hash = ?`, [hash]))[0]
    return row === undefined ? null : sessionRow(row)
  })
}

export async function sessions(
  database: Database,
  owner: string,
  now: number,
): Promise<readonly SessionRow[]> {
  return database.read(async (one) => {
    const found = await one.all(
      `${SESSION} WHERE account = ? AND ends > ? ORDER BY seen DESC, hash LIMIT ${LIST_LIMIT}`,
      [owner, now],
    )
    return found.map(sessionRow)
  })
}

export async function endSessions(database: Database, which: WhichSessions): Promise<readonly SessionRow[]> {
  const [column, value] =
    'hash' in which
      ? ['hash', which.hash]
      : 'account' in which
        ? ['account', which.account]
        : ['sid', which.sid]
  // Without a name of its own a session is nobody's to end by it.
  if (value === '') return []
  return database.write(async (one) => {
    const found = await one.all(`${SESSION} WHERE ${column} = ? ORDER BY hash LIMIT ${END_LIMIT}`, [value])
    const ended = found.map(sessionRow)
    for (const { hash } of ended) await one.run('DELETE FROM inkpad_session WHERE hash = ?', [hash])
    return ended
  })
}

export async function removeOldSessions(database: Database, now: number): Promise<number> {
  return database.write((one) => one.run('DELETE FROM inkpad_session WHERE ends <= ?', [now]))
}

export async function livingSessions(
  database: Database,
  authors: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, LivingAccount>> {
  return database.read(async (one) => {
    const all = new Map<string, LivingAccount>()
    for (const some of pieces(authors, KEYS_AT_ONCE)) {
      const found = await one.all(
        `SELECT a.author AS author, a.seen AS seen,
           (SELECT COUNT(*) FROM inkpad_session s WHERE s.account = a.id AND s.ends > ?) AS living
         FROM inkpad_account a WHERE a.author IN (${marks(some.length)})`,
        [now, ...some],
      )
      for (const row of found)
        all.set(text(row, 'author'), { sessions: integer(row, 'living'), seen: integer(row, 'seen') })
    }
    return all
  })
}

export async function livingHashes(
  database: Database,
  hashes: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  return database.read(async (one) => {
    const all = new Set<string>()
    for (const some of pieces(hashes, KEYS_AT_ONCE)) {
      const found = await one.all(
        `SELECT hash FROM inkpad_session WHERE ends > ? AND hash IN (${marks(some.length)})`,
        [now, ...some],
      )
      for (const row of found) all.add(text(row, 'hash'))
    }
    return all
  })
}

export async function removeAccount(database: Database, id: string): Promise<boolean> {
  return database.write(async (one) => {
    await one.run('DELETE FROM inkpad_session WHERE account = ?', [id])
    return (await one.run('DELETE FROM inkpad_account WHERE id = ?', [id])) > 0
  })
}

function sessionRow(row: Row): SessionRow {
  return {
    hash: text(row, 'hash'),
    account: text(row, 'account'),
    sid: text(row, 'sid'),
    created: integer(row, 'created'),
    seen: integer(row, 'seen'),
    ends: integer(row, 'ends'),
    about: text(row, 'about'),
  }
}
