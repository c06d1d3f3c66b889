/** Keeps what lists show of pads up to date (SPEC-store ST60): a few seconds behind the text, in few statements. */
import type { Log } from '../log.ts'
import type { PadFacts, Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'

/** Ms between two writes. */
const EVERY = 5000
/** Pads written at once. */
const AT_ONCE = 200

export interface FactKeeper {
  /** Writes what is known now. */
  flush(): Promise<void>
  /** Writes what is left, and hears nothing more. */
  close(): Promise<void>
}

/** Begins to keep facts. A database that is away costs nothing but the facts' age. */
export function keepFacts({
  store,
  sync,
  log,
  every = EVERY,
}: {
  store: Pick<Store, 'savePadFacts'>
  sync: Pick<Sync, 'listen' | 'facts'>
  log: Log
  every?: number
}): FactKeeper {
  const changed = new Map<number, PadFacts>()
  const stop = sync.listen({
    changed(document) {
      const facts = document.startsWith('p/') ? sync.facts(document) : null
      if (facts === null) return
      const { id, versions, bytes } = facts
      changed.set(id, { document: id, edited: Date.now(), versions, bytes })
    },
  })
  let work: Promise<void> = Promise.resolve()
  const write = async (before: Promise<void>): Promise<void> => {
    await before
    while (changed.size > 0) {
      const some = [...changed.values()].slice(0, AT_ONCE)
      try {
        await store.savePadFacts(some)
      } catch (error) {
        log.debug('facts of pads are not written yet', { error: String(error) })
        return
      }
      for (const one of some) if (changed.get(one.document) === one) changed.delete(one.document)
    }
  }
  const flush = (): Promise<void> => (work = write(work))
  const timer = setInterval(() => void flush(), every)
  timer.unref()
  return {
    flush,
    async close() {
      stop()
      clearInterval(timer)
      await flush()
    },
  }
}
