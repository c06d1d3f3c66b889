/** The embedded store: SQLite in a worker thread. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Log } from '../log.ts'
import { parcel } from './carry.ts'
import { storeOf } from './facade.ts'
import type { Call } from './operations.ts'
import { StoreDamage } from './store.ts'
import type { Failure, Reply, Request } from './sqlite-worker.ts'
import { startWorker } from './start-worker.ts'
import type { Store } from './store.ts'
import { SeqConflict, StoreDown } from './store.ts'

/** How a store in SQLite runs. */
export interface SqliteOptions {
  /** Milliseconds one request may take before the worker is given up. */
  timeLimit?: number
  /** Is told of each thread that starts. */
  started?: (worker: Worker) => void
}

const TIME_LIMIT = 20_000
/** Milliseconds a thread may take to end; one that hangs in a call to the disk is left behind. */
const END_LIMIT = 5000

interface Waiting {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}

/** A running worker. */
interface Thread {
  /** Resolves or rejects within the time limit; a worker that exceeds it is ended. */
  ask: (name: Request['name'], values: readonly unknown[]) => Promise<unknown>
  /** Ends the worker; what it owes is rejected with `error`. Resolves when it has let go of the file. */
  end: (error: Error) => Promise<void>
}

/**
 * A store in the file `filename`. A worker that dies or does not answer in time takes its requests with it as
 * StoreDown; the next request starts a fresh one.
 */
export function openSqliteStore(filename: string, log: Log, options: SqliteOptions = {}): Store {
  let thread: Thread | null = null
  let closed = false

  const ask: Thread['ask'] = async (name, values) => {
    if (closed) throw new StoreDown('The store is closed.')
    thread ??= startThread(filename, log, options, (ended) => {
      if (thread === ended) thread = null
    })
    return thread.ask(name, values)
  }
  const call = (async (name: Request['name'], ...values: unknown[]) =>
    revived(name, await ask(name, values))) as Call

  return storeOf({
    kind: 'sqlite',
    call,
    open: async () => {
      closed = false
      await call('ping')
    },
    close: async () => {
      closed = true
      const last = thread
      if (last === null) return
      await last.ask('close', []).catch(() => null)
      await last.end(new StoreDown('The store is closed.'))
    },
    durability: async () => durabilityOf(filename, await ask('durability', [])),
  })
}

/** Maps come from the worker's side of the fence; give the caller ones of its own. */
function revived(name: Request['name'], result: unknown): unknown {
  if (name === 'heads') return new Map(result as Map<number, number>)
  if ((name === 'load' || name === 'create') && result !== null) {
    const document = result as { clients: Map<number, string> }
    return { ...document, clients: new Map(document.clients) }
  }
  return result
}

function startThread(
  filename: string,
  log: Log,
  { timeLimit = TIME_LIMIT, started }: SqliteOptions,
  ended: (thread: Thread) => void,
): Thread {
  const worker = startWorker(import.meta.url, 'sqlite-worker', filename)
  started?.(worker)
  const waiting = new Map<number, Waiting>()
  let count = 0
  let over: Error | null = null
  const thread: Thread = {
    ask: async (name, values) =>
      new Promise((resolve, reject) => {
        if (over !== null) {
          reject(over)
          return
        }
        const id = ++count
        const timer = setTimeout(
          () =>
            void thread.end(new StoreDown(`The database ${filename} did not answer within ${timeLimit} ms.`)),
          timeLimit,
        )
        waiting.set(id, { resolve, reject, timer })
        const { message, transfer } = parcel<Request>({ id, name, values })
        worker.postMessage(message, transfer)
      }),
    end: async (reason) => {
      over ??= reason
      ended(thread)
      for (const waiter of waiting.values()) {
        clearTimeout(waiter.timer)
        waiter.reject(reason)
      }
      waiting.clear()
      await Promise.race([worker.terminate(), wait(END_LIMIT, undefined, { ref: false })])
    },
  }
  worker.on('message', (reply: Reply) => {
    if ('warning' in reply) {
      log.warn(reply.warning)
      return
    }
    const waiter = waiting.get(reply.id)
    if (waiter === undefined) return
    waiting.delete(reply.id)
    clearTimeout(waiter.timer)
    if ('error' in reply) {
      const error = errorOf(reply.error)
      waiter.reject(error)
      if (reply.isLast) void thread.end(error)
    } else waiter.resolve(reply.result)
  })
  worker.on(
    'error',
    (error) =>
      void thread.end(new StoreDown(`The store's thread failed: ${error.message}`, { cause: error })),
  )
  worker.on('exit', () => void thread.end(new StoreDown("The store's thread ended.")))
  return thread
}

function errorOf(error: Failure): Error {
  if (error.kind === 'conflict') return new SeqConflict(error.documents)
  if (error.kind === 'down') return new StoreDown(error.message)
  if (error.kind === 'damage') return new StoreDamage(error.message)
  if (error.kind === 'range') return new RangeError(error.message)
  return new Error(error.message)
}

function durabilityOf(filename: string, pragmas: unknown): string[] {
  const [journal, synchronous] = pragmas as [unknown, unknown]
  const sentences: string[] = []
  if (journal !== 'wal')
    sentences.push(
      `SQLite could not switch ${filename} to write-ahead logging, as on some network file systems; put it on a local disk.`,
    )
  if (Number(synchronous) < 2)
    sentences.push(
      'SQLite does not wait for the disk (synchronous is below FULL): saved edits may be lost when power fails.',
    )
  return sentences
}
