/** What an administrator's request did, for the record (docs/SPEC-access.md AU2, AU4). */
import type { AuditEvent } from '../audit/audit.ts'
import { withoutCredentials } from '../settings/secrets.ts'

type Body = Readonly<Record<string, unknown>>
type Action = Pick<AuditEvent, 'kind' | 'target' | 'facts'>

/** Which member of a request names what it is about; all others stay out, as they may be secrets. */
const TARGETS: Readonly<Record<string, string>> = {
  'pads/compact': 'pad',
  'people/erase': 'author',
  'people/sign-out': 'author',
  'plugins/enable': 'name',
  'plugins/disable': 'name',
  'plugins/update': 'name',
  'plugins/remove': 'name',
  'plugins/settings': 'name',
  'plugins/install': 'what',
}

/** Requests that change nothing, and those whose room records what it does. */
function isSilent(path: string): boolean {
  return (
    path === 'settings/check' ||
    path === 'pads/rule' ||
    path.startsWith('accounts/') ||
    path.startsWith('sessions/')
  )
}

/** The events of one request that succeeded. */
export function actionEvents(path: string, body: Body): readonly Action[] {
  if (isSilent(path)) return []
  if (path === 'pads/delete')
    return (Array.isArray(body['pads']) ? body['pads'] : []).map((pad: unknown) => ({
      kind: 'delete',
      target: String(pad),
      facts: { did: path },
    }))
  const key = TARGETS[path]
  const named = key === undefined ? undefined : body[key]
  return [
    {
      kind: path.startsWith('plugins/') ? 'plugin' : 'admin',
      target: typeof named === 'string' ? withoutCredentials(named) : '',
      facts: { did: path, ...keysOf(path, body) },
    },
  ]
}

/** Which settings of a plugin were decided, without their values. */
function keysOf(path: string, { values }: Body): { keys?: string } {
  if (path !== 'plugins/settings' || typeof values !== 'object' || values === null) return {}
  return { keys: Object.keys(values).join(', ') }
}
