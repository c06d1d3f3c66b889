/** A new frame (SPEC-board B204): takes in what lies in it as a whole, and covers nothing that only juts into it. */
import { boundsHold } from '../../../shared/board/geometry/bounds.ts'
import { boxBounds } from '../../../shared/board/geometry/box.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { changeShape } from '../../../shared/board/model/write.ts'
import type { Inside } from './inside.ts'
import { orderUnder } from './making.ts'
import { placeOf } from './selecting.ts'

/** Within the change that ends its making; other shapes are left alone. */
export function takeInto({ scene, random }: Inside, board: Board, id: string): void {
  const frame = scene.shapes.get(id)
  if (frame?.kind !== 'frame') return
  const bounds = boxBounds(frame.box)
  const { parents, children } = scene.tree()
  const home = parents.get(id) ?? null
  const siblings = children.get(home) ?? []
  const isIn = (shape: Shape): boolean => {
    if (shape.locked || shape.id === id) return false
    if (shape.kind === 'group') {
      const inner = children.get(shape.id) ?? []
      return inner.length > 0 && inner.every(isIn)
    }
    const at = placeOf(shape, (other) => scene.shapes.get(other))
    return at !== null && boundsHold(bounds, at)
  }
  const taken = new Set(siblings.filter(isIn))
  // In their order: keys are kept, because the frame was empty.
  for (const shape of taken) changeShape(board, shape.id, { parent: id })
  const touched = new Set(scene.within(bounds).map((shape) => siblingOf(parents, shape.id, home)))
  const lowest = siblings.findIndex(
    (shape) => shape.kind !== 'frame' && touched.has(shape.id) && !taken.has(shape) && shape.id !== id,
  )
  const order = lowest < 0 || lowest > siblings.indexOf(frame) ? null : orderUnder(siblings, lowest, random)
  if (order !== null) changeShape(board, id, { order })
}

/** The shape or what it is in that lies in `home` itself. */
function siblingOf(parents: ReadonlyMap<string, string | null>, id: string, home: string | null): string {
  let at = id
  for (let up = parents.get(at) ?? null; up !== home && up !== null; up = parents.get(at) ?? null) at = up
  return at
}
