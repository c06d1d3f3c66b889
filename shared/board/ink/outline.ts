/** What a stroke looks like (SPEC-board B17, B18): a line of constant width, or the outline of one whose width follows the pressure. */
import { getStroke } from 'perfect-freehand'
import { CLOSE, LINE, MOVE } from '../geometry/path.ts'
import { MAX_PRESSURE } from './points.ts'
import type { InkPoints } from './points.ts'
import { createSimplifier } from './simplify.ts'
import { INK_REACH, smoothPath, smoothPoints } from './smooth.ts'

/** How much of the width pressure takes: without any the pen draws a third of it, with all of it five thirds. */
const THINNING = 0.66

/** A path to stroke with the pen's width and round ends, or one to fill. */
export interface InkForm {
  readonly path: number[]
  readonly fill: boolean
}

/** `width` and `tolerance` in the units of the points. */
export function inkForm(points: InkPoints, width: number, tolerance: number): InkForm {
  const { xy, pressure } = points
  return pressure
    ? { path: inkOutline(xy, pressure, width, tolerance), fill: true }
    : { path: smoothPath(xy, INK_REACH), fill: false }
}

/** Half the width at a pressure. */
export function inkRadius(width: number, pressure: number): number {
  return width * (0.5 - THINNING * (0.5 - pressure / MAX_PRESSURE))
}

/** The outline of a stroke with pressure, to be filled. */
export function inkOutline(
  xy: ArrayLike<number>,
  pressure: ArrayLike<number>,
  width: number,
  tolerance: number,
): number[] {
  const smooth = smoothPoints(xy, pressure, tolerance)
  const input: number[][] = []
  for (let i = 0; i < smooth.length; i += 3)
    input.push([smooth[i] ?? 0, smooth[i + 1] ?? 0, (smooth[i + 2] ?? 0) / MAX_PRESSURE])
  // Points are smooth already and pressure is what was stored: nothing may be added that another version would not add.
  const outline = getStroke(input, {
    size: width,
    thinning: THINNING,
    smoothing: 0.5,
    streamline: 0,
    simulatePressure: false,
    last: true,
  })
  return polygonOf(outline, tolerance * OUTLINE_SHARE)
}

/** Of the tolerance, what the outline's polygon takes; the rest is for the line it goes round. */
const OUTLINE_SHARE = 0.4

/** The outline without the points that cannot be seen: straight pieces are what every writer draws fastest and smallest. */
function polygonOf(outline: readonly (readonly number[])[], tolerance: number): number[] {
  if (outline.length < 3) return []
  const path: number[] = []
  const thin = createSimplifier({ tolerance, width: 0 }, (x, y) => {
    path.push(path.length === 0 ? MOVE : LINE, x, y)
  })
  for (const [x = 0, y = 0] of outline) thin.add(x, y, 0)
  thin.end()
  path.push(CLOSE)
  return path
}

/** A stroke as straight lines through its points: enough where it is small on the screen. */
export function coarseForm(points: InkPoints, step: number): InkForm {
  const { xy } = points
  const path: number[] = [MOVE, xy[0] ?? 0, xy[1] ?? 0]
  const last = xy.length - 2
  for (let i = 2 * step; i < last; i += 2 * step) path.push(LINE, xy[i] ?? 0, xy[i + 1] ?? 0)
  path.push(LINE, xy[last] ?? 0, xy[last + 1] ?? 0)
  return { path, fill: false }
}
