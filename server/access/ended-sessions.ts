/**
 * Ends live connections whose session ended: on another server, or by itself; and asks again what people may do who signed in
 * anew on another server, perhaps with other groups (SPEC-access L23, L28). What happens here tells `sync` at once; this looks
 * for the rest.
 */
import type { Log } from '../log.ts'
import type { LoginStore } from '../store/login-store.ts'
import type { Sync } from '../sync/types.ts'
import type { Sessions } from './sessions.ts'

/** Ms after a hint, so that many sign-ins at once are few looks. */
const SOON = 100
/** Ms for which a sign-in may be newer than what is remembered of somebody here, clocks a little apart. */
const LATELY = 10_000

export interface EndedSessions {
  /** Looks now; whoever is signed in no more is told to come back. */
  look(): Promise<void>
  /** Looks soon, because another server says that there is something to see. */
  hint(): void
  close(): void
}

/** @param parts.every ms between the end of a look and the next */
export function watchSessions(parts: {
  store: Pick<LoginStore, 'livingSessions' | 'livingHashes'>
  sessions: Pick<Sessions, 'forget'>
  sync: Pick<Sync, 'authorsHere' | 'sessionsHere' | 'signedOut' | 'sessionEnded' | 'recheckAuthor'>
  log: Log
  every: number
  now?: () => number
}): EndedSessions {
  const { store, sessions, sync, log, every, now = Date.now } = parts
  /** Who was signed in at the last look, and when they signed in last; an account that is gone is not in the store any more. */
  let before: ReadonlyMap<string, number> = new Map()
  let hinted = false
  let looking = false
  let said = ''
  let closed = false
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const here = sync.authorsHere()
    if (here.size === 0) return
    const hashes = sync.sessionsHere()
    const [living, alive] = await Promise.all([
      store.livingSessions([...here], now()),
      store.livingHashes([...hashes.keys()], now()),
    ])
    const signedIn = new Map<string, number>()
    for (const author of here) {
      const account = living.get(author)
      if (account !== undefined && account.sessions > 0) {
        signedIn.set(author, account.seen)
        if (isNew(account.seen, before.get(author))) await changed(author)
      } else if (account !== undefined || before.has(author)) {
        sessions.forget(author)
        sync.signedOut(author)
      }
    }
    for (const [hash, author] of hashes)
      if (!alive.has(hash)) {
        sessions.forget(author)
        sync.sessionEnded(hash)
      }
    before = signedIn
  }

  /** Did they sign in since we looked, or, when we never did, so lately that what we know may be older? */
  function isNew(seen: number, known: number | undefined): boolean {
    return known === undefined ? now() - seen < LATELY : seen !== known
  }

  async function changed(author: string): Promise<void> {
    sessions.forget(author)
    await sync.recheckAuthor(author)
  }

  async function turn(): Promise<void> {
    looking = true
    try {
      await look()
      said = ''
    } catch (error) {
      if (String(error) !== said) log.warn('it is unknown whose sessions ended', { error: String(error) })
      said = String(error)
    }
    looking = false
    later()
  }

  function later(): void {
    if (closed) return
    timer = setTimeout(() => void turn(), hinted ? SOON : every)
    timer.unref()
    hinted = false
  }
  later()
  return {
    look,
    hint() {
      // A look under way may have seen what was before.
      hinted = true
      if (looking) return
      clearTimeout(timer)
      later()
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
