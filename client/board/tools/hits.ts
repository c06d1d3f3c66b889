/** What lies under the pointer, for tools. */
import { FRAME_TITLE } from '../../../shared/board/draw/shapes.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { boxBounds, boxRotation } from '../../../shared/board/geometry/box.ts'
import { mapX, mapY } from '../../../shared/board/geometry/matrix.ts'
import { hitShape } from '../../../shared/board/geometry/hit.ts'
import { isBoxed, isTextKind } from '../../../shared/board/model/shape.ts'
import type { BoxedShape, Shape } from '../../../shared/board/model/shape.ts'
import { reach } from '../editor/inside.ts'
import type { Inside } from '../editor/inside.ts'
import { isLocked } from '../editor/selecting.ts'
import type { Point, Pointer } from '../types.ts'

/** The uppermost shape the pointer is on; locked ones lie as if painted on the ground. */
export function shapeUnder(editor: Inside, event: Pointer, locked = false): Shape | null {
  const { zoom } = editor.camera.place.value
  const accept = ({ id }: Shape): boolean => locked || !isLocked(editor.scene, id)
  const title = frameByTitle(editor, event.page)
  if (title && accept(title)) return title
  return editor.scene.at(event.page, reach(event) / zoom, accept)
}

/** Titles stand so far above their frames; see `shared/board/draw/shapes.ts`. */
const TITLE_RISE = 8

/** The frame on whose title a place is; the uppermost of several. */
function frameByTitle(editor: Inside, { x, y }: Point): Shape | null {
  let found: Shape | null = null
  for (const frame of editor.scene.within({ left: x, right: x, top: y, bottom: y })) {
    if (frame.kind !== 'frame' || frame.name === '') continue
    const { box } = frame
    const back = boxRotation({ ...box, r: -box.r })
    const across = mapX(back, x, y) - box.x
    const above = box.y - mapY(back, x, y)
    const width = measureText(frame.name, { family: 'sans', size: FRAME_TITLE, bold: false, italic: false })
    if (above >= 0 && above <= TITLE_RISE + FRAME_TITLE && across >= 0 && across <= width) found = frame
  }
  return found
}

/** Shapes whose area a place is in, uppermost first, also those without a fill; no frames. */
export function areasAt(editor: Inside, { x, y }: Point): BoxedShape[] {
  const { scene } = editor
  const lookup = (id: string): Shape | undefined => scene.shapes.get(id)
  const found: BoxedShape[] = []
  for (const shape of scene.within({ left: x, right: x, top: y, bottom: y }))
    if (
      isBoxed(shape) &&
      shape.kind !== 'ink' &&
      shape.kind !== 'frame' &&
      hitShape(shape, x, y, { tolerance: 0, lookup, hollow: true })
    )
      found.unshift(shape)
  return found
}

/** The smallest form without a fill that a place is in: a click into it means it, a drag does not. */
export function hollowAt(editor: Inside, place: Point): BoxedShape | null {
  let least: BoxedShape | null = null
  const size = ({ box }: BoxedShape): number => box.w * box.h
  for (const shape of areasAt(editor, place))
    if (!isLocked(editor.scene, shape.id) && (!least || size(shape) < size(least))) least = shape
  return least
}

/** What a double click at a place would write in. */
export function textAt(editor: Inside, event: Pointer): Shape | null {
  const shape = shapeUnder(editor, event) ?? hollowAt(editor, event.page)
  return shape && isTextKind(shape.kind) ? shape : null
}

/** The uppermost shape an end of a line can stay on at a place: an area, hollow or not, or a stroke; not one of `except`. */
export function bindableAt(editor: Inside, place: Point, except: ReadonlySet<string>): BoxedShape | null {
  const { scene, camera } = editor
  const tolerance = 8 / camera.place.value.zoom
  const bounds = {
    left: place.x - tolerance,
    right: place.x + tolerance,
    top: place.y - tolerance,
    bottom: place.y + tolerance,
  }
  const lookup = (id: string): Shape | undefined => scene.shapes.get(id)
  let best: BoxedShape | null = null
  for (const shape of scene.within(bounds)) {
    if (!isBoxed(shape) || except.has(shape.id) || shape.kind === 'ink') continue
    const hollow = shape.kind !== 'frame'
    if (!hitShape(shape, place.x, place.y, { tolerance, lookup, hollow })) continue
    // A large form that lies above a small one would hide it: what is smaller and near counts.
    if (best && best.kind !== 'frame' && areaOf(best) < areaOf(shape)) continue
    best = shape
  }
  return best
}

function areaOf(shape: BoxedShape): number {
  const { left, top, right, bottom } = boxBounds(shape.box)
  return (right - left) * (bottom - top)
}
