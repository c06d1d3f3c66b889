/** Which rows (lines and blocks) of a document changed. Several plugins ask the same of each key, so the last answer is kept. */
import type { Node } from 'prosemirror-model'

/** Rows `from` to before `oldTo` became rows `from` to before `newTo`; all others are the very same nodes. */
export interface ChangedRows {
  readonly from: number
  readonly oldTo: number
  readonly newTo: number
}

let last: { before: WeakRef<Node>; after: WeakRef<Node>; rows: ChangedRows } | undefined

/** The rows in which two versions of a document differ; empty (`from` equals both ends) when in none. */
export function changedRows(before: Node, after: Node): ChangedRows {
  if (last && last.before.deref() === before && last.after.deref() === after) return last.rows
  const old = before.children
  const now = after.children
  const least = Math.min(old.length, now.length)
  let from = 0
  while (from < least && old[from] === now[from]) from += 1
  let same = 0
  while (same < least - from && old[old.length - 1 - same] === now[now.length - 1 - same]) same += 1
  const rows = { from, oldTo: old.length - same, newTo: now.length - same }
  last = { before: new WeakRef(before), after: new WeakRef(after), rows }
  return rows
}
