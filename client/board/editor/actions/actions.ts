/** Everything a person can do on the board, by id (SPEC-board B218): toolbars, menus, keys, palette and help are made from it. */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import type { BoardAction, Off } from '../../types.ts'
import { follow } from '../inside.ts'
import type { Inside } from '../inside.ts'
import { isLocked, leavesOf } from '../selecting.ts'
import { arrangeActions } from './arrange.ts'
import { clipboardActions } from './clipboard.ts'
import { editActions } from './edit.ts'
import { moveActions } from './move.ts'
import { toolActions } from './tools.ts'
import { viewActions } from './view.ts'

/** What actions ask before they can be done; reading it follows. */
export interface Facts {
  readonly editor: Inside
  readonly canUndo: ReadonlySignal<boolean>
  readonly canRedo: ReadonlySignal<boolean>
  /** What is selected, with all in it. */
  readonly leaves: ReadonlySignal<readonly Shape[]>
  /** Some of what is selected is locked. */
  readonly hasLocked: ReadonlySignal<boolean>
  /** At least so many are selected and may be changed. */
  readonly canChange: (least?: number) => boolean
}

export function makeActions(editor: Inside): { actions: Map<string, BoardAction>; off: Off } {
  const { scene, undo, selection, mayDraw } = editor
  const canUndo = signal(false)
  const canRedo = signal(false)
  // After the undo manager's own listener, which was there first.
  const look = (): void => {
    canUndo.value = undo.canUndo()
    canRedo.value = undo.canRedo()
  }
  scene.board.doc.on('afterTransaction', look)
  const leaves = computed(() => {
    follow(scene.version)
    return leavesOf(scene, selection.value)
  })
  const free = computed(() => {
    follow(scene.version)
    let count = 0
    for (const id of selection.value) if (!isLocked(scene, id)) count++
    return count
  })
  const facts: Facts = {
    editor,
    canUndo: computed(() => mayDraw.value && canUndo.value),
    canRedo: computed(() => mayDraw.value && canRedo.value),
    leaves,
    canChange: (least = 1) => mayDraw.value && free.value >= least,
    hasLocked: computed(() => free.value < selection.value.size),
  }
  const actions = new Map<string, BoardAction>()
  for (const action of [
    ...toolActions(facts),
    ...editActions(facts),
    ...clipboardActions(facts),
    ...arrangeActions(facts),
    ...moveActions(facts),
    ...viewActions(facts),
  ]) {
    if (actions.has(action.id)) throw new RangeError(`Two actions named ${action.id}`)
    actions.set(action.id, action)
  }
  return { actions, off: () => scene.board.doc.off('afterTransaction', look) }
}
