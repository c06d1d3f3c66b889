/**
 * Where lines run (SPEC-board B28): ends that stay on shapes are where those are now, and the way between them is
 * straight, a curve or goes round corners.
 */
import { inkRadius } from '../ink/outline.ts'
import { smoothPath } from '../ink/smooth.ts'
import { isBoxed } from '../model/shape.ts'
import type { Binding, BoxedShape, LineShape, Shape } from '../model/shape.ts'
import { boxBounds, boxCorners, boxRotation } from './box.ts'
import { elbow } from './elbow.ts'
import { formPath } from './forms.ts'
import { mapX, mapY } from './matrix.ts'
import { CLOSE, MOVE, flatten, polylinePath } from './path.ts'
import { polygonHolds, segmentCrossing } from './polyline.ts'

/** Asks for a shape by id; what is bound to one that is not there stays where it was last seen. */
export type Lookup = (id: string) => Shape | undefined

/** The points a line really runs through, and the path that is drawn. */
export interface Routed {
  readonly points: readonly number[]
  readonly path: readonly number[]
}

/** Page units between a shape's edge and a line that ends at it, besides half of both widths. */
const GAP = 2

/** The way of a line. */
export function routeLine(line: LineShape, lookup: Lookup): Routed {
  const from = target(line.from, lookup)
  const to = target(line.to, lookup)
  const points = [...line.path]
  const last = points.length - 2
  if (from) points.splice(0, 2, from.x, from.y)
  if (to) points.splice(last, 2, to.x, to.y)
  const { route, closed } = line.style
  if (route === 'elbow' && points.length === 4) {
    const way = elbow(
      { x: points[0] ?? 0, y: points[1] ?? 0, around: from && boxBounds(from.shape.box) },
      { x: points[2] ?? 0, y: points[3] ?? 0, around: to && boxBounds(to.shape.box) },
    )
    cut(way, line, from, to)
    return { points: way, path: polylinePath(way, closed) }
  }
  if (route === 'curve' && closed && points.length > 4) {
    const path = closedCurve(points)
    return { points: flatten(path, 0.25)[0] ?? points, path }
  }
  if (route === 'curve' && points.length > 4) {
    const smooth = flatten(smoothPath(points), 0.25)[0] ?? points
    cut(smooth, line, from, to)
    return { points: smooth, path: from || to ? polylinePath(smooth) : smoothPath(points) }
  }
  cut(points, line, from, to)
  return { points, path: polylinePath(points, closed) }
}

/** The smooth line through points and back to the first one, which is no corner for that. */
function closedCurve(points: readonly number[]): number[] {
  const round = [...points.slice(-2), ...points, ...points.slice(0, 4)]
  // A piece more at both ends, which only shows where the line comes from and goes to.
  const pieces = smoothPath(round).slice(3 + CUBIC_SIZE, -CUBIC_SIZE)
  return [MOVE, points[0] ?? 0, points[1] ?? 0, ...pieces, CLOSE]
}

/** Numbers of a cubic in a path, with its code. */
const CUBIC_SIZE = 7

interface Target {
  readonly x: number
  readonly y: number
  readonly shape: BoxedShape
  readonly exact: boolean
}

function target(binding: Binding | null, lookup: Lookup): Target | null {
  const shape = binding && lookup(binding.shape)
  if (!binding || !shape || !isBoxed(shape)) return null
  const { x, y } = bindingPlace(binding, shape)
  return { x, y, shape, exact: binding.exact }
}

/** Where on the page a binding's place in a shape is. */
export function bindingPlace(
  { x, y }: { readonly x: number; readonly y: number },
  { box }: BoxedShape,
): { x: number; y: number } {
  const px = box.x + x * box.w
  const py = box.y + y * box.h
  if (box.r === 0) return { x: px, y: py }
  const turn = boxRotation(box)
  return { x: mapX(turn, px, py), y: mapY(turn, px, py) }
}

/** The outline a line stops at, as a polygon. */
export function stopOutline(shape: BoxedShape): readonly number[] {
  if (shape.kind === 'geo') {
    const path = formPath(shape.style.form, shape.box, shape.style.corner)
    return flatten(path, 0.5)[0] ?? boxCorners(shape.box)
  }
  return boxCorners(shape.box)
}

/** Takes away what of a way runs inside of the shapes it is bound to. */
function cut(points: number[], line: LineShape, from: Target | null, to: Target | null): void {
  if (from && !from.exact) cutStart(points, from.shape, gapOf(line, from.shape))
  if (to && !to.exact) {
    reverse(points)
    cutStart(points, to.shape, gapOf(line, to.shape))
    reverse(points)
  }
}

function gapOf(line: LineShape, shape: BoxedShape): number {
  const edge =
    shape.kind === 'geo' ? shape.style.width / 2 : shape.kind === 'ink' ? inkRadius(shape.style.width, 63) : 0
  return GAP + edge + line.style.width / 2
}

function cutStart(points: number[], shape: BoxedShape, gap: number): void {
  const outline = stopOutline(shape)
  if (!polygonHolds(outline, points[0] ?? 0, points[1] ?? 0)) return
  for (let i = points.length - 4; i >= 0; i -= 2) {
    const [ax, ay] = [points[i] ?? 0, points[i + 1] ?? 0]
    const [bx, by] = [points[i + 2] ?? 0, points[i + 3] ?? 0]
    const t = lastCrossing(outline, ax, ay, bx, by)
    if (t === null) continue
    const length = Math.hypot(bx - ax, by - ay) || 1
    const at = Math.min(1, t + gap / length)
    points.splice(0, i + 2, ax + (bx - ax) * at, ay + (by - ay) * at)
    return
  }
}

function lastCrossing(
  outline: readonly number[],
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number | null {
  let last: number | null = null
  let x = outline[outline.length - 2] ?? 0
  let y = outline[outline.length - 1] ?? 0
  for (let i = 0; i + 1 < outline.length; i += 2) {
    const nextX = outline[i] ?? 0
    const nextY = outline[i + 1] ?? 0
    const t = segmentCrossing(ax, ay, bx, by, x, y, nextX, nextY)
    if (t !== null && (last === null || t > last)) last = t
    x = nextX
    y = nextY
  }
  return last
}

function reverse(points: number[]): void {
  const turned: number[] = []
  for (let i = points.length - 2; i >= 0; i -= 2) turned.push(points[i] ?? 0, points[i + 1] ?? 0)
  points.splice(0, points.length, ...turned)
}

/** The place in a shape's box that an end let go at a point stays on. */
export function nearestBinding(shape: BoxedShape, x: number, y: number): { x: number; y: number } {
  const { box } = shape
  const turn = boxRotation({ ...box, r: -box.r })
  const share = (value: number, from: number, size: number): number =>
    size === 0 ? 0.5 : Math.min(1, Math.max(0, (value - from) / size))
  const px = mapX(turn, x, y)
  const py = mapY(turn, x, y)
  const place = { x: share(px, box.x, box.w), y: share(py, box.y, box.h) }
  // Near the middle means the middle: the line then points at the shape as a whole.
  return Math.hypot(place.x - 0.5, place.y - 0.5) < 0.2 ? { x: 0.5, y: 0.5 } : place
}
