/** Moving the selection (SPEC-board B207): snapped, level or upright with Shift, a copy of it with Alt. */
import { joinBounds, NO_BOUNDS } from '../../../../shared/board/geometry/bounds.ts'
import { translation } from '../../../../shared/board/geometry/matrix.ts'
import { snapBounds } from '../../../../shared/board/geometry/snap.ts'
import { settle } from '../../editor/making.ts'
import type { Inside, State } from '../../editor/inside.ts'
import { placeOf, topsOf } from '../../editor/selecting.ts'
import { beginStep } from '../../editor/step.ts'
import type { Pointer } from '../../types.ts'
import { movingOf, showGuides, snapOptions, snapTargets } from './moving.ts'

/** `copy` puts a copy in place and selects it; it is called within the step. */
export function moveSelection(editor: Inside, from: Pointer, copy: (() => void) | null): State {
  const { scene, selection } = editor
  const before = selection.value
  const step = beginStep(editor)
  copy?.()
  const moving = movingOf(editor, selection.value)
  step.follow(moving.followers)
  const start = moving.shapes.reduce((bounds, shape) => {
    const place = placeOf(shape, (id) => scene.shapes.get(id))
    return place ? joinBounds(bounds, place) : bounds
  }, NO_BOUNDS)
  const targets = snapTargets(editor, moving.ids, start)

  function offset(event: Pointer): { dx: number; dy: number } {
    let dx = event.page.x - from.page.x
    let dy = event.page.y - from.page.y
    const axis = event.shift ? (Math.abs(dx) > Math.abs(dy) ? 'x' : 'y') : null
    if (axis === 'x') dy = 0
    if (axis === 'y') dx = 0
    const snap = snapOptions(editor, event.mod)
    if (!snap) {
      showGuides(editor, [])
      return { dx, dy }
    }
    const at = {
      left: start.left + dx,
      right: start.right + dx,
      top: start.top + dy,
      bottom: start.bottom + dy,
    }
    const snapped = snapBounds(at, snap.shapes ? targets : [], snap.options)
    showGuides(
      editor,
      snapped.guides.filter((guide) => axis === null || guide.axis === axis),
    )
    if (axis !== 'y') dx += snapped.dx
    if (axis !== 'x') dy += snapped.dy
    return { dx, dy }
  }

  editor.cursor.value = 'move'
  return {
    move(event) {
      const { dx, dy } = offset(event)
      step.show(moving.mapped(translation(dx, dy)))
    },
    up(event) {
      const { dx, dy } = offset(event)
      step.show(moving.mapped(translation(dx, dy)))
      step.done((board) => settle(scene, board, topsOf(scene, selection.value), editor.random))
      showGuides(editor, [])
    },
    cancel() {
      step.abandon()
      showGuides(editor, [])
      editor.select(before)
    },
  }
}
