/**
 * This device's copy of a document: what makes a pad open at once and without a network, and keeps unsaved changes
 * over a crash. Rows are only added, or removed once a newer row holds them, so two tabs of one pad may write in any
 * order. Nothing here ever throws: a store that is full, missing or broken makes `kept` false.
 */
import type { Level } from '../../shared/access.ts'
import { copyName, createStores, DATABASE, keysOf, STORES, VERSION } from './copies.ts'
import type { PadRow, RecoveredRow, UnsavedRow, UpdateRow } from './copies.ts'
import { ask, openDatabase } from './database.ts'
import type { Database, Work } from './database.ts'
import type { Environment } from './environment.ts'
import { pruneCopies, removeCopy } from './prune.ts'
import { createRows, emptyBatch, giveBack, isNothing } from './rows.ts'
import type { Batch, Found } from './rows.ts'
import type { Off, Recovered } from './types.ts'

/** Ms others' changes may wait, so that a busy pad costs few transactions; own changes are written at once. */
const REMOTE_WAITS = 1000
/** Ms between attempts while the store fails. */
const RETRY = 5000
const PRUNE_AFTER = 10_000

export interface Offline {
  /** Everything appended is in the store, or on its way there. */
  readonly kept: boolean
  /** Reads the copy, or null. Never rejects. The caller applies all of it before anything else is asked of this. */
  load(): Promise<{ found: Found | null; recovered: Recovered | null }>
  /** From now on rows belong to this generation. */
  begin(generation: string, level: Level): void
  /** Keeps one update; `changes` is 0 for what came from the server, else `client` made them. The result is the row's number. */
  append(update: Uint8Array, changes: number, client?: number): number
  /** Own rows up to number `n` are acknowledged; with `found`, those found at {@link load} too. */
  saved(n: number, found: boolean): void
  /** Replaces all rows by one with the whole state soon: some update never came by here. */
  rewrite(): void
  /** Gives up the copy; `recovered` is kept for the next visit. */
  drop(recovered: Recovered | null): Promise<void>
  discardRecovered(): void
  /** Writes what waits. */
  flush(): Promise<void>
  destroy(): Promise<void>
}

/** `state` gives the whole document, for compaction; `changed` is called when `kept` changes. */
export function openOffline(
  env: Environment,
  room: string,
  state: () => Uint8Array,
  changed: () => void,
): Offline {
  const factory = env.indexedDB
  const tab = Array.from({ length: 3 }, () => env.random().toString(36).slice(2, 8)).join('')
  let database: Promise<Database> | null = null
  let generation: string | null = null
  let level: Level = 'read'
  const rows = createRows(tab, state)
  let batch: Batch = emptyBatch()
  /** Something that should be in the store is not: only a whole state mends that. */
  let gap = factory === null
  let timer: Off | null = null
  let pruning: Off = () => {}
  let writing: Promise<void> | null = null
  let ended = false

  function open(): Promise<Database> {
    if (factory === null) return Promise.reject(new Error('no IndexedDB'))
    const before = database ?? Promise.reject(new Error('not open yet'))
    database = before
      .then((db) => (db.open ? db : Promise.reject(new Error('closed'))))
      .catch(() => openDatabase(factory, DATABASE, VERSION, createStores, env.after))
    return database
  }

  function setGap(value: boolean): void {
    if (gap === value) return
    gap = value
    changed()
  }

  function soon(ms: number): void {
    if (ended || factory === null) return
    if (timer !== null && ms > 0) return
    timer?.()
    timer = env.after(gap ? RETRY : ms, () => void flush())
  }

  async function quiet(): Promise<void> {
    const current = writing
    if (current === null) return
    await current
    await quiet()
  }

  /** One writer at a time; whoever comes meanwhile is served by the next round. */
  async function flush(): Promise<void> {
    timer?.()
    timer = null
    await quiet()
    if (writing === null && generation !== null && !ended && factory !== null && !isNothing(batch)) {
      writing = write(generation).finally(() => {
        writing = null
      })
    }
    await quiet()
  }

  async function write(into: string): Promise<void> {
    const job = batch
    batch = emptyBatch()
    job.whole ||= gap || rows.crowded(job)
    try {
      const settle = await attempt(into, job)
      settle()
      setGap(false)
    } catch (error) {
      if (!gap) env.report(error)
      giveBack(batch, job)
      setGap(true)
      soon(RETRY)
    }
  }

  async function attempt(into: string, job: Batch): Promise<() => void> {
    const db = await open()
    const copy = copyName(room, into)
    const work = (w: Work) => rows.write(w, copy, { room, generation: into, level, used: env.now() }, job)
    try {
      return await db.run(STORES, 'readwrite', work)
    } catch (error) {
      if (!isQuota(error)) throw error
      await pruneCopies(db, { now: env.now(), spare: copy, hard: true })
      return await db.run(STORES, 'readwrite', work)
    }
  }

  return {
    get kept() {
      return !gap
    },
    async load() {
      try {
        const db = await open()
        const loaded = await db.run(STORES, 'readonly', async (w) => {
          const recovered = await ask<RecoveredRow | undefined>(w.store('recovered').get(room))
          const pad = await ask<PadRow | undefined>(w.store('pads').get(room))
          const range = keysOf(copyName(room, pad?.generation ?? ''))
          const updates = await ask<UpdateRow[]>(w.store('updates').getAll(range))
          const marks = await ask<UnsavedRow[]>(w.store('unsaved').getAll(range))
          return { recovered: recovered ?? null, found: rows.take(pad, updates, marks) }
        })
        const spare = loaded.found === null ? null : copyName(room, loaded.found.generation)
        pruning = env.after(PRUNE_AFTER, () => {
          pruneCopies(db, { now: env.now(), spare, hard: false }).catch(env.report)
        })
        return loaded
      } catch (error) {
        if (factory !== null) env.report(error)
        setGap(true)
        return { found: null, recovered: null }
      }
    },
    begin(value, may) {
      generation = value
      level = may
      if (!isNothing(batch)) soon(0)
    },
    append(update, changes, client = 0) {
      const n = rows.number()
      if (factory === null) return n
      if (ended) {
        setGap(true)
        return n
      }
      batch.rows.push({ n, update, changes, client })
      soon(changes > 0 ? 0 : REMOTE_WAITS)
      return n
    },
    saved(n, found) {
      batch.clearTo = Math.max(batch.clearTo, n)
      batch.clearFound ||= found
      soon(REMOTE_WAITS)
    },
    rewrite() {
      batch.whole = true
      soon(0)
    },
    async drop(recovered) {
      ended = true
      timer?.()
      await quiet()
      if (factory === null) return
      try {
        const db = await open()
        await db.run(STORES, 'readwrite', (w) => {
          if (recovered !== null) w.store('recovered').put({ ...recovered, room } satisfies RecoveredRow)
          if (generation === null) return
          removeCopy(w, copyName(room, generation))
          w.store('pads').delete(room)
        })
      } catch (error) {
        env.report(error)
        setGap(true)
      }
    },
    discardRecovered() {
      if (factory === null) return
      open()
        .then((db) => db.run(STORES, 'readwrite', (w) => void w.store('recovered').delete(room)))
        .catch(env.report)
    },
    flush,
    async destroy() {
      await flush()
      ended = true
      timer?.()
      pruning()
      const db = await database?.catch(() => null)
      db?.close()
    },
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && (error.name === 'QuotaExceededError' || isQuota(error.cause))
}
