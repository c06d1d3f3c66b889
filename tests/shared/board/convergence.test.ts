import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { mapShape } from '../../../shared/board/geometry/transform.ts'
import { rotation } from '../../../shared/board/geometry/matrix.ts'
import { erase } from '../../../shared/board/ink/erase.ts'
import { placedPoints } from '../../../shared/board/geometry/ink-place.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { checkShape } from '../../../shared/board/check/shape.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { moveLayers } from '../../../shared/board/model/layers.ts'
import { orderBetween } from '../../../shared/board/model/order.ts'
import { paintOrder, treeOf } from '../../../shared/board/model/tree.ts'
import { createBoardUndo } from '../../../shared/board/model/undo.ts'
import type { BoardUndo } from '../../../shared/board/model/undo.ts'
import {
  changeShape,
  createInk,
  createShape,
  deleteShapes,
  textOfShape,
} from '../../../shared/board/model/write.ts'
import { createDice } from '../../support/dice.ts'
import type { Dice } from '../../support/dice.ts'
import { createRandom } from '../../support/random.ts'
import { handwriting } from './strokes.ts'

interface Person {
  board: Board
  undo: BoardUndo
  /** Updates that have not reached this person yet. */
  inbox: Uint8Array[]
}

const OWN = { own: true }

function people(count: number, dice: Dice): Person[] {
  const all: Person[] = []
  for (let i = 0; i < count; i++) {
    const board = boardOf(new Y.Doc())
    // Whose change wins is decided by these, so they come from the seed, too.
    board.doc.clientID = 1 + dice.int(0x7fffffff)
    const person = { board, undo: createBoardUndo(board, { origin: OWN }), inbox: [] }
    board.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== 'wire') for (const other of all) if (other !== person) other.inbox.push(bytes)
    })
    all.push(person)
  }
  return all
}

/** One thing a person does with what they see. */
function act({ board, undo }: Person, dice: Dice): void {
  const { doc } = board
  const shapes = readShapes(board)
  const list = [...shapes.values()]
  const top =
    list
      .map(({ order }) => order)
      .sort()
      .at(-1) ?? null
  const order = orderBetween(top, null, () => dice.next())
  const place = boxOf(dice.int(500), dice.int(500), 1 + dice.int(90), 1 + dice.int(90))
  const what = list.length < 3 ? dice.int(3) : dice.int(14)
  if (what > 11) {
    checkedUndo(board, undo, dice.chance(0.7) ? 'undo' : 'redo')
    return
  }
  doc.transact(() => {
    const shape = list.length > 0 ? dice.pick(list) : undefined
    const parents = list.filter(({ kind }) => kind === 'frame' || kind === 'group')
    if (what === 0) {
      const points = handwriting(
        createRandom(dice.int(1e6)),
        12,
        dice.int(400),
        dice.int(400),
        dice.chance(0.5),
      )
      createInk(board, { points: encodePoints(points, 2), order }, () => dice.next())
    } else if (what === 1 || !shape) {
      const kind = dice.pick(['geo', 'note', 'text', 'frame', 'group'] as const)
      createShape(board, { kind, order, ...(kind === 'group' ? {} : { box: place }) }, () => dice.next())
    } else if (what === 2) {
      const to = { shape: shape.id, x: dice.next(), y: dice.next(), exact: dice.chance(0.5) }
      createShape(board, { kind: 'line', order, path: [0, 0, 50, 50], to }, () => dice.next())
    } else if (what <= 4) {
      changeShape(
        board,
        shape.id,
        mapShape(shape, rotation(dice.next() * 6, dice.int(300), dice.int(300))) ?? {},
      )
    } else if (what === 5) {
      changeShape(board, shape.id, { style: { color: dice.int(8), width: 1 + dice.int(9) } })
    } else if (what === 6) {
      const moving = new Set([shape.id])
      for (const [id, key] of moveLayers(
        list,
        moving,
        dice.pick(['front', 'back', 'forward', 'backward'] as const),
        () => dice.next(),
      ))
        changeShape(board, id, { order: key })
    } else if (what === 7) {
      changeShape(board, shape.id, {
        parent: parents.length > 0 && dice.chance(0.8) ? dice.pick(parents).id : null,
      })
    } else if (what === 8) {
      const text = shape.kind === 'geo' || shape.kind === 'note' ? textOfShape(board, shape.id) : null
      if (text && dice.chance(0.7)) text.insert(dice.int(text.length + 1), dice.pick(['word ', 'ä', '\n']))
      else if (text && text.length > 0) text.delete(dice.int(text.length), 1)
    } else if (what === 9 && shape.kind === 'ink') {
      const points = placedPoints(shape)
      const at = { x: points.xy[8] ?? 0, y: points.xy[9] ?? 0 }
      const left = erase(points, shape.style.width, [
        { fromX: at.x, fromY: at.y, toX: at.x + 5, toY: at.y, radius: 3 },
      ])
      if (!left) return
      deleteShapes(board, [shape.id])
      for (const piece of left)
        createInk(board, { points: encodePoints(piece, 2), order: shape.order }, () => dice.next())
    } else {
      deleteShapes(board, [shape.id])
    }
  }, OWN)
}

/** Undo or redo; nothing of another person may go. */
function checkedUndo(board: Board, undo: BoardUndo, which: 'undo' | 'redo'): void {
  const { doc } = board
  let foreign = 0
  const look = (transaction: Y.Transaction): void => {
    transaction.deleteSet.clients.forEach((ranges, client) => {
      if (client !== doc.clientID) foreign += ranges.length
    })
  }
  doc.on('afterTransaction', look)
  undo[which]()
  doc.off('afterTransaction', look)
  expect(foreign).toBe(0)
}

const seen = (board: Board): unknown => {
  const shapes = readShapes(board)
  const tree = treeOf(shapes)
  return { order: paintOrder(tree), parents: Object.fromEntries(tree.parents) }
}

/** Others see others: `BOARD_SEED=822620 BOARD_ROUNDS=2000 npm run jest -- tests/shared/board/convergence`. */
const SEED = Number(process.env['BOARD_SEED'] ?? 20_261_128)
const ROUNDS = Number(process.env['BOARD_ROUNDS'] ?? 12)

test.each(Array.from({ length: ROUNDS }, (_, i) => SEED + i))(
  'B25, B35: people draw, undo and lose the network, and all see the same (seed %i)',
  (seed) => {
    const dice = createDice(seed)
    const all = people(3, dice)
    for (let step = 0; step < 250; step++) {
      const person = dice.pick(all)
      if (dice.chance(0.6)) act(person, dice)
      else {
        for (const bytes of person.inbox.splice(0, 1 + dice.int(person.inbox.length || 1)))
          Y.applyUpdate(person.board.doc, bytes, 'wire')
      }
    }
    for (const person of all)
      for (const bytes of person.inbox.splice(0)) Y.applyUpdate(person.board.doc, bytes, 'wire')
    const [first] = all
    if (!first) throw new Error('nobody')
    const late = boardOf(new Y.Doc())
    Y.applyUpdate(late.doc, Y.encodeStateAsUpdate(first.board.doc))
    for (const board of [...all.map((person) => person.board), late])
      expect(seen(board)).toEqual(seen(first.board))
    for (const [id, map] of first.board.shapes.entries()) {
      const entries = [...map.entries()].map(([key, value]) => [
        key,
        value instanceof Y.Text ? value.toDelta() : value,
      ])
      expect([id, checkShape(id, Object.fromEntries(entries))]).toEqual([id, null])
    }
    expect(readShapes(first.board).size).toBe([...first.board.shapes.keys()].length)
  },
)
