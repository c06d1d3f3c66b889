import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { checkEntry, checkShape } from '../../../shared/board/check/shape.ts'
import { encodeInk } from '../../../shared/board/ink/header.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import { drawBoard } from '../../../shared/board/draw/draw.ts'
import { writeSvg } from '../../../shared/board/draw/svg.ts'

const points = encodePoints({ xy: Float64Array.of(1, 2, 3, 4), pressure: null }, 2)
const ink = encodeInk({ brush: 'pen', color: 1, opacity: 1, width: 3, order: 'V' }, points)
const geo = { t: 'geo', z: 'V', g: [0, 0, 10, 10, 0] }
const line = { t: 'line', z: 'V', v: [0, 0, 1, 1] }
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

describe('checkShape', () => {
  test('B20: shapes as people make them are right', () => {
    const right: Record<string, unknown>[] = [
      { h: ink },
      { h: ink, g: [1, 2, -3, 4, 0.5], 's.color': '#00ff00', p: 'frame', 'm.lock': true },
      {
        h: geo,
        x: [
          { insert: 'a\n', attributes: { list: 'bullet' } },
          { insert: 'b', attributes: { bold: true, link: 'https://a.example/' } },
        ],
      },
      { h: line, 'b.to': ['other', 0.5, 0.5], 'b.from': null, 's.end': 'arrow' },
      { h: { t: 'image', z: 'V', m: { asset: 'f'.repeat(64) } }, 'm.link': null },
      { h: { t: 'group', z: 'V', p: null } },
    ]
    for (const shape of right) expect(checkShape('some-id_1', shape)).toBeNull()
  })

  test('B12: kinds, keys, properties and facts not known here pass while they are small', () => {
    const future = {
      h: { t: 'hologram', rays: [1, { a: 'b' }], z: 'V' },
      'depth.z': 3,
      's.glow': 0.5,
      'm.votes': ['a.1'],
      q: new Uint8Array(8),
    }
    expect(checkShape('id', future)).toBeNull()
  })

  test.each([
    ['an id with a space', 'no id', { h: ink }, 'id'],
    ['an id that is long', 'x'.repeat(33), { h: ink }, 'id'],
    ['an id that is no string', 7, { h: ink }, 'id'],
    ['a list', 'id', [1], 'shape'],
    ['nothing', 'id', null, 'shape'],
    ['no header', 'id', { g: [0, 0, 1, 1, 0] }, 'header'],
    ['a header that is text', 'id', { h: 'geo' }, 'header'],
    ['a kind that is markup', 'id', { h: { t: '<svg>', z: 'V' } }, 'kind'],
    ['ink as an object', 'id', { h: { t: 'ink', z: 'V' } }, 'kind'],
    ['damaged ink', 'id', { h: ink.slice(0, -3) }, 'ink'],
    ['ink that is too long', 'id', { h: new Uint8Array(20_000) }, 'ink'],
    [
      'ink with a wrong order',
      'id',
      { h: encodeInk({ brush: 'pen', color: 1, opacity: 1, width: 3, order: '<b>' }, points) },
      'order',
    ],
    ['no order', 'id', { h: { t: 'geo' } }, 'order'],
    ['a long order', 'id', { h: geo, z: 'V'.repeat(49) }, 'order'],
    ['a line without points', 'id', { h: { t: 'line', z: 'V' } }, 'points'],
    ['a line of one point', 'id', { h: { ...line, v: [1, 2] } }, 'points'],
    ['a line of odd numbers', 'id', { h: line, v: [1, 2, 3, 4, 5] }, 'points'],
    ['too many points', 'id', { h: line, v: Array<number>(514).fill(0) }, 'points'],
    ['a picture without a key', 'id', { h: { t: 'image', z: 'V' } }, 'fact'],
    ['a picture elsewhere', 'id', { h: geo, 'm.asset': 'https://evil.example/x' }, 'fact'],
    ['an infinite place', 'id', { h: geo, g: [Infinity, 0, 1, 1, 0] }, 'box'],
    ['a place that is no number', 'id', { h: geo, g: [Number.NaN, 0, 1, 1, 0] }, 'box'],
    ['a place far away', 'id', { h: geo, g: [0, 0, 1.1e7, 1, 0] }, 'box'],
    ['a box of strings', 'id', { h: { ...geo, g: ['0', 0, 1, 1, 0] } }, 'box'],
    ['a parent that is a list', 'id', { h: geo, p: ['a'] }, 'parent'],
    ['a colour that is CSS', 'id', { h: geo, 's.color': 'red;background:url(//x)' }, 'style'],
    ['a colour in the header', 'id', { h: { ...geo, s: { color: 'url(#a)' } } }, 'style'],
    ['a pen of no width', 'id', { h: geo, 's.width': 0 }, 'style'],
    ['an endless font', 'id', { h: geo, 's.size': 1e9 }, 'style'],
    ['a script as a link', 'id', { h: geo, 'm.link': 'javascript:alert(1)' }, 'link'],
    ['a link that hides its scheme', 'id', { h: geo, 'm.link': 'java\u0000script:alert(1)' }, 'link'],
    ['a name of two lines', 'id', { h: geo, 'm.name': 'a\nb' }, 'fact'],
    ['a name that is long', 'id', { h: geo, 'm.name': 'a'.repeat(401) }, 'fact'],
    ['a binding outside', 'id', { h: line, 'b.to': ['id', 2, 0] }, 'binding'],
    ['a text with a picture', 'id', { h: geo, x: [{ insert: { image: 'x' } }] }, 'text'],
    ['a text that is long', 'id', { h: geo, x: [{ insert: 'a'.repeat(20_001) }] }, 'text'],
    [
      'a text with a bad link',
      'id',
      { h: geo, x: [{ insert: 'a', attributes: { link: 'data:text/html,x' } }] },
      'link',
    ],
    [
      'a text with a wrong format',
      'id',
      { h: geo, x: [{ insert: 'a', attributes: { header: 99 } }] },
      'text',
    ],
    [
      'a format that is an object',
      'id',
      { h: geo, x: [{ insert: 'a', attributes: { glow: { a: 1 } } }] },
      'text',
    ],
    ['an unknown value that is deep', 'id', { h: geo, future: deep(6) }, 'value'],
    ['an unknown value that is long', 'id', { h: geo, future: 'x'.repeat(5000) }, 'value'],
    ['an unknown value that is wide', 'id', { h: geo, future: Array<number>(300).fill(1) }, 'value'],
    ['an unknown value that is a type', 'id', { h: geo, future: new Y.Map() }, 'value'],
    ['an unknown number that is none', 'id', { h: geo, 's.glow': Number.NaN }, 'value'],
    ['a key with a dash in front', 'id', { h: geo, '-a': 1 }, 'keys'],
    ['a dangerous key', 'id', { h: geo, constructor: 1 }, 'keys'],
    [
      'many keys',
      'id',
      { h: geo, ...Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`k${i}`, 1])) },
      'keys',
    ],
  ])('B20: %s is refused', (_what, id, shape, fault) => {
    expect(checkShape(id, shape)).toBe(fault)
  })

  test('B20: whatever a value is, checking, reading and drawing it never fail', () => {
    const keys = fc.constantFrom(
      'h',
      'g',
      'v',
      'z',
      'p',
      'x',
      's.color',
      's.width',
      's.form',
      'm.link',
      'm.name',
      'b.to',
      'q',
    )
    const header = fc.record(
      {
        t: fc.constantFrom('geo', 'line', 'note', 'image', 'frame', 'group', 'text'),
        g: fc.anything(),
        v: fc.anything(),
        z: fc.anything(),
        s: fc.anything(),
        m: fc.anything(),
        b: fc.anything(),
      },
      { requiredKeys: ['t'] },
    )
    const nearly = fc.oneof(
      fc.anything(),
      header,
      fc.array(fc.double(), { minLength: 4, maxLength: 6 }),
      fc.uint8Array({ maxLength: 30 }),
      fc.constantFrom(ink, 'rect', '#ffffff', 'javascript:x', 1e9, -0),
    )
    fc.assert(
      fc.property(fc.dictionary(keys, nearly), (shape) => {
        const fault = checkShape('id', shape)
        expect(fault === null || typeof fault === 'string').toBe(true)
        for (const [key, value] of Object.entries(shape)) checkEntry(key, value)
        const board = boardOf(new Y.Doc())
        const map = new Y.Map<unknown>()
        board.shapes.set('id', map)
        for (const [key, value] of Object.entries(shape)) {
          try {
            map.set(key, value)
          } catch {
            // Yjs takes no functions, symbols and the like; no update can bring them.
          }
        }
        const shapes = readShapes(board)
        const commands = [
          ...drawBoard(shapes, { theme: 'light', measure: (text) => text.length * 5, tolerance: 0.25 }),
        ]
        const svg = [
          ...writeSvg(commands, {
            bounds: { left: 0, top: 0, right: 9, bottom: 9 },
            ground: null,
            picture: () => null,
          }),
        ].join('')
        expect(svg).not.toMatch(/NaN|Infinity|undefined|javascript/)
      }),
      { numRuns: 1500 },
    )
  })
})
