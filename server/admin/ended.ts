/** Administrators' sessions that were signed out before their end (docs/SPEC-admin.md A5): their cookies are signed, so this is what ends them. */
import type { Store } from '../store/store.ts'

/** Name of the value in the database: a session's name, and when it would have ended in ms since 1970. */
const KEY = 'admin-ended'
/** Ms what other servers ended may be unknown. */
const FRESH = 2000
/** Sessions remembered; each is forgotten when it would have ended by itself. */
const MOST = 300

export interface EndedSessions {
  has(session: string): Promise<boolean>
  /** Ends a session; resolves when that is kept. */
  add(session: string, end: number): Promise<void>
}

/** Nothing ends before its time; for tests. */
export const NONE_ENDED: EndedSessions = { has: async () => false, add: async () => {} }

export function createEnded(
  store: Pick<Store, 'settingNow' | 'saveSetting'>,
  now: () => number = Date.now,
): EndedSessions {
  let known = new Map<string, number>()
  let until = 0
  let writing = Promise.resolve()

  /** What the database has, and what ended here. */
  async function load(): Promise<void> {
    const value: unknown = JSON.parse((await store.settingNow(KEY)) ?? '{}')
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    const all = [...known, ...entries.map(([name, end]): [string, number] => [name, Number(end)])]
    known = new Map(all.filter(([, end]) => end > now()).slice(-MOST))
    until = now() + FRESH
  }

  async function keep(session: string, end: number): Promise<void> {
    await load()
    known.set(session, end)
    await store.saveSetting(KEY, JSON.stringify(Object.fromEntries(known)))
  }

  return {
    async has(session) {
      // While the database is away what ended here counts.
      if (until <= now()) await load().catch(() => {})
      return known.has(session)
    },
    add(session, end) {
      known.set(session, end)
      writing = writing.catch(() => {}).then(() => keep(session, end))
      return writing
    },
  }
}
