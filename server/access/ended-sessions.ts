/**
 * Ends live connections of people whose last session ended: on another server, or by itself (SPEC-access L23). What ends here
 * tells `sync` at once; this looks for the rest.
 */
import type { Log } from '../log.ts'
import type { LoginStore } from '../store/login-store.ts'
import type { Sync } from '../sync/types.ts'
import type { Sessions } from './sessions.ts'

export interface EndedSessions {
  /** Looks now; whoever is signed in no more is told to come back. */
  look(): Promise<void>
  close(): void
}

/** @param parts.every ms between the end of a look and the next */
export function watchSessions(parts: {
  store: Pick<LoginStore, 'livingSessions'>
  sessions: Pick<Sessions, 'forget'>
  sync: Pick<Sync, 'authorsHere' | 'signedOut'>
  log: Log
  every: number
  now?: () => number
}): EndedSessions {
  const { store, sessions, sync, log, every, now = Date.now } = parts
  /** Who was signed in at the last look; an account that is gone is not in the store any more. */
  let before: ReadonlySet<string> = new Set()
  let said = ''
  let closed = false
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const here = sync.authorsHere()
    if (here.size === 0) return
    const living = await store.livingSessions([...here], now())
    const signedIn = new Set<string>()
    for (const author of here) {
      const count = living.get(author)
      if (count !== undefined && count > 0) signedIn.add(author)
      else if (count === 0 || before.has(author)) {
        sessions.forget(author)
        sync.signedOut(author)
      }
    }
    before = signedIn
  }

  async function turn(): Promise<void> {
    try {
      await look()
      said = ''
    } catch (error) {
      if (String(error) !== said) log.warn('it is unknown whose sessions ended', { error: String(error) })
      said = String(error)
    }
    later()
  }

  function later(): void {
    if (closed) return
    timer = setTimeout(() => void turn(), every)
    timer.unref()
  }
  later()
  return {
    look,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
