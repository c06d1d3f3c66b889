/**
 * Many shapes that are dragged are painted once, and that picture is moved: painting thousands anew for each move of the
 * hand would not keep up with it.
 */
import { growBounds, isEmptyBounds, joinBounds, NO_BOUNDS } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { areaOf, contextOf, createSurface, sharedArea } from './canvas.ts'
import type { Area, Context, Lay } from './canvas.ts'

/** From how many shapes on a picture pays. */
export const MANY = 24
/** How far what is dragged has moved between two looks counts as the same for all; page units. */
const SAME = 1e-3

export interface Snapshot {
  /** Where its shapes are now, on the page. */
  bounds(): Bounds
  /** Takes the same shapes elsewhere; false when they are others, or have changed otherwise than by moving. */
  move(shapes: readonly Shape[]): boolean
  /** Whether it can be drawn on a canvas the page lies on like that. */
  fits(lay: Lay): boolean
  draw(context: Context, lay: Lay): void
}

/** How far a shape has been moved; null when it is another one or looks different. */
export function movedBy(before: Shape, now: Shape): { x: number; y: number } | null {
  if (before.id !== now.id || before.kind !== now.kind || before.style !== now.style) return null
  if (before.kind === 'line' && now.kind === 'line') {
    const x = (now.path[0] ?? 0) - (before.path[0] ?? 0)
    const y = (now.path[1] ?? 0) - (before.path[1] ?? 0)
    const fits = now.path.every((value, i) => same(value - (before.path[i] ?? 0), i % 2 === 0 ? x : y))
    return fits && before.path.length === now.path.length && before.text === now.text ? { x, y } : null
  }
  if (!('box' in before) || !('box' in now)) return { x: 0, y: 0 }
  const [a, b] = [before.box, now.box]
  const looksSame =
    same(a.w, b.w) && same(a.h, b.h) && same(a.r, b.r) && a.flipX === b.flipX && a.flipY === b.flipY
  const says = 'text' in before && 'text' in now ? before.text === now.text : true
  return looksSame && says ? { x: b.x - a.x, y: b.y - a.y } : null
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME
}

/** How far all of some shapes have been moved alike; null when they have not, or are others. */
export function movedAlike(before: readonly Shape[], now: readonly Shape[]): { x: number; y: number } | null {
  const [first] = before
  const [other] = now
  const by = first && other && before.length === now.length ? movedBy(first, other) : null
  if (!by) return null
  const all = before.every((shape, i) => {
    const next = now[i]
    const moved = next ? movedBy(shape, next) : null
    return moved !== null && same(moved.x, by.x) && same(moved.y, by.y)
  })
  return all ? by : null
}

/** `paint` paints shapes on a context; `seen` is the canvas, half a screen round which is painted too. Null: nothing is near. */
export function createSnapshot(
  shapes: readonly Shape[],
  lay: Lay,
  seen: { readonly width: number; readonly height: number },
  lookup: Lookup,
  paint: (context: Context, shapes: readonly Shape[], lay: Lay) => void,
): Snapshot | null {
  const bounds = boundsOfAll(shapes, lookup)
  const { width, height } = seen
  const around: Area = { x: -width / 2, y: -height / 2, width: width * 2, height: height * 2 }
  const area = isEmptyBounds(bounds) ? null : sharedArea(areaOf(bounds, lay), around)
  if (!area) return null
  const surface = createSurface(Math.ceil(area.width), Math.ceil(area.height))
  paint(contextOf(surface), shapes, { scale: lay.scale, x: lay.x - area.x, y: lay.y - area.y })
  let at = { x: 0, y: 0 }
  /** Canvas pixels it lies off from where it was painted. */
  const offset = (place: Lay) => ({
    x: at.x * lay.scale + place.x - lay.x,
    y: at.y * lay.scale + place.y - lay.y,
  })
  return {
    bounds: () => ({
      left: bounds.left + at.x,
      top: bounds.top + at.y,
      right: bounds.right + at.x,
      bottom: bounds.bottom + at.y,
    }),
    move(now) {
      const by = movedAlike(shapes, now)
      if (by) at = by
      return by !== null
    },
    fits(place) {
      const { x, y } = offset(place)
      // Beyond what was painted there would be holes.
      return place.scale === lay.scale && Math.abs(x) <= width / 2 && Math.abs(y) <= height / 2
    },
    draw(context, place) {
      const { x, y } = offset(place)
      context.drawImage(surface, Math.round(area.x + x), Math.round(area.y + y))
    },
  }
}

/** The bounds of shapes, a little more than they take up. */
export function boundsOfAll(shapes: readonly Shape[], lookup: Lookup): Bounds {
  let bounds = NO_BOUNDS
  for (const shape of shapes) bounds = joinBounds(bounds, shapeBounds(shape, lookup))
  return growBounds(bounds, 1)
}
