/** Corners of hand-drawn lines, for recognising forms (SPEC-board B240). */
import { polylineLength, segmentDistance2 } from './polyline.ts'

/** So many points at equal distances along a line. */
export function resampled(line: ArrayLike<number>, count: number): number[] {
  const step = polylineLength(line) / (count - 1)
  const points: number[] = [line[0] ?? 0, line[1] ?? 0]
  let left = step
  for (let i = 2; i + 1 < line.length && points.length < 2 * count; i += 2) {
    let x = line[i - 2] ?? 0
    let y = line[i - 1] ?? 0
    const toX = line[i] ?? 0
    const toY = line[i + 1] ?? 0
    let length = Math.hypot(toX - x, toY - y)
    while (length >= left && length > 0 && points.length < 2 * count) {
      x += ((toX - x) * left) / length
      y += ((toY - y) * left) / length
      points.push(x, y)
      length = Math.hypot(toX - x, toY - y)
      left = step
    }
    left -= length
  }
  const endX = line[line.length - 2] ?? 0
  const endY = line[line.length - 1] ?? 0
  if (points.length < 2 * count) points.push(endX, endY)
  else points.splice(-2, 2, endX, endY)
  return points
}

/** The points of an open line that stay when those closer than `tolerance` to straight pieces go, with both ends. */
export function sharpTurns(points: readonly number[], tolerance: number): number[] {
  const last = points.length / 2 - 1
  const kept = [0, ...between(points, 0, last, tolerance), last]
  return kept.flatMap((i) => [points[2 * i] ?? 0, points[2 * i + 1] ?? 0])
}

/** Douglas and Peucker's: the furthest point splits, as long as it is far enough. */
function between(points: readonly number[], from: number, to: number, tolerance: number): number[] {
  let furthest = -1
  let most = tolerance * tolerance
  for (let i = from + 1; i < to; i++) {
    const distance = segmentDistance2(
      points[2 * i] ?? 0,
      points[2 * i + 1] ?? 0,
      points[2 * from] ?? 0,
      points[2 * from + 1] ?? 0,
      points[2 * to] ?? 0,
      points[2 * to + 1] ?? 0,
    )
    if (distance > most) {
      most = distance
      furthest = i
    }
  }
  if (furthest < 0) return []
  return [
    ...between(points, from, furthest, tolerance),
    furthest,
    ...between(points, furthest, to, tolerance),
  ]
}

/** Share of the size a corner stands out by at least, and corners are apart. */
const STANDS_OUT = 0.055
const APART = 0.12
/** A turn of less than this is no corner. */
const LEAST_TURN = (28 * Math.PI) / 180

/** The corners of a closed line; its last point repeats the first. */
export function cornersOf(points: readonly number[], size: number): number[] {
  const ring = fromFurthest(points)
  let corners = sharpTurns(ring, size * STANDS_OUT).slice(0, -2)
  for (;;) {
    const weak = weakest(corners, size)
    if (weak < 0 || corners.length <= 6) return corners
    corners = corners.filter((_, i) => i >> 1 !== weak)
  }
}

/** Begins where the line is furthest from its middle, which is a corner if there is any. */
function fromFurthest(points: readonly number[]): number[] {
  const count = points.length / 2 - 1
  let mx = 0
  let my = 0
  for (let i = 0; i < count; i++) {
    mx += (points[2 * i] ?? 0) / count
    my += (points[2 * i + 1] ?? 0) / count
  }
  let first = 0
  let most = -1
  for (let i = 0; i < count; i++) {
    const distance = Math.hypot((points[2 * i] ?? 0) - mx, (points[2 * i + 1] ?? 0) - my)
    if (distance > most) {
      most = distance
      first = i
    }
  }
  const ring: number[] = []
  for (let i = 0; i <= count; i++) {
    const at = (first + i) % count
    ring.push(points[2 * at] ?? 0, points[2 * at + 1] ?? 0)
  }
  return ring
}

/** The corner that is least of one: hardly a turn, or too close to its neighbour; -1 when all are. */
function weakest(corners: readonly number[], size: number): number {
  const count = corners.length / 2
  const at = (i: number): readonly [number, number] => {
    const j = ((i % count) + count) % count
    return [corners[2 * j] ?? 0, corners[2 * j + 1] ?? 0]
  }
  let weak = -1
  let least = LEAST_TURN
  for (let i = 0; i < count; i++) {
    const [ax, ay] = at(i - 1)
    const [x, y] = at(i)
    const [bx, by] = at(i + 1)
    const turn = Math.atan2(by - y, bx - x) - Math.atan2(y - ay, x - ax)
    const sharp = Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)))
    // Of two that are close the one that turns less goes, however much that is.
    const close = Math.hypot(x - ax, y - ay) < size * APART || Math.hypot(bx - x, by - y) < size * APART
    const weight = close ? sharp / 8 : sharp
    if (weight < least) {
      least = weight
      weak = i
    }
  }
  return weak
}
