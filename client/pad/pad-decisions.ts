/** What the owner of a pad decides for everybody: shown at once, and as the server has it in the end. */
import type { Signal } from '@preact/signals'
import { readPadSettings } from '../../shared/settings.ts'
import type { PadSettings } from '../../shared/settings.ts'
import type { Session } from '../net/types.ts'

/** Ms the server may take to say the same, before the page shows what it said last. */
const PATIENCE = 5000

export interface PadDecisions {
  /** Decides; false without a connection, and nothing changes. */
  decide(next: PadSettings): boolean
  stop(): void
}

/** Keeps `settings` as they are decided. `refused` is told when the server did not take a decision. */
export function createDecisions(
  session: Pick<Session, 'on' | 'send'>,
  settings: Signal<PadSettings>,
  refused: () => void,
): PadDecisions {
  let confirmed = settings.peek()
  /** What was decided here and the server has not said yet; its word on an earlier decision must not undo this one. */
  let wanted: PadSettings | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    clearTimeout(timer)
    wanted = null
    if (!same(settings.peek(), confirmed)) settings.value = confirmed
  }

  const off = session.on('event', (event) => {
    if (event.type === 'padSettings') {
      confirmed = readPadSettings(event.settings)
      if (wanted === null || same(wanted, confirmed)) settle()
    } else if (event.type === 'refused' && event.what === 'padSettings') {
      settle()
      refused()
    }
  })
  return {
    decide(next) {
      if (!session.send({ type: 'padSettings', settings: next })) return false
      wanted = next
      settings.value = next
      clearTimeout(timer)
      timer = setTimeout(settle, PATIENCE)
      return true
    },
    stop() {
      clearTimeout(timer)
      off()
    },
  }
}

/** The server may write keys in another order. */
function same(a: PadSettings, b: PadSettings): boolean {
  return sorted(a) === sorted(b)
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}
