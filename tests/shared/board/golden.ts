/** A board that shows every kind of shape, form, head, route, dash, fill, turn and text: for pictures that are compared. */
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { DEFAULT_STYLE, FORMS, HEADS } from '../../../shared/board/model/style.ts'
import { createInk, createShape } from '../../../shared/board/model/write.ts'
import { createRandom } from '../../support/random.ts'
import { handwriting } from './strokes.ts'

const DASHES = ['solid', 'dashed', 'dotted'] as const
const FILLS = ['none', 'soft', 'solid'] as const

/** The key of a picture that is an 8 by 8 chequer, and one that is nowhere. */
export const CHEQUER = `chequer-${'c'.repeat(35)}`
export const LOST = `lost-${'l'.repeat(38)}`

/** Puts it on a board, within one transaction of the caller's. */
export function putGolden(board: Board): void {
  const random = createRandom(31)
  let count = 0
  const order = (): string => `V${String(1000 + count++)}x`
  const frame = (id: string, x: number, y: number, name: string): string =>
    createShape(board, { id, kind: 'frame', order: order(), box: boxOf(x, y, 640, 400), name })
  frame('forms', 0, 0, 'Forms & <fills>')
  FORMS.forEach((form, i) =>
    createShape(board, {
      id: `form${i}`,
      kind: 'geo',
      order: order(),
      parent: 'forms',
      box: boxOf(16 + (i % 4) * 156, 16 + Math.floor(i / 4) * 128, 132, 104, i % 5 === 0 ? 0 : (i - 6) / 14),
      style: {
        form,
        fill: FILLS[i % 3] ?? 'none',
        dash: DASHES[Math.floor(i / 3) % 3] ?? 'solid',
        color: i % 8,
        paper: i % 2 === 0 ? null : 8 + (i % 10),
        corner: form === 'rect' ? 12 : 0,
        opacity: i === 7 ? 0.5 : 1,
      },
      text: [{ insert: 'Form ' }, { insert: String(i), attributes: { bold: true } }],
    }),
  )
  frame('lines', 680, 0, 'Lines')
  HEADS.forEach((head, i) =>
    createShape(board, {
      id: `head${i}`,
      kind: 'line',
      order: order(),
      parent: 'lines',
      path: [700, 30 + i * 28, 860, 24 + i * 28],
      style: {
        start: head,
        end: HEADS[(i + 1) % HEADS.length] ?? 'none',
        dash: DASHES[i % 3] ?? 'solid',
        width: 1 + i,
      },
    }),
  )
  for (const [i, id] of ['from', 'to'].entries())
    createShape(board, {
      id,
      kind: 'geo',
      order: order(),
      parent: 'lines',
      box: boxOf(920 + i * 220, 60 + i * 180, 120, 80, i * 0.3),
      style: { form: i === 0 ? 'rect' : 'ellipse' },
    })
  for (const [i, route] of (['straight', 'curve', 'elbow'] as const).entries())
    createShape(board, {
      id: `route${i}`,
      kind: 'line',
      order: order(),
      parent: 'lines',
      path: [1040, 100, 1140, 280],
      from: { shape: 'from', x: 0.2 + 0.3 * i, y: 0.5, exact: false },
      to: { shape: 'to', x: 0.5, y: 0.2 + 0.3 * i, exact: i === 1 },
      style: { route, end: 'triangle', color: 2 + i, width: 2 },
      text: i === 0 ? [{ insert: 'label' }] : [],
    })
  createShape(board, {
    id: 'polygon',
    kind: 'line',
    order: order(),
    parent: 'lines',
    path: [700, 260, 800, 240, 860, 330, 760, 380],
    style: { closed: true, fill: 'soft', color: 6, route: 'curve' },
  })
  frame('texts', 0, 440, 'Texts')
  for (const [i, font] of (['sans', 'serif', 'mono', 'hand'] as const).entries())
    createShape(board, {
      id: `font${i}`,
      kind: 'text',
      order: order(),
      parent: 'texts',
      box: boxOf(16, 456 + i * 90, 290, 80, i === 3 ? 0.08 : 0),
      style: { font, size: 16, align: (['left', 'center', 'right', 'left'] as const)[i] ?? 'left' },
      text: [
        { insert: 'Hamburgefonts ' },
        { insert: 'bold', attributes: { bold: true } },
        { insert: ' and ' },
        { insert: 'leaning', attributes: { italic: true } },
        { insert: ' and ' },
        { insert: 'both', attributes: { bold: true, italic: true, underline: true } },
        { insert: ', Ελληνικά, Кириллица, Łódź ' },
        { insert: 'gone', attributes: { strike: true, color: '#c0392b' } },
        { insert: '\n' },
      ],
    })
  createShape(board, {
    id: 'note',
    kind: 'note',
    order: order(),
    parent: 'texts',
    box: boxOf(330, 460, 140, 140),
    text: [
      { insert: 'First' },
      { insert: '\n', attributes: { list: 'ordered' } },
      { insert: 'Second' },
      { insert: '\n', attributes: { list: 'ordered' } },
      { insert: 'point' },
      { insert: '\n', attributes: { list: 'bullet' } },
    ],
  })
  createShape(board, {
    id: 'linked',
    kind: 'note',
    order: order(),
    parent: 'texts',
    box: boxOf(490, 460, 132, 132, -0.15),
    style: { paper: 13, font: 'hand', align: 'center', valign: 'middle' },
    link: 'https://example.org/?a=1&b="2"',
    text: [{ insert: 'with a link' }],
  })
  createShape(board, {
    id: 'picture',
    kind: 'image',
    order: order(),
    parent: 'texts',
    box: boxOf(340, 640, 120, 90, 0.3),
    asset: CHEQUER,
    name: 'A "chequer"',
  })
  createShape(board, {
    id: 'lost',
    kind: 'image',
    order: order(),
    parent: 'texts',
    box: boxOf(500, 640, 110, 90),
    asset: LOST,
  })
  createShape(board, { id: 'inks', kind: 'group', order: order() })
  for (let i = 0; i < 12; i++) {
    const pressure = i % 2 === 0
    const zoom = i < 8 ? 0 : 3
    createInk(
      board,
      {
        id: `ink${i}`,
        points: encodePoints(
          handwriting(random, 40, 700 + (i % 4) * 130, 470 + Math.floor(i / 4) * 110, pressure),
          2 + zoom,
        ),
        order: order(),
        parent: 'inks',
        style: { ...DEFAULT_STYLE, color: i % 8, width: 1.5 + i / 2, dash: i === 3 ? 'dashed' : 'solid' },
        ...(i === 5 ? { box: boxOf(840, 560, 160, 60, 0.4) } : {}),
      },
      () => random.next(),
    )
  }
  for (const [i, color] of [8, 9, 10].entries())
    createInk(
      board,
      {
        id: `marker${i}`,
        points: encodePoints(
          { xy: Float64Array.of(690, 520 + i * 100, 1200, 540 + i * 100), pressure: null },
          2,
        ),
        order: order(),
        style: { brush: 'highlighter', color, width: 24 },
      },
      () => random.next(),
    )
}
