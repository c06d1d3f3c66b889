/** Accounts of our own (SPEC-store ST110 to ST112). */
import type { Database, Row } from './database.ts'
import { DuplicateKey, integer, text } from './database.ts'
import { pattern } from './listing.ts'
import type { UserQuery, UserRow } from './user-store.ts'

const COLUMNS = ['id', 'name', 'name_key', 'version', 'created', 'seen', 'admin', 'blocked', 'proof'] as const
const USER = `SELECT ${COLUMNS.join(', ')} FROM inkpad_user`
const PAGE_LIMIT = 500
const ORDER: Record<UserQuery['order'], string> = { name: 'name_key', seen: 'seen', created: 'created' }

export async function user(database: Database, id: string): Promise<UserRow | null> {
  return one(database, 'id', id)
}

export async function userNamed(database: Database, key: string): Promise<UserRow | null> {
  return one(database, 'name_key', key)
}

async function one(database: Database, column: 'id' | 'name_key', value: string): Promise<UserRow | null> {
  return database.read(async (session) => {
    const row = (await session.all(`${USER} WHERE ${column} = ?`, [value]))[0]
    return row === undefined ? null : userRow(row)
  })
}

export async function addUser(database: Database, given: UserRow): Promise<boolean> {
  const { id, name, key, version, created, seen, admin, blocked, proof } = given
  try {
    await database.write((session) =>
      session.insert(
        'inkpad_user',
        COLUMNS,
        [[id, name, key, version, created, seen, Number(admin), Number(blocked), proof]],
        'fail',
      ),
    )
    return true
  } catch (error) {
    if (error instanceof DuplicateKey) return false
    throw error
  }
}

export async function changeUser(database: Database, given: UserRow): Promise<boolean> {
  const { id, version, seen, admin, blocked, proof } = given
  return database.write(
    async (session) =>
      (await session.run(
        `UPDATE inkpad_user SET version = ?, seen = ?, admin = ?, blocked = ?, proof = ?
         WHERE id = ? AND version = ?`,
        [version, seen, Number(admin), Number(blocked), proof, id, version - 1],
      )) > 0,
  )
}

export async function removeUser(database: Database, id: string): Promise<boolean> {
  return database.write(
    async (session) => (await session.run('DELETE FROM inkpad_user WHERE id = ?', [id])) > 0,
  )
}

export async function userPage(
  database: Database,
  query: UserQuery,
): Promise<{ users: readonly UserRow[]; total: number }> {
  const condition = query.search === '' ? '' : `WHERE name_key LIKE ? ESCAPE '!'`
  const values = query.search === '' ? [] : [pattern(query.search)]
  const direction = query.descending ? 'DESC' : 'ASC'
  return database.read(async (session) => {
    const counted = await session.all(`SELECT COUNT(*) AS total FROM inkpad_user ${condition}`, values)
    const found = await session.all(
      `${USER} ${condition} ORDER BY ${ORDER[query.order]} ${direction}, id LIMIT ? OFFSET ?`,
      [...values, Math.min(query.limit, PAGE_LIMIT), query.offset],
    )
    return {
      total: counted[0] === undefined ? 0 : integer(counted[0], 'total'),
      users: found.map(userRow),
    }
  })
}

function userRow(row: Row): UserRow {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    key: text(row, 'name_key'),
    version: integer(row, 'version'),
    created: integer(row, 'created'),
    seen: integer(row, 'seen'),
    admin: integer(row, 'admin') === 1,
    blocked: integer(row, 'blocked') === 1,
    proof: text(row, 'proof'),
  }
}
