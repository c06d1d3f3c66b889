/** A page that was made for a reader has no tools; when its person may do more, it loads again (SPEC-access L108). */
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { isReadOnlyId } from '../../shared/ids.ts'
import type { Off, Session } from '../net/types.ts'

const KEY = 'inkpad.more-rights'
/** Ms between two such loads: where page and connection are not told the same, this ends. */
const PAUSE = 60_000

export interface Reloads {
  now: () => number
  /** Throws where a browser lets nothing be kept. */
  storage: () => Pick<Storage, 'getItem' | 'setItem'>
  reload: () => void
}

/** `readOnly` and `pad` are what the page was made with. */
export function reloadForMore(
  session: Pick<Session, 'on' | 'level'>,
  { readOnly, pad }: { readOnly: boolean; pad: string },
  page: Reloads = {
    now: Date.now,
    storage: () => sessionStorage,
    reload: () => location.reload(),
  },
): Off {
  if (!readOnly || isReadOnlyId(pad)) return () => {}
  function may(level: Level): void {
    if (!allows(level, 'comment')) return
    try {
      if (page.now() - Number(page.storage().getItem(KEY) ?? 0) < PAUSE) return
      page.storage().setItem(KEY, String(page.now()))
    } catch {
      // Where nothing is kept the page stays as it is.
      return
    }
    page.reload()
  }
  // The server's word alone: the copy on this device remembers what the person could do at another time.
  const offs = [
    session.on('open', () => may(session.level)),
    session.on('event', (event) => {
      if (event.type === 'level') may(event.level)
    }),
  ]
  return () => offs.forEach((off) => off())
}
