/** Shapes a gesture shows otherwise than the document has them: out of the tiles, on the live layer, until tiles have caught up. */
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Scene } from '../types.ts'

export interface Lifted {
  /** Answers where tiles have to be painted anew. */
  set(preview: ReadonlyMap<string, Shape | null>): Bounds[]
  /** Not to be painted into tiles. */
  hides(id: string): boolean
  /** What is to be painted into tiles. */
  without(shapes: Iterable<Shape>): Iterable<Shape>
  readonly lookup: Lookup
  /** Shows strokes until tiles do: one that goes under others must not blink. */
  keep(ids: Iterable<string>): void
  /** What the live layer shows, in painting order. */
  shown(): Shape[]
  /** Lets go of shapes put down whose tiles show them. True: some went. */
  settle(isClean: (bounds: Bounds) => boolean): boolean
}

export function createLifted(scene: Scene): Lifted {
  let preview: ReadonlyMap<string, Shape | null> = new Map()
  /** Those of the preview, and lines that stay on them. */
  let hidden: ReadonlySet<string> = new Set()
  /** Put down again: shown here until tiles show them. */
  const leaving = new Set<string>()

  function withLines(shapes: ReadonlyMap<string, Shape | null>): Set<string> {
    const ids = new Set(shapes.keys())
    for (const [id, shape] of shapes) if (shape) for (const line of scene.linesOn(id)) ids.add(line)
    return ids
  }

  function* left(shapes: Iterable<Shape>): Generator<Shape, void> {
    for (const shape of shapes) if (!hidden.has(shape.id)) yield shape
  }

  return {
    set(next) {
      const before = hidden
      preview = next
      hidden = withLines(next)
      const dirty: Bounds[] = []
      const spoil = (id: string): void => {
        const bounds = scene.bounds(id)
        if (bounds) dirty.push(bounds)
      }
      for (const id of hidden) {
        leaving.delete(id)
        if (!before.has(id)) spoil(id)
      }
      for (const id of before) {
        if (hidden.has(id)) continue
        spoil(id)
        leaving.add(id)
      }
      return dirty
    },
    hides: (id) => hidden.has(id),
    without(shapes) {
      if (hidden.size === 0) return shapes
      if (Array.isArray(shapes)) return (shapes as readonly Shape[]).filter(({ id }) => !hidden.has(id))
      return left(shapes)
    },
    keep(ids) {
      for (const id of ids) if (!hidden.has(id) && scene.shapes.get(id)?.kind === 'ink') leaving.add(id)
    },
    lookup(id) {
      const shape = preview.get(id)
      return shape === undefined ? scene.shapes.get(id) : (shape ?? undefined)
    },
    shown() {
      const known: Shape[] = []
      const fresh: Shape[] = []
      const add = (id: string, shape: Shape | null | undefined): void => {
        if (shape) (scene.shapes.has(id) ? known : fresh).push(shape)
      }
      for (const id of hidden) add(id, preview.has(id) ? preview.get(id) : scene.shapes.get(id))
      for (const id of leaving) add(id, scene.shapes.get(id))
      return [...scene.inOrder(known), ...fresh]
    },
    settle(isClean) {
      let went = false
      for (const id of leaving) {
        const bounds = scene.bounds(id)
        if (bounds && !isClean(bounds)) continue
        leaving.delete(id)
        went = true
      }
      return went
    },
  }
}
