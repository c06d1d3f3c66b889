/** IndexedDB with promises, for the few things needed of it. */

/** What a transaction may touch, and the end of it. */
export interface Work {
  store(name: string): IDBObjectStore
}

/** An open database that may go away at any time (evicted, upgraded by a newer page). */
export interface Database {
  readonly open: boolean
  /**
   * Runs `work` in one transaction and resolves with its result once the transaction is durable. `work` may await
   * {@link ask} and nothing else. Rejects with the transaction's error, such as QuotaExceededError.
   */
  run<T>(
    stores: readonly string[],
    mode: 'readonly' | 'readwrite',
    work: (w: Work) => T | Promise<T>,
  ): Promise<T>
  close(): void
}

/** Ms. Some browsers never answer; a slow device that is just starting takes seconds, and what it holds is worth them. */
const OPENS_WITHIN = 10_000

/** Opens, creating what `upgrade` makes. Rejects when it cannot, or not within {@link OPENS_WITHIN}. */
export function openDatabase(
  factory: IDBFactory,
  name: string,
  version: number,
  upgrade: (db: IDBDatabase) => void,
  after: (ms: number, run: () => void) => () => void,
): Promise<Database> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, version)
    let late = false
    const cancel = after(OPENS_WITHIN, () => {
      late = true
      reject(new Error('IndexedDB does not open'))
    })
    request.addEventListener('upgradeneeded', () => upgrade(request.result))
    request.addEventListener('error', () => {
      cancel()
      reject(request.error ?? new Error('IndexedDB does not open'))
    })
    request.addEventListener('success', () => {
      cancel()
      if (late) request.result.close()
      else resolve(wrap(request.result))
    })
  })
}

function wrap(db: IDBDatabase): Database {
  let open = true
  db.addEventListener('versionchange', () => {
    open = false
    db.close()
  })
  db.addEventListener('close', () => {
    open = false
  })
  return {
    get open() {
      return open
    },
    run: (stores, mode, work) =>
      new Promise((resolve, reject) => {
        const transaction = db.transaction([...stores], mode)
        let result: { value: Awaited<ReturnType<typeof work>> } | null = null
        const fail = () => reject(transaction.error ?? new Error('IndexedDB transaction was aborted'))
        transaction.addEventListener('abort', fail)
        transaction.addEventListener('error', fail)
        transaction.addEventListener('complete', () => {
          if (result === null) reject(new Error('IndexedDB transaction ended early'))
          else resolve(result.value)
        })
        const begin = async () => {
          result = { value: await work({ store: (name) => transaction.objectStore(name) }) }
          // Said aloud, so that the browser finishes it even when this page is gone a moment later.
          if (mode === 'readwrite') transaction.commit()
        }
        begin().catch((error: unknown) => {
          reject(asError(error))
          try {
            transaction.abort()
          } catch {
            // It had ended by itself.
          }
        })
      }),
    close() {
      open = false
      db.close()
    },
  }
}

/** A DOMException is no Error in every realm; its name is what matters here. */
function asError(error: unknown): Error {
  if (error instanceof Error) return error
  const named = new Error(String(error))
  if (typeof error === 'object' && error !== null && 'name' in error) named.name = String(error.name)
  return named
}

/** The result of one request inside {@link Database.run}. */
export function ask<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB request failed')))
  })
}
