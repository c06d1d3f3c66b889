/**
 * A shape's place: a rectangle, turned about its centre, and whether what it holds is mirrored in it (SPEC-board B7). The
 * place of a shape never depends on another shape.
 */
import { boundsOfPoints } from './bounds.ts'
import type { Bounds } from './bounds.ts'
import { compose, mapPoints, normalAngle, rotation } from './matrix.ts'
import type { Matrix } from './matrix.ts'

export interface Box {
  /** Left and top before turning. */
  readonly x: number
  readonly y: number
  /** At least 0. */
  readonly w: number
  readonly h: number
  /** Radians, clockwise. */
  readonly r: number
  /** Left and right, top and bottom have changed places. */
  readonly flipX: boolean
  readonly flipY: boolean
}

export function boxOf(x: number, y: number, w: number, h: number, r = 0): Box {
  return { x, y, w, h, r, flipX: false, flipY: false }
}

export function boxOfBounds({ left, top, right, bottom }: Bounds): Box {
  return boxOf(left, top, right - left, bottom - top)
}

/** As it is stored: a mirrored side is negative. */
export function boxToArray({ x, y, w, h, r, flipX, flipY }: Box): number[] {
  return [x, y, flipX ? -w : w, flipY ? -h : h, r].map((number) => Math.fround(number))
}

/** From what is stored and checked (`check/values.ts`). */
export function boxFromArray(array: readonly number[]): Box {
  const [x = 0, y = 0, w = 0, h = 0, r = 0] = array
  return { x, y, w: Math.abs(w), h: Math.abs(h), r, flipX: w < 0, flipY: h < 0 }
}

export function boxCentre({ x, y, w, h }: Box): { x: number; y: number } {
  return { x: x + w / 2, y: y + h / 2 }
}

/** From the unit square to the page: mirrored, stretched, turned. */
export function boxMatrix(box: Box): Matrix {
  const { x, y, w, h, r, flipX, flipY } = box
  const upright: Matrix = [flipX ? -w : w, 0, 0, flipY ? -h : h, flipX ? x + w : x, flipY ? y + h : y]
  if (r === 0) return upright
  return compose(rotation(r, x + w / 2, y + h / 2), upright)
}

/** Only the turning, for what is measured in page units inside the box (text, pictures). */
export function boxRotation({ x, y, w, h, r }: Box): Matrix {
  return rotation(r, x + w / 2, y + h / 2)
}

/** From natural bounds, such as those of a stroke's points, to where the box puts them. */
export function placement(natural: Bounds, box: Box): Matrix {
  const width = natural.right - natural.left
  const height = natural.bottom - natural.top
  // What has no width cannot be stretched: it lies in the middle.
  const sx = width === 0 ? 0 : 1 / width
  const sy = height === 0 ? 0 : 1 / height
  const toUnit: Matrix = [
    sx,
    0,
    0,
    sy,
    width === 0 ? 0.5 : -natural.left / width,
    height === 0 ? 0.5 : -natural.top / height,
  ]
  return compose(boxMatrix(box), toUnit)
}

/** The four corners on the page, clockwise from the one that is top left before turning. */
export function boxCorners({ x, y, w, h, r }: Box): number[] {
  const corners = [x, y, x + w, y, x + w, y + h, x, y + h]
  return r === 0 ? corners : mapPoints(rotation(r, x + w / 2, y + h / 2), corners)
}

export function boxBounds(box: Box): Bounds {
  if (box.r === 0) return { left: box.x, top: box.y, right: box.x + box.w, bottom: box.y + box.h }
  return boundsOfPoints(boxCorners(box))
}

/**
 * The box after a map. Boxes have no slant: when the map stretches a turned box unevenly, its sides get the lengths they
 * would have, and keep their right angle.
 */
export function mapBox(box: Box, map: Matrix): Box {
  const [a, b, c, d] = map
  const cos = Math.cos(box.r)
  const sin = Math.sin(box.r)
  // Where the box's own axes lead.
  const ux = a * cos + c * sin
  const uy = b * cos + d * sin
  const vx = -a * sin + c * cos
  const vy = -b * sin + d * cos
  const w = box.w * Math.hypot(ux, uy)
  const h = box.h * Math.hypot(vx, vy)
  const mirrored = a * d - b * c < 0
  const { x, y } = boxCentre(box)
  const cx = a * x + c * y + map[4]
  const cy = b * x + d * y + map[5]
  // A mirrored box is turned the other way about and mirrored in itself: across, when the map keeps what is up, else down.
  const across = mirrored && vy * cos - vx * sin > 0
  const down = mirrored && !across
  const r = across ? Math.atan2(-vx, vy) : Math.atan2(uy, ux)
  return {
    x: cx - w / 2,
    y: cy - h / 2,
    w,
    h,
    r: normalAngle(r),
    flipX: box.flipX !== across,
    flipY: box.flipY !== down,
  }
}
