/**
 * Fewer points for the same stroke (SPEC-board B16), while it is drawn: a point is kept when without it some point since
 * the last kept one would lie further from the line than the tolerance. The window is bounded, so a point costs a bounded
 * time however long the stroke is.
 */
import { MAX_PRESSURE } from './points.ts'
import type { InkPoints } from './points.ts'

/** Points since the last kept one; a longer run keeps one more. */
const WINDOW = 48

export interface SimplifyOptions {
  /** Page units a dropped point may lie off the line through those kept. */
  tolerance: number
  /** The pen's width; with it, pressure counts as what it changes of the width. 0: pressure does not count. */
  width: number
}

/** Takes points one after another and hands on those that are kept. */
export interface Simplifier {
  /** `pressure` 0 to {@link MAX_PRESSURE}. */
  add(x: number, y: number, pressure: number): void
  /** The stroke has ended: its last point is kept. */
  end(): void
}

/** `keep` gets the first point at once and each other one as soon as it is known to stay. */
export function createSimplifier(
  { tolerance, width }: SimplifyOptions,
  keep: (x: number, y: number, pressure: number) => void,
): Simplifier {
  const scale = width / MAX_PRESSURE
  const limit = tolerance * tolerance
  /** x, y, pressure: the last kept point, then those since. */
  let window: number[] = []
  return {
    add(x, y, pressure) {
      const length = window.length
      if (length === 0) {
        window = [x, y, pressure]
        keep(x, y, pressure)
        return
      }
      const lastX = window[length - 3] ?? 0
      const lastY = window[length - 2] ?? 0
      const lastPressure = window[length - 1] ?? 0
      if (x === lastX && y === lastY && pressure === lastPressure) return
      if (length >= WINDOW * 3 || !fits(window, x, y, pressure, scale, limit)) {
        keep(lastX, lastY, lastPressure)
        window = [lastX, lastY, lastPressure]
      }
      window.push(x, y, pressure)
    },
    end() {
      if (window.length > 3) keep(window.at(-3) ?? 0, window.at(-2) ?? 0, window.at(-1) ?? 0)
      window = []
    },
  }
}

/** Whether all points of the window but the first lie near the line from the first to the new one. */
function fits(
  window: readonly number[],
  x: number,
  y: number,
  pressure: number,
  scale: number,
  limit: number,
): boolean {
  const ax = window[0] ?? 0
  const ay = window[1] ?? 0
  const ap = window[2] ?? 0
  const dx = x - ax
  const dy = y - ay
  const dp = (pressure - ap) * scale
  const length = dx * dx + dy * dy + dp * dp
  for (let i = 3; i < window.length; i += 3) {
    const px = (window[i] ?? 0) - ax
    const py = (window[i + 1] ?? 0) - ay
    const pp = ((window[i + 2] ?? 0) - ap) * scale
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy + pp * dp) / length))
    const ex = px - along * dx
    const ey = py - along * dy
    const ep = pp - along * dp
    if (ex * ex + ey * ey + ep * ep > limit) return false
  }
  return true
}

/** The same for a whole stroke. */
export function simplify(points: InkPoints, options: SimplifyOptions): InkPoints {
  const xy: number[] = []
  const pressure: number[] = []
  const simplifier = createSimplifier(options, (x, y, p) => {
    xy.push(x, y)
    pressure.push(p)
  })
  for (let i = 0; i * 2 < points.xy.length; i++)
    simplifier.add(points.xy[2 * i] ?? 0, points.xy[2 * i + 1] ?? 0, points.pressure?.[i] ?? 0)
  simplifier.end()
  return { xy: Float64Array.from(xy), pressure: points.pressure ? Uint8Array.from(pressure) : null }
}
