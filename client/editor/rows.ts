/** Which rows (lines and blocks) of a document changed. Several plugins ask the same of each key, so the last answer is kept. */
import type { Node } from 'prosemirror-model'

/** Rows `from` to before `oldTo` became rows `from` to before `newTo`; all others are the very same nodes. */
export interface ChangedRows {
  readonly from: number
  readonly oldTo: number
  readonly newTo: number
  /** Where row `from` begins, in both documents. */
  readonly pos: number
  /** Where row `oldTo` begins in the old document, and row `newTo` in the new one. */
  readonly oldEnd: number
  readonly newEnd: number
}

let last: { before: WeakRef<Node>; after: WeakRef<Node>; rows: ChangedRows } | undefined

/** The rows in which two versions of a document differ; empty (`from` equals both ends) when in none. */
export function changedRows(before: Node, after: Node): ChangedRows {
  if (last && last.before.deref() === before && last.after.deref() === after) return last.rows
  const old = before.children
  const now = after.children
  const least = Math.min(old.length, now.length)
  let from = 0
  let pos = 0
  for (; from < least; from += 1) {
    const row = old[from]
    if (!row || row !== now[from]) break
    pos += row.nodeSize
  }
  let same = 0
  while (same < least - from && old[old.length - 1 - same] === now[now.length - 1 - same]) same += 1
  const oldTo = old.length - same
  const newTo = now.length - same
  const oldEnd = pos + sizeOf(old, from, oldTo)
  const rows = { from, oldTo, newTo, pos, oldEnd, newEnd: pos + sizeOf(now, from, newTo) }
  last = { before: new WeakRef(before), after: new WeakRef(after), rows }
  return rows
}

/**
 * Whether rows came or went, or another row was changed than one whose words alone changed. False says: every row's number
 * and look is what it was, though one of them may be higher or lower now.
 */
export function rowsMoved(before: Node, after: Node): boolean {
  if (before === after) return false
  const { from, oldTo, newTo } = changedRows(before, after)
  if (oldTo !== newTo || newTo > from + 1) return true
  const [old, now] = [before.maybeChild(from), after.maybeChild(from)]
  return newTo > from && !(old && now?.sameMarkup(old))
}

/** The size of some rows. */
export function sizeOf(rows: readonly Node[], from: number, to: number): number {
  let size = 0
  for (let at = from; at < to; at += 1) size += rows[at]?.nodeSize ?? 0
  return size
}
