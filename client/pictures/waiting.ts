/** Pictures that wait on this device until the server has them (SPEC-text I3): in IndexedDB, so that a closed page loses none. */
import { ask, openDatabase } from '../net/database.ts'
import type { Database } from '../net/database.ts'

export const DATABASE = 'inkpad-pictures'
const VERSION = 1
const STORE = 'waiting'
/** Ms after which a picture that nobody could send is given up. */
const KEPT = 30 * 24 * 3_600_000
/** Pictures of all pads on one device. */
const MOST = 300

/** A picture and the pad it is for. */
export interface WaitingPicture {
  /** Address of the pad's page. */
  readonly pad: string
  readonly key: string
  readonly bytes: Blob
  /** Ms since 1970. */
  readonly time: number
}

/** Nothing here rejects: without a database pictures wait in the page's memory alone. */
export interface Waiting {
  list(pad: string): Promise<readonly WaitingPicture[]>
  add(picture: WaitingPicture): Promise<void>
  remove(pad: string, key: string): Promise<void>
}

/** `factory` is null where the browser denies storage. */
export function createWaiting(factory: IDBFactory | null, report: (error: unknown) => void): Waiting {
  let opening: Promise<Database | null> | null = null

  function database(): Promise<Database | null> {
    opening ??= open(factory).catch((error: unknown) => {
      report(error)
      return null
    })
    return opening
  }
  async function work<T>(
    mode: 'readonly' | 'readwrite',
    otherwise: T,
    use: (store: IDBObjectStore) => Promise<T>,
  ): Promise<T> {
    try {
      const db = await database()
      return db ? await db.run([STORE], mode, (w) => use(w.store(STORE))) : otherwise
    } catch (error) {
      report(error)
      return otherwise
    }
  }

  return {
    list: (pad) =>
      work<readonly WaitingPicture[]>('readonly', [], async (store) => {
        const rows = (await ask(store.index('pad').getAll(pad, MOST))) as WaitingPicture[]
        return rows.toSorted((a, b) => a.time - b.time)
      }),
    add: (picture) =>
      work('readwrite', undefined, async (store) => {
        const keys = await ask(store.index('time').getAllKeys(IDBKeyRange.upperBound(picture.time - KEPT)))
        for (const key of keys) store.delete(key)
        if ((await ask(store.count())) < MOST) store.put(picture)
      }),
    remove: (pad, key) =>
      work('readwrite', undefined, async (store) => {
        await ask(store.delete([pad, key]))
      }),
  }
}

async function open(factory: IDBFactory | null): Promise<Database | null> {
  if (factory === null) return null
  return openDatabase(
    factory,
    DATABASE,
    VERSION,
    (db) => {
      const store = db.createObjectStore(STORE, { keyPath: ['pad', 'key'] })
      store.createIndex('pad', 'pad')
      store.createIndex('time', 'time')
    },
    (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  )
}
