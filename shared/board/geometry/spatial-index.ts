/** The spatial index (SPEC-board B34): which shapes are near, for painting and for hits. */
import RBush from 'rbush'
import type { Shape } from '../model/shape.ts'
import { isEmptyBounds } from './bounds.ts'
import type { Bounds } from './bounds.ts'
import { shapeBounds } from './shape-bounds.ts'
import type { Lookup } from './route.ts'

interface Entry {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
  readonly id: string
}

export interface SpatialIndex {
  /** Ids of shapes whose bounds touch these; in no order. */
  search(bounds: Bounds): string[]
  /** Takes a shape in, or anew; gives its bounds before, null when it was not there. */
  put(shape: Shape): Bounds | null
  remove(id: string): Bounds | null
  bounds(id: string): Bounds | null
  /** Bounds of all shapes; null when there are none. */
  all(): Bounds | null
  readonly size: number
}

/** An index of some shapes; `lookup` is asked for what lines are bound to. */
export function createIndex(shapes: Iterable<Shape>, lookup: Lookup): SpatialIndex {
  const tree = new RBush<Entry>(16)
  const entries = new Map<string, Entry>()
  for (const shape of shapes) {
    const entry = entryOf(shape, lookup)
    if (entry) entries.set(shape.id, entry)
  }
  tree.load([...entries.values()])

  function remove(id: string): Bounds | null {
    const entry = entries.get(id)
    if (!entry) return null
    tree.remove(entry)
    entries.delete(id)
    return boundsOf(entry)
  }

  return {
    search: ({ left, top, right, bottom }) =>
      tree.search({ minX: left, minY: top, maxX: right, maxY: bottom }).map(({ id }) => id),
    put(shape) {
      const before = remove(shape.id)
      const entry = entryOf(shape, lookup)
      if (entry) {
        entries.set(shape.id, entry)
        tree.insert(entry)
      }
      return before
    },
    remove,
    bounds(id) {
      const entry = entries.get(id)
      return entry ? boundsOf(entry) : null
    },
    all() {
      if (entries.size === 0) return null
      const { minX, minY, maxX, maxY } = tree.toJSON() as unknown as Entry
      return { left: minX, top: minY, right: maxX, bottom: maxY }
    },
    get size() {
      return entries.size
    },
  }
}

function entryOf(shape: Shape, lookup: Lookup): Entry | null {
  const bounds = shapeBounds(shape, lookup)
  if (isEmptyBounds(bounds)) return null
  return { minX: bounds.left, minY: bounds.top, maxX: bounds.right, maxY: bounds.bottom, id: shape.id }
}

function boundsOf({ minX, minY, maxX, maxY }: Entry): Bounds {
  return { left: minX, top: minY, right: maxX, bottom: maxY }
}
