/** Who may do what in which pad, kept so that both questions are quick: who of a pad, and which pads of somebody (SPEC-store ST100 to ST103). */
import type { Database, Session, Value } from './database.ts'
import { integer, marks, text } from './database.ts'
import type { MyPad, MyPadsQuery, RuleChange } from './grant-store.ts'
import { pattern } from './listing.ts'
import { lockDocument, putPadValue } from './pads.ts'

/** Place of `own` in `LEVELS`. */
const OWN = 4
/** Entries of one page; people of one answer; keys of one question. */
const MOST = { pads: 100, people: 50, who: 600 }

const CONDITION = {
  own: `g.level = ${OWN}`,
  shared: `g.level BETWEEN 1 AND ${OWN - 1}`,
  recent: 'g.seen > 0',
} as const
const ORDER = { name: 'p.name', edited: 'p.edited', seen: 'seen' } as const

export async function saveRule(database: Database, pad: string, change: RuleChange): Promise<boolean> {
  return database.write(async (session) => {
    const document = await lockDocument(session, `p/${pad}`)
    if (document === null) return false
    const { rule, time, owner, grants } = change
    await putPadValue(session, document, { name: 'rule', value: rule, time })
    if (owner !== undefined) await putPadValue(session, document, { name: 'owner', value: owner, time })
    const kept = owner === undefined ? `AND level < ${OWN}` : ''
    await session.run(`UPDATE inkpad_grant SET level = 0 WHERE document = ? AND level > 0 ${kept}`, [
      document,
    ])
    for (const grant of grants) await give(session, document, grant.who, grant.level)
    if (owner !== undefined) await give(session, document, owner, OWN)
    await session.run(
      `DELETE FROM inkpad_grant WHERE document = ? AND level = 0 AND seen = 0 AND pass = ''`,
      [document],
    )
    return true
  })
}

/** Gives somebody a level, unless they own the pad. */
export async function give(session: Session, document: number, who: string, level: number): Promise<void> {
  await touch(session, document, who)
  await session.run(`UPDATE inkpad_grant SET level = ? WHERE who = ? AND document = ? AND level < ${OWN}`, [
    level,
    who,
    document,
  ])
}

async function touch(session: Session, document: number, who: string): Promise<void> {
  const columns = ['who', 'document', 'level', 'seen', 'pass']
  await session.insert('inkpad_grant', columns, [[who, document, 0, 0, '']], 'keep')
}

export async function padOfLink(database: Database, id: string): Promise<string | null> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT d.name FROM inkpad_grant g JOIN inkpad_document d ON d.id = g.document
       WHERE g.who = ? AND g.level > 0 LIMIT 1`,
      [id],
    )
    return found[0] === undefined ? null : text(found[0], 'name').slice(2)
  })
}

/** Another read-only id in place of the one there is, which leads nowhere then. False when there is no such pad. */
export async function replaceReadOnlyId(
  database: Database,
  pad: string,
  id: string,
  time: number,
): Promise<boolean> {
  return database.write(async (session) => {
    const document = await lockDocument(session, `p/${pad}`)
    if (document === null) return false
    await session.run('DELETE FROM inkpad_readonly WHERE pad = ?', [pad])
    await session.insert('inkpad_readonly', ['pad', 'id'], [[pad, id]], 'fail')
    // By this other servers see that something changed; the id itself stands in its own table only.
    await putPadValue(session, document, { name: 'readLink', value: 'replaced', time })
    return true
  })
}

export async function passOf(database: Database, pad: string, author: string): Promise<string> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT g.pass FROM inkpad_document d JOIN inkpad_grant g ON g.document = d.id AND g.who = ?
       WHERE d.name = ?`,
      [author, `p/${pad}`],
    )
    return found[0] === undefined ? '' : text(found[0], 'pass')
  })
}

export async function savePass(database: Database, pad: string, author: string, pass: string): Promise<void> {
  await mark(database, pad, author, 'pass', pass)
}

export async function saveVisit(
  database: Database,
  pad: string,
  author: string,
  time: number,
): Promise<void> {
  await mark(database, pad, author, 'seen', time)
}

async function mark(
  database: Database,
  pad: string,
  author: string,
  column: 'pass' | 'seen',
  value: Value,
): Promise<void> {
  await database.write(async (session) => {
    const document = await lockDocument(session, `p/${pad}`)
    if (document === null) return
    await touch(session, document, author)
    await session.run(`UPDATE inkpad_grant SET ${column} = ? WHERE who = ? AND document = ?`, [
      value,
      author,
      document,
    ])
  })
}

export async function myPads(
  database: Database,
  query: MyPadsQuery,
): Promise<{ pads: readonly MyPad[]; total: number }> {
  const who = query.who.slice(0, MOST.who)
  if (who.length === 0) return { pads: [], total: 0 }
  const searched = query.search === '' ? '' : `AND LOWER(p.name) LIKE ? ESCAPE '!'`
  const from = `FROM inkpad_grant g JOIN inkpad_pad p ON p.document = g.document
    WHERE g.who IN (${marks(who.length)}) AND ${CONDITION[query.kind]} ${searched}`
  const values = [...who, ...(query.search === '' ? [] : [pattern(query.search)])]
  const direction = query.descending ? 'DESC' : 'ASC'
  return database.read(async (session) => {
    const counted = await session.all(`SELECT COUNT(DISTINCT g.document) AS total ${from}`, values)
    const found = await session.all(
      `SELECT p.name AS name, p.edited AS edited, MAX(g.seen) AS seen ${from}
       GROUP BY p.document, p.name, p.edited
       ORDER BY ${ORDER[query.order]} ${direction}, p.name LIMIT ? OFFSET ?`,
      [...values, Math.max(0, Math.min(query.limit, MOST.pads)), query.offset],
    )
    return {
      total: counted[0] === undefined ? 0 : integer(counted[0], 'total'),
      pads: found.map((row) => ({
        name: text(row, 'name'),
        edited: integer(row, 'edited'),
        seen: integer(row, 'seen'),
      })),
    }
  })
}

export async function findPeople(
  database: Database,
  search: string,
  limit: number,
): Promise<readonly { author: string; name: string }[]> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT u.id AS author, u.name AS name FROM inkpad_account a JOIN inkpad_author u ON u.id = a.author
       WHERE LOWER(u.name) LIKE ? ESCAPE '!' ORDER BY u.name, u.id LIMIT ?`,
      [pattern(search), Math.max(0, Math.min(limit, MOST.people))],
    )
    return found.map((row) => ({ author: text(row, 'author'), name: text(row, 'name') }))
  })
}
