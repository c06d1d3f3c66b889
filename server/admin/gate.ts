/** Who may administer: by session cookie, or by HTTP Basic as proxies pass it on (docs/SPEC-admin.md A1 to A4). */
import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { AppError } from '../errors.ts'
import { frameOf } from '../http/guests.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { createAdminSessions, sameText, SESSION } from './sessions.ts'
import type { AdminAccount, AdminSessions } from './sessions.ts'
import { createTries } from './tries.ts'

/** The header that every request of our own page carries; a form of another site cannot send it. */
export const OWN_HEADER = 'X-Inkpad-Admin'

export interface AdminGate {
  /** Whether there is an administrator at all; without one nothing stands under `/admin/`. */
  readonly exists: boolean
  readonly sessions: AdminSessions
  account(name: string): AdminAccount | undefined
  /** Checks a name and a password. @throws AppError `unauthenticated`, `tooFast` */
  signIn(request: Request, name: string, password: string): AdminAccount
  /** Who asks; null for nobody who may. A wrong header of HTTP Basic counts as one try, however often it comes. */
  who(request: Request): Promise<string | null>
  /** The cookie that keeps a session, or ends it when `value` is null. It is sent below `/admin/` only. */
  cookie(request: Request, response: Response, value: string | null): void
}

export function createAdminGate(parts: {
  settings: Settings
  log: Log
  /** The installation's key for sessions. */
  key: () => Promise<string>
  now?: () => number
}): AdminGate {
  const { settings, log, now = Date.now } = parts
  const accounts = new Map(
    Object.entries(settings.users)
      .filter(([, user]) => user.isAdmin && user.password !== '')
      .map(([name, { password }]) => [name, { name, password }]),
  )
  const account = (name: string): AdminAccount | undefined => accounts.get(name)
  const sessions = createAdminSessions(parts.key, account, now)
  const tries = createTries(now)
  const trusts = settings.trustProxy !== false && settings.trustProxy !== 0
  const wrong = createRemembered()
  const cookieName = `${settings.cookie.prefix}inkpad-admin`

  function signIn(request: Request, name: string, password: string): AdminAccount {
    const address = countedAddress(request, trusts)
    // Where addresses are known, strangers who guess never make the administrator wait.
    const keys = address === null ? [name.slice(0, 100)] : [`${address} ${name.slice(0, 100)}`, address]
    const wait = tries.wait(keys)
    if (wait > 0)
      throw new AppError('tooFast', `Too many wrong tries. Try again in ${Math.ceil(wait / 1000)} seconds.`)
    const found = account(name)
    // The comparison is made for names that do not exist too.
    const right = sameText(password, found?.password ?? '')
    if (found === undefined || !right) {
      tries.wrong(keys)
      log.warn('a wrong password for the administration', { name: name.slice(0, 100) })
      throw new AppError('unauthenticated', 'Name or password is not right.')
    }
    tries.right(keys)
    return found
  }

  return {
    exists: accounts.size > 0,
    sessions,
    account,
    signIn,
    async who(request) {
      for (const value of cookiesNamed(request.headers.cookie, cookieName)) {
        const holder = await sessions.holder(value)
        if (holder !== null) return holder
      }
      const header = request.get('Authorization') ?? ''
      const basic = basicOf(header)
      if (basic === null || wrong.has(header)) return null
      try {
        return signIn(request, basic.name, basic.password).name
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.code === 'unauthenticated') wrong.add(header)
        return null
      }
    },
    cookie(request, response, value) {
      const { secure } = frameOf(request, settings.publicURL)
      const age = value === null ? 0 : SESSION / 1000
      response.append(
        'Set-Cookie',
        `${cookieName}=${value ?? ''}; Max-Age=${age}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`,
      )
    },
  }
}

/** Headers of HTTP Basic that were wrong: a browser sends the same one with every request, which is one try. */
function createRemembered(): { has(header: string): boolean; add(header: string): void } {
  const digests = new Set<string>()
  const digest = (header: string): string => createHash('sha256').update(header).digest('base64')
  return {
    has: (header) => digests.has(digest(header)),
    add(header) {
      digests.add(digest(header))
      for (const oldest of digests) {
        if (digests.size <= 1000) break
        digests.delete(oldest)
      }
    },
  }
}

/** Values of cookies with this name; browsers send several when paths differ. */
function cookiesNamed(header: string | undefined, name: string): string[] {
  if (header === undefined || header.length > 16 * 1024) return []
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
    .slice(0, 4)
}

function basicOf(header: string | undefined): { name: string; password: string } | null {
  const encoded = /^Basic\s+([\w+/=-]{1,2000})$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  return colon < 0 ? null : { name: text.slice(0, colon), password: text.slice(colon + 1) }
}
