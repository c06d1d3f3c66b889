/**
 * Tells the people on a board that it is nearly as large as a document may be, while there is still room to finish and to
 * tidy up (SPEC-board B440): who goes beyond is closed.
 */
import * as Y from 'yjs'
import type { Log } from '../log.ts'
import type { Sync } from '../sync/types.ts'

interface FullnessParts {
  sync: Pick<Sync, 'listen' | 'facts' | 'tell' | 'withDocument'>
  log: Log
  /** Bytes of a document (setting `limits.document`). */
  limit: number
  /** Ms between two looks at the real size of one board. */
  every?: number
}

/** Part from which it is told. */
const NEARLY = 0.8
/** The size the rooms know is an estimate, never too small; only from here on it is worth weighing the board. */
const LOOK = 0.75
const EVERY = 20_000
const MOST = 1000

/** Begins to tell; the answer ends it. */
export function watchFullness({ sync, log, limit, every = EVERY }: FullnessParts): () => void {
  const told = new Map<string, number>()
  const looked = new Map<string, number>()
  const waiting = new Map<string, NodeJS.Timeout>()

  async function look(document: string): Promise<void> {
    const now = performance.now()
    looked.delete(document)
    looked.set(document, now)
    for (const oldest of looked.keys()) {
      if (looked.size <= MOST) break
      looked.delete(oldest)
      told.delete(oldest)
    }
    try {
      const bytes = await sync.withDocument(document, (doc) => Y.encodeStateAsUpdate(doc).length)
      if (bytes === null) return
      const part = Math.round((bytes / limit) * 100) / 100
      const before = told.get(document) ?? 0
      if (part === before || (part < NEARLY && before < NEARLY)) return
      told.set(document, part)
      sync.tell(document, { type: 'fullness', part })
    } catch (error) {
      log.debug('a board was not weighed', { document, error: String(error) })
    }
  }

  const off = sync.listen({
    changed(document) {
      if (!document.startsWith('b/') || waiting.has(document)) return
      const facts = sync.facts(document)
      const before = told.get(document) ?? 0
      if (!facts || (facts.bytes < limit * LOOK && before < NEARLY)) return
      const pause = (looked.get(document) ?? -Infinity) + every - performance.now()
      if (pause <= 0) void look(document)
      else {
        const later = (): void => {
          waiting.delete(document)
          void look(document)
        }
        waiting.set(document, setTimeout(later, pause).unref())
      }
    },
    heard(from, event) {
      if (event.type !== 'catchUp' || !from.document.startsWith('b/')) return
      const part = told.get(from.document)
      if (part !== undefined) from.tell({ type: 'fullness', part })
      else if ((sync.facts(from.document)?.bytes ?? 0) >= limit * LOOK) void look(from.document)
    },
    removed(document) {
      told.delete(document)
      looked.delete(document)
    },
  })
  return () => {
    off()
    for (const timer of waiting.values()) clearTimeout(timer)
    waiting.clear()
  }
}
