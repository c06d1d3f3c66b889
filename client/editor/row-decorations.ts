/**
 * Decorations of rows and within rows, changed row by row. ProseMirror's own `add`, `remove` and `map` compare every
 * decoration with every row, which takes seconds where there are ten thousand of each; here only the rows that changed are
 * looked at, and what comes after them is moved.
 */
import type { Node } from 'prosemirror-model'
import { DecorationSet } from 'prosemirror-view'
import type { Decoration } from 'prosemirror-view'
import { movedTo, partsOf, setOf } from './chunks/views.ts'

/** What decorates one row. */
export interface DecoratedRow {
  /** Where the row begins and its size, in the new document. */
  pos: number
  size: number
  /** On the row as a whole: from `pos` to `pos + size`. */
  around?: Decoration
  /** On its characters, in order; places count from the row's first character. */
  within?: readonly Decoration[]
  /** The same as a set, for a row that holds rows itself. */
  inside?: DecorationSet
}

/**
 * `set` with `rows`, in order, instead of what lay on the old rows from `from` to `to` (places); what follows moves by
 * `shift`. The set may hold nothing but decorations of whole rows and within rows.
 */
export function replaceRows(
  set: DecorationSet,
  { from, to, shift }: { from: number; to: number; shift: number },
  rows: readonly DecoratedRow[],
): DecorationSet {
  const { local, children } = partsOf(set)
  const around = rows.flatMap((row) => row.around ?? [])
  const first = firstFrom(local.length, from, (at) => local[at]?.from ?? 0)
  const after = firstFrom(local.length, to, (at) => local[at]?.from ?? 0)
  const moved = local.slice(after)
  const within: (number | DecorationSet)[] = []
  for (const { pos, size, within: own, inside } of rows) {
    if (inside) within.push(pos, pos + size, inside)
    else if (own && own.length > 0) within.push(pos, pos + size, setOf(own, []))
  }
  const start = (at: number): number => Number(children[at * 3])
  const firstRow = 3 * firstFrom(children.length / 3, from, start)
  const rowAfter = 3 * firstFrom(children.length / 3, to, start)
  const rest = children.slice(rowAfter)
  return setOf(
    [
      ...local.slice(0, first),
      ...around,
      ...(shift === 0 ? moved : moved.map((one) => movedTo(one, one.from + shift, one.to + shift))),
    ],
    [
      ...children.slice(0, firstRow),
      ...within,
      ...(shift === 0 ? rest : rest.map((part) => (typeof part === 'number' ? part + shift : part))),
    ],
  )
}

/** What decorates each of a node's children, as a set; a child without decorations gives nothing or the empty set. */
export function setOfChildren(
  node: Node,
  decorate: (
    child: Node,
    pos: number,
  ) => { around?: Decoration | undefined; inside: DecorationSet } | undefined,
): DecorationSet {
  const local: Decoration[] = []
  const parts: (number | DecorationSet)[] = []
  node.forEach((child, pos) => {
    const found = decorate(child, pos)
    if (found?.around) local.push(found.around)
    if (found && found.inside !== DecorationSet.empty) parts.push(pos, pos + child.nodeSize, found.inside)
  })
  return setOf(local, parts)
}

/** The first of `count` sorted places that is not before `place`. */
export function firstFrom(count: number, place: number, at: (index: number) => number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(middle) < place) low = middle + 1
    else high = middle
  }
  return low
}
