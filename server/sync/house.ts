/** Hands on what the rest of the server wants to hear of rooms: plugins, chat, settings (SPEC-sync S15). */
import type { Log } from '../log.ts'
import type { SyncListener } from './types.ts'

type House = Required<SyncListener>

/** Ms between two `changed` of one document. */
const CHANGES = 100

export interface Listeners {
  /** Calls every listener. */
  readonly house: House
  add(listener: SyncListener): () => void
  /** Forgets what was to be told later. */
  stop(): void
}

/** No listeners yet. */
export function createListeners(log: Log): Listeners {
  const all = new Set<SyncListener>()
  const soon = new Map<string, NodeJS.Timeout>()
  const each = (what: keyof House, call: (listener: SyncListener) => void): void => {
    for (const listener of all) {
      try {
        call(listener)
      } catch (error) {
        log.error('a listener failed', { what, error: String(error) })
      }
    }
  }
  return {
    house: {
      heard: (from, event) => each('heard', (one) => one.heard?.(from, event)),
      joined: (document, person, speaker) => each('joined', (one) => one.joined?.(document, person, speaker)),
      left: (document, person) => each('left', (one) => one.left?.(document, person)),
      created: (document, by) => each('created', (one) => one.created?.(document, by)),
      changed(document) {
        if (all.size === 0 || soon.has(document)) return
        const tell = (): void => {
          soon.delete(document)
          each('changed', (one) => one.changed?.(document))
        }
        soon.set(document, setTimeout(tell, CHANGES).unref())
      },
      removed: (document) => each('removed', (one) => one.removed?.(document)),
    },
    add(listener) {
      all.add(listener)
      return () => void all.delete(listener)
    },
    stop() {
      for (const timer of soon.values()) clearTimeout(timer)
      soon.clear()
      all.clear()
    },
  }
}
