/** Turning the selection about its middle (SPEC-board B209): with Shift in steps of 15 degrees. */
import { boxCentre } from '../../../../shared/board/geometry/box.ts'
import type { Box } from '../../../../shared/board/geometry/box.ts'
import { normalAngle, rotation } from '../../../../shared/board/geometry/matrix.ts'
import type { Inside, State } from '../../editor/inside.ts'
import { beginStep } from '../../editor/step.ts'
import type { Pointer } from '../../types.ts'
import { movingOf } from './moving.ts'

const STEP = Math.PI / 12
/** Close to upright, level and straight across it stays there: 2 degrees. */
const NEAR = Math.PI / 90

export function rotateSelection(editor: Inside, box: Box, from: Pointer): State | null {
  const moving = movingOf(editor, editor.selection.value)
  if (moving.shapes.length === 0) return null
  const step = beginStep(editor)
  step.follow(moving.followers)
  const centre = boxCentre(box)
  const angleOf = (event: Pointer): number => Math.atan2(event.page.y - centre.y, event.page.x - centre.x)
  const start = angleOf(from)
  let isTurned = false

  function show(event: Pointer): void {
    // Steps are of the angle the box then has, not of how far it was turned.
    const free = box.r + angleOf(event) - start
    const right = Math.round(free / (Math.PI / 2)) * (Math.PI / 2)
    const to = event.shift
      ? Math.round(free / STEP) * STEP
      : !event.mod && Math.abs(free - right) < NEAR
        ? right
        : free
    isTurned = true
    step.show(moving.mapped(rotation(normalAngle(to - box.r), centre.x, centre.y)))
  }

  editor.cursor.value = 'grabbing'
  return {
    move: show,
    up(event) {
      if (isTurned) show(event)
      step.done()
    },
    cancel: () => step.abandon(),
  }
}
