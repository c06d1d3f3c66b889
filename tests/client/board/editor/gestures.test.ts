import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createDriver } from '../../../support/board-driver.ts'
import type { Driver, Keys } from '../../../support/board-driver.ts'
import { createDice } from '../../../support/dice.ts'
import type { Dice } from '../../../support/dice.ts'
import { boardOf, readShapes } from '../../../../shared/board/model/board.ts'
import type { Board } from '../../../../shared/board/model/board.ts'
import { paintOrder, treeOf } from '../../../../shared/board/model/tree.ts'
import { textOfShape } from '../../../../shared/board/model/write.ts'
import type { ToolId } from '../../../../client/board/types.ts'
import { isTextKind } from '../../../../shared/board/model/shape.ts'

interface Person {
  readonly driver: Driver
  readonly inbox: Uint8Array[]
}

function people(count: number, seed: number): Person[] {
  const all: Person[] = []
  for (let i = 0; i < count; i++) {
    const driver = createDriver({ seed: seed * 10 + i })
    const person: Person = { driver, inbox: [] }
    driver.board.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== 'wire') for (const other of all) if (other !== person) other.inbox.push(bytes)
    })
    all.push(person)
  }
  return all
}

function receive({ driver, inbox }: Person, most = Infinity): void {
  for (const bytes of inbox.splice(0, most)) Y.applyUpdate(driver.board.doc, bytes, 'wire')
}

const TOOLS: readonly ToolId[] = [
  'select',
  'select',
  'select',
  'select',
  'lasso',
  'hand',
  'pen',
  'pen',
  'highlighter',
  'eraser',
  'shape',
  'shape',
  'line',
  'arrow',
  'connector',
  'text',
  'note',
  'frame',
  'laser',
]
/** What a person may do between gestures; undo and redo are checked apart. */
const ACTIONS = [
  'duplicate',
  'delete',
  'select-all',
  'select-none',
  'group',
  'group',
  'ungroup',
  'front',
  'back',
  'forward',
  'backward',
  'align-left',
  'align-middle',
  'distribute-across',
  'flip-across',
  'flip-down',
  'lock',
  'unlock',
  'move-far-right',
  'size-far-down',
  'select-next',
  'snap-grid',
  'erase-part',
  'zoom-in',
  'zoom-fit',
  'unlock-all',
]

/** One gesture, the others' changes coming in between its moves; sometimes called off. */
function gesture(person: Person, dice: Dice): void {
  const { driver } = person
  const { editor, scene } = driver
  editor.setTool(dice.pick(TOOLS))
  if (dice.chance(0.3))
    editor.setStyle({
      color: dice.int(8),
      width: 1 + dice.int(8),
      fill: dice.pick(['none', 'soft', 'solid'] as const),
    })
  const keys: Keys = {
    shift: dice.chance(0.2),
    alt: dice.chance(0.15),
    mod: dice.chance(0.15),
    device: dice.pick(['mouse', 'pen', 'touch'] as const),
    ...(dice.chance(0.3) ? { pressure: 0.1 + dice.next() * 0.8 } : {}),
  }
  const shapes = [...scene.shapes.values()]
  const shape = shapes.length > 0 ? dice.pick(shapes) : undefined
  const near =
    shape && 'box' in shape && dice.chance(0.7)
      ? shape.box
      : { x: dice.int(1000), y: dice.int(700), w: 0, h: 0 }
  const x = near.x + dice.pick([0, near.w / 2, near.w])
  const y = near.y + dice.pick([0, near.h / 2, near.h, -22])
  if (dice.chance(0.15)) driver.click(x, y)
  if (dice.chance(0.1)) {
    driver.doubleClick(x, y, keys)
  } else {
    driver.down(x, y, keys)
    const moves = dice.int(12)
    let [toX, toY] = [x, y]
    for (let i = 0; i < moves; i++) {
      toX += dice.int(121) - 60
      toY += dice.int(121) - 60
      driver.move(toX, toY, keys)
      if (dice.chance(0.3)) receive(person, 1 + dice.int(3))
      if (dice.chance(0.05)) driver.clock.advance(700)
    }
    if (dice.chance(0.12)) editor.cancel()
    else driver.up(keys)
  }
  const { value: writing } = editor.writing
  if (writing !== null && dice.chance(0.7) && isTextKind(scene.shapes.get(writing)?.kind ?? 'ink'))
    editor.change((board) => textOfShape(board, writing)?.insert(0, dice.pick(['word ', 'ä', '\n'])))
  if (dice.chance(0.5)) editor.write(null)
}

function actions(person: Person, dice: Dice): void {
  const { editor } = person.driver
  const action = editor.actions.get(dice.pick(ACTIONS))
  if (action?.enabled() === true) action.run()
}

/** Undo or redo: nothing that another person wrote goes. */
function checkedUndo({ driver }: Person, dice: Dice): void {
  const { doc } = driver.board
  let foreign = 0
  const look = (transaction: Y.Transaction): void => {
    transaction.deleteSet.clients.forEach((ranges, client) => {
      if (client !== doc.clientID) foreign += ranges.length
    })
  }
  driver.editor.cancel()
  driver.editor.write(null)
  doc.on('afterTransaction', look)
  driver.editor.actions.get(dice.chance(0.7) ? 'undo' : 'redo')?.run()
  doc.off('afterTransaction', look)
  expect(foreign).toBe(0)
}

const seen = (board: Board): unknown => {
  const shapes = readShapes(board)
  const tree = treeOf(shapes)
  return { order: paintOrder(tree), parents: Object.fromEntries(tree.parents) }
}

const SEED = Number(process.env['BOARD_SEED'] ?? 261_128)

test.each(Array.from({ length: 4 }, (_, i) => SEED + i))(
  'B25, B35, B201: random gestures of two people who lose the network end in one board, and undo takes nothing of the other (seed %i)',
  (seed) => {
    const dice = createDice(seed)
    const all = people(2, seed)
    for (let step = 0; step < 180; step++) {
      const person = dice.pick(all)
      const what = dice.next()
      if (what < 0.45) gesture(person, dice)
      else if (what < 0.65) actions(person, dice)
      else if (what < 0.8) checkedUndo(person, dice)
      else receive(person, 1 + dice.int(30))
      if (dice.chance(0.1)) person.driver.clock.advance(500)
    }
    for (const person of all) {
      person.driver.editor.cancel()
      person.driver.editor.write(null)
    }
    for (const person of all) receive(person)
    for (const person of all) receive(person)
    const [first, second] = all
    if (!first || !second) throw new Error('nobody')
    const late = boardOf(new Y.Doc())
    Y.applyUpdate(late.doc, Y.encodeStateAsUpdate(first.driver.board.doc))
    expect(seen(second.driver.board)).toEqual(seen(first.driver.board))
    expect(seen(late)).toEqual(seen(first.driver.board))
    for (const { driver } of all) {
      expect(driver.faults()).toEqual([])
      expect(driver.scene.shapes).toEqual(readShapes(driver.board))
      expect(driver.editor.preview.value.size).toBe(0)
      for (const id of driver.selected()) expect(driver.scene.shapes.has(id)).toBe(true)
    }
  },
)

test.each(Array.from({ length: 4 }, (_, i) => SEED + i))(
  'B201: one person’s gestures, undone to the last, leave an empty board, and redone the same one (seed %i)',
  (seed) => {
    const dice = createDice(seed)
    const [person] = people(1, seed)
    if (!person) throw new Error('nobody')
    const { driver } = person
    for (let step = 0; step < 120; step++) {
      if (dice.chance(0.65)) gesture(person, dice)
      else actions(person, dice)
    }
    driver.editor.cancel()
    driver.editor.write(null)
    const end = seen(driver.board)
    const { undo } = driver.editor
    let steps = 0
    while (undo.canUndo() && steps++ < 1000) undo.undo()
    expect([...driver.board.shapes.keys()]).toEqual([])
    while (undo.canRedo() && steps++ < 2000) undo.redo()
    expect(seen(driver.board)).toEqual(end)
  },
)
