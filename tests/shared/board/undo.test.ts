import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { createBoardUndo } from '../../../shared/board/model/undo.ts'
import { changeShape, createShape, deleteShapes, textOfShape } from '../../../shared/board/model/write.ts'

const OWN = 'own'

/** Two people on one board; `mine` changes as the page would, `theirs` as a colleague. */
const pair = () => {
  const docs = [new Y.Doc(), new Y.Doc()] as const
  const [a, b] = [boardOf(docs[0]), boardOf(docs[1])]
  const authors = new Map([
    [docs[0].clientID, 'a.aaaaaaaaaaaaaaaa'],
    [docs[1].clientID, 'a.bbbbbbbbbbbbbbbb'],
  ])
  const undo = createBoardUndo(a, { origin: OWN, authorOf: (client) => authors.get(client) })
  const exchange = (): void => {
    Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0], Y.encodeStateVector(docs[1])))
    Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1], Y.encodeStateVector(docs[0])))
  }
  const mine = (run: (board: Board) => void): void => docs[0].transact(() => run(a), OWN)
  const theirs = (run: (board: Board) => void): void => {
    exchange()
    docs[1].transact(() => run(b))
    exchange()
  }
  return { a, b, undo, mine, theirs, exchange }
}
const rect = (id: string) => ({ id, kind: 'geo' as const, order: 'V', box: boxOf(0, 0, 10, 10) })

describe('undo', () => {
  test('B25: each transaction is a step, and all of a gesture is one', () => {
    const { a, undo, mine } = pair()
    mine((board) => createShape(board, rect('s')))
    undo.begin()
    for (let x = 1; x <= 30; x++) mine((board) => changeShape(board, 's', { box: boxOf(x, 0, 10, 10) }))
    undo.end()
    mine((board) => changeShape(board, 's', { style: { color: 3 } }))
    expect(undo.undo()).toEqual({ changed: true, kept: [] })
    expect(readShapes(a).get('s')).toMatchObject({ box: boxOf(30, 0, 10, 10), style: { color: 0 } })
    undo.undo()
    expect(readShapes(a).get('s')).toMatchObject({ box: boxOf(0, 0, 10, 10) })
    undo.undo()
    expect(readShapes(a).size).toBe(0)
    expect([undo.canUndo(), undo.canRedo()]).toEqual([false, true])
    while (undo.canRedo()) undo.redo()
    expect(readShapes(a).get('s')).toMatchObject({ box: boxOf(30, 0, 10, 10), style: { color: 3 } })
  })

  test.each([
    ['recoloured it', (board: Board) => changeShape(board, 's', { style: { color: 5 } })],
    ['moved it', (board: Board) => changeShape(board, 's', { box: boxOf(7, 7, 10, 10) })],
    ['wrote in it', (board: Board) => textOfShape(board, 's')?.insert(0, 'theirs')],
  ])('B25: a shape stays when its making is undone after a colleague %s', (_what, change) => {
    const { a, b, undo, mine, theirs, exchange } = pair()
    mine((board) => createShape(board, rect('s')))
    theirs(change)
    const before = readShapes(b).get('s')
    expect(undo.undo()).toEqual({ changed: false, kept: ['s'] })
    exchange()
    expect(readShapes(a).get('s')).toEqual(before)
    expect(readShapes(b).get('s')).toEqual(before)
  })

  test('B25: a shape that went, came back and was then worked on by a colleague stays when its making is undone', () => {
    const { a, b, undo, mine, theirs, exchange } = pair()
    mine((board) => createShape(board, rect('s')))
    mine((board) => deleteShapes(board, ['s']))
    undo.undo()
    expect([...readShapes(a).keys()]).toEqual(['s'])
    theirs((board) => changeShape(board, 's', { box: boxOf(7, 7, 10, 10) }))
    expect(undo.undo()).toEqual({ changed: false, kept: ['s'] })
    exchange()
    for (const board of [a, b]) expect(readShapes(board).get('s')).toMatchObject({ box: boxOf(7, 7, 10, 10) })
  })

  test('B25: of several shapes made in a step, only those others worked on stay', () => {
    const { a, undo, mine, theirs } = pair()
    mine((board) => ['s', 't', 'u'].forEach((id) => createShape(board, rect(id))))
    theirs((board) => changeShape(board, 't', { order: 'X' }))
    expect(undo.undo()).toEqual({ changed: true, kept: ['t'] })
    expect([...readShapes(a).keys()]).toEqual(['t'])
    undo.redo()
    expect([...readShapes(a).keys()].sort()).toEqual(['s', 't', 'u'])
  })

  test('B25: a value a colleague has changed since is not put back', () => {
    const { a, undo, mine, theirs } = pair()
    theirs((board) => createShape(board, rect('s')))
    mine((board) => changeShape(board, 's', { box: boxOf(1, 1, 10, 10), style: { color: 1 } }))
    theirs((board) => changeShape(board, 's', { box: boxOf(2, 2, 10, 10) }))
    undo.undo()
    expect(readShapes(a).get('s')).toMatchObject({ box: boxOf(2, 2, 10, 10), style: { color: 0 } })
  })

  test('B25: their words stay when mine are taken back', () => {
    const { a, undo, mine, theirs } = pair()
    theirs((board) => createShape(board, { ...rect('s'), text: [{ insert: 'one two' }] }))
    mine((board) => textOfShape(board, 's')?.insert(3, ' mine'))
    theirs((board) => textOfShape(board, 's')?.insert(5, 'THEIRS'))
    undo.undo()
    expect(readShapes(a).get('s')).toMatchObject({ text: [{ insert: 'oneTHEIRS two' }] })
  })

  test('B26: a colleague’s shape that I removed comes back whole and as theirs', () => {
    const { a, b, undo, mine, theirs, exchange } = pair()
    theirs((board) => createShape(board, { ...rect('s'), text: [{ insert: 'theirs' }], style: { color: 4 } }))
    const before = readShapes(a).get('s')
    mine((board) => deleteShapes(board, ['s']))
    undo.undo()
    exchange()
    expect(readShapes(b).get('s')).toEqual({ ...before, author: 'a.bbbbbbbbbbbbbbbb' })
    undo.redo()
    expect(readShapes(a).size).toBe(0)
    undo.undo()
    expect(readShapes(a).get('s')).toMatchObject({ author: 'a.bbbbbbbbbbbbbbbb' })
  })

  test('B25: a removal that is done again leaves what a colleague worked on since it came back', () => {
    const { a, undo, mine, theirs } = pair()
    mine((board) => createShape(board, rect('s')))
    mine((board) => deleteShapes(board, ['s']))
    undo.undo()
    theirs((board) => changeShape(board, 's', { style: { color: 6 } }))
    expect(undo.redo().kept).toEqual(['s'])
    expect(readShapes(a).get('s')).toMatchObject({ style: { color: 6 } })
  })

  test('B25: two hundred steps are kept', () => {
    const { a, undo, mine } = pair()
    for (let i = 0; i < 230; i++) mine((board) => createShape(board, rect(`s${i}`)))
    let steps = 0
    while (undo.canUndo() && steps < 500) {
      undo.undo()
      steps++
    }
    expect(steps).toBe(200)
    expect(readShapes(a).size).toBe(30)
  })
})
