/** Boards that change, for tests of the scene. */
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { encodePoints, inkExponent } from '../../../../shared/board/ink/points.ts'
import { readShapes } from '../../../../shared/board/model/board.ts'
import type { Board } from '../../../../shared/board/model/board.ts'
import { orderBetween } from '../../../../shared/board/model/order.ts'
import type { Style } from '../../../../shared/board/model/style.ts'
import { canEnter, treeOf } from '../../../../shared/board/model/tree.ts'
import { changeShape, createInk, createShape, deleteShapes } from '../../../../shared/board/model/write.ts'
import type { Random } from '../../../support/random.ts'
import { createRandom } from '../../../support/random.ts'
import { handwriting } from '../../../shared/board/strokes.ts'

const own = createRandom(99)

function top(board: Board): string {
  let highest: string | null = null
  for (const { order } of readShapes(board).values()) if (highest === null || order > highest) highest = order
  return orderBetween(highest, null, () => own.next())
}

export function inkAt(board: Board, x: number, y: number, order = top(board)): string {
  const points = encodePoints(handwriting(own, 20, x, y, true), inkExponent(1))
  return board.doc.transact(() => createInk(board, { points, order }))
}

/** `nth` numbers shapes that are made by the thousand. */
export function geoAt(board: Board, x: number, y: number, style: Partial<Style> = {}, nth = -1): string {
  const order = nth < 0 ? top(board) : `V${1e6 + nth}1`
  return board.doc.transact(() =>
    createShape(board, { kind: 'geo', order, box: boxOf(x, y, 100, 100), style }),
  )
}

export function lineBetween(board: Board, path: number[], from: string | null, to: string | null): string {
  const bound = (shape: string | null) => (shape === null ? null : { shape, x: 0.5, y: 0.5, exact: false })
  return board.doc.transact(() =>
    createShape(board, { kind: 'line', order: top(board), path, from: bound(from), to: bound(to) }),
  )
}

/** One change as people make them: something new, moved, removed, put into a frame, or to the back. */
export function drawSomething(board: Board, random: Random): void {
  const shapes = [...readShapes(board).values()]
  const one = shapes[random.below(Math.max(1, shapes.length))]
  const x = random.below(1000)
  const y = random.below(1000)
  const what = random.below(11)
  if (what < 3 || !one) inkAt(board, x, y)
  else if (what === 3) geoAt(board, x, y)
  else if (what === 4)
    lineBetween(board, [x, y, y, x], one.id, shapes[random.below(shapes.length)]?.id ?? null)
  else
    board.doc.transact(() => {
      if (what === 5) {
        const kind = random.below(2) === 0 ? 'frame' : 'group'
        createShape(board, { kind, order: top(board), box: boxOf(x, y, 300, 200) })
      } else if (what === 6) deleteShapes(board, [one.id])
      else if (what === 7) changeShape(board, one.id, { order: orderBetween(null, 'V', () => random.next()) })
      else if (what === 8)
        changeShape(board, one.id, { style: { color: random.below(8), width: 1 + random.below(9) } })
      else if (what === 9) {
        const all = readShapes(board)
        const parent = shapes[random.below(shapes.length)]
        if (parent && canEnter(all, treeOf(all), one.id, parent.id))
          changeShape(board, one.id, { parent: parent.id })
        else changeShape(board, one.id, { parent: null })
      } else if (one.kind === 'line') changeShape(board, one.id, { path: [y, x, x, y] })
      else changeShape(board, one.id, { box: boxOf(x, y, 120, 60, random.next()) })
    })
}
