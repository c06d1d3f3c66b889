import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { base64OfBytes, bytesOfBase64 } from '../../../shared/board/base64.ts'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { boardToJson, jsonToBoard } from '../../../shared/board/json.ts'
import { boardOf, readAssets, readSettings, readShapes } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { changeShape, createShape } from '../../../shared/board/model/write.ts'
import { boardOfInk } from './strokes.ts'

const KEY = 'k'.repeat(43)

function sample(): Board {
  const { board } = boardOfInk(20, 30, true)
  createShape(board, {
    id: 'note',
    kind: 'note',
    order: 'zz1',
    box: boxOf(0, 0, 100, 100, 0.2),
    text: [{ insert: 'fat', attributes: { bold: true } }, { insert: ' and thin\n' }],
    link: 'https://example.org/',
  })
  createShape(board, { id: 'pic', kind: 'image', order: 'zz2', box: boxOf(1, 2, 30, 40), asset: KEY })
  changeShape(board, 'note', { style: { color: '#123456' }, locked: true })
  board.assets.set(KEY, { t: 'image/png', w: 10, h: 20, n: 99 })
  board.settings.set('grid', 'lines')
  board.settings.set('later', { a: [1] })
  // Of a version to come: kept, whatever it is.
  board.shapes.get('note')?.set('later', { deep: [1, { bytes: Uint8Array.of(1, 2, 3) }] })
  board.shapes.get('note')?.set('s.sheen', 0.5)
  const strange = new Y.Map<unknown>()
  strange.set('h', { t: 'hologram', z: 'V', g: [0, 0, 1, 1, 0] })
  board.shapes.set('strange', strange)
  return board
}

function raw(board: Board): unknown {
  const shapes = Object.fromEntries(
    [...board.shapes.entries()].map(([id, map]) => [
      id,
      Object.fromEntries(
        [...map.entries()].map(([key, value]) => [
          key,
          value instanceof Y.Text ? (value.toDelta() as unknown) : value,
        ]),
      ),
    ]),
  )
  return { shapes, settings: board.settings.toJSON(), assets: board.assets.toJSON() }
}

describe('a board as JSON', () => {
  test('B501: there and back nothing is lost, known or not', () => {
    const board = sample()
    const text = JSON.stringify(boardToJson(board.doc))
    const { doc, refused } = jsonToBoard(JSON.parse(text))
    expect(refused).toEqual([])
    const again = boardOf(doc)
    expect(raw(again)).toEqual(raw(board))
    expect(readSettings(again)).toEqual(readSettings(board))
    expect(readAssets(again)).toEqual(readAssets(board))
    expect(new Map(readShapes(again))).toEqual(new Map(readShapes(board)))
    expect(JSON.stringify(boardToJson(doc))).toBe(text)
  })

  test('B501: who made a shape is told, and becomes its author', () => {
    const board = sample()
    const author = 'a.0123456789abcdef'
    const json = boardToJson(board.doc, (client) => (client === board.doc.clientID ? author : undefined))
    expect(json.shapes['note']?.['$by']).toBe(author)
    const shapes = readShapes(boardOf(jsonToBoard(json).doc))
    expect([...shapes.values()].every((shape) => shape.author === author)).toBe(true)
  })

  test('B501, B20: what is wrong is left out and named', () => {
    const { doc, refused } = jsonToBoard({
      format: 'inkpad-board',
      version: 1,
      settings: JSON.parse('{"grid": "lines", "step": -1, "later": 1, "__proto__": {"title": "x"}}'),
      assets: { short: {}, [KEY]: { t: 'image/svg+xml', w: 1, h: 1, n: 1 } },
      shapes: {
        good: { h: { t: 'text', z: 'V', g: [0, 0, 10, 10, 0] }, x: [{ insert: 'hello' }] },
        far: { h: { t: 'text', z: 'V', g: [1e9, 0, 10, 10, 0] } },
        link: { h: { t: 'text', z: 'V' }, 'm.link': 'javascript:alert(1)' },
        ink: { h: { $bytes: 'AAAA' } },
        'no/id': { h: { t: 'group', z: 'V' } },
        nothing: 7,
      },
    })
    expect(refused.map(({ id, fault }) => `${id} ${fault}`).sort()).toEqual([
      'far box',
      'ink ink',
      'link link',
      'no/id id',
      'nothing shape',
    ])
    expect([...readShapes(boardOf(doc)).keys()]).toEqual(['good'])
    expect(readSettings(boardOf(doc))).toMatchObject({ grid: 'lines', step: 20, title: '' })
    expect(readAssets(boardOf(doc)).size).toBe(0)
  })

  test('B501: what is no board is refused', () => {
    for (const value of [null, [], {}, { format: 'inkpad-board', version: 2 }, 'x'])
      expect(() => jsonToBoard(value)).toThrow('version')
  })

  test('B501: whatever a file says, reading ends and what is taken can be shown', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (shapes) => {
        const { doc } = jsonToBoard({ format: 'inkpad-board', version: 1, shapes })
        expect(() => readShapes(boardOf(doc))).not.toThrow()
      }),
    )
  })

  test('B501: bytes survive as text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect([...(bytesOfBase64(base64OfBytes(bytes)) ?? [])]).toEqual([...bytes])
      }),
    )
    expect(bytesOfBase64('a b')).toBeNull()
  })
})
