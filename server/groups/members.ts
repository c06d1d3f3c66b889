/** Who is let into pads by a session of the HTTP API (SPEC-groups G10 to G14). */
import { isReadOnlyId } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import { valuesIn } from '../access/cookies.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { groupOf, sessionIdsIn } from './ids.ts'

export interface MembersParts {
  store: Pick<Store, 'groupSession' | 'inGroup' | 'padOfReadOnlyId' | 'padValues' | 'find'>
  log: Log
  /** Prefix of our cookies. */
  cookiePrefix: string
  /** The setting `requireSession`: nothing opens without. */
  requireSession: boolean
  now?: () => number
}

export interface Members {
  /**
   * The author whom a session in this Cookie header makes its bearer in a pad (a name or a read-only id); null for none.
   * It counts before any other proof.
   */
  authorOf(cookie: string | undefined, name: string): Promise<string | null>
  /** Does the pad open for them, as far as groups and sessions have a say? */
  groupPass(person: Pick<Person, 'author'> | null, pad: string): Promise<boolean>
}

/** Name of the value a pad has while everybody may open it. */
export const PUBLIC = 'public'

export function createMembers(parts: MembersParts): Members {
  const { store, log, requireSession, now = Date.now } = parts
  const seconds = (): number => Math.floor(now() / 1000)

  async function isMember(person: Pick<Person, 'author'> | null, pad: string): Promise<boolean> {
    const group = groupOf(pad)
    return group !== null && person !== null && store.inGroup(group, person.author, seconds())
  }

  return {
    async authorOf(cookie, name) {
      const ids = valuesIn(cookie, parts.cookiePrefix, 'sessionID').flatMap(sessionIdsIn)
      if (ids.length === 0) return null
      const pad = isReadOnlyId(name) ? await store.padOfReadOnlyId(name) : name
      const group = pad === null ? null : groupOf(pad)
      if (group === null) return null
      const found = await Promise.all(ids.map((id) => store.groupSession(id)))
      const authors = found.flatMap((session) =>
        session !== null && session.group === group && session.validUntil > seconds() ? [session.author] : [],
      )
      if (new Set(authors).size > 1)
        log.warn('a browser has sessions of several people in one group; the first one counts', { group })
      return authors[0] ?? null
    },

    async groupPass(person, pad) {
      if (!requireSession && !pad.includes('$')) return true
      if (await isMember(person, pad)) return true
      if (requireSession) return false
      if ((await store.find(`p/${pad}`)) === null) return false
      const values = await store.padValues(`p/${pad}`)
      return values.some(({ name, value }) => name === PUBLIC && value === 'true')
    },
  }
}
