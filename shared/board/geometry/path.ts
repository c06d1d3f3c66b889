/**
 * Paths: numbers only, so that canvas, SVG and PDF walk the same list (SPEC-board B40). Each step is a code and its
 * coordinates: move (x y), line (x y), quadratic (cx cy x y), cubic (ax ay bx by x y), close.
 */
import { mapX, mapY } from './matrix.ts'
import type { Matrix } from './matrix.ts'

export const MOVE = 0
export const LINE = 1
export const QUADRATIC = 2
export const CUBIC = 3
export const CLOSE = 4

export type Path = readonly number[]

/** Coordinates after each code. */
const ARGUMENTS = [2, 2, 4, 6, 0]

export function argumentsOf(code: number): number {
  return ARGUMENTS[code] ?? 0
}

/** Straight lines through x and y by turns. */
export function polylinePath(points: ArrayLike<number>, closed = false): number[] {
  const path: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2)
    path.push(i === 0 ? MOVE : LINE, points[i] ?? 0, points[i + 1] ?? 0)
  if (closed && path.length > 0) path.push(CLOSE)
  return path
}

/** The path after a map. */
export function mapPath(map: Matrix, path: Path): number[] {
  const mapped: number[] = []
  for (let i = 0; i < path.length;) {
    const code = path[i++] ?? CLOSE
    mapped.push(code)
    for (let left = argumentsOf(code); left > 0; left -= 2, i += 2) {
      const x = path[i] ?? 0
      const y = path[i + 1] ?? 0
      mapped.push(mapX(map, x, y), mapY(map, x, y))
    }
  }
  return mapped
}

/** Lines a curve is cut into at most. */
const MOST_PIECES = 64

/** Pieces that keep a cubic within the tolerance (Wang's bound); at least 1. */
export function cubicPieces(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  x3: number,
  y3: number,
  tolerance: number,
): number {
  const first = Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2)
  const second = Math.hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3)
  const pieces = Math.ceil(Math.sqrt((0.75 * Math.max(first, second)) / tolerance))
  return Math.min(MOST_PIECES, Math.max(1, pieces))
}

/** The path as polylines, each x and y by turns, no further from it than `tolerance` page units. Closed ones end where they begin. */
export function flatten(path: Path, tolerance: number): number[][] {
  const lines: number[][] = []
  let line: number[] = []
  let x = 0
  let y = 0
  let startX = 0
  let startY = 0
  const at = (i: number): number => path[i] ?? 0
  for (let i = 0; i < path.length;) {
    const code = at(i++)
    if (code === MOVE) {
      x = at(i)
      y = at(i + 1)
      startX = x
      startY = y
      line = [x, y]
      lines.push(line)
    } else if (code === LINE) {
      x = at(i)
      y = at(i + 1)
      line.push(x, y)
    } else if (code === CLOSE) {
      if (x !== startX || y !== startY) line.push(startX, startY)
      x = startX
      y = startY
    } else {
      // A quadratic is the cubic whose handles lie two thirds of the way to its own.
      const quadratic = code === QUADRATIC
      const ex = at(i + (quadratic ? 2 : 4))
      const ey = at(i + (quadratic ? 3 : 5))
      const ax = quadratic ? x + (2 / 3) * (at(i) - x) : at(i)
      const ay = quadratic ? y + (2 / 3) * (at(i + 1) - y) : at(i + 1)
      const bx = quadratic ? ex + (2 / 3) * (at(i) - ex) : at(i + 2)
      const by = quadratic ? ey + (2 / 3) * (at(i + 1) - ey) : at(i + 3)
      const pieces = cubicPieces(x, y, ax, ay, bx, by, ex, ey, tolerance)
      for (let piece = 1; piece <= pieces; piece++) {
        const t = piece / pieces
        line.push(cubicAt(x, ax, bx, ex, t), cubicAt(y, ay, by, ey, t))
      }
      x = ex
      y = ey
    }
    i += argumentsOf(code)
  }
  return lines
}

/** One coordinate of a cubic. */
export function cubicAt(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const s = 1 - t
  return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3
}
