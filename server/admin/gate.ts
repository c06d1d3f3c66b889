/** Who may administer: by session cookie, or by HTTP Basic as proxies pass it on (docs/SPEC-admin.md A1 to A4). */
import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { createAddressLog, truncated } from '../address-log.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import { basicOf } from '../http/basic.ts'
import { frameOf } from '../http/guests.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { createAdminSessions, sameText, SESSION } from './sessions.ts'
import type { AdminAccount, AdminSessions, AdminSessionStore, LiveHolder } from './sessions.ts'
import { createTries } from './tries.ts'

/** The header that every request of our own page carries; a form of another site cannot send it. */
export const OWN_HEADER = 'X-Inkpad-Admin'

/** Characters kept of how a browser calls itself. */
const BROWSER = 200

/** Somebody who may administer. */
export interface Administrator {
  /** What they are called. */
  shown: string
  account: AdminAccount
  /** The session they have here; null for who comes without one. */
  session: string | null
}

/** Where ways to sign in say that somebody is an administrator (SPEC-access L35). */
export interface SignedInAdmins {
  /** Whether there are ways to sign in. */
  possible(): boolean
  /** The name and the account of who is signed in and may administer; null for nobody. */
  of(request: Request): Promise<{ shown: string; id: string } | null>
  /** Whether somebody is signed in by this account still. */
  still(id: string): Promise<boolean>
}

/** What accounts of people who sign in elsewhere are called here; no account of the settings is. */
const SIGNED_IN = 'signed in: '

/** What the account of somebody who signed in elsewhere is called here. */
export function signedInName(id: string): string {
  return SIGNED_IN + id
}

export interface AdminGate {
  /** Whether there can be an administrator at all; without one nothing stands under `/admin/`. */
  readonly exists: boolean
  /** Whether people can sign in elsewhere and be administrators here. */
  readonly elsewhere: boolean
  isSignedInElsewhere(request: Request): Promise<boolean>
  /** Whether somebody who opened the live connection still may: their session counts, or they are signed in elsewhere. */
  still(holder: LiveHolder): Promise<boolean>
  readonly sessions: AdminSessions
  /** Checks a name and a password. @throws AppError `unauthenticated`, `tooFast` */
  signIn(request: Request, name: string, password: string): AdminAccount
  /** Ends the session this browser has, and begins a new one; gives its secret. */
  enter(request: Request, account: AdminAccount): Promise<string>
  /** Who asks; null for nobody who may. A wrong header of HTTP Basic counts as one try, however often it comes. */
  who(request: Request): Promise<Administrator | null>
  /** Ends the sessions whose cookies the request sends. */
  signOut(request: Request): Promise<void>
  /** The cookie that keeps a session, or ends it when `value` is null. It is sent below `/admin/` only. */
  cookie(request: Request, response: Response, value: string | null): void
}

export function createAdminGate(parts: {
  settings: Settings
  log: Log
  /** The installation's key for sessions. */
  key: () => Promise<string>
  signedIn: SignedInAdmins
  audit: Pick<Audit, 'record'>
  store: AdminSessionStore
  now?: () => number
}): AdminGate {
  const { settings, log, signedIn, audit, now = Date.now } = parts
  const accounts = new Map(
    Object.entries(settings.users)
      .filter(([name, user]) => user.isAdmin && user.password !== '' && !name.startsWith(SIGNED_IN))
      .map(([name, { password }]) => [name, { name, password }]),
  )
  // Only tokens of ours name people who sign in elsewhere; they have no password that could be tried.
  const account = (name: string): AdminAccount | undefined =>
    name.startsWith(SIGNED_IN) ? { name, password: '' } : accounts.get(name)
  const sessions = createAdminSessions({ store: parts.store, key: parts.key, account, now })
  const tries = createTries(now)
  const trusts = settings.trustProxy !== false && settings.trustProxy !== 0
  const addressLog = createAddressLog(settings)
  const wrong = createRemembered()
  const cookieName = `${settings.cookie.prefix}inkpad-admin`

  function signIn(request: Request, name: string, password: string): AdminAccount {
    const address = countedAddress(request, trusts)
    // Where addresses are known, strangers who guess never make the administrator wait.
    const keys = address === null ? [name.slice(0, 100)] : [`${address} ${name.slice(0, 100)}`, address]
    const wait = tries.wait(keys)
    if (wait > 0)
      throw new AppError('tooFast', `Too many wrong tries. Try again in ${Math.ceil(wait / 1000)} seconds.`)
    const found = accounts.get(name)
    // The comparison is made for names that do not exist too.
    const right = sameText(password, found?.password ?? '')
    if (found === undefined || !right) {
      tries.wrong(keys)
      log.warn('a wrong password for the administration', { name: name.slice(0, 100) })
      // A name of no account may be a mistyped password.
      const target = found === undefined ? '' : name
      audit.record({ kind: 'failed', request, target, facts: { provider: 'admin' } })
      throw new AppError('unauthenticated', 'Name or password is not right.')
    }
    tries.right(keys)
    return found
  }

  async function signOut({ headers: { cookie } }: Request): Promise<void> {
    for (const value of cookiesNamed(cookie, cookieName)) await sessions.endSecret(value)
  }

  return {
    get exists() {
      return accounts.size > 0 || signedIn.possible()
    },
    get elsewhere() {
      return signedIn.possible()
    },
    isSignedInElsewhere: async (request) => (await signedIn.of(request)) !== null,
    async still({ name, session }) {
      if (session !== null) return sessions.alive(session)
      return name.startsWith(SIGNED_IN) ? signedIn.still(name.slice(SIGNED_IN.length)) : accounts.has(name)
    },
    sessions,
    signIn,
    async enter(request, one) {
      await signOut(request)
      const browser = (request.get('User-Agent') ?? '').slice(0, BROWSER)
      return sessions.begin(one, { browser, address: truncated(addressLog(request).address ?? '') })
    },
    async who(request) {
      for (const value of cookiesNamed(request.headers.cookie, cookieName)) {
        const session = await sessions.holder(value)
        const found = accounts.get(session?.name ?? '')
        if (session !== null && found !== undefined)
          return { shown: found.name, account: found, session: session.id }
      }
      const elsewhere = await signedIn.of(request)
      if (elsewhere !== null) {
        const { shown, id } = elsewhere
        return { shown, account: { name: signedInName(id), password: '' }, session: null }
      }
      const header = request.get('Authorization') ?? ''
      const basic = basicOf(header)
      if (basic === null || wrong.has(header)) return null
      try {
        const found = signIn(request, basic.name, basic.password)
        return { shown: found.name, account: found, session: null }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.code === 'unauthenticated') wrong.add(header)
        return null
      }
    },
    signOut,
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
