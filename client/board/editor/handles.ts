/** Handles of a selection: where they are on the screen, and which one a pointer is on (SPEC-board B203). */
import { boxCentre, boxCorners } from '../../../shared/board/geometry/box.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import { routeLine } from '../../../shared/board/geometry/route.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import type { Handle } from '../../../shared/board/geometry/transform.ts'
import type { LineShape } from '../../../shared/board/model/shape.ts'
import type { Camera, Point } from '../types.ts'

export type BoxHandle = Handle | 'rotate'

/** Screen pixels the turning handle stands above the box. */
export const ROTATE_ABOVE = 22
/** Sides shorter than this have no handle in their middle. */
const LEAST_SIDE = 36

const CORNERS: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 1 },
  { x: -1, y: 1 },
]
const SIDES: readonly Handle[] = [
  { x: 0, y: -1 },
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
]

/** A place in the box (0 to 1) on the page. */
function placeIn(box: Box, x: number, y: number): Point {
  const [ax = 0, ay = 0, bx = 0, by = 0, , , dx = 0, dy = 0] = boxCorners(box)
  return { x: ax + (bx - ax) * x + (dx - ax) * y, y: ay + (by - ay) * x + (dy - ay) * y }
}

export function handlePlace(box: Box, handle: Handle): Point {
  return placeIn(box, (handle.x + 1) / 2, (handle.y + 1) / 2)
}

/** The turning handle on the screen. */
export function rotatePlace(box: Box, camera: Camera): Point {
  const top = camera.toScreen(placeIn(box, 0.5, 0))
  return { x: top.x + Math.sin(box.r) * ROTATE_ABOVE, y: top.y - Math.cos(box.r) * ROTATE_ABOVE }
}

/** The handles that are shown: corners, and sides that have room for one. */
export function shownHandles(box: Box, zoom: number): readonly Handle[] {
  return [...CORNERS, ...SIDES.filter(({ x }) => (x === 0 ? box.w : box.h) * zoom >= LEAST_SIDE)]
}

/** Screen pixels between a shape and the box with its handles. */
const PAD = 4

/** The box round a selection's own, which its handles are on. */
export function paddedBox(box: Box, zoom: number): Box {
  const by = PAD / zoom
  return { ...box, x: box.x - by, y: box.y - by, w: box.w + 2 * by, h: box.h + 2 * by }
}

/** The handle of a {@link paddedBox} within `reach` screen pixels, corners first. Whole sides can be taken, but not what lies in a small box. */
export function handleAt(box: Box, camera: Camera, screen: Point, reach: number): BoxHandle | null {
  const { zoom } = camera.place.value
  const distance = (place: Point): number => Math.hypot(place.x - screen.x, place.y - screen.y)
  // Within a box that is small on the screen handles reach outwards only, so that it can still be moved.
  const inner = Math.min(reach, Math.max(2, (Math.min(box.w, box.h) * zoom) / 4))
  const isIn = isInBox(
    {
      ...box,
      x: box.x + PAD / zoom,
      y: box.y + PAD / zoom,
      w: Math.max(0, box.w - (2 * PAD) / zoom),
      h: Math.max(0, box.h - (2 * PAD) / zoom),
    },
    camera.toPage(screen),
  )
  const most = isIn ? inner : reach
  if (distance(rotatePlace(box, camera)) <= reach) return 'rotate'
  for (const handle of CORNERS)
    if (distance(camera.toScreen(handlePlace(box, handle))) <= most + 2) return handle
  for (const handle of SIDES) {
    const from = camera.toScreen(
      placeIn(box, handle.x === 0 ? 0 : (handle.x + 1) / 2, handle.y === 0 ? 0 : (handle.y + 1) / 2),
    )
    const to = camera.toScreen(
      placeIn(box, handle.x === 0 ? 1 : (handle.x + 1) / 2, handle.y === 0 ? 1 : (handle.y + 1) / 2),
    )
    if (toSegment(screen, from, to) <= Math.min(most, Math.max(PAD + 0.5, reach / 1.5))) return handle
  }
  return null
}

function toSegment(point: Point, from: Point, to: Point): number {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const length = dx * dx + dy * dy
  const t =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length))
  return Math.hypot(point.x - from.x - dx * t, point.y - from.y - dy * t)
}

/** Whether a place of the page lies in a turned box. */
export function isInBox(box: Box, { x, y }: Point): boolean {
  const centre = boxCentre(box)
  const cos = Math.cos(-box.r)
  const sin = Math.sin(-box.r)
  const dx = x - centre.x
  const dy = y - centre.y
  return Math.abs(dx * cos - dy * sin) <= box.w / 2 && Math.abs(dx * sin + dy * cos) <= box.h / 2
}

/** A handle of a line: an end or a bend by its place in the path, or the middle of a piece, which makes a bend before `index`. */
export interface LineHandle extends Point {
  readonly kind: 'end' | 'bend' | 'middle'
  readonly index: number
}

/** Pieces shorter than this many screen pixels have no handle in their middle. */
const LEAST_PIECE = 48

export function lineHandles(line: LineShape, lookup: Lookup, zoom: number): LineHandle[] {
  const { points: routed } = routeLine(line, lookup)
  const count = line.path.length / 2
  const at = (i: number): Point =>
    i === 0
      ? { x: routed[0] ?? 0, y: routed[1] ?? 0 }
      : i === count - 1
        ? { x: routed.at(-2) ?? 0, y: routed.at(-1) ?? 0 }
        : { x: line.path[2 * i] ?? 0, y: line.path[2 * i + 1] ?? 0 }
  const handles: LineHandle[] = []
  for (let i = 0; i < count; i++)
    handles.push({ kind: i === 0 || i === count - 1 ? 'end' : 'bend', index: i, ...at(i) })
  // A way round corners finds its own bends.
  if (line.style.route === 'elbow' && count === 2) return handles
  for (let i = 1; i < count; i++) {
    const a = at(i - 1)
    const b = at(i)
    if (Math.hypot(b.x - a.x, b.y - a.y) * zoom < LEAST_PIECE) continue
    handles.push({ kind: 'middle', index: i, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
  }
  return handles
}

export function lineHandleAt(
  handles: readonly LineHandle[],
  camera: Camera,
  screen: Point,
  reach: number,
): LineHandle | null {
  let best: LineHandle | null = null
  let least = reach + 3
  for (const handle of handles) {
    const place = camera.toScreen(handle)
    // An end counts before the middle of a piece.
    const distance = Math.hypot(place.x - screen.x, place.y - screen.y) + (handle.kind === 'middle' ? 2 : 0)
    if (distance <= least) {
      least = distance
      best = handle
    }
  }
  return best
}

const CURSORS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const

/** The cursor of a handle, turned with the box. */
export function handleCursor(handle: BoxHandle, angle: number): string {
  if (handle === 'rotate') return 'grab'
  const direction = Math.atan2(handle.y, handle.x) + angle
  const eighth = Math.round(direction / (Math.PI / 4))
  return CURSORS[((eighth % 4) + 4) % 4] ?? 'move'
}
