/** What frames cut off (SPEC-board B22). */
import { boxCorners } from '../../../shared/board/geometry/box.ts'
import { polygonHolds } from '../../../shared/board/geometry/polyline.ts'
import type { FrameShape, Shape } from '../../../shared/board/model/shape.ts'
import type { Shapes, Tree } from '../../../shared/board/model/tree.ts'

const NONE: readonly FrameShape[] = []

/** The frames a shape is in, outermost first; it is seen only within all of them. */
export function framesAround(shape: Shape, tree: Tree, shapes: Shapes): readonly FrameShape[] {
  if (shape.parent === null) return NONE
  let at = tree.parents.get(shape.id) ?? null
  if (at === null) return NONE
  const frames: FrameShape[] = []
  for (; at !== null; at = tree.parents.get(at) ?? null) {
    const parent = shapes.get(at)
    if (parent?.kind === 'frame') frames.push(parent)
  }
  return frames.reverse()
}

/** Whether no frame cuts a place of a shape off. */
export function seenInFrames(shape: Shape, x: number, y: number, tree: Tree, shapes: Shapes): boolean {
  return framesAround(shape, tree, shapes).every(({ box }) => polygonHolds(boxCorners(box), x, y))
}
