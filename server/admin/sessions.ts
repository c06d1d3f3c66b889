/**
 * Sessions of administrators by name and password (docs/SPEC-admin.md A1, A5 to A8): a secret in a cookie, the rest in the
 * database beside people's sessions, so that all servers of an installation know them and each can be ended. Tokens of the
 * live connection are signed with a key from the database.
 */
import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { keyOf } from '../access/login-facts.ts'
import { hashToken } from '../access/tokens.ts'
import type { LoginStore } from '../store/login-store.ts'
import { readSession, rowOf } from './session-row.ts'
import type { AdminSession } from './session-row.ts'

const MINUTE = 60_000
/** Ms a session lasts, however much it is used. */
export const SESSION = 12 * 60 * MINUTE
/** Ms without a request or a live connection after which it ends. */
export const IDLE = 2 * 60 * MINUTE
/** Sessions at once; who signs in beyond that ends the one used longest ago. */
export const MOST = 100
/** Ms a token for the live connection lasts. */
const LIVE = 10 * MINUTE
/** Ms what other servers ended may be unknown. */
const FRESH = 1000
/** Ms between two times that its use is noted. */
const NOTED = MINUTE
/** Ends remembered, for looks that were under way. */
const ENDS = 1000
/** The account that all of them are kept under; nobody signs in elsewhere by it. */
const ADMINISTRATORS = keyOf('inkpad/admin', 'sessions')
const SECRET = /^d\.[\w-]{43}$/

/** An account that may administer. */
export interface AdminAccount {
  name: string
  password: string
}

/** Who holds a token of the live connection, and by which session; null where they came without one. */
export interface LiveHolder {
  name: string
  session: string | null
}

/** What keeps them. */
export type AdminSessionStore = Pick<
  LoginStore,
  'session' | 'sessions' | 'saveSession' | 'touchSession' | 'endSessions' | 'removeOldSessions'
>

export interface AdminSessions {
  /** A new session; gives its secret, which is nowhere else. */
  begin(account: AdminAccount, from: { browser: string; address: string }): Promise<string>
  /** The session of a secret; null when it is none, has ended, or its account has another password by now. */
  holder(secret: string): Promise<AdminSession | null>
  /** Whether the session of this id counts still; asking uses it. */
  alive(id: string): Promise<boolean>
  /** Those that count, used last first. */
  list(): Promise<readonly AdminSession[]>
  /** Ends one; gives what it was, null when there was none. */
  end(id: string): Promise<AdminSession | null>
  /** Ends the session of a secret; anything else changes nothing. */
  endSecret(secret: string): Promise<void>
  /** A token that opens the live connection, where no cookie below `/admin/` is sent. */
  liveToken(account: AdminAccount, session: string | null): Promise<string>
  /** Who holds this token; null when it is none or too old. Whether its session counts is {@link AdminSessions.alive}. */
  liveHolder(token: string): Promise<LiveHolder | null>
}

/** Each method rejects when the database is needed and away. */
export function createAdminSessions(parts: {
  store: AdminSessionStore
  /** The installation's key. */
  key: () => Promise<string>
  /** Who may administer, by name. */
  account: (name: string) => AdminAccount | undefined
  now?: () => number
}): AdminSessions {
  const { store, key, account, now = Date.now } = parts
  const known = new Map<string, { session: AdminSession; until: number }>()
  const ended = new Set<string>()
  const marks = new Map<string, Promise<string>>()

  const endOf = (begun: number): number => Math.min(begun + SESSION, now() + IDLE)

  /** What stands for an account's password in the database: worth no more to whoever reads it than a hash of scrypt. */
  function markOf({ name, password }: AdminAccount): Promise<string> {
    const standing = marks.get(name)
    if (standing !== undefined) return standing
    const made = key().then((salt) => stretched(password, `${name} ${salt}`))
    marks.set(name, made)
    made.catch(() => marks.delete(name))
    return made
  }

  async function counts({ name, mark, ends }: AdminSession): Promise<boolean> {
    const owner = account(name)
    return ends > now() && owner !== undefined && sameText(mark, await markOf(owner))
  }

  async function load(id: string): Promise<AdminSession | null> {
    if (ended.has(id)) return null
    const before = known.get(id)
    if (before !== undefined && before.until > now()) return before.session
    let row
    try {
      row = await store.session(id)
    } catch (error) {
      // While the database is away what is known counts, and nothing else.
      if (before === undefined) throw error
      before.until = now() + FRESH
      return before.session
    }
    const session = row === null || row.account !== ADMINISTRATORS || ended.has(id) ? null : readSession(row)
    if (session === null) {
      known.delete(id)
      return null
    }
    const here = known.get(id)?.session
    // Its use may be noted here alone, as the database was away.
    if (here !== undefined && here.seen > session.seen)
      Object.assign(session, { seen: here.seen, ends: here.ends })
    known.set(id, { session, until: now() + FRESH })
    return session
  }

  /** Notes that it is used; false when it was ended meanwhile. */
  async function used(session: AdminSession): Promise<boolean> {
    if (now() - session.seen < NOTED) return true
    session.seen = now()
    session.ends = endOf(session.begun)
    const there = await store.touchSession(session.id, session.seen, session.ends).catch(() => true)
    if (!there) known.delete(session.id)
    return there
  }

  async function held(id: string): Promise<AdminSession | null> {
    const session = await load(id)
    if (session === null || !(await counts(session)) || !(await used(session))) return null
    return ended.has(id) ? null : session
  }

  function isOver(id: string): void {
    known.delete(id)
    ended.add(id)
    for (const oldest of ended) {
      if (ended.size <= ENDS) break
      ended.delete(oldest)
    }
  }

  async function end(id: string): Promise<AdminSession | null> {
    // Here it is over, whatever becomes of the database.
    if (known.has(id)) isOver(id)
    const row = await store.session(id)
    if (row === null || row.account !== ADMINISTRATORS) return null
    isOver(id)
    await store.endSessions({ hash: id })
    return readSession(row)
  }

  const sign = async (content: string, password: string): Promise<string> =>
    createHmac('sha256', await key())
      .update(`${content}.${createHash('sha256').update(password).digest('base64url')}`)
      .digest('base64url')

  return {
    async begin(owner, { browser, address }) {
      for (const [id, { session }] of known) if (session.ends <= now()) known.delete(id)
      const secret = `d.${randomBytes(32).toString('base64url')}`
      const begun = now()
      const session: AdminSession = {
        id: hashToken(secret),
        name: owner.name,
        mark: await markOf(owner),
        begun,
        seen: begun,
        ends: endOf(begun),
        browser,
        address,
      }
      await store.removeOldSessions(begun)
      await store.saveSession(rowOf(session, ADMINISTRATORS))
      const all = (await store.sessions(ADMINISTRATORS, begun)).filter(({ hash }) => hash !== session.id)
      for (const { hash } of all.slice(MOST - 1)) await end(hash)
      return secret
    },
    async holder(secret) {
      return SECRET.test(secret) ? held(hashToken(secret)) : null
    },
    alive: async (id) => (await held(id)) !== null,
    async list() {
      const counting: AdminSession[] = []
      for (const row of await store.sessions(ADMINISTRATORS, now())) {
        const session = readSession(row)
        if (session !== null && (await counts(session))) counting.push(session)
      }
      return counting
    },
    end,
    async endSecret(secret) {
      if (SECRET.test(secret)) await end(hashToken(secret))
    },
    async liveToken({ name, password }, session) {
      const content = ['live', Buffer.from(name).toString('base64url'), now() + LIVE, session ?? ''].join('.')
      return `${content}.${await sign(content, password)}`
    },
    async liveHolder(token) {
      if (token.length > 1000) return null
      const parts = token.split('.')
      const [kind, name = '', end, session = '', signature = ''] = parts
      if (parts.length !== 5 || kind !== 'live' || !(Number(end) > now())) return null
      const found = account(Buffer.from(name, 'base64url').toString())
      if (found === undefined) return null
      const right = await sign(parts.slice(0, 4).join('.'), found.password)
      return sameText(signature, right)
        ? { name: found.name, session: session === '' ? null : session }
        : null
    },
  }
}

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
export function sameText(one: string, two: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(two))
}

async function stretched(password: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 32, (error, bytes) =>
      error ? reject(error) : resolve(bytes.toString('base64url')),
    )
  })
}
