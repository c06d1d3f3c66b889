/**
 * What happens to the changes of the document: each goes into the copy of this device and, when it is ours, onto the
 * wire; and the copy comes into the document when it is opened.
 */
import * as Y from 'yjs'
import type { Level } from '../../shared/access.ts'
import type { Environment } from './environment.ts'
import { WHOLE } from './inbox.ts'
import type { Ledger } from './ledger.ts'
import type { Offline } from './offline.ts'
import type { Provider } from './provider.ts'
import type { Off, Recovered } from './types.ts'

/** Origins of the transactions that are not the person's. */
export const FROM_SERVER = { from: 'server' }
const FROM_COPY = { from: 'copy' }

export interface KeeperOptions {
  env: Environment
  doc: Y.Doc
  offline: Offline
  ledger: Ledger
  provider: Pick<Provider, 'write' | 'resync' | 'flush'>
  readOnly: boolean
}

/** What the copy of this device was of. */
export interface FoundCopy {
  generation: string
  level: Level
}

export interface Keeper {
  /** Yjs client ids under which this tab and, unsaved, earlier ones wrote. */
  readonly own: ReadonlySet<number>
  /** Brings the copy into the document, or answers null. `recovered` is told first. */
  load(recovered: (text: Recovered | null) => void): Promise<FoundCopy | null>
  /** From now on this tab writes under a new Yjs client id. */
  startOver(): void
  /** Some update never came by here: fetches it from the document. */
  fetch(): void
  /** No change passes any more. */
  stop(): void
}

/** Listens from now on, first of all listeners of the document. */
export function createKeeper({ env, doc, offline, ledger, provider, readOnly }: KeeperOptions): Keeper {
  const own = new Set([doc.clientID])
  let stopped = false

  /** Never throws into Yjs. */
  function keep(update: Uint8Array, origin: unknown): void {
    try {
      if (origin === FROM_COPY) return
      if (origin === FROM_SERVER) {
        offline.append(update, 0)
        return
      }
      if (readOnly) return
      own.add(doc.clientID)
      ledger.made(offline.append(update, 1, doc.clientID))
      provider.write(update)
    } catch (error) {
      env.report(error)
    }
  }

  /**
   * A whole document is kept as it came. Yjs would write it once more for who listens, which for a large board takes longer
   * than reading it: so nobody listens until it is past that.
   */
  function keepWhole({ meta, origin }: Y.Transaction): void {
    const update: unknown = meta.get(WHOLE)
    if (!(update instanceof Uint8Array)) return
    doc.off('update', keep)
    const listen = (): void => {
      doc.off('beforeObserverCalls', listen)
      doc.off('afterAllTransactions', listen)
      if (!stopped) doc.on('update', keep)
    }
    // What follows in Yjs' cleaning up: the next transaction, or the end.
    doc.on('beforeObserverCalls', listen)
    doc.on('afterAllTransactions', listen)
    // A part of a message would bring all of it into the store.
    keep(update.slice(), origin)
  }

  /** A page that goes, or may be ended without a word while it is hidden. */
  function flush(): void {
    provider.flush()
    void offline.flush()
  }

  const offs: Off[] = [
    env.listen('pagehide', flush),
    env.listen('visibilitychange', () => {
      if (!env.visible()) flush()
    }),
  ]
  doc.on('update', keep)
  doc.on('afterTransactionCleanup', keepWhole)

  return {
    own,
    async load(tellRecovered) {
      const { found, recovered } = await offline.load()
      if (stopped) return null
      tellRecovered(recovered)
      if (found === null) return null
      try {
        Y.transact(doc, () => found.updates.forEach((update) => Y.applyUpdate(doc, update)), FROM_COPY, false)
      } catch (error) {
        env.report(error)
      }
      offline.begin(found.generation, found.level)
      ledger.found(found.unsaved)
      for (const client of found.clients) own.add(client)
      return found
    },
    startOver() {
      // 32 bits, as Yjs itself makes them.
      doc.clientID = Math.floor(env.random() * 2 ** 32)
    },
    fetch() {
      offline.rewrite()
      ledger.made(offline.append(Y.encodeStateAsUpdate(doc), 1, doc.clientID))
      provider.resync()
    },
    stop() {
      stopped = true
      for (const off of offs) off()
      doc.off('update', keep)
      doc.off('afterTransactionCleanup', keepWhole)
    },
  }
}
