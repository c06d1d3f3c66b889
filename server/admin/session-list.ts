/** The list of administrators' sessions, and ending them (docs/SPEC-admin.md A6, A8). */
import type { AdminSessionRow } from '../../shared/admin.ts'
import { browserIn } from '../http/login-forms.ts'
import type { Asking } from './accounts.ts'
import type { Administrator } from './gate.ts'
import type { AdminSessions } from './sessions.ts'

type Ways = Pick<AdminSessions, 'list' | 'end'>

/** Those that count, used last first; the one of whoever asks is marked. */
export async function listSessions(
  sessions: Ways,
  { session }: Administrator,
): Promise<readonly AdminSessionRow[]> {
  const all = await sessions.list()
  return all.map(({ id, name, begun, seen, ends, browser, address }) => ({
    id,
    name,
    begun,
    seen,
    ends,
    browser: browserIn(JSON.stringify({ browser })),
    address,
    own: id === session,
  }))
}

/** Ends one; gives whether there was one. */
export async function endSession(sessions: Ways, id: string, { by, record }: Asking): Promise<boolean> {
  const was = await sessions.end(id)
  if (was === null) return false
  const facts = { provider: 'admin', other: id !== by.session }
  record({ kind: 'logout', target: was.name, facts })
  return true
}

/** Ends all but the one of whoever asks; gives their number. */
export async function endOtherSessions(sessions: Ways, { by, record }: Asking): Promise<number> {
  let ended = 0
  for (const { id } of await sessions.list())
    if (id !== by.session && (await sessions.end(id)) !== null) ended += 1
  if (ended > 0) record({ kind: 'logout', facts: { provider: 'admin', other: true, ended } })
  return ended
}
