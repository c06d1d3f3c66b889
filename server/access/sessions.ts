/** Sessions of people who are signed in: a secret in a cookie, the rest in the store (SPEC-access L20 to L25). */
import { randomBytes } from 'node:crypto'
import type { LoginFacts } from '../../shared/plugin/login.ts'
import type { AccountRow, LoginStore, SessionRow, WhichSessions } from '../store/login-store.ts'
import { sessionsIn } from './cookies.ts'
import { factsOf } from './login-facts.ts'
import { hashToken, isSessionSecret } from './tokens.ts'
import type { Credentials } from './types.ts'

/** Ms without use where the browser forgets the session when it is closed. */
const DAY = 24 * 3_600_000
/** Ms a session and an account stay in memory; another server may have ended it. */
const FRESH = 2000
/** Ms it is remembered that an author is nobody's account. */
const GUEST_FRESH = 30_000
/** Ms a request with a session waits for the providers at the start of the server. */
const START = 5000
/** Of each in memory. */
const MOST = 10_000
/** Ms between two times that sessions which ended are removed. */
const TIDY_EVERY = 3_600_000

/** Somebody who is signed in, and by which session. */
export interface Held {
  /** As the browser sent it. */
  secret: string
  session: SessionRow
  account: AccountRow
  facts: LoginFacts
}

type Stored = Omit<Held, 'secret'>

export interface SessionsParts {
  store: LoginStore
  cookiePrefix: string
  /** Whether sessions of this provider count: it is there. */
  counts(provider: string): boolean
  /** Resolves when the providers there are at the start are known. */
  ready: Promise<void>
  /** Ms without use after which a session ends; 0: a day, and when the browser is closed. */
  idle: number
  /** Ms a session lasts at most, however much it is used. */
  longest: number
  /** Ms between two times that its use is noted. */
  refresh: number
  now?: () => number
}

export interface Sessions {
  /** Who holds one of these secrets. */
  holder(credentials: Credentials): Promise<Held | null>
  /** A new session; gives its secret, which is nowhere else. */
  begin(account: AccountRow, sid: string, about: unknown): Promise<string>
  /** One more session of whoever has the one with this hash, for another place; null when that one has ended. */
  another(hash: string): Promise<{ account: AccountRow; secret: string } | null>
  /** Ends sessions; gives their number and whose they were. */
  end(which: WhichSessions): Promise<{ ended: number; authors: readonly string[] }>
  /** Those of an account, used last first. */
  of(account: string): Promise<readonly SessionRow[]>
  /** What is known of an author who is somebody's account; null for guests. */
  facts(author: string): Promise<LoginFacts | null>
  /** The provider whose account an author is, whether it is there or not. */
  providerOf(author: string): Promise<string | null>
  /** {@link Sessions.facts} from memory, for who cannot wait: of those who were asked for lately. */
  factsNow(author: string): LoginFacts | null
  /** An account has another profile. */
  changed(account: AccountRow): void
  /** What is remembered of an author's sessions is true no more. */
  forget(author: string): void
}

export function createSessions(parts: SessionsParts): Sessions {
  const { store } = parts
  const now = parts.now ?? Date.now
  const idle = parts.idle === 0 ? DAY : parts.idle
  const refresh = Math.min(parts.refresh, idle / 2)
  const known = new Map<string, { held: Stored | null; until: number }>()
  const accounts = new Map<string, { facts: LoginFacts | null; until: number }>()
  let tidied = now()

  const endOf = (created: number): number => Math.min(created + parts.longest, now() + idle)

  async function load(hash: string): Promise<Stored | null> {
    const entry = known.get(hash)
    if (entry !== undefined && entry.until > now()) return entry.held
    const session = await store.session(hash)
    const account = session === null ? null : await store.account(session.account)
    const held = session === null || account === null ? null : { session, account, facts: factsOf(account) }
    keep(known, hash, { held, until: now() + FRESH })
    if (held !== null) remember(held.account.author, held.facts)
    return held
  }

  async function recall(author: string): Promise<LoginFacts | null> {
    const entry = accounts.get(author)
    if (entry !== undefined && entry.until > now()) return entry.facts
    const account = await store.accountOfAuthor(author)
    const facts = account === null ? null : factsOf(account)
    remember(author, facts)
    return facts
  }

  const counting = (facts: LoginFacts | null): LoginFacts | null =>
    facts !== null && parts.counts(facts.provider) ? facts : null

  function remember(author: string, facts: LoginFacts | null): void {
    keep(accounts, author, { facts, until: now() + (facts === null ? GUEST_FRESH : FRESH) })
  }

  /** Notes its use; false when it was ended meanwhile, perhaps by another server. */
  async function used({ session }: Stored): Promise<boolean> {
    if (now() - session.seen < refresh) return true
    session.seen = now()
    session.ends = endOf(session.created)
    return store.touchSession(session.hash, session.seen, session.ends)
  }

  /** Now and then, with a sign-in that waits for the store anyway. */
  async function tidy(): Promise<void> {
    if (now() - tidied < TIDY_EVERY) return
    tidied = now()
    await store.removeOldSessions(now())
  }

  async function begin(account: AccountRow, sid: string, about: unknown): Promise<string> {
    await tidy()
    const secret = `l.${randomBytes(32).toString('base64url')}`
    const created = now()
    await store.saveSession({
      hash: hashToken(secret),
      account: account.id,
      sid,
      created,
      seen: created,
      ends: endOf(created),
      about: JSON.stringify(about),
    })
    return secret
  }

  return {
    async holder({ cookie, ticket }) {
      const secrets = [...sessionsIn(cookie, parts.cookiePrefix)]
      if (ticket !== undefined && isSessionSecret(ticket)) secrets.push(ticket)
      for (const secret of secrets) {
        const held = await load(hashToken(secret))
        if (held === null || held.session.ends <= now()) continue
        await within(parts.ready)
        if (!parts.counts(held.account.provider)) continue
        if (!(await used(held))) {
          known.delete(held.session.hash)
          continue
        }
        return { ...held, secret }
      }
      return null
    },
    begin,
    async another(hash) {
      const held = await load(hash)
      if (held === null || held.session.ends <= now() || !parts.counts(held.account.provider)) return null
      const { account, session } = held
      const about: unknown = JSON.parse(session.about)
      return { account, secret: await begin(account, session.sid, about) }
    },
    async end(which) {
      const ended = await store.endSessions(which)
      for (const { hash } of ended) known.delete(hash)
      const authors = new Set<string>()
      for (const id of new Set(ended.map(({ account }) => account))) {
        const account = await store.account(id)
        if (account !== null) authors.add(account.author)
      }
      return { ended: ended.length, authors: [...authors] }
    },
    of: (account) => store.sessions(account, now()),
    facts: async (author) => counting(await recall(author)),
    providerOf: async (author) => (await recall(author))?.provider ?? null,
    factsNow: (author) => counting(accounts.get(author)?.facts ?? null),
    forget(author) {
      accounts.delete(author)
      for (const [hash, { held }] of known) if (held?.account.author === author) known.delete(hash)
    },
    changed(account) {
      remember(account.author, factsOf(account))
      for (const [hash, { held }] of known) if (held?.account.id === account.id) known.delete(hash)
    },
  }
}

/** Waits for the start, but not for ever. */
async function within(ready: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, START)
  })
  await Promise.race([ready, late])
  clearTimeout(timer)
}

/** Puts an entry at the young end of a map of at most {@link MOST}. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= MOST) return
  const oldest = map.keys().next()
  if (oldest.done !== true) map.delete(oldest.value)
}
