/** Stretching the selection by a handle (SPEC-board B208): with Shift its ratio stays, with Alt its middle. */
import { boxBounds, boxCentre, boxOf } from '../../../../shared/board/geometry/box.ts'
import type { Box } from '../../../../shared/board/geometry/box.ts'
import { compose, rotation } from '../../../../shared/board/geometry/matrix.ts'
import type { Matrix } from '../../../../shared/board/geometry/matrix.ts'
import { MAX_TEXT_SIZE, MIN_TEXT_SIZE } from '../../../../shared/board/limits.ts'
import { snapPoint } from '../../../../shared/board/geometry/snap.ts'
import { resizing } from '../../../../shared/board/geometry/transform.ts'
import type { Handle } from '../../../../shared/board/geometry/transform.ts'
import type { ShapeParts } from '../../../../shared/board/model/write.ts'
import { handlePlace } from '../../editor/handles.ts'
import type { Inside, State } from '../../editor/inside.ts'
import { beginStep } from '../../editor/step.ts'
import type { Pointer } from '../../types.ts'
import { movingOf, showGuides, snapOptions, snapTargets } from './moving.ts'

export function resizeSelection(editor: Inside, box: Box, handle: Handle, from: Pointer): State | null {
  const moving = movingOf(editor, editor.selection.value)
  if (moving.shapes.length === 0) return null
  const step = beginStep(editor)
  step.follow(moving.followers)
  const targets = snapTargets(editor, moving.ids, boxBounds(box))
  const corner = handlePlace(box, handle)
  const isCorner = handle.x !== 0 && handle.y !== 0
  // What has a ratio of its own keeps it by the corners; Shift lets go of it.
  const keeps = moving.shapes.some(({ kind }) => kind === 'image' || kind === 'text')
  let isChanged = false

  function mapTo(event: Pointer): Matrix {
    let dx = event.page.x - from.page.x
    let dy = event.page.y - from.page.y
    const ratio = isCorner && keeps ? !event.shift : event.shift
    const snap = box.r === 0 && !ratio ? snapOptions(editor, event.mod) : null
    if (snap) {
      const snapped = snapPoint(corner.x + dx, corner.y + dy, snap.shapes ? targets : [], snap.options)
      if (handle.x !== 0) dx += snapped.dx
      if (handle.y !== 0) dy += snapped.dy
      showGuides(
        editor,
        snapped.guides.filter(({ axis }) => (axis === 'x' ? handle.x !== 0 : handle.y !== 0)),
      )
    } else showGuides(editor, [])
    return turnedResizing(box, handle, dx, dy, { ratio, centred: event.alt })
  }

  function show(event: Pointer): void {
    const map = mapTo(event)
    const parts = moving.mapped(map)
    if (isCorner) scaleLetters(map, parts)
    isChanged = true
    step.show(parts)
  }

  /** A text without a form grows as a whole by its corners. */
  function scaleLetters(map: Matrix, parts: Map<string, ShapeParts>): void {
    const scale = Math.sqrt(Math.abs(map[0] * map[3] - map[1] * map[2]))
    for (const shape of moving.shapes) {
      if (shape.kind !== 'text') continue
      const size = Math.min(MAX_TEXT_SIZE, Math.max(MIN_TEXT_SIZE, shape.style.size * scale))
      parts.set(shape.id, { ...parts.get(shape.id), style: { size } })
    }
  }

  return {
    move: show,
    up(event) {
      if (isChanged) show(event)
      step.done()
      showGuides(editor, [])
    },
    cancel() {
      step.abandon()
      showGuides(editor, [])
    },
  }
}

/** {@link resizing} of a turned box: along its own sides, by a distance of the page. */
export function turnedResizing(
  box: Box,
  handle: Handle,
  dx: number,
  dy: number,
  options: { ratio: boolean; centred: boolean },
): Matrix {
  const { x, y, w, h, r } = box
  const upright = boxOf(x, y, w, h)
  const bounds = { left: upright.x, top: upright.y, right: x + w, bottom: y + h }
  if (r === 0) return resizing(bounds, handle, dx, dy, options)
  const cos = Math.cos(-r)
  const sin = Math.sin(-r)
  const centre = boxCentre(box)
  const map = resizing(bounds, handle, dx * cos - dy * sin, dx * sin + dy * cos, options)
  return compose(rotation(r, centre.x, centre.y), compose(map, rotation(-r, centre.x, centre.y)))
}
