/** A board with every kind of shape, form, dash, fill, head, route, font, turned, mirrored, see-through, in a frame. */
import * as Y from 'yjs'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { FORMS, HEADS } from '../../../shared/board/model/style.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import { createInk, createShape } from '../../../shared/board/model/write.ts'
import type { NewShape } from '../../../shared/board/model/write.ts'
import { createRandom } from '../../support/random.ts'
import { handwriting } from '../../shared/board/strokes.ts'

export const GOLDEN = { width: 1200, height: 1000 }

export const PICTURE = 'golden-picture-key'

export function goldenBoard(): Board {
  const board = boardOf(new Y.Doc())
  const random = createRandom(5)
  let count = 0
  const order = (): string => `V${1000 + count++}1`
  const add = (shape: Omit<NewShape, 'order'>): string =>
    createShape(board, { ...shape, order: order(), id: `golden${1000 + count}` })
  const ink = (
    x: number,
    y: number,
    pressure: boolean,
    style: Partial<Style>,
    turn = 0,
    stretch = 1,
  ): void => {
    const points = encodePoints(handwriting(random, 50, x, y, pressure), 4)
    const box = turn === 0 && stretch === 1 ? {} : { box: boxOf(x, y, 80 * stretch, 50, turn) }
    createInk(board, { points, order: order(), style, ...box, id: `golden${1000 + count}` })
  }
  board.doc.transact(() => {
    board.settings.set('grid', 'none')
    board.assets.set(PICTURE, { t: 'image/png', w: 8, h: 8, n: 100 })
    FORMS.forEach((form, i) => {
      const fill = (['none', 'soft', 'solid'] as const)[i % 3] ?? 'none'
      const dash = (['solid', 'dashed', 'dotted'] as const)[Math.floor(i / 2) % 3] ?? 'solid'
      const x = 20 + (i % 6) * 130
      const y = 20 + Math.floor(i / 6) * 120
      add({
        kind: 'geo',
        box: boxOf(x, y, 110, 90, (i % 4) * 0.35),
        style: {
          form,
          fill,
          dash,
          color: i % 8,
          paper: i % 5 === 0 ? 12 : null,
          width: 1 + (i % 4),
          corner: 12,
        },
        text: i % 2 === 0 ? [{ insert: form }] : [],
      })
      add({
        kind: 'geo',
        box: boxOf(820 + (i % 3) * 120, 20 + Math.floor(i / 3) * 60, 100, 50),
        style: { form, fill, dash, color: (i + 3) % 8, opacity: 0.5, width: 4 },
      })
    })
    HEADS.forEach((head, i) => {
      const route = (['straight', 'curve', 'elbow'] as const)[i % 3] ?? 'straight'
      const y = 280 + i * 34
      const path = route === 'curve' ? [20, y, 120, y - 24, 200, y + 20, 300, y] : [20, y, 300, y + 16]
      add({
        kind: 'line',
        path,
        style: {
          route,
          start: head,
          end: head,
          width: 1 + (i % 4),
          color: i,
          dash: i % 2 === 0 ? 'solid' : 'dashed',
        },
      })
    })
    add({
      kind: 'line',
      path: [340, 300, 420, 280, 450, 350, 360, 360],
      style: { closed: true, fill: 'soft', color: 4 },
    })
    const from = add({ kind: 'geo', box: boxOf(480, 280, 80, 50), style: { fill: 'soft', color: 6 } })
    const to = add({ kind: 'geo', box: boxOf(660, 400, 90, 60, 0.3), style: { form: 'ellipse', color: 3 } })
    for (const route of ['straight', 'elbow'] as const)
      add({
        kind: 'line',
        path: [0, 0, 100, 100],
        from: { shape: from, x: 0.5, y: 0.5, exact: false },
        to: { shape: to, x: 0.5, y: 0.5, exact: false },
        style: { route, end: 'arrow', width: 2 },
        text: route === 'straight' ? [{ insert: 'label' }] : [],
      })
    for (let i = 0; i < 8; i++) {
      ink(20 + i * 90, 490, i % 2 === 0, { color: i, width: 1 + i })
      ink(20 + i * 90, 560, i % 2 === 1, { color: i, width: 5 }, i * 0.4, 1 + (i % 3) * 0.2)
    }
    ink(760, 490, false, { color: 2, width: 4, dash: 'dashed' })
    ink(760, 560, true, { color: 6, width: 8, opacity: 0.4 })
    for (let i = 0; i < 4; i++)
      ink(60 + i * 120, 520, false, { brush: 'highlighter', color: 8 + i, width: 22 })
    const fonts = ['sans', 'serif', 'mono', 'hand'] as const
    fonts.forEach((font, i) => {
      const align = (['left', 'center', 'right'] as const)[i % 3] ?? 'left'
      add({
        kind: 'text',
        box: boxOf(20 + i * 210, 650, 190, 90, i === 3 ? -0.2 : 0),
        style: { font, size: 16 + i * 2, align, color: i },
        text: [
          { insert: 'Plain and ' },
          { insert: 'bold', attributes: { bold: true } },
          { insert: ' and ' },
          { insert: 'slanted', attributes: { italic: true } },
          { insert: ', ' },
          { insert: 'under', attributes: { underline: true } },
          { insert: ', ' },
          { insert: 'struck', attributes: { strike: true } },
          { insert: '\nEnd' },
        ],
      })
      add({
        kind: 'note',
        box: boxOf(20 + i * 150, 780, 130, 110, i * 0.1),
        style: { paper: 12 + i, font },
        text: [
          { insert: 'A note' },
          { insert: '\n', attributes: { list: 'bullet' } },
          { insert: 'more of it\n' },
        ],
      })
    })
    add({ kind: 'image', asset: PICTURE, box: { ...boxOf(640, 780, 120, 100, 0.2), flipX: true } })
    add({
      kind: 'image',
      asset: 'a-picture-not-there',
      box: boxOf(780, 780, 60, 60),
      style: { opacity: 0.5 },
    })
    const frame = add({ kind: 'frame', box: boxOf(880, 560, 280, 200), name: 'A frame' })
    add({ kind: 'geo', parent: frame, box: boxOf(1100, 700, 120, 120), style: { fill: 'solid', color: 5 } })
    add({ kind: 'line', parent: frame, path: [850, 600, 1180, 660], style: { width: 6, color: 2 } })
  })
  return board
}
