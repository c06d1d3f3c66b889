/** Moving and resizing with the keyboard (SPEC-board B222): by 1, with Shift by 10; with Ctrl the size. Nothing selected: the view. */
import { translation } from '../../../../shared/board/geometry/matrix.ts'
import { changeShape } from '../../../../shared/board/model/write.ts'
import type { BoardAction } from '../../types.ts'
import { selectionBox } from '../selecting.ts'
import type { Inside } from '../inside.ts'
import { movingOf } from '../../tools/select/moving.ts'
import { turnedResizing } from '../../tools/select/resize.ts'
import type { Facts } from './actions.ts'

/** Screen pixels the view moves. */
const PAN = 60

const WAYS: readonly (readonly [
  id: string,
  key: string,
  dx: number,
  dy: number,
  label: string,
  wider: string,
])[] = [
  ['left', 'ArrowLeft', -1, 0, 'board.move.left', 'board.size.narrower'],
  ['right', 'ArrowRight', 1, 0, 'board.move.right', 'board.size.wider'],
  ['up', 'ArrowUp', 0, -1, 'board.move.up', 'board.size.lower'],
  ['down', 'ArrowDown', 0, 1, 'board.move.down', 'board.size.higher'],
]

export function moveActions({ editor, canChange }: Facts): BoardAction[] {
  const one = { icon: 'move', group: 'arrange' } as const
  return WAYS.flatMap(([id, key, dx, dy, label, wider]): BoardAction[] => [
    {
      ...one,
      id: `move-${id}`,
      label,
      keys: [key],
      writes: false,
      enabled: () => true,
      run: () => nudge(editor, dx, dy, false),
    },
    {
      ...one,
      id: `move-far-${id}`,
      label,
      keys: [`Shift-${key}`],
      writes: false,
      enabled: () => true,
      run: () => nudge(editor, dx * 10, dy * 10, true),
    },
    {
      ...one,
      id: `size-${id}`,
      label: wider,
      keys: [`Mod-${key}`],
      writes: true,
      enabled: () => canChange(),
      run: () => grow(editor, dx, dy),
    },
    {
      ...one,
      id: `size-far-${id}`,
      label: wider,
      keys: [`Mod-Shift-${key}`],
      writes: true,
      enabled: () => canChange(),
      run: () => grow(editor, dx * 10, dy * 10),
    },
  ])
}

function nudge(editor: Inside, dx: number, dy: number, far: boolean): void {
  const { selection, camera, mayDraw } = editor
  if (selection.value.size === 0 || !mayDraw.value) {
    const by = far ? PAN / 2 : PAN
    camera.pan(dx * by, dy * by)
    return
  }
  const moving = movingOf(editor, selection.value)
  editor.change((board) => {
    for (const [id, parts] of moving.mapped(translation(dx, dy))) changeShape(board, id, parts)
  })
}

/** The lower right corner moves. */
function grow(editor: Inside, dx: number, dy: number): void {
  const { scene, selection } = editor
  const box = selectionBox(scene, selection.value, (id) => scene.shapes.get(id))
  // Nothing is made smaller than a single unit.
  if (!box || box.w + dx < 1 || box.h + dy < 1) return
  const cos = Math.cos(box.r)
  const sin = Math.sin(box.r)
  const map = turnedResizing(
    box,
    { x: dx === 0 ? 0 : 1, y: dy === 0 ? 0 : 1 },
    dx * cos - dy * sin,
    dx * sin + dy * cos,
    {
      ratio: false,
      centred: false,
    },
  )
  const moving = movingOf(editor, selection.value)
  editor.change((board) => {
    for (const [id, parts] of moving.mapped(map)) changeShape(board, id, parts)
  })
}
