/** Tells screen readers what others change, at most now and then: names, and the line that changed last. */
import { t } from '../i18n.ts'
import { announce } from '../ui/announce.ts'

/** Milliseconds changes are collected before they are told. */
export const GATHER = 2_000
/** Milliseconds of quiet after a message; what happens then is told with the next change. */
export const QUIET = 15_000
/** More people than this at once are "several people". */
const NAMES = 3

export interface EditAnnouncer {
  /** These people changed the text. */
  changed(names: readonly string[]): void
  /** The line, from 1, that changed last. */
  at(line: number): void
  stop(): void
}

/** @param say how it is said; for tests */
export function editAnnouncer(say: (message: string) => void = announce): EditAnnouncer {
  const names = new Set<string>()
  let line = 1
  let timer: ReturnType<typeof setTimeout> | undefined
  let quietUntil = 0
  const tell = (): void => {
    timer = undefined
    const who =
      names.size > NAMES
        ? t('status.several')
        : new Intl.ListFormat(document.documentElement.lang || 'en').format(names)
    say(t('status.edited', { names: who, line }))
    quietUntil = Date.now() + QUIET
    names.clear()
  }
  return {
    changed(who) {
      for (const name of who) if (names.size <= NAMES) names.add(name)
      timer ??= setTimeout(tell, Math.max(GATHER, quietUntil - Date.now()))
    },
    at(changed) {
      line = changed
    },
    stop: () => clearTimeout(timer),
  }
}
