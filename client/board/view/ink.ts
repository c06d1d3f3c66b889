/** Strokes on a canvas: as they are where they are large, as thin lines of few points where they are small. */
import { hexOfColour } from '../../../shared/board/colours.ts'
import type { Theme } from '../../../shared/board/colours.ts'
import type { PathCommand } from '../../../shared/board/draw/commands.ts'
import { drawShape, strokeOf } from '../../../shared/board/draw/shapes.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { boxOfBounds } from '../../../shared/board/geometry/box.ts'
import { inkMatrix, placedPoints } from '../../../shared/board/geometry/ink-place.ts'
import { inkRadius } from '../../../shared/board/ink/outline.ts'
import type { InkShape } from '../../../shared/board/model/shape.ts'
import type { Context } from './canvas.ts'
import { trace, writeCommand } from './writer.ts'

/** Canvas pixels for a page unit below which a stroke is its centre line. */
const COARSE = 0.5
/** Canvas pixels between points of a coarse line. */
const SPACING = 1.6
/** Outlines kept: they cost fifty microseconds to make and a few kilobytes to keep. */
const KEPT = 1500

interface Made {
  readonly step: number
  readonly width: number
  /** Drawn for this shape only; null: for all that put the same points somewhere without stretching them. */
  readonly shape: InkShape | null
  readonly command: PathCommand
  readonly path: Path2D
}

export interface InkPainter {
  paint(context: Context, shape: InkShape, scale: number, theme: Theme): void
}

/** `kept`: outlines it keeps. */
export function createInkPainter(kept = KEPT): InkPainter {
  /** By the points' bytes, in the order they were last used: a stroke that is moved or turned keeps its outline. */
  const made = new Map<Uint8Array, Made>()

  function formOf(shape: InkShape, step: number, theme: Theme): Made {
    const { points, style, natural, box } = shape
    const known = made.get(points)
    if (known) made.delete(points)
    const rigid = near(box.w, natural.right - natural.left) && near(box.h, natural.bottom - natural.top)
    if (
      known &&
      known.step === step &&
      known.width === style.width &&
      known.shape === (rigid ? null : shape)
    ) {
      made.set(points, known)
      return known
    }
    const drawn = rigid ? { ...shape, box: boxOfBounds(natural) } : shape
    const options = { theme, measure: measureText, lookup: () => undefined, tolerance: 0.25 / 2 ** step }
    const [command] = drawShape(drawn, options)
    if (command?.op !== 'path') throw new Error('ink is a path')
    const path = new Path2D()
    trace(path, command.path)
    // The numbers have gone into the path.
    const fresh = {
      step,
      width: style.width,
      shape: rigid ? null : shape,
      command: { ...command, path: [] },
      path,
    }
    made.set(points, fresh)
    if (made.size > kept) for (const oldest of made.keys()) if (made.delete(oldest)) break
    return fresh
  }

  return {
    paint(context, shape, scale, theme) {
      if (scale < COARSE) return paintCoarse(context, shape, scale, theme)
      // Steps of two, so that neighbouring zooms share what is made.
      const { command, path, shape: only } = formOf(shape, Math.ceil(Math.log2(scale)), theme)
      const { style } = shape
      const color = hexOfColour(style.color, theme)
      const stroke = command.stroke && { ...strokeOf(style, color) }
      const painted: PathCommand = {
        ...command,
        fill: command.fill === null ? null : color,
        stroke,
        opacity: style.opacity,
        blend: style.brush === 'highlighter' ? (theme === 'light' ? 'multiply' : 'screen') : 'normal',
      }
      const matrix = only ? null : inkMatrix(shape)
      if (!matrix) return writeCommand(context, painted, () => undefined, path)
      context.save()
      context.transform(...matrix)
      writeCommand(context, painted, () => undefined, path)
      context.restore()
    },
  }
}

/** Equal but for what four bytes cannot hold. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(a))
}

function paintCoarse(context: Context, shape: InkShape, scale: number, theme: Theme): void {
  const { style } = shape
  const { xy, pressure } = placedPoints(shape)
  const alpha = context.globalAlpha
  if (style.opacity < 1) context.globalAlpha = alpha * style.opacity
  const marks = style.brush === 'highlighter'
  if (marks) context.globalCompositeOperation = theme === 'light' ? 'multiply' : 'screen'
  context.strokeStyle = hexOfColour(style.color, theme)
  context.lineWidth = Math.max(pressure ? 2 * meanRadius(style.width, pressure) : style.width, 0.6 / scale)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  let x = xy[0] ?? 0
  let y = xy[1] ?? 0
  context.moveTo(x, y)
  const spacing = SPACING / scale
  const last = xy.length - 2
  for (let i = 2; i < last; i += 2) {
    const nextX = xy[i] ?? 0
    const nextY = xy[i + 1] ?? 0
    if (Math.abs(nextX - x) + Math.abs(nextY - y) < spacing) continue
    x = nextX
    y = nextY
    context.lineTo(x, y)
  }
  context.lineTo(xy[last] ?? 0, xy[last + 1] ?? 0)
  context.stroke()
  if (style.opacity < 1) context.globalAlpha = alpha
  if (marks) context.globalCompositeOperation = 'source-over'
}

function meanRadius(width: number, pressure: Uint8Array): number {
  let sum = 0
  for (const value of pressure) sum += value
  return inkRadius(width, sum / pressure.length)
}
