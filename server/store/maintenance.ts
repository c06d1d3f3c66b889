/** When to snapshot, which snapshots stay, and what to pack (DESIGN D5, SPEC-store ST40 to ST42). */
import type { PackState, Store } from './store.ts'

/** A tail up to this many bytes needs no snapshot yet. */
export const SNAPSHOT_TAIL_BYTES = 64 * 1024
/** A tail longer than this is worth a snapshot when the document is unloaded. */
export const SNAPSHOT_TAIL_ROWS = 500
/** Milliseconds after which a row is old enough to pack. */
export const PACK_AGE = 60 * 60 * 1000
/** Rows of one chunk. */
export const PACK_ROWS = 1000
/** Fewer rows than this are not worth a chunk of their own. */
export const PACK_LEAST = 250

/** Should the document's state be kept now? Sizes in bytes; `lastSnapshotBytes` is 0 for none. */
export function shouldSnapshot(state: {
  tailBytes: number
  tailRows: number
  lastSnapshotBytes: number
  unloading: boolean
}): boolean {
  if (state.tailRows === 0) return false
  if (state.unloading && state.tailRows > SNAPSHOT_TAIL_ROWS) return true
  return state.tailBytes > Math.max(SNAPSHOT_TAIL_BYTES, 2 * state.lastSnapshotBytes)
}

/**
 * Up to which seq the store should pack now, in runs of {@link PACK_ROWS}; 0 for nothing. Rows after the newest
 * snapshot stay as they are, because opening the document reads them; a last run may be shorter, but not tiny.
 */
export function packable(state: PackState): number {
  const upTo = Math.min(state.lastOldSeq, state.snapshotSeq)
  const rows = upTo - state.packedTo
  if (rows < PACK_LEAST) return 0
  return rows % PACK_ROWS < PACK_LEAST ? upTo - (rows % PACK_ROWS) : upTo
}

/** Packs what is old enough at `now`, at most `runs` chunks; gives the number of rows packed. */
export async function packOldRows(
  store: Pick<Store, 'packState' | 'pack'>,
  document: number,
  now: number,
  runs = 100,
): Promise<number> {
  const upTo = packable(await store.packState(document, now - PACK_AGE))
  let packed = 0
  if (upTo === 0) return packed
  for (let run = 0; run < runs; run++) {
    const rows = await store.pack(document, upTo, PACK_ROWS)
    if (rows === 0) break
    packed += rows
  }
  return packed
}

/**
 * The snapshots that may go: the two newest stay, and of the older ones as many as keep every gap no wider than its
 * distance from the newest, so that gaps grow geometrically with age. Seqs in any order.
 */
export function expendableSnapshots(seqs: readonly number[]): number[] {
  const descending = [...new Set(seqs)].sort((a, b) => b - a)
  const newest = descending[0]
  let kept = descending[1]
  if (newest === undefined || kept === undefined) return []
  const expendable: number[] = []
  for (const [index, seq] of descending.entries()) {
    if (index < 2) continue
    const older = descending[index + 1] ?? 0
    if (kept - older <= newest - kept) expendable.push(seq)
    else kept = seq
  }
  return expendable
}
