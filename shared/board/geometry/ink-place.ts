/** A stroke's points and width where its box puts them. */
import { decodePoints } from '../ink/points.ts'
import type { InkPoints } from '../ink/points.ts'
import type { InkShape } from '../model/shape.ts'
import { placement } from './box.ts'
import type { Matrix } from './matrix.ts'
import { mapX, mapY } from './matrix.ts'

/** From the stroke's own points to the page; null where they are the page's. */
export function inkMatrix({ natural, box }: InkShape): Matrix | null {
  const { left, top, right, bottom } = natural
  if (
    box.x === left &&
    box.y === top &&
    box.w === right - left &&
    box.h === bottom - top &&
    box.r === 0 &&
    !box.flipX &&
    !box.flipY
  )
    return null
  return placement(natural, box)
}

/** The points on the page. */
export function placedPoints(shape: InkShape): InkPoints {
  const points = decodePoints(shape.points)
  const matrix = inkMatrix(shape)
  if (!matrix) return points
  const { xy } = points
  for (let i = 0; i < xy.length; i += 2) {
    const x = xy[i] ?? 0
    const y = xy[i + 1] ?? 0
    xy[i] = mapX(matrix, x, y)
    xy[i + 1] = mapY(matrix, x, y)
  }
  return points
}
