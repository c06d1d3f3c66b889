/**
 * Writes the rows of a copy. Own changes are handed to the browser in the task that made them, whatever is still under
 * way: a tab that is closed or killed the next moment then loses nothing. Never throws.
 */
import type { Level } from '../../shared/access.ts'
import { copyName, createStores, DATABASE, STORES, VERSION } from './copies.ts'
import { openDatabase } from './database.ts'
import type { Database, Work } from './database.ts'
import type { Environment } from './environment.ts'
import type { Journal } from './journal.ts'
import { pruneCopies } from './prune.ts'
import { emptyBatch, giveBack, isNothing } from './rows.ts'
import type { Batch, Rows } from './rows.ts'
import type { Off } from './types.ts'

/** Ms what is not urgent may wait, so that a busy pad costs few transactions. */
export const WAITS = 1000
/** Ms between attempts while the store fails. */
const RETRY = 5000
/** Transactions under way beyond which what comes is written together once one has ended; fewer when the journal has it. */
const UNDER_WAY = 32
const WITH_JOURNAL = 2

export interface WriterOptions {
  env: Environment
  room: string
  rows: Rows
  journal: Journal
  /** Told when {@link Writer.gap} changes. */
  changed: () => void
}

export interface Writer {
  /** What the next transaction has to do. */
  readonly batch: Batch
  /** Something that should be in the store is not: only a whole state mends that. */
  readonly gap: boolean
  /** A row with this number is in {@link batch}. */
  added(n: number): void
  /** Where to, from now on; until then everything waits. */
  into(generation: string, level: Level): void
  open(): Promise<Database>
  /** Something is lost to the store. */
  missing(): void
  /** Writes at the end of this task. */
  promptly(): void
  /** Writes within {@link WAITS}. */
  soon(): void
  /** Writes; handed to the browser when this returns, if the store is open, and in the store when it resolves. */
  flush(): Promise<void>
  /** Nothing is begun any more; resolves when everything that was has ended. */
  end(): Promise<void>
  close(): void
}

export function createWriter({ env, room, rows, journal, changed }: WriterOptions): Writer {
  const factory = env.indexedDB
  let database: Database | null = null
  let opening: Promise<Database> | null = null
  let target: { generation: string; level: Level } | null = null
  let batch = emptyBatch()
  let newest = 0
  let gap = factory === null
  let timer: Off | null = null
  let prompt = false
  /** The journal has everything that waits. */
  let isNoted = false
  /** What waits could not be written; it is tried again once something under way has ended. */
  let wanted = false
  let reopening = false
  /** One row with the whole state is due. Nobody's key waits for that. */
  let crowded = false
  const underWay = new Set<Promise<void>>()
  let ended = false

  function open(): Promise<Database> {
    if (factory === null) return Promise.reject(new Error('no IndexedDB'))
    if (database?.open === true) return Promise.resolve(database)
    opening ??= openDatabase(factory, DATABASE, VERSION, createStores, env.after)
      .then((db) => (database = db))
      .finally(() => {
        opening = null
      })
    return opening
  }

  function setGap(value: boolean): void {
    if (gap === value) return
    gap = value
    changed()
  }

  function within(ms: number): void {
    if (ended || factory === null) return
    timer ??= env.after(gap ? RETRY : ms, () => void flush())
  }

  async function quiet(): Promise<void> {
    if (underWay.size === 0) return
    await Promise.all(underWay)
    await quiet()
  }

  function begin(work: Promise<void>): void {
    const done: Promise<void> = work.finally(() => {
      underWay.delete(done)
      if (!wanted) return
      wanted = false
      hand()
    })
    underWay.add(done)
  }

  function hand(): void {
    timer?.()
    timer = null
    if (target === null || ended || factory === null || isNothing(batch)) return
    const most = isNoted ? WITH_JOURNAL : UNDER_WAY
    if (database?.open === true && underWay.size < most) begin(write(database, target))
    else {
      wanted = true
      if (database?.open !== true && !reopening) begin(reopen())
    }
    if (crowded) within(WAITS)
  }

  function flush(): Promise<void> {
    batch.whole ||= crowded || rows.crowded(batch)
    hand()
    return quiet()
  }

  async function reopen(): Promise<void> {
    reopening = true
    try {
      await open()
    } catch (error) {
      const job = batch
      batch = emptyBatch()
      wanted = false
      failed(job, error)
    } finally {
      reopening = false
    }
  }

  function failed(job: Batch, error: unknown): void {
    if (!gap) env.report(error)
    giveBack(batch, job)
    setGap(true)
    within(RETRY)
  }

  async function write(
    db: Database,
    { generation, level }: { generation: string; level: Level },
  ): Promise<void> {
    const job = batch
    const last = newest
    batch = emptyBatch()
    job.whole ||= gap
    crowded = !job.whole && rows.crowded(job)
    const copy = copyName(room, generation)
    const run = async () => {
      let undo = () => {}
      const work = (w: Work) => {
        undo = rows.write(w, copy, { room, generation, level, used: env.now() }, job)
      }
      try {
        await db.run(STORES, 'readwrite', work)
      } catch (error) {
        undo()
        throw error
      }
    }
    try {
      await run().catch(async (error: unknown) => {
        if (!isQuota(error)) throw error
        await pruneCopies(db, { now: env.now(), spare: copy, hard: true })
        await run()
      })
      if (job.whole) setGap(false)
      if (gap) return
      journal.settle(last)
      if (job.late.length > 0) journal.taken()
    } catch (error) {
      failed(job, error)
    }
  }

  return {
    get batch() {
      return batch
    },
    get gap() {
      return gap
    },
    added(n) {
      newest = n
    },
    into(generation, level) {
      target = { generation, level }
    },
    open,
    missing: () => setGap(true),
    promptly() {
      if (prompt || ended || factory === null) return
      prompt = true
      queueMicrotask(() => {
        prompt = false
        isNoted = target !== null && !ended && journal.write(target.generation)
        if (gap) within(RETRY)
        else hand()
      })
    },
    soon: () => within(WAITS),
    flush,
    async end() {
      ended = true
      timer?.()
      await quiet()
    },
    close: () => database?.close(),
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && (error.name === 'QuotaExceededError' || isQuota(error.cause))
}
