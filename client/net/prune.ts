/** Keeps the copies on this device within bounds: the least recently used go first, those with unsaved changes last. */
import { copyName, keysOf, STORES } from './copies.ts'
import type { PadRow, RecoveredRow, RowKey } from './copies.ts'
import { ask } from './database.ts'
import type { Database, Work } from './database.ts'

const MAX_PADS = 60
const MAX_BYTES = 64 * 1024 * 1024
const MAX_AGE = 90 * 86_400_000
/** Copies with unsaved changes are only ever removed beyond these. */
const MAX_UNSAVED_PADS = 300
const MAX_UNSAVED_AGE = 365 * 86_400_000
const MAX_RECOVERED = 50

export interface PruneOptions {
  /** Ms since 1970. */
  now: number
  /** Copy that is never removed. */
  spare: string | null
  /** Remove every copy without unsaved changes, to make room for what has to be written. */
  hard: boolean
}

/** Removes copies over the bounds and rows that no pad points to, in one transaction. */
export function pruneCopies(db: Database, { now, spare, hard }: PruneOptions): Promise<void> {
  return db.run(STORES, 'readwrite', async (w) => {
    const pads = await ask<PadRow[]>(w.store('pads').getAll())
    const unsaved = new Set(await copiesIn(w.store('unsaved')))
    const kept = new Set(spare === null ? [] : [spare])
    pads.sort((a, b) => b.used - a.used)
    let bytes = 0
    let count = 0
    let unsavedCount = 0
    for (const pad of pads) {
      const copy = copyName(pad.room, pad.generation)
      if (copy === spare) continue
      const holdsUnsaved = unsaved.has(copy)
      bytes += pad.bytes
      if (holdsUnsaved) unsavedCount += 1
      else count += 1
      const over = holdsUnsaved
        ? unsavedCount > MAX_UNSAVED_PADS || now - pad.used > MAX_UNSAVED_AGE
        : hard || count > MAX_PADS || bytes > MAX_BYTES || now - pad.used > MAX_AGE
      if (over) w.store('pads').delete(pad.room)
      else kept.add(copy)
    }
    for (const copy of await copiesIn(w.store('updates'))) {
      if (!kept.has(copy)) removeCopy(w, copy)
    }
    const recovered = await ask<RecoveredRow[]>(w.store('recovered').getAll())
    recovered.sort((a, b) => b.at - a.at)
    for (const { room } of recovered.slice(MAX_RECOVERED)) w.store('recovered').delete(room)
  })
}

/** Deletes the rows of a copy; needs the stores `updates` and `unsaved`. */
export function removeCopy(w: Work, copy: string): void {
  w.store('updates').delete(keysOf(copy))
  w.store('unsaved').delete(keysOf(copy))
}

/** Names of the copies that have rows, one look-up each. */
async function copiesIn(store: IDBObjectStore): Promise<string[]> {
  const names: string[] = []
  let key = (await ask(store.getKey(IDBKeyRange.lowerBound([])))) as RowKey | undefined
  while (key !== undefined) {
    names.push(key[0])
    key = (await ask(store.getKey(IDBKeyRange.lowerBound([key[0], []])))) as RowKey | undefined
  }
  return names
}
