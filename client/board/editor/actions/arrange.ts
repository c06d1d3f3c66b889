/** Layers, groups, alignment, distances, mirroring. */

import type { Bounds } from '../../../../shared/board/geometry/bounds.ts'
import type { Matrix } from '../../../../shared/board/geometry/matrix.ts'
import { aligned, distributed, mirroring } from '../../../../shared/board/geometry/transform.ts'
import type { Alignment } from '../../../../shared/board/geometry/transform.ts'
import { moveLayers } from '../../../../shared/board/model/layers.ts'
import type { LayerMove } from '../../../../shared/board/model/layers.ts'
import { changeShape } from '../../../../shared/board/model/write.ts'
import type { BoardAction } from '../../types.ts'
import { groupSelection, ungroupSelection } from '../groups.ts'
import type { Inside } from '../inside.ts'
import { boundsOfIds, isLocked, topsOf } from '../selecting.ts'
import { movingOf } from '../../tools/select/moving.ts'
import type { Facts } from './actions.ts'

const LAYERS: readonly (readonly [LayerMove, label: string, icon: string, key: string])[] = [
  ['front', 'board.arrange.front', 'front', 'Shift-]'],
  ['forward', 'board.arrange.forward', 'forward', ']'],
  ['backward', 'board.arrange.backward', 'backward', '['],
  ['back', 'board.arrange.back', 'back-order', 'Shift-['],
]

const ALIGNS: readonly (readonly [Alignment, label: string, icon: string, key: string])[] = [
  ['left', 'board.arrange.left', 'align-board-left', 'Alt-a'],
  ['center', 'board.arrange.center', 'align-board-center', 'Alt-h'],
  ['right', 'board.arrange.right', 'align-board-right', 'Alt-d'],
  ['top', 'board.arrange.top', 'align-board-top', 'Alt-w'],
  ['middle', 'board.arrange.middle', 'align-board-middle', 'Alt-v'],
  ['bottom', 'board.arrange.bottom', 'align-board-bottom', 'Alt-s'],
]

export function arrangeActions({ editor, canChange, leaves }: Facts): BoardAction[] {
  const arrange = { group: 'arrange', writes: true } as const
  const any = (): boolean => canChange()
  return [
    ...LAYERS.map(([move, label, icon, key]): BoardAction => ({
      ...arrange,
      id: move,
      label,
      icon,
      keys: [key],
      enabled: any,
      run: () => layer(editor, move),
    })),
    {
      ...arrange,
      id: 'group',
      label: 'board.arrange.group',
      icon: 'group',
      keys: ['Mod-g'],
      enabled: () => canChange(2),
      run: () => groupSelection(editor),
    },
    {
      ...arrange,
      id: 'ungroup',
      label: 'board.arrange.ungroup',
      icon: 'ungroup',
      keys: ['Mod-Shift-g'],
      enabled: () =>
        canChange() &&
        [...editor.selection.value].some((id) => editor.scene.shapes.get(id)?.kind === 'group'),
      run: () => ungroupSelection(editor),
    },
    ...ALIGNS.map(([to, label, icon, key]): BoardAction => ({
      ...arrange,
      id: `align-${to}`,
      label,
      icon,
      keys: [key],
      enabled: () => canChange(2),
      run: () => mapEach(editor, (list) => aligned(list, to)),
    })),
    {
      ...arrange,
      id: 'distribute-across',
      label: 'board.arrange.across',
      icon: 'distribute-across',
      keys: ['Alt-Shift-h'],
      enabled: () => canChange(3),
      run: () => mapEach(editor, (list) => distributed(list, true)),
    },
    {
      ...arrange,
      id: 'distribute-down',
      label: 'board.arrange.down',
      icon: 'distribute-down',
      keys: ['Alt-Shift-v'],
      enabled: () => canChange(3),
      run: () => mapEach(editor, (list) => distributed(list, false)),
    },
    {
      ...arrange,
      id: 'flip-across',
      label: 'board.arrange.flipAcross',
      icon: 'flip-across',
      keys: ['Shift-h'],
      enabled: () => any() && leaves.value.length > 0,
      run: () => flip(editor, true),
    },
    {
      ...arrange,
      id: 'flip-down',
      label: 'board.arrange.flipDown',
      icon: 'flip-down',
      keys: ['Shift-j'],
      enabled: () => any() && leaves.value.length > 0,
      run: () => flip(editor, false),
    },
  ]
}

/** The selection among its siblings, parent by parent. */
export function layer(editor: Inside, move: LayerMove): void {
  const { scene, random } = editor
  const { children, parents } = scene.tree()
  const byParent = new Map<string | null, Set<string>>()
  for (const id of topsOf(scene, editor.selection.value)) {
    if (isLocked(scene, id)) continue
    const parent = parents.get(id) ?? null
    const set = byParent.get(parent) ?? new Set()
    byParent.set(parent, set.add(id))
  }
  editor.change((board) => {
    for (const [parent, ids] of byParent)
      for (const [id, order] of moveLayers(children.get(parent) ?? [], ids, move, random))
        changeShape(board, id, { order })
  })
}

/** Moves each selected shape or group by its own map. */
function mapEach(editor: Inside, mapsOf: (list: readonly Bounds[]) => readonly Matrix[]): void {
  const { scene } = editor
  const lookup = (id: string) => scene.shapes.get(id)
  const units = topsOf(scene, editor.selection.value)
    .filter((id) => !isLocked(scene, id))
    .flatMap((id) => {
      const bounds = boundsOfIds(scene, [id], lookup)
      return bounds ? [{ id, bounds }] : []
    })
  const maps = mapsOf(units.map(({ bounds }) => bounds))
  editor.change((board) => {
    units.forEach(({ id }, i) => {
      const map = maps[i]
      if (!map || map.every((value, n) => value === (n === 0 || n === 3 ? 1 : 0))) return
      for (const [leaf, parts] of movingOf(editor, [id]).mapped(map)) changeShape(board, leaf, parts)
    })
  })
}

function flip(editor: Inside, across: boolean): void {
  const { scene } = editor
  const tops = topsOf(scene, editor.selection.value)
  const bounds = boundsOfIds(scene, tops, (id) => scene.shapes.get(id))
  if (!bounds) return
  editor.change((board) => {
    for (const [id, parts] of movingOf(editor, tops).mapped(mirroring(bounds, across)))
      changeShape(board, id, parts)
  })
}
