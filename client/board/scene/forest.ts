/** Who is in what and what lies on what, kept equal with the shapes: a stroke more costs one place in a list. */
import { MAX_DEPTH } from '../../../shared/board/limits.ts'
import { compareOrder } from '../../../shared/board/model/order.ts'
import { isParentKind } from '../../../shared/board/model/shape.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { treeOf } from '../../../shared/board/model/tree.ts'
import type { Shapes, Tree } from '../../../shared/board/model/tree.ts'

export interface Forest {
  /** The tree as it is now; it changes in place. */
  tree(): Tree
  /** A shape came (no `before`), changed or went (no `after`); the map of shapes holds it already. */
  change(before: Shape | undefined, after: Shape | undefined): void
  /** So much has changed that the tree is made anew when it is asked for. */
  reset(): void
  /** The shapes, or others with their ids, in painting order (SPEC-board B22). The list is the caller's own and may be sorted in place. */
  sort(list: Shape[]): Shape[]
  /** All shapes in painting order, found while they are asked for. */
  walk(): Generator<Shape, void>
}

/** Of all shapes, the share from which a walk of the tree is cheaper than sorting. */
const WALK_SHARE = 0.3

export function createForest(shapes: Shapes): Forest {
  let children = new Map<string | null, Shape[]>()
  let parents = new Map<string, string | null>()
  let stale = true

  function fresh(): Tree {
    if (stale) {
      const tree = treeOf(shapes)
      // The tree is this one's own, made a moment ago.
      children = tree.children as Map<string | null, Shape[]>
      parents = tree.parents as Map<string, string | null>
      stale = false
    }
    return { children, parents }
  }

  function takeOut(shape: Shape): void {
    const parent = parents.get(shape.id) ?? null
    const list = children.get(parent)
    const at = list ? placeOf(list, shape) : -1
    if (list?.[at]?.id !== shape.id) {
      stale = true
      return
    }
    list.splice(at, 1)
    if (list.length === 0) children.delete(parent)
    parents.delete(shape.id)
  }

  function putIn(shape: Shape): void {
    const named = shape.parent === null ? undefined : shapes.get(shape.parent)
    const parent = named && isParentKind(named.kind) && named.id !== shape.id ? named.id : null
    if (parent !== null && depthOf(parent) >= MAX_DEPTH - 1) {
      stale = true
      return
    }
    parents.set(shape.id, parent)
    const list = children.get(parent)
    if (list) list.splice(placeOf(list, shape), 0, shape)
    else children.set(parent, [shape])
  }

  function depthOf(id: string): number {
    let depth = 0
    for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) depth++
    return depth
  }

  function chainOf(shape: Shape): Shape[] {
    const chain = [shape]
    for (let at = parents.get(shape.id) ?? null; at !== null; at = parents.get(at) ?? null) {
      const parent = shapes.get(at)
      if (parent) chain.push(parent)
    }
    return chain.reverse()
  }

  function walked(wanted: ReadonlyMap<string, Shape>): Shape[] {
    const sorted: Shape[] = []
    const walk = (parent: string | null): void => {
      for (const { id, kind } of children.get(parent) ?? []) {
        const shape = wanted.get(id)
        if (shape) sorted.push(shape)
        if (isParentKind(kind)) walk(id)
      }
    }
    walk(null)
    return sorted
  }

  function* walk(parent: string | null): Generator<Shape, void> {
    // A copy: the list may change between two steps.
    for (const { id, kind } of children.get(parent)?.slice() ?? []) {
      const shape = shapes.get(id)
      if (shape) yield shape
      if (isParentKind(kind)) yield* walk(id)
    }
  }

  return {
    tree: fresh,
    walk() {
      fresh()
      return walk(null)
    },
    change(before, after) {
      if (stale) return
      const shape = after ?? before
      const moves = before?.parent !== after?.parent || before?.order !== after?.order
      // What is in a parent goes where it goes: that is for the tree as a whole.
      if (
        (before && isParentKind(before.kind) && moves) ||
        (after && isParentKind(after.kind) && moves) ||
        (before && after && before.kind !== after.kind) ||
        (shape && isParentKind(shape.kind) && !(before && after))
      ) {
        stale = true
        return
      }
      if (before) takeOut(before)
      if (after && !stale) putIn(after)
    },
    reset() {
      stale = true
    },
    sort(list) {
      fresh()
      if (list.length > 64 && list.length > shapes.size * WALK_SHARE)
        return walked(new Map(list.map((shape) => [shape.id, shape])))
      if (list.every(({ id }) => (parents.get(id) ?? null) === null)) return list.sort(compareOrder)
      const chains = new Map(list.map((shape) => [shape, chainOf(shape)]))
      return list.sort((a, b) => compareChains(chains.get(a) ?? [], chains.get(b) ?? []))
    },
  }
}

/** The place of a shape among sorted siblings, or where it belongs. */
function placeOf(list: readonly Shape[], shape: Shape): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = list[middle]
    if (other && compareOrder(other, shape) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** A parent lies under what is in it; else the first two that differ decide. */
function compareChains(a: readonly Shape[], b: readonly Shape[]): number {
  for (let i = 0; ; i++) {
    const one = a[i]
    const other = b[i]
    if (!one || !other) return a.length - b.length
    if (one.id !== other.id) return compareOrder(one, other)
  }
}
