/** The administrator's word to all pads (SPEC-pads P50). */
import { LIMITS } from '../../shared/protocol.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { tidyLine } from './chat-line.ts'
import type { Following } from './following.ts'

export interface Notice {
  /** What stands now; empty for nothing. */
  now(): string
  /** Says something else to everybody; an empty text takes it back. Gives the words as they are kept. @throws StoreDown */
  set(text: string): Promise<string>
  /** Reads what is kept; a database that is away leaves things as they are. */
  load(): Promise<void>
  close(): void
}

interface NoticeParts {
  store: Pick<Store, 'settingNow' | 'saveSetting'>
  sync: Pick<Sync, 'listen' | 'tellAll'>
  following: Following
  log: Log
}

const KEY = 'notice'

/** Begins to serve the notice. */
export function createNotice({ store, sync, following, log }: NoticeParts): Notice {
  let text = ''

  function take(next: string): void {
    if (next === text) return
    text = next
    sync.tellAll({ type: 'notice', text })
  }

  async function load(): Promise<void> {
    try {
      take((await store.settingNow(KEY)) ?? '')
    } catch (error) {
      log.debug('the notice could not be read', { error: String(error) })
    }
  }

  const offs = [
    sync.listen({
      heard(from, event) {
        if (event.type === 'catchUp') from.tell({ type: 'notice', text })
      },
    }),
    following.listen({ looked: () => void load() }),
  ]
  return {
    now: () => text,
    async set(wanted) {
      const next = tidyLine(wanted.slice(0, LIMITS.notice))
      await store.saveSetting(KEY, next)
      take(next)
      return next
    },
    load,
    close: () => offs.forEach((off) => off()),
  }
}
