/** Groups (SPEC-board B221): made above the uppermost of what goes into them, undone where they lie. */
import { newShapeId } from '../../../shared/board/ids.ts'
import { orderKeys } from '../../../shared/board/model/order.ts'
import { canEnter, paintOrder } from '../../../shared/board/model/tree.ts'
import { changeShape, createShape, deleteShapes } from '../../../shared/board/model/write.ts'
import type { Inside } from './inside.ts'
import { topOrder } from './making.ts'
import { isLocked, topsOf } from './selecting.ts'

/** Puts the selection into a new group; nothing happens with fewer than two that may be changed. */
export function groupSelection(editor: Inside): void {
  const { scene, random } = editor
  const tree = scene.tree()
  const chosen = new Set(topsOf(scene, editor.selection.value).filter((id) => !isLocked(scene, id)))
  const members = paintOrder(tree).filter(({ id }) => chosen.has(id))
  const last = members.at(-1)
  if (members.length < 2 || !last) return
  const homes = new Set(members.map(({ id }) => tree.parents.get(id) ?? null))
  // From several parents: the group lies where the uppermost was.
  const home = tree.parents.get(last.id) ?? null
  if (home !== null && members.some(({ id }) => !canEnter(scene.shapes, tree, id, home))) return
  const group = newShapeId(random)
  const order = homes.size === 1 ? last.order : topOrder(scene, home, random)
  const keys = orderKeys(members.length, null, null, random)
  editor.change((board) => {
    createShape(board, { id: group, kind: 'group', order, ...(home === null ? {} : { parent: home }) })
    members.forEach(({ id }, i) => changeShape(board, id, { parent: group, order: keys[i] ?? order }))
  })
  if (scene.shapes.has(group)) editor.select([group])
}

/** Takes selected groups apart: what was in them lies where the group lay. */
export function ungroupSelection(editor: Inside): void {
  const { scene, random } = editor
  const tree = scene.tree()
  const selected: string[] = []
  const groups: string[] = []
  for (const id of topsOf(scene, editor.selection.value)) {
    const shape = scene.shapes.get(id)
    if (shape?.kind === 'group' && !isLocked(scene, id)) groups.push(id)
    else selected.push(id)
  }
  editor.change((board) => {
    for (const id of groups) {
      const home = tree.parents.get(id) ?? null
      const siblings = tree.children.get(home) ?? []
      const at = siblings.findIndex((shape) => shape.id === id)
      const below = siblings[at]?.order ?? null
      const above = siblings[at + 1]?.order ?? null
      const members = tree.children.get(id) ?? []
      const room = below === null || above === null || below < above
      const keys = room ? orderKeys(members.length, below, above, random) : members.map(() => below ?? 'V')
      members.forEach((member, i) => {
        changeShape(board, member.id, { parent: home, order: keys[i] ?? member.order })
        selected.push(member.id)
      })
      deleteShapes(board, [id])
    }
  })
  editor.inside.value = null
  editor.select(selected)
}
