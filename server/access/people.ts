/** People as the store knows them, with a small memory in front: every page and every connection asks (DESIGN D6). */
import { createHash, randomInt } from 'node:crypto'
import { HUES } from '../../shared/colour.ts'
import type { PersonColour } from '../../shared/colour.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Log } from '../log.ts'
import type { AuthorRow, Store } from '../store/store.ts'
import { tokensIn } from './cookies.ts'
import { createHues } from './hues.ts'
import { withAccount } from './proved.ts'
import { hashToken, isToken, newAuthorId, newToken } from './tokens.ts'
import type { Sessions } from './sessions.ts'
import type { Credentials, People, Proved } from './types.ts'

/** What people are kept with. */
export interface PeopleParts {
  store: Pick<Store, 'authorOfToken' | 'bindToken' | 'saveAuthor' | 'authors' | 'forgetAuthor'>
  log: Log
  /** Who is signed in; without it nobody is. */
  sessions?: Pick<Sessions, 'holder'>
  /** Who has sessions of groups; without it nobody has. */
  members?: { authorOf(cookie: string | undefined, name: string): Promise<string | null> }
  /** Sessions of groups count only for people who are signed in besides (SPEC-groups G15). */
  requireAuthentication?: boolean
  /** Prefix of our cookies. */
  cookiePrefix: string
  /** Colour of new guests; null for a hue that few have ({@link createHues}). */
  colour: PersonColour | null
  /** Ms since 1970. */
  now?: () => number
  /** A whole number below its argument. */
  random?: (below: number) => number
}

/** Ms a person stays in memory; another server of the same database may have changed them. */
const FRESH = 30_000
/** Ms it is remembered whom a token proves; who signs in elsewhere is proved by it no more. */
const TOKEN_FRESH = 5 * 60_000
/** People and tokens in memory. */
const MOST = 10_000
/** "Seen" is written at most this often, in ms. */
const SEEN_EVERY = 24 * 3_600_000

/** Creates the {@link People} of a server. */
export function createPeople(parts: PeopleParts): People {
  const { store, log } = parts
  const now = parts.now ?? Date.now
  const nextHue = createHues(parts.random ?? ((below) => randomInt(below)))
  const authors = new Map<string, { author: string; until: number }>()
  const known = new Map<string, { row: AuthorRow; until: number }>()

  const remember = (row: AuthorRow) => keep(known, row.id, { row, until: now() + FRESH })

  async function rowsOf(ids: readonly string[]): Promise<ReadonlyMap<string, AuthorRow>> {
    const found = new Map<string, AuthorRow>()
    const missing: string[] = []
    for (const id of new Set(ids)) {
      const entry = known.get(id)
      if (entry !== undefined && entry.until > now()) found.set(id, entry.row)
      else missing.push(id)
    }
    if (missing.length > 0)
      for (const row of await store.authors(missing)) {
        remember(row)
        found.set(row.id, row)
      }
    return found
  }

  const bound = (hash: string, author: string) => keep(authors, hash, { author, until: now() + TOKEN_FRESH })

  function unbind(author: string): void {
    for (const [hash, entry] of authors) if (entry.author === author) authors.delete(hash)
  }

  async function personBehind(author: string): Promise<Person> {
    const row = (await rowsOf([author])).get(author)
    if (row !== undefined) seen(row)
    return row === undefined ? stranger(author) : personOf(row)
  }

  async function authorOf(token: string): Promise<string | null> {
    const hash = hashToken(token)
    const entry = authors.get(hash)
    if (entry !== undefined && entry.until > now()) return entry.author
    const author = await store.authorOfToken(hash)
    if (author === null) authors.delete(hash)
    else bound(hash, author)
    return author
  }

  function seen(row: AuthorRow): void {
    const time = now()
    if (time - row.seen < SEEN_EVERY) return
    const next = { ...row, seen: time }
    remember(next)
    store
      .saveAuthor(next)
      .catch((error: unknown) => log.warn('a visit was not noted', { error: String(error) }))
  }

  async function member(cookie: string | undefined, pad: string): Promise<Proved | null> {
    const author = (await parts.members?.authorOf(cookie, pad)) ?? null
    if (author === null || cookie === undefined) return null
    if (parts.requireAuthentication !== true) return personBehind(author)
    const held = (await parts.sessions?.holder({ cookie })) ?? null
    return held === null ? null : withAccount(await personBehind(author), held.account.author)
  }

  return {
    member,

    async identify({ cookie, ticket, pad }: Credentials): Promise<Proved | null> {
      const one = pad === undefined ? null : await member(cookie, pad)
      if (one !== null) return one
      const held = await parts.sessions?.holder({
        ...(cookie === undefined ? {} : { cookie }),
        ...(ticket === undefined ? {} : { ticket }),
      })
      if (held) return personBehind(held.account.author)
      const tokens = [...tokensIn(cookie, parts.cookiePrefix)]
      if (ticket !== undefined && isToken(ticket)) tokens.unshift(ticket)
      for (const token of tokens) {
        const author = await authorOf(token)
        if (author !== null) return personBehind(author)
      }
      return null
    },

    async sessionOf({ cookie, ticket }: Credentials) {
      const held = await parts.sessions?.holder({
        ...(cookie === undefined ? {} : { cookie }),
        ...(ticket === undefined ? {} : { ticket }),
      })
      return held ? { hash: held.session.hash, author: held.account.author } : null
    },

    async createGuest(near = []) {
      const token = newToken()
      const hash = hashToken(token)
      const row: AuthorRow = {
        id: newAuthorId(),
        name: '',
        colour: parts.colour ?? nextHue(near),
        seen: now(),
      }
      await store.saveAuthor(row)
      await store.bindToken(hash, row.id, row.seen)
      remember(row)
      bound(hash, row.id)
      return { person: personOf(row), token }
    },

    async update(author, name, colour) {
      const row = { id: author, name, colour, seen: now() }
      await store.saveAuthor(row)
      remember(row)
      return personOf(row)
    },

    async forget(author) {
      const there = await store.forgetAuthor(author)
      known.delete(author)
      unbind(author)
      return there ? stranger(author) : null
    },

    unbind,

    async people(ids) {
      const found = await rowsOf(ids)
      return ids.map((id) => {
        const row = found.get(id)
        return row === undefined ? stranger(id) : personOf(row)
      })
    },
  }
}

function personOf(row: AuthorRow): Person {
  return { author: row.id, name: row.name, colour: row.colour }
}

/** Somebody the store does not know: no name, and always the same colour. */
function stranger(author: string): Person {
  const byte = createHash('sha256').update(author).digest()[0] ?? 0
  return { author, name: '', colour: String((byte % HUES.length) + 1) }
}

/** Puts an entry at the young end of a map of at most {@link MOST}. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= MOST) return
  const oldest = map.keys().next()
  if (oldest.done !== true) map.delete(oldest.value)
}
