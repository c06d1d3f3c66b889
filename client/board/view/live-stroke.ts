/** A stroke while it grows: only what has come is painted (SPEC-board B17, B18: it looks as the committed one will). */
import { hexOfColour } from '../../../shared/board/colours.ts'
import type { Theme } from '../../../shared/board/colours.ts'
import { strokeOf } from '../../../shared/board/draw/shapes.ts'
import { boundsTouch, growBounds, joinBounds, NO_BOUNDS } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { inkOutline, inkRadius } from '../../../shared/board/ink/outline.ts'
import { MAX_PRESSURE } from '../../../shared/board/ink/points.ts'
import { INK_REACH, smoothPath } from '../../../shared/board/ink/smooth.ts'
import type { LiveStroke } from '../types.ts'
import type { Context } from './canvas.ts'
import { trace } from './writer.ts'

/** Points of a piece with pressure that is outlined once; and how far pieces reach into each other. */
const PIECE = 48
const OVERLAP = 3
/** Points before the new ones whose curves the new ones still bend. */
const BENT = 4

/** What is known of a stroke on the screen. */
export interface Growing {
  stroke: LiveStroke
  /** Points painted, and the step of scale they were painted for. */
  count: number
  step: number
  bounds: Bounds
  /** Where its end was painted that the next points bend, and what was painted ahead of it. */
  end: Bounds
  ahead: readonly number[]
  /** Finished pieces. */
  pieces: { path: Path2D; bounds: Bounds }[]
}

const NONE: readonly number[] = []

export function growing(stroke: LiveStroke): Growing {
  return { stroke, count: 0, step: Number.NaN, bounds: NO_BOUNDS, end: NO_BOUNDS, ahead: NONE, pieces: [] }
}

const reach = ({ stroke: { style, hasPressure } }: Growing): number =>
  (hasPressure ? inkRadius(style.width, MAX_PRESSURE) : style.width / 2) * 1.2

/** The bounds of what has come or gone since the last time, bent curves too; null when nothing has. */
export function grown(one: Growing): Bounds | null {
  const count = countOf(one.stroke)
  const { ahead = NONE } = one.stroke
  if (count === one.count && ahead.length === 0 && one.ahead.length === 0) return null
  const all = shownOf(one.stroke)
  const bounds = joinBounds(one.end, boundsBetween(one, Math.max(0, Math.min(one.count, count) - BENT), all))
  one.count = count
  one.ahead = ahead
  // Without anything ahead the end is as the next points find it.
  one.end = ahead.length === 0 ? NO_BOUNDS : boundsBetween(one, Math.max(0, count - BENT), all)
  one.bounds = boundsBetween(one, 0, all)
  return bounds
}

function countOf({ points }: LiveStroke): number {
  return Math.floor(points.length / 3)
}

/** Points with those that are expected. */
function shownOf(stroke: LiveStroke): number {
  return countOf(stroke) + Math.floor((stroke.ahead?.length ?? 0) / 3)
}

/** One of the numbers of the points, and of those expected behind them. */
function valueAt(stroke: LiveStroke, at: number): number | undefined {
  const own = 3 * countOf(stroke)
  return at < own ? stroke.points.values[at] : stroke.ahead?.[at - own]
}

function boundsBetween(one: Growing, from: number, to: number): Bounds {
  const { stroke } = one
  let { left, top, right, bottom } = NO_BOUNDS
  for (let i = from; i < to; i++) {
    const x = valueAt(stroke, 3 * i) ?? 0
    const y = valueAt(stroke, 3 * i + 1) ?? 0
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return growBounds({ left, top, right, bottom }, reach(one))
}

/** Paints what lies in `within`; the context is set to page units and cut off there. */
export function paintGrowing(
  context: Context,
  one: Growing,
  scale: number,
  theme: Theme,
  within: Bounds,
): void {
  const { stroke } = one
  const { style, hasPressure } = stroke
  if (countOf(stroke) === 0) return
  const color = hexOfColour(style.color, theme)
  context.save()
  context.globalAlpha = style.opacity
  if (style.brush === 'highlighter')
    context.globalCompositeOperation = theme === 'light' ? 'multiply' : 'screen'
  if (hasPressure) {
    context.fillStyle = color
    for (const path of piecesOf(one, scale, within)) context.fill(path)
  } else {
    const { width, cap, dash } = strokeOf(style, color)
    context.strokeStyle = color
    context.lineWidth = width
    context.lineCap = cap
    context.lineJoin = 'round'
    context.setLineDash([...dash])
    context.beginPath()
    trace(context, smoothPath(slice(stroke, 0, shownOf(stroke)).xy, INK_REACH))
    context.stroke()
  }
  context.restore()
}

function piecesOf(one: Growing, scale: number, within: Bounds): Path2D[] {
  const { stroke, pieces } = one
  const count = countOf(stroke)
  const all = shownOf(stroke)
  const step = Math.ceil(Math.log2(scale))
  if (step !== one.step) {
    one.step = step
    pieces.length = 0
  }
  const tolerance = 0.25 / 2 ** step
  const outline = (from: number, to: number): Path2D => {
    const { xy, pressure } = slice(stroke, from, to)
    const path = new Path2D()
    trace(path, inkOutline(xy, pressure, stroke.style.width, tolerance))
    return path
  }
  // What can be seen through must be one area: pieces that overlap would be seen.
  if (stroke.style.opacity < 1 || stroke.style.brush === 'highlighter') return [outline(0, all)]
  while ((pieces.length + 1) * PIECE + OVERLAP <= count) {
    const from = Math.max(0, pieces.length * PIECE - OVERLAP)
    const to = (pieces.length + 1) * PIECE + OVERLAP
    pieces.push({ path: outline(from, to), bounds: boundsBetween(one, from, to) })
  }
  const shown = pieces.filter(({ bounds }) => boundsTouch(bounds, within)).map(({ path }) => path)
  shown.push(outline(Math.max(0, pieces.length * PIECE - OVERLAP), all))
  return shown
}

function slice(stroke: LiveStroke, from: number, to: number) {
  const xy = new Float64Array((to - from) * 2)
  const pressure = new Uint8Array(to - from)
  for (let i = from; i < to; i++) {
    xy[2 * (i - from)] = valueAt(stroke, 3 * i) ?? 0
    xy[2 * (i - from) + 1] = valueAt(stroke, 3 * i + 1) ?? 0
    const force = valueAt(stroke, 3 * i + 2) ?? 0.5
    pressure[i - from] = Math.round(Math.min(1, Math.max(0, force)) * MAX_PRESSURE)
  }
  return { xy, pressure }
}
