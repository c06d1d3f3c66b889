/** Removing shapes (SPEC-board B217): with all in them; lines that stayed on them end where they were seen. */
import { routeLine } from '../../../shared/board/geometry/route.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { withDescendants } from '../../../shared/board/model/tree.ts'
import { changeShape, deleteShapes } from '../../../shared/board/model/write.ts'
import type { Inside } from './inside.ts'
import { followersOf } from './selecting.ts'

/** Removes shapes and groups that are left empty, within a change. Locked ones are the caller's to leave out. */
export function deleteWithEnds(editor: Pick<Inside, 'scene'>, board: Board, ids: Iterable<string>): void {
  const { scene } = editor
  const tree = scene.tree()
  const all = withDescendants(tree, ids)
  // Groups of which nothing is left go too, from the inside out.
  for (const id of new Set(all)) {
    for (let at = tree.parents.get(id) ?? null; at !== null; at = tree.parents.get(at) ?? null) {
      if (all.has(at)) continue
      if (scene.shapes.get(at)?.kind !== 'group') break
      if (!(tree.children.get(at) ?? []).every((child) => all.has(child.id))) break
      all.add(at)
    }
  }
  for (const line of followersOf(scene, all)) {
    const { points } = routeLine(line, (id) => scene.shapes.get(id))
    const path = [...line.path]
    const from = line.from !== null && all.has(line.from.shape)
    const to = line.to !== null && all.has(line.to.shape)
    if (from) path.splice(0, 2, points[0] ?? 0, points[1] ?? 0)
    if (to) path.splice(-2, 2, points.at(-2) ?? 0, points.at(-1) ?? 0)
    changeShape(board, line.id, { path, ...(from ? { from: null } : {}), ...(to ? { to: null } : {}) })
  }
  deleteShapes(board, all)
}
