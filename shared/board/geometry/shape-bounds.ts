/** What a shape covers on the page (SPEC-board B29): for the index, for repainting, for selections. */
import { inkRadius } from '../ink/outline.ts'
import type { LineShape, Shape } from '../model/shape.ts'
import { boundsOfPoints, growBounds, joinBounds, NO_BOUNDS } from './bounds.ts'
import type { Bounds } from './bounds.ts'
import { boxBounds } from './box.ts'
import { pointAlong } from './polyline.ts'
import { routeLine } from './route.ts'
import type { Lookup } from './route.ts'

/** Arrow heads are so many line widths long, and at least this many page units. */
export const HEAD_WIDTHS = 4
export const HEAD_LEAST = 8
/** Text may stand out of its box; this much is painted at most, in letter heights. */
const TEXT_OVERHANG = 1
/** Pressure's extra width, and how far round corners of a smooth line can stand out. */
const INK_MARGIN = 1.2

/** What a shape paints lies within these. A group has no bounds of its own; {@link groupBounds} gives them. */
export function shapeBounds(shape: Shape, lookup: Lookup): Bounds {
  switch (shape.kind) {
    case 'ink':
      return growBounds(boxBounds(shape.box), inkRadius(shape.style.width, 63) * INK_MARGIN)
    case 'line':
      return lineBounds(shape, lookup)
    case 'geo':
      return growBounds(boxBounds(shape.box), shape.style.width)
    case 'text':
      return growBounds(boxBounds(shape.box), shape.style.size * TEXT_OVERHANG)
    case 'note':
      return growBounds(boxBounds(shape.box), 16)
    case 'frame':
      // Its title stands above it.
      return growBounds(boxBounds(shape.box), 24)
    case 'image':
      return boxBounds(shape.box)
    case 'group':
      return NO_BOUNDS
  }
}

function lineBounds(line: LineShape, lookup: Lookup): Bounds {
  const { points } = routeLine(line, lookup)
  const { width, start, end, route, size } = line.style
  const heads = start === 'none' && end === 'none' ? 0 : Math.max(HEAD_LEAST, width * HEAD_WIDTHS)
  // A curve's handles are a third of its pieces long: it stays within that.
  const bow = route === 'curve' ? bowOf(points) : 0
  const bounds = growBounds(boundsOfPoints(points), width / 2 + heads + bow)
  if (line.text.length === 0) return bounds
  const middle = pointAlong(points, 0.5)
  return joinBounds(
    bounds,
    growBounds({ left: middle.x, right: middle.x, top: middle.y, bottom: middle.y }, size * 12),
  )
}

function bowOf(points: readonly number[]): number {
  let longest = 0
  for (let i = 2; i < points.length; i += 2)
    longest = Math.max(
      longest,
      Math.hypot((points[i] ?? 0) - (points[i - 2] ?? 0), (points[i + 1] ?? 0) - (points[i - 1] ?? 0)),
    )
  return longest / 3
}

/** The bounds of several shapes together, such as all in a group. */
export function groupBounds(shapes: Iterable<Shape>, lookup: Lookup): Bounds {
  let bounds = NO_BOUNDS
  for (const shape of shapes) bounds = joinBounds(bounds, shapeBounds(shape, lookup))
  return bounds
}
