/**
 * This device's copy of a document: what makes a pad open at once and without a network, and keeps unsaved changes
 * over a crash. Rows are only added, or removed once a newer row holds them, so two tabs of one pad may write in any
 * order. Nothing here ever throws: a store that is full, missing or broken makes `kept` false.
 */
import type { Level } from '../../shared/access.ts'
import { copyName, keysOf, STORES } from './copies.ts'
import type { PadRow, RecoveredRow, UnsavedRow, UpdateRow } from './copies.ts'
import { ask } from './database.ts'
import type { Environment } from './environment.ts'
import { openJournal } from './journal.ts'
import { pruneCopies, removeCopy } from './prune.ts'
import { createRows, isNothing } from './rows.ts'
import type { Found } from './rows.ts'
import type { Off, Recovered } from './types.ts'
import { createWriter } from './writer.ts'

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
  /** Writes what waits; handed to the browser when this returns, in the store when it resolves. */
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
  const journal = openJournal(env, room, tab)
  const rows = createRows(tab, state)
  const writer = createWriter({ env, room, rows, journal, changed })
  let generation: string | null = null
  let pruning: Off = () => {}
  let ended = false

  return {
    get kept() {
      return !writer.gap
    },
    async load() {
      // First the journal: what leaves it meanwhile is in the store.
      const left = journal.read()
      try {
        const db = await writer.open()
        const { recovered, found, late } = await db.run(STORES, 'readonly', async (w) => {
          // Side by side: the server is asked once all of them are answered.
          const [text, pad] = await Promise.all([
            ask<RecoveredRow | undefined>(w.store('recovered').get(room)),
            ask<PadRow | undefined>(w.store('pads').get(room)),
          ])
          const range = keysOf(copyName(room, pad?.generation ?? ''))
          const [updates, marks] = await Promise.all([
            ask<UpdateRow[]>(w.store('updates').getAll(range)),
            ask<UnsavedRow[]>(w.store('unsaved').getAll(range)),
          ])
          return { recovered: text ?? null, ...rows.take(pad, updates, marks, left) }
        })
        writer.batch.late.push(...late)
        if (found !== null && late.length === 0) journal.taken()
        const spare = found === null ? null : copyName(room, found.generation)
        pruning = env.after(PRUNE_AFTER, () => {
          journal.prune()
          pruneCopies(db, { now: env.now(), spare, hard: false }).catch(env.report)
        })
        return { recovered, found }
      } catch (error) {
        if (factory !== null) env.report(error)
        writer.missing()
        return { found: null, recovered: null }
      }
    },
    begin(value, level) {
      generation = value
      writer.into(value, level)
      if (!isNothing(writer.batch)) writer.promptly()
    },
    append(update, changes, client = 0) {
      const n = rows.number()
      if (factory === null) return n
      if (ended) {
        writer.missing()
        return n
      }
      const row = { n, update, changes, client }
      writer.batch.rows.push(row)
      writer.added(n)
      journal.add(row)
      if (changes > 0) writer.promptly()
      else writer.soon()
      return n
    },
    saved(n, found) {
      const { batch } = writer
      batch.clearTo = Math.max(batch.clearTo, n)
      batch.clearFound ||= found
      writer.soon()
    },
    rewrite() {
      writer.batch.whole = true
      writer.promptly()
    },
    async drop(recovered) {
      ended = true
      await writer.end()
      journal.drop()
      if (factory === null) return
      try {
        const db = await writer.open()
        await db.run(STORES, 'readwrite', (w) => {
          if (recovered !== null) w.store('recovered').put({ ...recovered, room } satisfies RecoveredRow)
          if (generation === null) return
          removeCopy(w, copyName(room, generation))
          w.store('pads').delete(room)
        })
      } catch (error) {
        env.report(error)
        writer.missing()
      }
    },
    discardRecovered() {
      if (factory === null) return
      writer
        .open()
        .then((db) => db.run(STORES, 'readwrite', (w) => void w.store('recovered').delete(room)))
        .catch(env.report)
    },
    flush: () => writer.flush(),
    async destroy() {
      await writer.flush()
      ended = true
      pruning()
      await writer.end()
      journal.close()
      writer.close()
    },
  }
}
