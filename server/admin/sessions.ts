/**
 * Sessions of administrators (docs/SPEC-admin.md A1, A2): a signed cookie with a name and an end. The key comes from the
 * database, so that all servers of an installation accept it; who changes a password ends that account's sessions,
 * because its fingerprint is signed too.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { NONE_ENDED } from './ended.ts'
import type { EndedSessions } from './ended.ts'

/** Ms a session lasts. */
export const SESSION = 12 * 60 * 60_000
/** Ms a token for the live connection lasts. */
const LIVE = 10 * 60_000

/** An account that may administer. */
export interface AdminAccount {
  name: string
  password: string
}

export interface AdminSessions {
  /** A new session's cookie value. */
  begin(account: AdminAccount): Promise<string>
  /** A token that opens the live connection, where no cookie below `/admin/` is sent. */
  liveToken(account: AdminAccount): Promise<string>
  /** Who holds this cookie value; null when it is none, too old, or the account has another password by now. */
  holder(value: string, kind?: 'session' | 'live'): Promise<string | null>
  /** Ends the session of this cookie value; anything else changes nothing. */
  end(value: string): Promise<void>
}

/** Sessions signed with `key`; `accounts` are those who may administer, by name. */
export function createAdminSessions(
  key: () => Promise<string>,
  account: (name: string) => AdminAccount | undefined,
  now: () => number = Date.now,
  ended: EndedSessions = NONE_ENDED,
): AdminSessions {
  const sign = async (content: string, password: string): Promise<string> =>
    createHmac('sha256', await key())
      .update(`${content}.${createHash('sha256').update(password).digest('base64url')}`)
      .digest('base64url')
  const make = async (kind: string, { name, password }: AdminAccount, span: number): Promise<string> => {
    const nonce = randomBytes(9).toString('base64url')
    const content = [kind, Buffer.from(name).toString('base64url'), now() + span, nonce].join('.')
    return `${content}.${await sign(content, password)}`
  }
  async function holder(value: string, kind: 'session' | 'live' = 'session'): Promise<string | null> {
    if (value.length > 1000) return null
    const parts = value.split('.')
    const [given, name = '', end, nonce = '', signature = ''] = parts
    if (parts.length !== 5 || given !== kind || !(Number(end) > now())) return null
    const found = account(Buffer.from(name, 'base64url').toString())
    if (found === undefined) return null
    const right = await sign(parts.slice(0, 4).join('.'), found.password)
    if (!sameText(signature, right) || (await ended.has(nonce))) return null
    return found.name
  }

  return {
    begin: (one) => make('session', one, SESSION),
    liveToken: (one) => make('live', one, LIVE),
    holder,
    async end(value) {
      const [, , end, nonce = ''] = value.split('.')
      if ((await holder(value)) !== null) await ended.add(nonce, Number(end))
    },
  }
}

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
export function sameText(one: string, two: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(two))
}
