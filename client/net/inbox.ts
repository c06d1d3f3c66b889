/** What comes from others: everything of one animation frame becomes one Yjs transaction (rule R12). */
import * as Y from 'yjs'
import type { Environment } from './environment.ts'
import { QuickDecoder } from './quick-decoder.ts'
import type { Off } from './types.ts'

/** Beyond this nothing waits for a frame. */
const MAX_WAITING = 2000

/** In a transaction's `meta`: the one update that is all the document holds now. */
export const WHOLE = 'whole document'

export interface Inbox {
  push(update: Uint8Array): void
  /** Applies now. */
  flush(): void
  destroy(): void
}

/**
 * Updates are applied with `origin`. `applied` is told after each frame, with whether one could not be applied; the
 * others of that frame are applied all the same, and the caller asks the server for what is missing.
 */
export function createInbox(
  env: Environment,
  doc: Y.Doc,
  origin: unknown,
  applied: (whole: boolean) => void,
): Inbox {
  let waiting: Uint8Array[] = []
  let frame: Off | null = null

  function flush(): void {
    frame?.()
    frame = null
    if (waiting.length === 0) return
    const updates = waiting
    waiting = []
    let whole = true
    try {
      Y.transact(
        doc,
        (transaction) => {
          const isFirst = doc.store.clients.size === 0
          for (const update of updates) {
            try {
              Y.applyUpdateV2(doc, update, origin, QuickDecoder)
            } catch (error) {
              whole = false
              env.report(error)
            }
          }
          const isAll = whole && isFirst && updates.length === 1 && doc.store.pendingStructs === null
          if (isAll) transaction.meta.set(WHOLE, updates[0])
        },
        origin,
        false,
      )
    } catch (error) {
      // An observer of the document threw (the editor, a plugin). The content is applied; Yjs goes on.
      env.report(error)
    }
    applied(whole)
  }
  return {
    push(update) {
      waiting.push(update)
      if (waiting.length > MAX_WAITING) flush()
      else frame ??= env.frame(flush)
    },
    flush,
    destroy() {
      frame?.()
      waiting = []
    },
  }
}
