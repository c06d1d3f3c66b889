import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { cutUpdate } from '../../../../client/net/cut.ts'
import { BOARD_LIMITS } from '../../../../server/sync/guard/limits.ts'
import { scanUpdate } from '../../../../server/sync/guard/scan.ts'
import { findWrongShape } from '../../../../server/sync/guard/shapes.ts'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { assetValue, boardOf, readShapes } from '../../../../shared/board/model/board.ts'
import type { Board } from '../../../../shared/board/model/board.ts'
import { changeShape, createShape, textOfShape } from '../../../../shared/board/model/write.ts'
import { MAX_ASSETS, MAX_SHAPES } from '../../../../shared/board/limits.ts'
import { boardOfInk } from '../../../shared/board/strokes.ts'

const HASH = 'a'.repeat(43)

/** A board at the server and a person's copy; `send` gives what the door says of what the person does. */
function door() {
  const server = new Y.Doc()
  const person = boardOf(new Y.Doc())
  createShape(person, {
    id: 's',
    kind: 'geo',
    order: 'V',
    box: boxOf(0, 0, 10, 10),
    text: [{ insert: 'text' }],
  })
  Y.applyUpdate(server, Y.encodeStateAsUpdate(person.doc))
  const send = (run: (board: Board) => unknown): string | undefined => {
    const before = Y.encodeStateVector(person.doc)
    person.doc.transact(() => run(person))
    const bytes = Y.encodeStateAsUpdate(person.doc, before)
    const scan = scanUpdate(bytes, BOARD_LIMITS)
    Y.applyUpdate(server, bytes)
    return findWrongShape(server, scan)
  }
  return { server, person, send }
}
const raw = (board: Board): Y.Map<unknown> => board.shapes.get('s') as Y.Map<unknown>

describe('what reaches a board', () => {
  test('B36: what people do passes', () => {
    const { send } = door()
    expect(
      [
        send((board) =>
          createShape(board, { id: 't', kind: 'note', order: 'W', box: boxOf(1.5, 2, 3, 4), parent: 's' }),
        ),
        send((board) =>
          changeShape(board, 's', {
            box: boxOf(1, 2, 3, 4, 1),
            style: { color: '#abcdef' },
            link: 'https://a.example/',
          }),
        ),
        send((board) => textOfShape(board, 's')?.insert(0, 'more ', { bold: true })),
        send((board) => textOfShape(board, 's')?.delete(1, 3)),
        send((board) => board.shapes.delete('t')),
        send((board) => board.settings.set('grid', 'lines')),
        send((board) =>
          board.assets.set(HASH, assetValue({ mime: 'image/png', width: 1, height: 1, bytes: 1 })),
        ),
        send((board) => board.doc.getMap('laterRoot').set('anything', [1])),
        send((board) => raw(board).set('later', { than: 'this version' })),
        send((board) => raw(board).delete('later')),
      ].filter(Boolean),
    ).toEqual([])
  })

  test('B36: a board of strokes passes at once and in pieces', () => {
    const { board } = boardOfInk(300, 20, true)
    const bytes = Y.encodeStateAsUpdate(board.doc)
    const whole = new Y.Doc()
    Y.applyUpdate(whole, bytes)
    expect(findWrongShape(whole, scanUpdate(bytes, BOARD_LIMITS))).toBeUndefined()
    const pieces = new Y.Doc()
    // Small enough for a shape's map to arrive without its header.
    for (const piece of cutUpdate(bytes, 60)) {
      Y.applyUpdate(pieces, piece)
      expect(findWrongShape(pieces, scanUpdate(piece, BOARD_LIMITS))).toBeUndefined()
    }
    expect(readShapes(boardOf(pieces)).size).toBe(300)
  })

  test.each<[string, string, (board: Board) => unknown]>([
    [
      'ink that is none',
      'shape: ink',
      (board) => board.shapes.set('i', new Y.Map<unknown>([['h', new Uint8Array([1, 2, 3])]])),
    ],
    [
      'an id that cannot be one',
      'shape: id',
      (board) => board.shapes.set('<b>', new Y.Map<unknown>([['h', { t: 'group', z: 'V' }]])),
    ],
    ['no map', 'shape: shape', (board) => (board.shapes as Y.Map<unknown>).set('x', 'text')],
    ['a list for a map', 'shape: shape', (board) => (board.shapes as Y.Map<unknown>).set('x', new Y.Array())],
    ['an endless place', 'shape: box', (board) => raw(board).set('g', [0, 0, 1e300, 1, 0])],
    ['a place that is no number', 'shape: box', (board) => raw(board).set('g', [0, Number.NaN, 1, 1, 0])],
    ['a script', 'shape: link', (board) => raw(board).set('m.link', 'javascript:alert(1)')],
    ['CSS', 'shape: style', (board) => raw(board).set('s.color', 'red;x')],
    ['a text that is no text', 'shape: text', (board) => raw(board).set('x', 'words')],
    ['a long text', 'shape: text', (board) => textOfShape(board, 's')?.insert(0, 'x'.repeat(20_001))],
    [
      'a picture in a text',
      'shape: text',
      (board) => textOfShape(board, 's')?.insertEmbed(0, { image: 'x' }),
    ],
    ['a map in a text', 'shape: text', (board) => textOfShape(board, 's')?.insertEmbed(0, new Y.Map())],
    ['attributes of a text', 'shape: text', (board) => textOfShape(board, 's')?.setAttribute('a', 'b')],
    [
      'a bad link in a text',
      'shape: link',
      (board) => textOfShape(board, 's')?.format(0, 2, { link: 'javascript:x' }),
    ],
    ['a map in a shape', 'shape: value', (board) => raw(board).set('q', new Y.Map([['deep', 1]]))],
    ['many keys', 'shape: keys', (board) => Array.from({ length: 70 }, (_, i) => raw(board).set(`k${i}`, 1))],
    [
      'a picture elsewhere',
      'assets',
      (board) => board.assets.set(HASH, { t: 'image/png', w: 1, h: 1, n: 1e12 }),
    ],
    ['a setting beyond', 'settings', (board) => board.settings.set('step', -1)],
    ['a large setting', 'settings', (board) => board.settings.set('other', 'x'.repeat(9000))],
  ])('B36: %s is found', (_what, fault, run) => {
    expect(door().send(run)).toBe(fault)
  })

  test('B30, B36: a board and its list of pictures do not grow for ever', () => {
    const { send, server } = door()
    const fill = (map: Y.Map<unknown>, count: number, value: () => unknown): void => {
      for (let i = 0; i < count; i++) map.set(String(i).padStart(20, '0'), value())
    }
    const picture = assetValue({ mime: 'image/png', width: 1, height: 1, bytes: 1 })
    expect(send((board) => fill(board.assets, MAX_ASSETS, () => picture))).toBeUndefined()
    expect(send((board) => board.assets.set(HASH, picture))).toBe('assets')
    server.transact(() => fill(server.getMap('shapes'), MAX_SHAPES * 1.1, () => new Y.Map()))
    expect(send((board) => createShape(board, { kind: 'group', order: 'V' }))).toBe('shapes: full')
  })
})
