import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { hexOfColour, isColour, mixColours } from '../../../shared/board/colours.ts'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { flatten } from '../../../shared/board/geometry/path.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import { createInk, createShape } from '../../../shared/board/model/write.ts'
import { DEFAULT_STYLE, FORMS, HEADS } from '../../../shared/board/model/style.ts'
import type { Command, FontFace } from '../../../shared/board/draw/commands.ts'
import { drawBoard } from '../../../shared/board/draw/draw.ts'
import { pathData } from '../../../shared/board/draw/path-data.ts'
import { writeSvg } from '../../../shared/board/draw/svg.ts'
import { layoutText } from '../../../shared/board/draw/text.ts'
import { createRandom } from '../../support/random.ts'
import { handwriting } from './strokes.ts'

const measure = (text: string, face: FontFace) =>
  Array.from(text).length * face.size * (face.bold ? 0.6 : 0.5)
const view = { left: 0, top: 0, right: 800, bottom: 600 }
const PICTURE = 'data:image/png;base64,iVBORw0KGgo='

/** A board with every kind, form, head, dash and fill. */
const everything = () => {
  const board = boardOf(new Y.Doc())
  const random = createRandom(31)
  createShape(board, {
    id: 'frame',
    kind: 'frame',
    order: 'A',
    box: boxOf(0, 0, 300, 200),
    name: 'Slide <1>',
  })
  FORMS.forEach((form, i) =>
    createShape(board, {
      id: `f${i}`,
      kind: 'geo',
      order: `B${i + 1}`,
      box: boxOf(i * 60, 20, 50, 40, i / 7),
      parent: i < 3 ? 'frame' : null,
      style: {
        form,
        fill: (['none', 'soft', 'solid'] as const)[i % 3] ?? 'none',
        dash: (['solid', 'dashed', 'dotted'] as const)[i % 3] ?? 'solid',
        color: i % 8,
      },
      text: [
        { insert: 'a & b' },
        { insert: ' <c>', attributes: { bold: true } },
        { insert: '\n', attributes: { list: 'ordered' } },
      ],
    }),
  )
  HEADS.forEach((head, i) =>
    createShape(board, {
      id: `l${i}`,
      kind: 'line',
      order: `C${i + 1}`,
      path: [0, 300 + i * 20, 200, 310 + i * 20],
      style: { start: head, end: head },
      text: [{ insert: 'label' }],
    }),
  )
  createShape(board, {
    id: 'note',
    kind: 'note',
    order: 'D',
    box: boxOf(400, 300, 132, 132),
    text: [{ insert: 'Salt on the contacts' }],
  })
  createShape(board, {
    id: 'text',
    kind: 'text',
    order: 'E',
    box: boxOf(400, 500, 200, 30),
    text: [{ insert: 'plain' }],
    link: 'https://example.org/?a=1&b="2"',
  })
  createShape(board, {
    id: 'image',
    kind: 'image',
    order: 'F',
    box: boxOf(600, 300, 90, 60, 0.3),
    asset: 'a'.repeat(43),
    name: 'A "hut"',
  })
  createShape(board, {
    id: 'gone',
    kind: 'image',
    order: 'G',
    box: boxOf(600, 400, 90, 60),
    asset: 'b'.repeat(43),
  })
  createShape(board, { id: 'group', kind: 'group', order: 'H' })
  for (const pressure of [false, true])
    createInk(
      board,
      {
        id: `ink${String(pressure)}`,
        points: encodePoints(handwriting(random, 40, 300, 300, pressure), 2),
        order: 'I',
        parent: 'group',
        style: { brush: pressure ? 'pen' : 'highlighter', width: 12, opacity: 0.7, color: 8 },
      },
      () => random.next(),
    )
  return readShapes(board)
}
const draw = (shapes = everything()): Command[] => [
  ...drawBoard(shapes, { theme: 'light', measure, tolerance: 0.25 }),
]
const svgOf = (commands: Command[]): string =>
  [
    ...writeSvg(commands, {
      bounds: view,
      ground: '#ffffff',
      picture: (asset) => (asset.startsWith('a') ? PICTURE : null),
    }),
  ].join('')

describe('commands', () => {
  test('B40: every shape that can be seen begins and ends once, and commands balance', () => {
    const shapes = everything()
    const commands = draw(shapes)
    const begun = commands.flatMap((command) =>
      command.op === 'begin' && command.clip === null ? [command.id] : [],
    )
    expect([...begun].sort()).toEqual([...shapes.keys()].filter((id) => id !== 'group').sort())
    let depth = 0
    for (const { op } of commands) {
      depth += op === 'begin' ? 1 : op === 'end' ? -1 : 0
      expect(depth).toBeGreaterThanOrEqual(0)
    }
    expect(depth).toBe(0)
  })

  test('B22: a frame comes first and cuts off what is in it', () => {
    const ids = draw().flatMap((command) =>
      command.op === 'begin' ? [command.clip ? `[${command.id}` : command.id] : [],
    )
    expect(ids.slice(0, 5)).toEqual(['frame', '[frame', 'f0', 'f1', 'f2'])
  })

  test('B40: only what is in view, or in a frame, is drawn', () => {
    const shapes = everything()
    const ids = (options: { within?: typeof view; only?: string }) =>
      [...drawBoard(shapes, { theme: 'light', measure, tolerance: 0.25, ...options })].flatMap((command) =>
        command.op === 'begin' && !command.clip ? [command.id] : [],
      )
    expect(ids({ within: { left: 610, top: 410, right: 620, bottom: 420 } })).toEqual(['gone'])
    expect(ids({ only: 'frame' })).toEqual(['frame', 'f0', 'f1', 'f2'])
    expect(ids({ only: 'group' })).toEqual(['inkfalse', 'inktrue'])
    expect(ids({ only: 'nobody' })).toEqual([])
  })

  test('B9, B40: colours are #rrggbb in both themes, a highlighter mixes with what lies below', () => {
    for (const theme of ['light', 'dark'] as const)
      for (const command of drawBoard(everything(), { theme, measure, tolerance: 0.25 })) {
        if (command.op === 'text') expect(command.color).toMatch(/^#[0-9a-f]{6}$/)
        if (command.op !== 'path') continue
        for (const color of [command.fill, command.stroke?.color ?? null])
          expect(color ?? '#000000').toMatch(/^#[0-9a-f]{6}$/)
      }
    const blends = draw().flatMap((command) => (command.op === 'path' ? [command.blend] : []))
    expect(blends.filter((blend) => blend === 'multiply')).toHaveLength(1)
    expect([0, 63, '#00ff00'].every(isColour)).toBe(true)
    expect([-1, 1.5, 64, '#FFF', 'red', null].some(isColour)).toBe(false)
    expect([
      hexOfColour(60, 'light'),
      hexOfColour('#12ab34', 'dark'),
      mixColours('#000000', '#ffffff', 0.5),
    ]).toEqual(['#1a1d23', '#12ab34', '#808080'])
  })
})

describe('text', () => {
  const style = { ...DEFAULT_STYLE, size: 10 }
  const anyText = fc
    .array(fc.tuple(fc.stringMatching(/^[a-zäß ]{1,20}$/), fc.boolean()), { maxLength: 12 })
    .map((runs) => runs.map(([insert, bold]) => (bold ? { insert, attributes: { bold: true } } : { insert })))

  test('B41: no letter is lost, and no line is wider than its place', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 200 }), (content, width) => {
        const { lines, width: widest } = layoutText(content, style, width, measure)
        const letters = (text: string): string => text.replace(/\s/g, '')
        expect(letters(lines.flatMap(({ runs }) => runs.map(({ text }) => text)).join(''))).toBe(
          letters(content.map(({ insert }) => insert).join('')),
        )
        expect(widest).toBeLessThanOrEqual(width + 1e-9)
        for (const { runs } of lines) {
          const last = runs.at(-1)
          if (last) expect(last.x + last.width).toBeLessThanOrEqual(width + 1e-9)
        }
      }),
      { numRuns: 300 },
    )
  })

  const rows = (layout: ReturnType<typeof layoutText>): string[] =>
    layout.lines.map(({ runs }) => runs.map(({ text, x }) => `${x}:${text}`).join('|'))

  test('B41: words go to the next line whole, also where a format changes inside of one', () => {
    const content = [{ insert: 'aa bb' }, { insert: 'bb', attributes: { bold: true } }, { insert: ' cc' }]
    expect(rows(layoutText(content, style, 30, measure))).toEqual(['0:aa', '0:bb|10:bb', '0:cc'])
    expect(rows(layoutText([{ insert: 'abcdefgh' }], style, 20, measure))).toEqual(['0:abcd', '0:efgh'])
  })

  test('B41: lists have marks, lines are aligned, line ends count', () => {
    const list = [
      { insert: 'x' },
      { insert: '\n', attributes: { list: 'ordered' } },
      { insert: 'y' },
      { insert: '\n', attributes: { list: 'ordered' } },
    ]
    expect(layoutText(list, style, 100, measure).lines.map(({ runs }) => runs[0]?.text)).toEqual(['1.', '2.'])
    expect(rows(layoutText([{ insert: 'ab\n\nc\n' }], { ...style, align: 'center' }, 100, measure))).toEqual([
      '45:ab',
      '',
      '47.5:c',
    ])
    expect(layoutText([{ insert: 'a\nb' }], style, Infinity, measure)).toMatchObject({ width: 5, height: 26 })
  })
})

describe('SVG', () => {
  test('B42: the same board gives the same bytes', () => {
    expect(svgOf(draw())).toBe(svgOf(draw()))
  })

  test('B42: only known elements and attributes, everything closed, text escaped', () => {
    const svg = svgOf(draw())
    const open: string[] = []
    for (const [, end, name = '', attributes = '', alone] of svg.matchAll(
      /<(\/?)([a-zA-Z]+)((?:\s[^<>]*?)?)(\/?)>/g,
    )) {
      expect(['svg', 'path', 'rect', 'text', 'image', 'title', 'a', 'g', 'clipPath']).toContain(name)
      expect(attributes.replace(/\s[a-zA-Z:-]+="[^"<>]*"/g, '').trim()).toBe('')
      expect(attributes).not.toMatch(/\son|script|NaN|undefined/)
      if (end) expect(open.pop()).toBe(name)
      else if (!alone) open.push(name)
    }
    expect(open).toEqual([])
    expect(svg).toContain('Slide &lt;1&gt;')
    expect(svg).toContain('href="https://example.org/?a=1&amp;b=&quot;2&quot;"')
    expect(svg).toContain(`href="${PICTURE}"`)
    expect(svg.match(/<image /g)).toHaveLength(1)
  })

  test('B42: whatever the commands say, nothing but what is checked gets out', () => {
    const evil = '"><script>alert(1)</script>\u0000\ud800'
    const commands: Command[] = [
      { op: 'begin', id: evil, clip: null, link: 'javascript:alert(1)' },
      {
        op: 'path',
        path: [0, Number.NaN, Infinity, 1, 3, 4],
        fill: evil,
        stroke: { color: evil, width: Number.NaN, dash: [Number.NaN], cap: 'round' },
        opacity: Number.NaN,
        blend: 'normal',
      },
      {
        op: 'text',
        text: evil,
        face: { family: 'sans', size: 10, bold: true, italic: true },
        color: evil,
        x: 0,
        y: Number.NaN,
        width: 3,
        underline: true,
        strike: true,
        opacity: 1,
        matrix: [1, 0, 0, 1, Number.NaN, 0],
      },
      { op: 'image', asset: 'x', matrix: [1, 0, 0, 1, 0, 0], opacity: 1, name: evil },
      { op: 'end' },
      { op: 'end' },
    ]
    const svg = [
      ...writeSvg(commands, { bounds: view, ground: evil, picture: () => `data:image/svg+xml,${evil}` }),
    ].join('')
    expect(svg).not.toMatch(/<script|javascript|NaN|Infinity|svg\+xml/)
    expect(svg.includes('\u0000')).toBe(false)
    expect(svg).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\ufffd')
    expect(svg.match(/<a /)).toBeNull()
  })

  test('B42: rounding does not add up along a path', () => {
    const points = Array.from({ length: 300 }, (_, i) => [i * 0.337, Math.sin(i) * 5.5551]).flat()
    const path = points.flatMap((value, i) => (i % 2 === 0 ? [i === 0 ? 0 : 1, value] : [value]))
    let [x, y] = [0, 0]
    const numbers =
      pathData(path, 100)
        .replace(/[a-z]/g, ' ')
        .match(/-?\d*\.?\d+/g) ?? []
    const back: number[] = []
    for (let i = 0; i < numbers.length; i += 2) {
      x += Number(numbers[i]) / 100
      y += Number(numbers[i + 1]) / 100
      back.push(x, y)
    }
    expect(back).toHaveLength(points.length)
    back.forEach((value, i) => expect(Math.abs(value - (points[i] ?? 0))).toBeLessThan(0.0051))
    expect(flatten(path, 1)[0]).toHaveLength(600)
  })
})
