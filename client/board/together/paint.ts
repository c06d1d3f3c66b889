/** Paints the others above the board: selections, pointers with names, laser trails, votes. No DOM node for any of it. */
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { joinBounds } from '../../../shared/board/geometry/bounds.ts'
import { boxBounds } from '../../../shared/board/geometry/box.ts'
import { isBoxed } from '../../../shared/board/model/shape.ts'
import type { Camera, Point, Scene } from '../types.ts'
import type { Trail } from './ink-receiver.ts'
import type { Other } from './others.ts'

/** What is painted in; CSS values. */
export interface Look {
  readonly font: string
  readonly accent: string
  /** What lies between a mark and the board. */
  readonly halo: string
}

/** Ms a point of a laser's trail is seen. */
export const LASER_TIME = 900
const LASER = '#e5484d'
const LASER_WIDTH = 4
/** Letters of a name on a flag. */
const NAME = 24
/** Each selected shape has a frame up to so many; more have one round all of them. */
const FRAMES = 12

/** Where a shape lies, without what it paints around itself. */
export function placeOn(scene: Pick<Scene, 'shapes' | 'bounds'>, id: string): Bounds | null {
  const shape = scene.shapes.get(id)
  return shape && isBoxed(shape) ? boxBounds(shape.box) : scene.bounds(id)
}

/** Frames round what somebody has selected, or one round what they hold, with the name. */
export function paintSelection(
  context: CanvasRenderingContext2D,
  camera: Camera,
  scene: Pick<Scene, 'shapes' | 'bounds'>,
  { selection, held, hex, name }: Other,
  look: Look,
): void {
  const boxes = held ? [held] : selection.map((id) => placeOn(scene, id)).filter((bounds) => bounds !== null)
  const [first, ...rest] = boxes
  if (!first) return
  const all = rest.reduce(joinBounds, first)
  context.save()
  context.strokeStyle = hex
  context.lineWidth = 2
  for (const bounds of boxes.length <= FRAMES ? boxes : [all]) {
    const { x, y, width, height } = onScreen(camera, bounds, 4)
    context.beginPath()
    context.roundRect(x, y, width, height, 5)
    context.stroke()
  }
  const { x, y, width } = onScreen(camera, all, 4)
  flag(context, { x: x + width + 1, y: y - 9 }, name, hex, look, 'end')
  context.restore()
}

/** An arrow and the name beside it. */
export function paintPointer(
  context: CanvasRenderingContext2D,
  at: Point,
  { hex, name }: Pick<Other, 'hex' | 'name'>,
  look: Look,
): void {
  context.save()
  context.translate(at.x - 3, at.y - 2.5)
  context.scale(1.1, 1.1)
  context.beginPath()
  context.moveTo(3, 2.5)
  context.lineTo(17, 9)
  context.lineTo(11, 11.2)
  context.lineTo(8.2, 17)
  context.closePath()
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = look.halo
  context.stroke()
  context.fillStyle = hex
  context.fill()
  context.restore()
  flag(context, { x: at.x + 11, y: at.y + 24 }, name, hex, look, 'start')
}

/** A name on its colour; `at` is the middle of its left side, or of its right one. */
function flag(
  context: CanvasRenderingContext2D,
  at: Point,
  name: string,
  hex: string,
  { font }: Look,
  side: 'start' | 'end',
): void {
  const words = name.length > NAME ? `${name.slice(0, NAME).replace(/[\uD800-\uDBFF]$/, '')}…` : name
  if (words === '') return
  context.save()
  context.font = `600 11px ${font}`
  const width = context.measureText(words).width + 12
  const left = side === 'start' ? at.x : at.x - width
  context.fillStyle = hex
  context.beginPath()
  context.roundRect(left, at.y - 9, width, 18, 4)
  context.fill()
  context.fillStyle = isLight(hex) ? '#14171c' : '#ffffff'
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  context.fillText(words, left + width / 2, at.y + 0.5)
  context.restore()
}

/** A laser's trail: the older, the fainter and thinner. */
export function paintTrail(
  context: CanvasRenderingContext2D,
  camera: Camera,
  { points }: Pick<Trail, 'points'>,
  now: number,
): void {
  context.save()
  // Round ends would show as beads where pieces that let through lie on each other.
  context.lineCap = 'butt'
  context.strokeStyle = LASER
  let last: Point | null = null
  for (let i = 0; i + 2 < points.length; i += 3) {
    const age = (now - (points[i + 2] ?? 0)) / LASER_TIME
    const at = camera.toScreen({ x: points[i] ?? 0, y: points[i + 1] ?? 0 })
    if (age < 1 && last) {
      context.globalAlpha = 1 - age
      context.lineWidth = LASER_WIDTH * (1 - age * 0.6)
      context.beginPath()
      context.moveTo(last.x, last.y)
      context.lineTo(at.x, at.y)
      context.stroke()
    }
    last = at
  }
  const newest = points.at(-1) ?? 0
  if (last && now - newest < LASER_TIME) {
    context.globalAlpha = 1 - (now - newest) / LASER_TIME
    context.fillStyle = LASER
    context.beginPath()
    context.arc(last.x, last.y, LASER_WIDTH * 0.9, 0, 2 * Math.PI)
    context.fill()
  }
  context.restore()
}

/** Votes at the lower right corner of their shape: dots, or from six on a number. */
export function paintVotes(
  context: CanvasRenderingContext2D,
  camera: Camera,
  bounds: Bounds,
  count: number,
  own: number,
  look: Look,
): void {
  const { zoom } = camera.place.peek()
  const radius = Math.min(7, Math.max(3, 4.5 * zoom))
  const gap = radius * 2 + 3
  const corner = camera.toScreen({ x: bounds.right, y: bounds.bottom })
  const x = corner.x - Math.max(radius + 2, 14 * zoom)
  const y = corner.y - Math.max(radius + 2, 14 * zoom)
  context.save()
  context.fillStyle = look.accent
  context.strokeStyle = look.halo
  context.lineWidth = 1.5
  if (count > 5) {
    context.font = `600 ${radius * 2.4}px ${look.font}`
    const width = Math.max(radius * 4, context.measureText(String(count)).width + radius * 2)
    context.beginPath()
    context.roundRect(x - width + radius, y - radius * 1.7, width, radius * 3.4, radius * 1.7)
    context.fill()
    context.stroke()
    context.fillStyle = look.halo
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(String(count), x - width / 2 + radius, y + 0.5)
  } else
    for (let i = 0; i < count; i++) {
      context.beginPath()
      context.arc(x - i * gap, y, radius, 0, 2 * Math.PI)
      context.fill()
      // One's own are known by their ring.
      if (i < own) context.stroke()
    }
  context.restore()
}

function onScreen(camera: Camera, { left, top, right, bottom }: Bounds, margin: number) {
  const from = camera.toScreen({ x: left, y: top })
  const to = camera.toScreen({ x: right, y: bottom })
  return {
    x: from.x - margin,
    y: from.y - margin,
    width: to.x - from.x + 2 * margin,
    height: to.y - from.y + 2 * margin,
  }
}

/** Whether dark letters are read better on it. */
function isLight(hex: string): boolean {
  const part = (from: number): number => (Number.parseInt(hex.slice(from, from + 2), 16) / 255) ** 2.2
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) > 0.36
}
