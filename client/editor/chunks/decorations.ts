/** The decorations of one chunk, cut out of those of the whole document without going over the others. */
import type { Node } from 'prosemirror-model'
import { DecorationSet } from 'prosemirror-view'
import type { Decoration, DecorationSource } from 'prosemirror-view'
import { firstFrom } from '../row-decorations.ts'
import { isInline, movedTo, partsOf, setsOf, typeOf } from './views.ts'
import type { DecorationType } from './views.ts'

/** One decoration of a chunk, or all within one of its rows; places count from the chunk's start. */
interface Item {
  from: number
  to: number
  what: DecorationType | DecorationSet
}

/** The decorations of one chunk, as ProseMirror asks for them. */
export interface ChunkDecorations extends DecorationSource {
  readonly items: readonly Item[]
  locals(node: Node): readonly Decoration[]
  eq(other: DecorationSource): boolean
}

/** A set, with what stands on or between rows apart from what lies on characters of several rows. */
interface Sorted {
  placed: readonly Decoration[]
  wide: readonly Decoration[]
  within: readonly (number | DecorationSet)[]
}

/** The decorations of a document, ready to be cut. */
export interface DocumentDecorations {
  source: DecorationSource
  sets: readonly Sorted[]
}

/** Prepares the decorations of a document. */
export function sortDecorations(source: DecorationSource): DocumentDecorations {
  const sets = setsOf(source).map((set): Sorted => {
    const { local, children } = partsOf(set)
    const wide = local.filter(isInline)
    const placed = wide.length > 0 ? local.filter((one) => !isInline(one)) : local
    return { placed, wide, within: children }
  })
  return { source, sets }
}

/** Those of the chunk at `base`; `last` says that what stands at the document's end belongs to it too. */
export function cutDecorations(
  { source, sets }: DocumentDecorations,
  base: number,
  size: number,
  last: boolean,
): ChunkDecorations {
  const items: Item[] = []
  const locals: Decoration[] = []
  const end = base + size
  for (const { placed, wide, within } of sets) {
    for (let at = firstFrom(placed.length, base, (index) => placed[index]?.from ?? end); ; at += 1) {
      const one = placed[at]
      if (!one || (last ? one.from > end : one.from >= end)) break
      items.push({ from: one.from - base, to: one.to - base, what: typeOf(one) })
      locals.push(movedTo(one, one.from - base, one.to - base))
    }
    for (const one of wide) {
      if (one.from < end && one.to > base)
        items.push({ from: one.from - base, to: one.to - base, what: typeOf(one) })
    }
    for (let at = firstChild(within, base); at < within.length; at += 3) {
      const from = Number(within[at])
      if (from >= end) break
      const what = within[at + 2]
      if (what instanceof DecorationSet)
        items.push({ from: from - base, to: Number(within[at + 1]) - base, what })
    }
  }
  const sorted = locals.length > 1 && sets.length > 1 ? locals.sort(byPlace) : locals
  return {
    items,
    locals: () => sorted,
    forChild: (offset, child) => childDecorations({ source, sets }, base + offset, child),
    eq: (other) => sameItems(items, (other as Partial<ChunkDecorations>).items),
    map: (mapping, node) => source.map(mapping, node),
    forEachSet: (visit) => source.forEachSet(visit),
  }
}

/** The decorations within the row at `offset`. */
function childDecorations(
  { source, sets }: DocumentDecorations,
  offset: number,
  child: Node,
): DecorationSource {
  if (child.isLeaf) return DecorationSet.empty
  const end = offset + child.nodeSize
  let found: DecorationSet | undefined
  for (const { wide, within } of sets) {
    if (wide.some((one) => one.from < end && one.to > offset)) return source.forChild(offset, child)
    const at = firstChild(within, offset)
    if (within[at] !== offset) continue
    if (found) return source.forChild(offset, child)
    const set = within[at + 2]
    if (set instanceof DecorationSet) found = set
  }
  return found ?? DecorationSet.empty
}

function firstChild(within: readonly (number | DecorationSet)[], place: number): number {
  return 3 * firstFrom(within.length / 3, place, (index) => Number(within[index * 3]))
}

function byPlace(a: Decoration, b: Decoration): number {
  return a.from - b.from || a.to - b.to
}

function sameItems(items: readonly Item[], others: readonly Item[] | undefined): boolean {
  return (
    others !== undefined &&
    items.length === others.length &&
    items.every((item, index) => {
      const other = others[index]
      return (
        other !== undefined && item.from === other.from && item.to === other.to && same(item.what, other.what)
      )
    })
  )
}

function same(a: Item['what'], b: Item['what']): boolean {
  return a === b || (a as DecorationType).eq(b as DecorationType)
}
