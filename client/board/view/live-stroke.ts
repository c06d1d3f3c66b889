/** A stroke while it grows: only what has come is painted (SPEC-board B17, B18: it looks as the committed one will). */
import { hexOfColour } from '../../../shared/board/colours.ts'
import type { Theme } from '../../../shared/board/colours.ts'
import { strokeOf } from '../../../shared/board/draw/shapes.ts'
import { boundsTouch, growBounds, NO_BOUNDS } from '../../../shared/board/geometry/bounds.ts'
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
  /** Finished pieces. */
  pieces: { path: Path2D; bounds: Bounds }[]
}

export function growing(stroke: LiveStroke): Growing {
  return { stroke, count: 0, step: Number.NaN, bounds: NO_BOUNDS, pieces: [] }
}

const reach = ({ stroke: { style, hasPressure } }: Growing): number =>
  (hasPressure ? inkRadius(style.width, MAX_PRESSURE) : style.width / 2) * 1.2

/** The bounds of what has come since the last time, bent curves too; null when nothing has. */
export function grown(one: Growing): Bounds | null {
  const count = countOf(one.stroke)
  if (count === one.count) return null
  const bounds = boundsBetween(one, Math.max(0, Math.min(one.count, count) - BENT), count)
  one.count = count
  one.bounds = boundsBetween(one, 0, count)
  return bounds
}

function countOf({ points }: LiveStroke): number {
  return Math.floor(points.length / 3)
}

function boundsBetween(one: Growing, from: number, to: number): Bounds {
  const { values } = one.stroke.points
  let { left, top, right, bottom } = NO_BOUNDS
  for (let i = from; i < to; i++) {
    const x = values[3 * i] ?? 0
    const y = values[3 * i + 1] ?? 0
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
    trace(context, smoothPath(slice(stroke, 0, countOf(stroke)).xy, INK_REACH))
    context.stroke()
  }
  context.restore()
}

function piecesOf(one: Growing, scale: number, within: Bounds): Path2D[] {
  const { stroke, pieces } = one
  const count = countOf(stroke)
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
  if (stroke.style.opacity < 1 || stroke.style.brush === 'highlighter') return [outline(0, count)]
  while ((pieces.length + 1) * PIECE + OVERLAP <= count) {
    const from = Math.max(0, pieces.length * PIECE - OVERLAP)
    const to = (pieces.length + 1) * PIECE + OVERLAP
    pieces.push({ path: outline(from, to), bounds: boundsBetween(one, from, to) })
  }
  const shown = pieces.filter(({ bounds }) => boundsTouch(bounds, within)).map(({ path }) => path)
  shown.push(outline(Math.max(0, pieces.length * PIECE - OVERLAP), count))
  return shown
}

function slice({ points: { values } }: LiveStroke, from: number, to: number) {
  const xy = new Float64Array((to - from) * 2)
  const pressure = new Uint8Array(to - from)
  for (let i = from; i < to; i++) {
    xy[2 * (i - from)] = values[3 * i] ?? 0
    xy[2 * (i - from) + 1] = values[3 * i + 1] ?? 0
    pressure[i - from] = Math.round(Math.min(1, Math.max(0, values[3 * i + 2] ?? 0.5)) * MAX_PRESSURE)
  }
  return { xy, pressure }
}
