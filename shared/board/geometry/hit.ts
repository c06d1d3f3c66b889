/** What lies under a point, in a rectangle, within a lasso (SPEC-board B31). The index finds candidates, this decides. */
import type { Shape, TextShape } from '../model/shape.ts'
import { boundsHold } from './bounds.ts'
import type { Bounds } from './bounds.ts'
import { boxBounds, boxCorners } from './box.ts'
import { formPath } from './forms.ts'
import { placedPoints } from './ink-place.ts'
import { flatten } from './path.ts'
import { polygonHolds, polylineDistance, segmentsMeet } from './polyline.ts'
import { routeLine } from './route.ts'
import type { Lookup } from './route.ts'

/** Page units a flattened outline may be off. */
const FLATNESS = 0.25

/** How close a point must come to be on a shape. */
export interface Reach {
  /** Page units, such as a finger's size at the current zoom. */
  readonly tolerance: number
  readonly lookup: Lookup
  /** Areas without a fill count as well. */
  readonly hollow?: boolean
}

/** Whether a point is on a shape. Groups are hit by what is in them, frames by their edge. */
export function hitShape(shape: Shape, x: number, y: number, reach: Reach): boolean {
  const { tolerance } = reach
  switch (shape.kind) {
    case 'ink':
      return polylineDistance(placedPoints(shape).xy, x, y) <= tolerance + shape.style.width / 2
    case 'line': {
      const { points } = routeLine(shape, reach.lookup)
      if (polylineDistance(points, x, y) <= tolerance + shape.style.width / 2) return true
      return shape.style.closed && shape.style.fill !== 'none' && polygonHolds(points, x, y)
    }
    case 'geo':
      return hitForm(shape, x, y, reach)
    case 'frame':
      return reach.hollow === true
        ? onArea(boxCorners(shape.box), x, y, tolerance)
        : onEdge(boxCorners(shape.box), x, y, tolerance)
    case 'text':
    case 'note':
    case 'image':
      return onArea(boxCorners(shape.box), x, y, tolerance)
    case 'group':
      return false
  }
}

function hitForm(shape: TextShape, x: number, y: number, { tolerance, hollow }: Reach): boolean {
  const { style, box } = shape
  const outlines = flatten(formPath(style.form, box, style.corner), FLATNESS)
  const near = tolerance + style.width / 2
  if (outlines.some((outline) => polylineDistance(outline, x, y) <= near)) return true
  const isFull = hollow === true || style.fill !== 'none' || shape.text.length > 0
  return isFull && polygonHolds(outlines[0] ?? [], x, y)
}

function onEdge(polygon: readonly number[], x: number, y: number, tolerance: number): boolean {
  return polylineDistance([...polygon, polygon[0] ?? 0, polygon[1] ?? 0], x, y) <= tolerance
}

function onArea(polygon: readonly number[], x: number, y: number, tolerance: number): boolean {
  return polygonHolds(polygon, x, y) || onEdge(polygon, x, y, tolerance)
}

/** The lines that say where a shape is: the line itself, or the outline of its area. */
export function skeleton(shape: Shape, lookup: Lookup): readonly (readonly number[])[] {
  switch (shape.kind) {
    case 'ink':
      return [Array.from(placedPoints(shape).xy)]
    case 'line':
      return [routeLine(shape, lookup).points]
    case 'geo':
      return flatten(formPath(shape.style.form, shape.box, shape.style.corner), FLATNESS)
    case 'group':
      return []
    default: {
      const corners = boxCorners(shape.box)
      return [[...corners, corners[0] ?? 0, corners[1] ?? 0]]
    }
  }
}

/** Whether all of a shape lies in a polygon: every point of its lines is in it, and no line leaves it in between. */
export function lassoHolds(polygon: readonly number[], shape: Shape, lookup: Lookup): boolean {
  const lines = skeleton(shape, lookup)
  if (lines.length === 0) return false
  return lines.every((line) => {
    for (let i = 0; i + 1 < line.length; i += 2)
      if (!polygonHolds(polygon, line[i] ?? 0, line[i + 1] ?? 0)) return false
    return !crosses(line, polygon, true)
  })
}

/** Whether all of a shape lies in a rectangle. */
export function rectangleHolds(bounds: Bounds, shape: Shape, lookup: Lookup): boolean {
  if (shape.kind === 'ink') {
    // The box goes round its points, tightly unless it is turned: most strokes need not be read.
    if (boundsHold(bounds, boxBounds(shape.box))) return true
    if (shape.box.r === 0) return false
  }
  if (shape.kind === 'ink' || shape.kind === 'line') {
    const lines = skeleton(shape, lookup)
    return lines.every((line) => {
      for (let i = 0; i + 1 < line.length; i += 2) {
        const x = line[i] ?? 0
        const y = line[i + 1] ?? 0
        if (x < bounds.left || x > bounds.right || y < bounds.top || y > bounds.bottom) return false
      }
      return true
    })
  }
  return shape.kind !== 'group' && boundsHold(bounds, boxBounds(shape.box))
}

/** Whether a polyline crosses another one's pieces; `closed` joins the second one's end to its beginning. */
function crosses(line: readonly number[], other: readonly number[], closed: boolean): boolean {
  for (let i = 2; i + 1 < line.length; i += 2) {
    const [ax, ay, bx, by] = [line[i - 2] ?? 0, line[i - 1] ?? 0, line[i] ?? 0, line[i + 1] ?? 0]
    let cx = closed ? (other.at(-2) ?? 0) : (other[0] ?? 0)
    let cy = closed ? (other.at(-1) ?? 0) : (other[1] ?? 0)
    for (let j = closed ? 0 : 2; j + 1 < other.length; j += 2) {
      const dx = other[j] ?? 0
      const dy = other[j + 1] ?? 0
      if (segmentsMeet(ax, ay, bx, by, cx, cy, dx, dy)) return true
      cx = dx
      cy = dy
    }
  }
  return false
}

/** Whether the eraser's way touches a shape: for the eraser that takes whole shapes. */
export function sweptBy(shape: Shape, way: readonly number[], reach: Reach): boolean {
  for (let i = 0; i + 1 < way.length; i += 2)
    if (hitShape(shape, way[i] ?? 0, way[i + 1] ?? 0, reach)) return true
  return skeleton(shape, reach.lookup).some((line) => crosses(way, line, false))
}
