/** Drawing commands on a canvas (SPEC-board B40). The context's transform leads from page units to pixels. */
import type { Command, PathCommand, TextCommand } from '../../../shared/board/draw/commands.ts'
import { cssFont } from '../../../shared/board/draw/fonts.ts'
import { boundsOfPoints, growBounds } from '../../../shared/board/geometry/bounds.ts'
import { CLOSE, CUBIC, LINE, MOVE, argumentsOf } from '../../../shared/board/geometry/path.ts'
import type { Path } from '../../../shared/board/geometry/path.ts'
import { areaOf, contextOf, createSurface, sharedArea } from './canvas.ts'
import type { Context } from './canvas.ts'

/** What paths are traced on: a context or a Path2D. */
type Tracer = Pick<Context, 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'>

/** Paints a picture in the unit square the context is set to. */
export type PaintImage = (context: Context, asset: string) => void

/** Adds a path to what is being traced. */
export function trace(tracer: Tracer, path: Path): void {
  for (let i = 0; i < path.length;) {
    const code = path[i++] ?? CLOSE
    const x = path[i] ?? 0
    const y = path[i + 1] ?? 0
    if (code === LINE) tracer.lineTo(x, y)
    else if (code === CUBIC)
      tracer.bezierCurveTo(x, y, path[i + 2] ?? 0, path[i + 3] ?? 0, path[i + 4] ?? 0, path[i + 5] ?? 0)
    else if (code === MOVE) tracer.moveTo(x, y)
    else if (code === CLOSE) tracer.closePath()
    else tracer.quadraticCurveTo(x, y, path[i + 2] ?? 0, path[i + 3] ?? 0)
    i += argumentsOf(code)
  }
}

/** Paints one command; `begin` and `end` are the caller's. `ready` is the command's path, traced before. */
export function writeCommand(
  context: Context,
  command: Command,
  paintImage: PaintImage,
  ready?: Path2D,
): void {
  switch (command.op) {
    case 'path':
      writePath(context, command, ready)
      break
    case 'text':
      writeText(context, command)
      break
    case 'image':
      context.save()
      context.transform(...command.matrix)
      context.globalAlpha *= command.opacity
      paintImage(context, command.asset)
      context.restore()
      break
    default:
      break
  }
}

function writePath(context: Context, command: PathCommand, ready: Path2D | undefined): void {
  const { opacity, blend, fill, stroke } = command
  // An area and its edge fade as one: where they overlap nothing is seen twice.
  if (opacity < 1 && fill !== null && stroke) return writeGrouped(context, command)
  const alpha = context.globalAlpha
  if (opacity < 1) context.globalAlpha = alpha * opacity
  if (blend !== 'normal') context.globalCompositeOperation = blend
  paintPath(context, command, ready)
  if (opacity < 1) context.globalAlpha = alpha
  if (blend !== 'normal') context.globalCompositeOperation = 'source-over'
}

function paintPath(context: Context, { path, fill, stroke }: PathCommand, ready: Path2D | undefined): void {
  if (!ready) {
    context.beginPath()
    trace(context, path)
  }
  if (fill !== null) {
    context.fillStyle = fill
    if (ready) context.fill(ready)
    else context.fill()
  }
  if (!stroke) return
  context.strokeStyle = stroke.color
  context.lineWidth = stroke.width
  context.lineCap = stroke.cap
  context.lineJoin = stroke.cap === 'round' ? 'round' : 'miter'
  const dashed = stroke.dash.length > 0
  if (dashed) context.setLineDash([...stroke.dash])
  if (ready) context.stroke(ready)
  else context.stroke()
  if (dashed) context.setLineDash([])
}

/** Points of a path, handles too: they hold the curve. */
function pointsOf(path: Path): number[] {
  const points: number[] = []
  for (let i = 0; i < path.length;) {
    const count = argumentsOf(path[i++] ?? CLOSE)
    for (let j = 0; j < count; j++) points.push(path[i + j] ?? 0)
    i += count
  }
  return points
}

function writeGrouped(context: Context, command: PathCommand): void {
  const { a, b, c, d, e, f } = context.getTransform()
  const scale = Math.hypot(a, b)
  const bounds = growBounds(boundsOfPoints(pointsOf(command.path)), command.stroke?.width ?? 0)
  const { width, height } = context.canvas
  const area = sharedArea(areaOf(bounds, { scale, x: e, y: f }), { x: 0, y: 0, width, height })
  if (!area || b !== 0 || c !== 0) return
  const layer = createSurface(area.width, area.height)
  const inner = contextOf(layer)
  inner.setTransform(a, b, c, d, e - area.x, f - area.y)
  paintPath(inner, command, undefined)
  context.save()
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalAlpha *= command.opacity
  context.drawImage(layer, area.x, area.y)
  context.restore()
}

function writeText(context: Context, command: TextCommand): void {
  const { text, face, color, x, y, width, underline, strike, opacity, matrix } = command
  context.save()
  context.transform(...matrix)
  context.translate(x, y)
  context.globalAlpha *= opacity
  context.fillStyle = color
  context.font = cssFont(face)
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  const line = Math.max(face.size / 16, 0.01)
  if (underline) context.fillRect(0, face.size * 0.12, width, line)
  if (strike) context.fillRect(0, -face.size * 0.28, width, line)
  // Lines were broken by our own table of widths: the machine's letters are made as wide as that.
  const own = width > 0 ? context.measureText(text).width : 0
  if (own > 0 && Math.abs(own / width - 1) > 0.001) context.scale(width / own, 1)
  context.fillText(text, 0, 0)
  context.restore()
}
