/** A session of an administrator as the database keeps it (docs/SPEC-admin.md A6). */
import type { SessionRow } from '../store/login-store.ts'

export interface AdminSession {
  /** SHA-256 (hex) of its secret. */
  id: string
  /** The account's name. */
  name: string
  /** What stands for the account's password at the sign-in. */
  mark: string
  /** Ms since 1970, as are the next two: the sign-in, its last use, and when it counts no more. */
  begun: number
  seen: number
  ends: number
  /** The browser as it calls itself. */
  browser: string
  /** A part of the address it came from; '' for none. */
  address: string
}

export function rowOf({ id, begun, seen, ends, ...about }: AdminSession, account: string): SessionRow {
  return { hash: id, account, sid: '', created: begun, seen, ends, about: JSON.stringify(about) }
}

/** The reverse of {@link rowOf}; null for a row that no session of ours can be. */
export function readSession({ hash, created, seen, ends, about }: SessionRow): AdminSession | null {
  const value: unknown = JSON.parse(about)
  if (typeof value !== 'object' || value === null) return null
  const text = (key: string): string => {
    const one: unknown = Reflect.get(value, key)
    return typeof one === 'string' ? one : ''
  }
  return {
    id: hash,
    name: text('name'),
    mark: text('mark'),
    begun: created,
    seen,
    ends,
    browser: text('browser'),
    address: text('address'),
  }
}
