/** Copies of shapes (SPEC-board B212): groups, parents and bindings among them stay; what they had to do with others does not. */
import { translation } from '../../../shared/board/geometry/matrix.ts'
import { mapShape } from '../../../shared/board/geometry/transform.ts'
import { routeLine } from '../../../shared/board/geometry/route.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import { newShapeId } from '../../../shared/board/ids.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { orderBetween } from '../../../shared/board/model/order.ts'
import type { Binding, Shape } from '../../../shared/board/model/shape.ts'
import { createInk, createShape } from '../../../shared/board/model/write.ts'
import type { ShapeParts } from '../../../shared/board/model/write.ts'
import { paintOrder, withDescendants } from '../../../shared/board/model/tree.ts'
import type { Scene } from '../types.ts'
import type { Random } from '../../../shared/board/ids.ts'
import type { Inside } from './inside.ts'
import { topOrder } from './making.ts'
import { topsOf } from './selecting.ts'
import { usedStyle } from './styles.ts'

/** The shapes and all in them, in painting order. */
export function shapesWithin(scene: Scene, ids: Iterable<string>): Shape[] {
  const all = withDescendants(scene.tree(), ids)
  return paintOrder(scene.tree()).filter(({ id }) => all.has(id))
}

export interface CopyOptions {
  readonly scene: Scene
  readonly random: Random
  readonly dx: number
  readonly dy: number
  /** Where a copy goes whose parent is not copied. */
  readonly parentOf: (shape: Shape) => string | null
  /** Finds what lines are bound to, where they came from. */
  readonly lookup: Lookup
}

/** Writes copies of shapes given in painting order; gives the ids of those that are in no other copy. @throws BoardError `full` */
export function copyShapes(board: Board, shapes: readonly Shape[], options: CopyOptions): string[] {
  const { scene, random, dx, dy, parentOf, lookup } = options
  const ids = new Map(shapes.map(({ id }) => [id, newShapeId(random)]))
  const tops = new Map<string | null, string>()
  const made: string[] = []
  for (const shape of shapes) {
    const id = ids.get(shape.id) ?? newShapeId(random)
    const within = shape.parent === null ? undefined : ids.get(shape.parent)
    const parent = within ?? parentOf(shape)
    let { order } = shape
    if (within === undefined) {
      const top = tops.get(parent)
      order = top === undefined ? topOrder(scene, parent, random) : orderBetween(top, null, random)
      tops.set(parent, order)
      made.push(id)
    }
    writeCopy(board, shape, { ...partsOf(shape, ids, lookup, dx, dy), order, parent }, id)
  }
  return made
}

function partsOf(
  shape: Shape,
  ids: ReadonlyMap<string, string>,
  lookup: Lookup,
  dx: number,
  dy: number,
): ShapeParts {
  const { name } = shape
  const facts: ShapeParts = {
    style: usedStyle(shape.kind, shape.style),
    ...(shape.locked ? { locked: true } : {}),
    ...(shape.link === null ? {} : { link: shape.link }),
    ...(name === '' ? {} : { name }),
  }
  if (shape.kind !== 'line') return { ...facts, ...mapShape(shape, translation(dx, dy)) }
  const from = boundTo(shape.from, ids)
  const to = boundTo(shape.to, ids)
  const path = [...shape.path]
  // An end that leaves its shape is where it was seen.
  const { points } = routeLine(shape, lookup)
  if (shape.from && !from) path.splice(0, 2, points[0] ?? 0, points[1] ?? 0)
  if (shape.to && !to) path.splice(-2, 2, points.at(-2) ?? 0, points.at(-1) ?? 0)
  return {
    ...facts,
    ...mapShape({ ...shape, path }, translation(dx, dy)),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  }
}

function boundTo(binding: Binding | null, ids: ReadonlyMap<string, string>): Binding | null {
  const id = binding && ids.get(binding.shape)
  return binding && id !== null && id !== undefined ? { ...binding, shape: id } : null
}

function writeCopy(
  board: Board,
  shape: Shape,
  parts: ShapeParts & { readonly order: string },
  id: string,
): void {
  if (shape.kind === 'ink') {
    const { path: _path, from: _from, to: _to, asset: _asset, ...rest } = parts
    createInk(board, { ...rest, id, points: shape.points })
    return
  }
  createShape(board, {
    ...parts,
    id,
    kind: shape.kind,
    ...('text' in shape && shape.text.length > 0 ? { text: shape.text } : {}),
    ...(shape.kind === 'image' ? { asset: shape.asset } : {}),
  })
}

/** Puts a copy of the selection beside it, or where it is, and selects it. Others' shapes become one's own by it. */
export function copySelection(editor: Inside, dx = 0, dy = 0): void {
  const { scene, selection, random } = editor
  const tops = topsOf(scene, selection.value)
  const shapes = shapesWithin(scene, tops)
  const { parents } = scene.tree()
  let made: string[] = []
  editor.change((board) => {
    made = copyShapes(board, shapes, {
      scene,
      random,
      dx,
      dy,
      parentOf: ({ id }) => parents.get(id) ?? null,
      lookup: (id) => scene.shapes.get(id),
    })
  })
  if (made.length > 0) editor.select(made)
}
