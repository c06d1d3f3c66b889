/**
 * The smooth line through a stroke's points (SPEC-board B17). It goes through every point, so that what simplification
 * promised stays true; where the pen turned sharply there is a corner.
 */
import { CUBIC, LINE, MOVE, cubicAt, cubicPieces } from '../geometry/path.ts'

/** The cosine below which a turn is a corner: about 75 degrees. */
const CORNER = 0.26

/**
 * A piece of ink bends as if it were no longer than so many times its neighbour: where points lie far apart the hand went
 * straight on, or simplification would have kept some (B16).
 */
export const INK_REACH = 1

/**
 * The handles of the cubic that follows each point: ax, ay, bx, by. A handle is as long as a third of its piece, which counts
 * as `reach` times the neighbour at most, and points along the line through the neighbours.
 */
function handles(xy: ArrayLike<number>, reach: number): Float64Array {
  const count = xy.length >> 1
  const out = new Float64Array(Math.max(0, count - 1) * 4)
  let backX = 0
  let backY = 0
  let back = 0
  for (let i = 0; i < count; i++) {
    const x = xy[2 * i] ?? 0
    const y = xy[2 * i + 1] ?? 0
    const onX = i + 1 < count ? (xy[2 * i + 2] ?? 0) - x : 0
    const onY = i + 1 < count ? (xy[2 * i + 3] ?? 0) - y : 0
    const on = Math.hypot(onX, onY)
    const isBend = back > 0 && on > 0 && backX * onX + backY * onY >= CORNER * back * on
    // The direction at a bend; each piece counts by the other's length, so that the shorter one bends less.
    const bendX = isBend ? (backX * on) / back + (onX * back) / on : 0
    const bendY = isBend ? (backY * on) / back + (onY * back) / on : 0
    const bend = Math.hypot(bendX, bendY)
    if (i > 0) {
      const j = (i - 1) * 4
      const length = Math.min(back, on * reach)
      out[j + 2] = x - (bend > 0 ? (bendX * length) / bend : backX) / 3
      out[j + 3] = y - (bend > 0 ? (bendY * length) / bend : backY) / 3
    }
    if (i + 1 < count) {
      const j = i * 4
      const length = Math.min(on, back * reach)
      out[j] = x + (bend > 0 ? (bendX * length) / bend : onX) / 3
      out[j + 1] = y + (bend > 0 ? (bendY * length) / bend : onY) / 3
    }
    backX = onX
    backY = onY
    back = on
  }
  return out
}

/** The smooth line as a path; one point gives a line of no length, which round caps show as a dot. */
export function smoothPath(xy: ArrayLike<number>, reach = Infinity): number[] {
  const count = xy.length >> 1
  const path: number[] = [MOVE, xy[0] ?? 0, xy[1] ?? 0]
  if (count === 1) return [...path, LINE, xy[0] ?? 0, xy[1] ?? 0]
  if (count === 2) return [...path, LINE, xy[2] ?? 0, xy[3] ?? 0]
  const bends = handles(xy, reach)
  for (let i = 1; i < count; i++) {
    const j = (i - 1) * 4
    path.push(CUBIC, bends[j] ?? 0, bends[j + 1] ?? 0, bends[j + 2] ?? 0, bends[j + 3] ?? 0)
    path.push(xy[2 * i] ?? 0, xy[2 * i + 1] ?? 0)
  }
  return path
}

/** The smooth line of ink as points close to each other, x, y and pressure by turns; pressure goes evenly from point to point. */
export function smoothPoints(
  xy: ArrayLike<number>,
  pressure: ArrayLike<number>,
  tolerance: number,
): number[] {
  const count = xy.length >> 1
  const bends = handles(xy, INK_REACH)
  const out: number[] = [xy[0] ?? 0, xy[1] ?? 0, pressure[0] ?? 0]
  for (let i = 1; i < count; i++) {
    const j = (i - 1) * 4
    const x0 = xy[2 * i - 2] ?? 0
    const y0 = xy[2 * i - 1] ?? 0
    const [ax, ay, bx, by] = [bends[j] ?? 0, bends[j + 1] ?? 0, bends[j + 2] ?? 0, bends[j + 3] ?? 0]
    const x = xy[2 * i] ?? 0
    const y = xy[2 * i + 1] ?? 0
    const from = pressure[i - 1] ?? 0
    const to = pressure[i] ?? 0
    const pieces = cubicPieces(x0, y0, ax, ay, bx, by, x, y, tolerance)
    for (let piece = 1; piece <= pieces; piece++) {
      const t = piece / pieces
      out.push(cubicAt(x0, ax, bx, x, t), cubicAt(y0, ay, by, y, t), from + (to - from) * t)
    }
  }
  return out
}
