import { describe, expect, jest, test } from '@jest/globals'
import * as fc from 'fast-check'
import { base64OfBytes } from '../../../../shared/board/base64.ts'
import { checkShape } from '../../../../shared/board/check/shape.ts'
import { boardToJson } from '../../../../shared/board/json.ts'
import { decodePoints } from '../../../../shared/board/ink/points.ts'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import { ImportFault } from '../../../../server/boards/import/fault.ts'
import { place } from '../../../../server/boards/import/place.ts'
import { createSink, importedId } from '../../../../server/boards/import/sink.ts'
import { chequer } from '../../../support/png.ts'
import { EXCALIDRAW, WBO_JSON, WBO_SVG, bytesOf, read } from './files.ts'

jest.setTimeout(60_000)

function pointsOf(shape: Shape | undefined): number[] {
  if (shape?.kind !== 'ink') throw new Error('no stroke')
  return [...decodePoints(shape.points).xy]
}

describe('WBO', () => {
  test.each([
    ['version 1, JSON', WBO_JSON],
    ['version 2, SVG', WBO_SVG],
  ])('B522: %s: strokes, lines, forms and texts, where and as they are', (_name, file) => {
    const { kind, shapes } = read(file)
    expect(kind).toBe('wbo')
    const stroke = shapes.get('w-lk1abc')
    expect(stroke?.style).toMatchObject({ color: '#ff4136', width: 4, opacity: 0.5, brush: 'pen' })
    pointsOf(stroke).forEach((value, i) =>
      expect(value).toBeCloseTo([10, 10, 20.5, 14.1, 40, 12][i] ?? NaN, 1),
    )
    expect(pointsOf(stroke)).toHaveLength(6)
    expect(shapes.get('w-r1')).toMatchObject({
      kind: 'geo',
      box: { x: 25, y: 47, w: 200, h: 80, r: 0 },
      style: { form: 'rect', fill: 'none', color: '#2ecc40', width: 6 },
    })
    expect(shapes.get('w-e1')).toMatchObject({
      kind: 'geo',
      box: { x: 0, y: 0, w: 40, h: 30 },
      style: { form: 'ellipse' },
    })
    expect(shapes.get('w-s1')).toMatchObject({
      kind: 'line',
      path: [0, 50, 90, 60],
      style: { width: 2, end: 'none' },
    })
    const text = shapes.get('w-t1')
    expect(text).toMatchObject({
      kind: 'text',
      text: [{ insert: 'Hello <world> & "you"' }],
      style: { size: 36 },
    })
    // The base line stays where it was.
    expect(text?.kind === 'text' && text.box.y + 36 * 1.001).toBeCloseTo(200, 1)
  })

  test('B522: painting order is the file’s; what was moved is moved; what is wrong is named', () => {
    const { shapes, missed } = read(WBO_JSON)
    const orders = ['w-lk1abc', 'w-lold', 'w-s1', 'w-r1', 'w-e1', 'w-t1'].map(
      (id) => shapes.get(id)?.order ?? '',
    )
    expect([...orders].sort()).toEqual(orders)
    expect(pointsOf(shapes.get('w-lold'))).toEqual([100, 0, 105, 5])
    expect(missed).toEqual({ line: 1, item: 1, glitter: 1 })
  })

  test('B522: a stroke of very many points is several', () => {
    const children = Array.from({ length: 2500 }, (_, i) => ({ x: i, y: Math.sin(i) * 50 }))
    const { shapes } = read(
      JSON.stringify({ l1: { tool: 'Pencil', type: 'line', size: 2, _children: children } }),
    )
    expect(shapes.size).toBe(3)
    const all = [...shapes.values()].map(pointsOf)
    expect(all[0]?.slice(-2)).toEqual(all[1]?.slice(0, 2))
    expect(all.flat().length / 2).toBe(2502)
  })
})

describe('Excalidraw', () => {
  const { kind, shapes, missed, sink } = read(EXCALIDRAW)
  const shape = (id: string): Shape => {
    const found = shapes.get(`x-${id}`)
    if (!found) throw new Error(`no ${id}`)
    return found
  }

  test('B523: forms with their text, frames and groups', () => {
    expect(kind).toBe('excalidraw')
    expect(shape('fr')).toMatchObject({
      kind: 'frame',
      name: 'Slide 1',
      box: { x: -20, y: -20, w: 500, h: 300 },
    })
    expect(shape('rectangle-1')).toMatchObject({
      kind: 'geo',
      parent: 'x-fr',
      text: [{ insert: 'in the box', attributes: { color: '#e03131' } }],
      style: {
        form: 'rect',
        fill: 'solid',
        paper: '#ffec99',
        font: 'hand',
        align: 'center',
        valign: 'middle',
        corner: 15,
      },
    })
    expect(shapes.has('x-inner')).toBe(false)
    expect(shape('ellipse-1')).toMatchObject({ parent: 'x-g-inner-group', style: { dash: 'dashed' } })
    expect(shape('ellipse-1').style.opacity).toBeCloseTo(0.4)
    expect(shape('g-inner-group')).toMatchObject({ kind: 'group', parent: 'x-g-outer' })
    expect(shape('diamond-1')).toMatchObject({
      parent: 'x-g-outer',
      locked: true,
      link: 'https://example.org/',
    })
  })

  test('B523: arrows stay on what they join, lines can be areas, pens have pressure', () => {
    expect(shape('arrow-1')).toMatchObject({
      kind: 'line',
      path: [100, 30, 200, 40, 300, 30],
      from: { shape: 'x-rectangle-1', x: 0.5, y: 0.5, exact: false },
      style: { start: 'none', end: 'arrow', route: 'curve' },
    })
    expect(shape('line-1')).toMatchObject({
      path: [0, 0, 50, 0, 50, 50],
      style: { closed: true, fill: 'solid' },
    })
    const ink = shape('freedraw-1')
    expect(ink.kind === 'ink' && [...(decodePoints(ink.points).pressure ?? [])]).toEqual([13, 32, 57, 25])
  })

  test('B523: what is on its clipboard is read alike', () => {
    const file = JSON.parse(EXCALIDRAW) as Record<string, unknown>
    const copied = read(JSON.stringify({ ...file, type: 'excalidraw/clipboard' }))
    expect(copied.shapes).toEqual(shapes)
  })

  test('B523: pictures come along; what is deleted, unknown or lost does not', () => {
    const image = shape('image-1')
    expect(image).toMatchObject({ kind: 'image', box: { flipX: true, flipY: false, w: 100, h: 60 } })
    expect(image.kind === 'image' && sink.pictures.has(image.asset)).toBe(true)
    expect(shape('loose')).toMatchObject({
      text: [{ insert: 'two\nlines' }],
      style: { font: 'mono', size: 28 },
    })
    expect(missed).toEqual({ embeddable: 1, image: 1 })
    expect(shapes.size).toBe(11)
  })
})

describe('any file', () => {
  test('B520, B501: ours comes back whole, with its pictures', () => {
    const first = read(EXCALIDRAW)
    const json = {
      ...boardToJson(first.sink.board.doc),
      pictures: Object.fromEntries(
        [...first.sink.pictures].map(([key, { bytes }]) => [key, base64OfBytes(bytes)]),
      ),
    }
    const again = read(JSON.stringify(json))
    expect(again.kind).toBe('inkpad')
    expect(again.shapes).toEqual(first.shapes)
    expect([...again.sink.pictures.keys()]).toEqual([...first.sink.pictures.keys()])
  })

  test('B525: a picture is a shape as large as it is', () => {
    const { kind, shapes } = read(chequer())
    expect(kind).toBe('picture')
    expect([...shapes.values()]).toMatchObject([{ kind: 'image', box: { x: 0, y: 0, w: 8, h: 8 } }])
  })

  test.each([
    ['nothing we know', 'hello'],
    ['JSON of something else', '{"type":"something","elements":[]}'],
    ['broken JSON', '{"format":"inkpad-board",'],
    ['a later form of ours', '{"format":"inkpad-board","version":99}'],
    ['broken XML', '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>'],
    ['a page', '<html><body>x</body></html>'],
  ])('B520: %s is refused', (_name, file) => {
    expect(() => read(file)).toThrow(ImportFault)
  })

  test('B520: bytes that are no text are refused', () => {
    expect(() => read(Uint8Array.of(0x7b, 0xff, 0xfe, 0x00))).toThrow(ImportFault)
  })

  test('B520: whatever a file holds, each shape of it passes the door', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.double(),
      fc.constantFrom(1e300, -0, '1e9', null),
    )
    const field = fc.constantFrom(
      'x',
      'y',
      'x2',
      'y2',
      'size',
      'color',
      'txt',
      '_children',
      'transform',
      'opacity',
      'points',
      'width',
      'height',
      'angle',
      'strokeColor',
      'text',
      'groupIds',
      'frameId',
      'fileId',
    )
    const item = fc
      .tuple(
        fc.constantFrom(
          'line',
          'rect',
          'new',
          'straight',
          'ellipse',
          'freedraw',
          'arrow',
          'rectangle',
          'text',
          'image',
          'frame',
        ),
        fc.dictionary(field, value),
      )
      .map(([type, rest]) => ({ ...rest, type, tool: 'x', id: `i${type}` }))
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 6 }), fc.boolean(), (items, wbo) => {
        const file = wbo
          ? Object.fromEntries(items.map((one, i) => [`i${i}`, one]))
          : { type: 'excalidraw', elements: items }
        let found
        try {
          found = read(JSON.stringify(file))
        } catch (error) {
          expect(error).toBeInstanceOf(ImportFault)
          return
        }
        const { entries } = place(found.sink.board, createSink().board, {
          at: { x: 5, y: 5 },
          author: '',
          random: () => 0.5,
        })
        for (const { id, value: parts } of entries) expect(checkShape(id, parts)).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  test('B520: ids are the file’s own where they can be, and the same each time', () => {
    expect(importedId('w-', 'lk1abc')).toBe('w-lk1abc')
    const long = importedId('w-', 'ü'.repeat(90))
    expect(long).toBe(importedId('w-', 'ü'.repeat(90)))
    expect(long).toMatch(/^w-[\w-]{20}$/)
    expect(bytesOf('x')).toHaveLength(1)
  })
})
