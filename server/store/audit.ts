/** What happened, newest first, bounded by age and number (SPEC-store ST113, ST114). */
import type { AuditEntry, AuditQuery, AuditRow } from './audit-store.ts'
import type { Database, Value } from './database.ts'
import { integer, marks, text } from './database.ts'
import { pattern } from './listing.ts'

const PAGE_LIMIT = 1000
/** Kinds that one question may name. */
const KINDS = 50

export async function addAudit(database: Database, entries: readonly AuditEntry[]): Promise<void> {
  await database.write((session) =>
    session.insert(
      'inkpad_audit',
      ['time', 'kind', 'who', 'who_id', 'address', 'target', 'facts'],
      entries.map((entry) => [
        entry.time,
        entry.kind,
        entry.who,
        entry.id,
        entry.address,
        entry.target,
        entry.facts,
      ]),
      'fail',
    ),
  )
}

export async function auditPage(database: Database, query: AuditQuery): Promise<readonly AuditRow[]> {
  const parts: string[] = []
  const values: Value[] = []
  const kinds = query.kinds.slice(0, KINDS)
  if (kinds.length > 0) {
    parts.push(`kind IN (${marks(kinds.length)})`)
    values.push(...kinds)
  }
  if (query.since > 0) {
    parts.push('time >= ?')
    values.push(query.since)
  }
  if (query.before > 0) {
    parts.push('number < ?')
    values.push(query.before)
  }
  if (query.search !== '') {
    const columns = ['who', 'target', 'address']
    parts.push(`(${columns.map((column) => `LOWER(${column}) LIKE ? ESCAPE '!'`).join(' OR ')})`)
    values.push(...columns.map(() => pattern(query.search)))
  }
  const condition = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT number, time, kind, who, who_id, address, target, facts FROM inkpad_audit ${condition}
       ORDER BY number DESC LIMIT ?`,
      [...values, Math.min(query.limit, PAGE_LIMIT)],
    )
    return found.map((row) => ({
      number: integer(row, 'number'),
      time: integer(row, 'time'),
      kind: text(row, 'kind'),
      who: text(row, 'who'),
      id: text(row, 'who_id'),
      address: text(row, 'address'),
      target: text(row, 'target'),
      facts: text(row, 'facts'),
    }))
  })
}

export async function trimAudit(database: Database, before: number, most: number): Promise<number> {
  return database.write(async (session) => {
    const old = await session.run('DELETE FROM inkpad_audit WHERE time < ?', [before])
    const last = (
      await session.all('SELECT number FROM inkpad_audit ORDER BY number DESC LIMIT 1 OFFSET ?', [most])
    )[0]
    if (last === undefined) return old
    return old + (await session.run('DELETE FROM inkpad_audit WHERE number <= ?', [integer(last, 'number')]))
  })
}
