/** A pad with all there is: every format, lists in lists, a table, pictures, the board, notes, contents, many scripts. */
import * as Y from 'yjs'
import { createFonts } from '../../../server/boards/export/fonts.ts'
import { figureOf } from '../../../server/boards/export/figure.ts'
import { fontFolder } from '../../../server/boards/export/font-files.ts'
import type { FigureForm } from '../../../server/boards/export/job.ts'
import { sceneOf } from '../../../server/boards/export/scene.ts'
import { boardsOf } from '../../../server/formats/drawings.ts'
import { writerOf } from '../../../server/formats/formats.ts'
import type { FileBoards } from '../../../server/formats/tree.ts'
import type { PadSource } from '../../../server/formats/types.ts'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { createInk, createShape } from '../../../shared/board/model/write.ts'
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { extendFormats } from '../../../shared/text/formats.ts'
import { readShownPicture } from '../../../shared/text/shown-picture.ts'
import type { ShownBoard } from '../../../shared/text/shown-board.ts'
import { PEOPLE, pluginFormats, rich } from './rich.ts'
import { sourceOf } from './sources.ts'

/** What plugins say of their embeds. */
export const galleryFormats = extendFormats(pluginFormats, {
  blocks: ['contents'],
  exports: {
    image: {
      picture: (value) => {
        const { key, width, height, alt, caption, align, show } = value as Record<string, string | number>
        return readShownPicture({
          key,
          width,
          height,
          alt,
          caption,
          side: align,
          part: show === undefined ? null : Number(show) / 100,
        })
      },
    },
    footnote: { note: (value) => (value as { text: string }).text },
    board: {
      board: (value) =>
        value === true ? { kind: 'all' } : { kind: 'shape', id: (value as { shape: string }).shape },
    },
    contents: { contents: true },
  },
})

/** A frame with a note, a form, an arrow and a stroke, and a form outside of it. */
export function galleryBoard(): Board {
  const board = boardOf(new Y.Doc())
  createShape(board, { kind: 'frame', order: 'V1', id: 'frame1', name: 'Plan', box: boxOf(0, 0, 420, 260) })
  createShape(board, {
    kind: 'note',
    order: 'V2',
    parent: 'frame1',
    box: boxOf(20, 20, 130, 110),
    text: [{ insert: 'Measure & send' }],
  })
  createShape(board, {
    kind: 'geo',
    order: 'V3',
    parent: 'frame1',
    box: boxOf(260, 30, 130, 80),
    style: { fill: 'soft', color: 6 },
    text: [{ insert: 'Station', attributes: { bold: true } }],
  })
  createShape(board, {
    kind: 'line',
    order: 'V4',
    parent: 'frame1',
    path: [150, 75, 260, 70],
    style: { end: 'arrow' },
  })
  const wave = Array.from({ length: 60 }, (_, at) => [30 + at * 6, 190 + 30 * Math.sin(at / 5)]).flat()
  createInk(board, {
    order: 'V5',
    parent: 'frame1',
    points: encodePoints({ xy: Float64Array.from(wave), pressure: null }, 0),
    style: { color: 4, width: 4 },
  })
  createShape(board, { kind: 'geo', order: 'V6', box: boxOf(480, 60, 120, 120), text: [{ insert: 'Later' }] })
  return board
}

const fonts = createFonts(fontFolder())

/** What the thread for boards would give. */
export function figuresFor(board: Board) {
  return async ({ parts, form }: { parts: readonly ShownBoard[]; form: FigureForm }) =>
    parts.map((part) => {
      const scene = sceneOf(board, {
        scale: 1,
        transparent: false,
        theme: 'light',
        whole: false,
        only: part.kind === 'shape' ? part.id : null,
        within: null,
      })
      return scene && figureOf(scene, new Map(), fonts, form)
    })
}

const FRAME: ShownBoard = { kind: 'shape', id: 'frame1' }
export const boardsFor = (type: string): Promise<FileBoards> =>
  boardsOf(figuresFor(galleryBoard()), 'notes', [FRAME, { kind: 'all' }], {
    until: null,
    form: writerOf(type)?.boards ?? 'words',
    lang: 'en',
  })

const line = (text: string, attributes?: Insert['attributes']): Insert[] => [
  ...(text === '' ? [] : [{ insert: text }]),
  attributes === undefined ? { insert: '\n' } : { insert: '\n', attributes },
]
const block = (embed: Record<string, unknown>): Insert[] => [{ insert: embed }, { insert: '\n' }]
const LONG =
  'The weather station on the hill measures wind, rain and pressure every minute and sends what it found to the village below, where people read it over breakfast and decide what to do with their day. '
export const KEY = 'g'.repeat(43)
const image = (more: Record<string, unknown>): Insert[] => [
  { insert: { image: { key: KEY, width: 240, height: 160, alt: 'A hill', ...more } } },
  { insert: '\n' },
]
const cell = (text: string, more: Record<string, unknown> = {}) => ({
  content: text === '' ? [] : [{ insert: text }],
  ...more,
})

const table = {
  table: {
    columns: [{ width: 140 }, {}, {}],
    headerRow: true,
    headerColumn: true,
    rows: [
      { cells: [cell('Day'), cell('Wind'), cell('Rain', { align: 'right' })] },
      { cells: [cell('Monday'), cell('strong', { background: 'blue' }), cell('12 mm', { align: 'right' })] },
      { cells: [cell('Tuesday'), cell('none\nat all'), cell('0', { align: 'right' })] },
    ],
  },
}

export const gallery: Content = [
  ...line('The weather station', { header: 1 }),
  ...block({ contents: true }),
  ...line('Pictures at a side', { header: 2 }),
  ...image({ align: 'left', caption: 'The hill & its station', show: 40 }),
  ...line(LONG.repeat(3)),
  ...image({ align: 'right', show: 30 }),
  ...line(LONG.repeat(3)),
  ...image({ align: 'center', caption: 'In the middle' }),
  ...image({ align: 'right', caption: 'Too wide for words beside it', show: 90 }),
  ...line('The board', { header: 2 }),
  ...block({ board: { shape: 'frame1' } }),
  ...line('All of it:'),
  ...block({ board: true }),
  ...line('Tables and lists', { header: 2 }),
  ...block(table),
  ...line('one', { list: 'bullet' }),
  ...line('first', { list: 'ordered', indent: 1 }),
  ...line('second', { list: 'ordered', indent: 1 }),
  ...line('deep', { list: 'bullet', indent: 2 }),
  ...line('two', { list: 'bullet' }),
  ...line('open', { list: 'unchecked' }),
  ...line('done', { list: 'checked' }),
  ...line('A quotation of somebody who knew.', { blockquote: true }),
  ...line('let wind = 7', { 'code-block': 'js' }),
  ...line('send(wind)', { 'code-block': 'js' }),
  { insert: { divider: true } },
  ...line(''),
  ...line('Deeper', { header: 3 }),
  { insert: 'With a note' },
  { insert: { footnote: { text: 'Seen by Mira.' } } },
  ...line(' and a picture'),
  ...line('תחנת מזג האוויר על הגבעה מודדת רוח, גשם ולחץ.'),
  { insert: 'שורה מוזחת עם הערה' },
  { insert: { footnote: { text: 'נראה על ידי מירה.' } } },
  ...line('', { indent: 2 }),
  ...line('فقرة بالعربية في القائمة', { list: 'bullet' }),
  ...line('ציטוט', { blockquote: true }),
  ...rich,
]

/** What a writer of a type gets. `picture` is a PNG. */
export async function gallerySource(
  type: string,
  picture: Uint8Array,
  more: Partial<PadSource> = {},
): Promise<PadSource> {
  return sourceOf(gallery, {
    formats: galleryFormats,
    people: PEOPLE,
    pictures: new Map([[KEY, { mime: 'image/png', bytes: picture }]]),
    boards: await boardsFor(type),
    ...more,
  })
}
