/** Frames and groups (SPEC-board B11, B22): who is in what, and in which order everything is painted. */
import { MAX_DEPTH } from '../limits.ts'
import { compareOrder } from './order.ts'
import { isParentKind } from './shape.ts'
import type { Shape } from './shape.ts'

export type Shapes = ReadonlyMap<string, Shape>

/** Who is in what. The key null is the board itself; each list is in painting order. */
export interface Tree {
  readonly children: ReadonlyMap<string | null, readonly Shape[]>
  /** The parent that counts: a missing, a wrong or a circular one counts as none. */
  readonly parents: ReadonlyMap<string, string | null>
}

/** The tree of a board: pure, so that everybody sees the same, also where two people put frames into each other at once. */
export function treeOf(shapes: Shapes): Tree {
  const children = new Map<string | null, Shape[]>()
  const parents = new Map<string, string | null>()
  const looped = loops(shapes)
  for (const shape of shapes.values()) {
    const parent = looped.has(shape.id) ? null : rightParent(shapes, shape)
    parents.set(shape.id, parent)
    const list = children.get(parent)
    if (list) list.push(shape)
    else children.set(parent, [shape])
  }
  for (const list of children.values()) list.sort(compareOrder)
  return { children, parents }
}

function rightParent(shapes: Shapes, shape: Shape): string | null {
  if (shape.parent === null || shape.parent === shape.id) return null
  const parent = shapes.get(shape.parent)
  return parent && isParentKind(parent.kind) ? parent.id : null
}

/** Shapes whose parent does not count: of each circle the one with the smallest id, and those {@link MAX_DEPTH} deep. */
function loops(shapes: Shapes): Set<string> {
  const cut = new Set<string>()
  /** Levels above each parent that is settled. */
  const depth = new Map<string, number>()
  const settle = (start: Shape): void => {
    const way: Shape[] = []
    const seen = new Set<string>()
    let at: Shape | undefined = start
    while (at && !depth.has(at.id) && !seen.has(at.id)) {
      seen.add(at.id)
      way.push(at)
      const parent = rightParent(shapes, at)
      at = parent === null ? undefined : shapes.get(parent)
    }
    if (at && seen.has(at.id)) {
      const circle = way.slice(way.indexOf(at))
      const first = circle.reduce((least, shape) => (shape.id < least.id ? shape : least))
      cut.add(first.id)
      // The rest hangs on the one that was cut, so its way is walked again, from there.
      const others = way.filter((shape) => shape !== first)
      depth.set(first.id, 0)
      for (const shape of others) if (!depth.has(shape.id)) settle(shape)
      return
    }
    let level = at ? (depth.get(at.id) ?? 0) + 1 : 0
    for (const shape of way.reverse()) {
      if (level >= MAX_DEPTH) {
        cut.add(shape.id)
        level = 0
      }
      depth.set(shape.id, level++)
    }
  }
  for (const shape of shapes.values()) if (isParentKind(shape.kind) && shape.parent !== null) settle(shape)
  return cut
}

/** All shapes as they are painted, first the lowest: a parent, what is in it, then its next sibling. */
export function paintOrder(tree: Tree, from: string | null = null): Shape[] {
  const order: Shape[] = []
  const walk = (parent: string | null): void => {
    for (const shape of tree.children.get(parent) ?? []) {
      order.push(shape)
      if (isParentKind(shape.kind)) walk(shape.id)
    }
  }
  walk(from)
  return order
}

/** The shapes and all that is in them, each once. */
export function withDescendants(tree: Tree, ids: Iterable<string>): Set<string> {
  const all = new Set<string>()
  for (const id of ids) {
    all.add(id)
    for (const shape of paintOrder(tree, id)) all.add(shape.id)
  }
  return all
}

/** The outermost group a shape is in, which is what a click selects; the shape itself when there is none. */
export function outermostGroup(shapes: Shapes, tree: Tree, id: string): string {
  let outermost = id
  for (let at = tree.parents.get(id) ?? null; at !== null; at = tree.parents.get(at) ?? null) {
    if (shapes.get(at)?.kind === 'group') outermost = at
  }
  return outermost
}

/** Whether a shape can be put into a parent: not into itself or what it holds, not too deep. */
export function canEnter(shapes: Shapes, tree: Tree, id: string, parent: string): boolean {
  const into = shapes.get(parent)
  if (!into || !isParentKind(into.kind)) return false
  let above = 1
  for (let at: string | null = parent; at !== null; at = tree.parents.get(at) ?? null) {
    if (at === id) return false
    above++
  }
  return above + heightOf(tree, id) <= MAX_DEPTH
}

function heightOf(tree: Tree, id: string): number {
  let height = 0
  for (const child of tree.children.get(id) ?? [])
    if (isParentKind(child.kind)) height = Math.max(height, 1 + heightOf(tree, child.id))
  return height
}
