/** Places of what has edges to snap to (SPEC-board B207): few shapes on a board of ink, so they are kept apart. */
import { boundsTouch } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { boxBounds } from '../../../shared/board/geometry/box.ts'
import { isBoxed } from '../../../shared/board/model/shape.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Off, Scene } from '../types.ts'

export interface Edges {
  /** Bounds in view that are not of these shapes; at most {@link MOST}, those nearest to `around`. */
  near(seen: Bounds, around: Bounds, except: ReadonlySet<string>): Bounds[]
  readonly off: Off
}

/** What is snapped to at most. */
const MOST = 200

/** Keeps up with the scene. */
export function createEdges(scene: Scene): Edges {
  const places = new Map<string, Bounds>()
  const put = (id: string, shape: Shape | undefined): void => {
    if (shape && isBoxed(shape) && shape.kind !== 'ink') places.set(id, boxBounds(shape.box))
    else places.delete(id)
  }
  for (const [id, shape] of scene.shapes) put(id, shape)
  const off = scene.onChange(({ ids }) => {
    for (const id of ids) put(id, scene.shapes.get(id))
  })
  return {
    off,
    near(seen, around, except) {
      const found: Bounds[] = []
      for (const [id, place] of places) if (!except.has(id) && boundsTouch(place, seen)) found.push(place)
      if (found.length <= MOST) return found
      return found.sort((a, b) => gap(a, around) - gap(b, around)).slice(0, MOST)
    },
  }
}

function gap(a: Bounds, b: Bounds): number {
  return Math.hypot(
    Math.max(0, a.left - b.right, b.left - a.right),
    Math.max(0, a.top - b.bottom, b.top - a.bottom),
  )
}
