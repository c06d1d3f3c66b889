/** Shapes with the frames that cut them off (SPEC-board B22), the same list for all that are in the same frames. */
import type { Box } from '../../../shared/board/geometry/box.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { framesAround } from '../scene/frames.ts'
import type { Scene } from '../types.ts'
import type { CutShape } from './pack.ts'

const WHOLE: readonly Box[] = []

export function* cutShapes(scene: Scene, shapes: Iterable<Shape>): Generator<CutShape, void> {
  const lists = new Map<string, readonly Box[]>()
  for (const shape of shapes) {
    // Nearly all are in nothing.
    if (shape.parent === null) yield { shape, cut: WHOLE }
    else yield { shape, cut: listOf(scene, shape, lists) }
  }
}

function listOf(scene: Scene, shape: Shape, lists: Map<string, readonly Box[]>): readonly Box[] {
  const frames = framesAround(shape, scene.tree(), scene.shapes)
  if (frames.length === 0) return WHOLE
  const key = frames.map(({ id }) => id).join(' ')
  const known = lists.get(key)
  if (known) return known
  const list = frames.map(({ box }) => box)
  lists.set(key, list)
  return list
}
