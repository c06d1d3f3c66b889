/** Moving and resizing with the keyboard (SPEC-board B222): by 1, with Shift by 10; with Ctrl the size. Nothing selected: the view. */
import { translation } from '../../../../shared/board/geometry/matrix.ts'
import { changeShape } from '../../../../shared/board/model/write.ts'
import type { BoardAction, Off } from '../../types.ts'
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

/** Ms of rest after which it is said where something came to: a key that is held moves on. */
const REST = 400

export function moveActions({ editor, canChange }: Facts): BoardAction[] {
  const tell = createTeller(editor)
  const one = { icon: 'move', group: 'arrange' } as const
  return WAYS.flatMap(([id, key, dx, dy, label, wider]): BoardAction[] => [
    {
      ...one,
      id: `move-${id}`,
      label,
      keys: [key],
      writes: false,
      enabled: () => true,
      run: () => nudge(editor, dx, dy, false) && tell('place'),
    },
    {
      ...one,
      id: `move-far-${id}`,
      label,
      keys: [`Shift-${key}`],
      writes: false,
      enabled: () => true,
      run: () => nudge(editor, dx * 10, dy * 10, true) && tell('place'),
    },
    {
      ...one,
      id: `size-${id}`,
      label: wider,
      keys: [`Mod-${key}`],
      writes: true,
      enabled: () => canChange(),
      run: () => grow(editor, dx, dy) && tell('size'),
    },
    {
      ...one,
      id: `size-far-${id}`,
      label: wider,
      keys: [`Mod-Shift-${key}`],
      writes: true,
      enabled: () => canChange(),
      run: () => grow(editor, dx * 10, dy * 10) && tell('size'),
    },
  ])
}

/** Says where the selection came to, or how large it is now. */
function createTeller(editor: Inside): (what: 'place' | 'size') => void {
  const { scene, selection } = editor
  let waiting: Off | null = null
  return (what) => {
    waiting?.()
    waiting = editor.after(REST, () => {
      waiting = null
      const box = selectionBox(scene, selection.value, (id) => scene.shapes.get(id))
      if (!box) return
      const [one, other] = what === 'place' ? [box.x, box.y] : [box.w, box.h]
      const values = { x: Math.round(one), y: Math.round(other) }
      editor.say(what === 'place' ? 'board.say.movedTo' : 'board.say.sizeNow', values)
    })
  }
}

/** False where it was the view that moved. */
function nudge(editor: Inside, dx: number, dy: number, far: boolean): boolean {
  const { selection, camera, mayDraw } = editor
  if (selection.value.size === 0 || !mayDraw.value) {
    const by = far ? PAN / 2 : PAN
    camera.pan(dx * by, dy * by)
    return false
  }
  const moving = movingOf(editor, selection.value)
  editor.change((board) => {
    for (const [id, parts] of moving.mapped(translation(dx, dy))) changeShape(board, id, parts)
  })
  return true
}

/** The lower right corner moves; false where it cannot. */
function grow(editor: Inside, dx: number, dy: number): boolean {
  const { scene, selection } = editor
  const box = selectionBox(scene, selection.value, (id) => scene.shapes.get(id))
  // Nothing is made smaller than a single unit, and what is flat, as a level line, stays so.
  const isFine = (size: number, by: number): boolean => by === 0 || (size >= 1 && size + by >= 1)
  if (!box || !isFine(box.w, dx) || !isFine(box.h, dy)) return false
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
  return true
}
