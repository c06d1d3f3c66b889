import { expect, jest, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { boardOf } from '../../../../shared/board/model/board.ts'
import type { Board } from '../../../../shared/board/model/board.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { fontFolder } from '../../../../server/boards/export/font-files.ts'
import { createFonts } from '../../../../server/boards/export/fonts.ts'
import type { PictureOptions, Pictures } from '../../../../server/boards/export/job.ts'
import { outlineText } from '../../../../server/boards/export/outline-text.ts'
import { sceneOf } from '../../../../server/boards/export/scene.ts'
import type { BoardScene } from '../../../../server/boards/export/scene.ts'
import { pngFile, svgFile } from '../../../../server/boards/export/writers.ts'
import { chequer, pngPixels } from '../../../support/png.ts'
import { CHEQUER, putGolden } from '../../../shared/board/golden.ts'

jest.setTimeout(60_000)

const OPTIONS: PictureOptions = {
  scale: 1,
  transparent: false,
  theme: 'light',
  only: null,
  within: null,
  whole: false,
}
const fonts = createFonts(fontFolder())
const none: Pictures = new Map()

function sceneWith(fill: (board: Board) => void, options: Partial<PictureOptions> = {}): BoardScene {
  const board = boardOf(new Y.Doc())
  fill(board)
  const scene = sceneOf(board, { ...OPTIONS, ...options })
  if (scene === null) throw new Error('no scene')
  return scene
}

test('B512: a picture has the board’s size, the ground and the colours', () => {
  const fill = (board: Board): void => {
    createShape(board, {
      kind: 'geo',
      order: 'V',
      box: boxOf(0, 0, 100, 60),
      style: { fill: 'solid', color: '#ff0000', width: 2 },
    })
  }
  const { width, height, at } = pngPixels(pngFile(sceneWith(fill), none, fonts, 1))
  expect([width, height]).toEqual([136, 96])
  expect(at(68, 48)).toEqual([255, 0, 0, 255])
  expect(at(2, 2)).toEqual([255, 255, 255, 255])
  const large = pngPixels(pngFile(sceneWith(fill, { transparent: true }), none, fonts, 3))
  expect([large.width, large.height]).toEqual([408, 288])
  expect(large.at(3, 3)).toEqual([0, 0, 0, 0])
  expect(pngPixels(pngFile(sceneWith(fill, { theme: 'dark' }), none, fonts, 1)).at(2, 2)).toEqual([
    22, 24, 29, 255,
  ])
})

test('B512: what would be too large is drawn smaller', () => {
  const scene = sceneWith((board) => {
    for (const [x, y] of [
      [0, 0],
      [99_000, 40],
    ] as const)
      createShape(board, { kind: 'geo', order: `V${x}1`, box: boxOf(x, y, 1000, 500), style: { width: 9 } })
  })
  const file = Buffer.from(pngFile(scene, none, fonts, 3))
  expect(file.readUInt32BE(16)).toBe(16_000)
  expect(file.readUInt32BE(20)).toBe(94)
})

test('B511: the same board gives the same bytes, and text needs no fonts of the machine', () => {
  const scene = sceneWith(putGolden)
  const pictures: Pictures = new Map([[CHEQUER, { mime: 'image/png', bytes: chequer() }]])
  expect(Buffer.compare(pngFile(scene, pictures, fonts, 1), pngFile(scene, pictures, fonts, 1))).toBe(0)
  expect(Buffer.compare(svgFile(scene, pictures, fonts), svgFile(scene, pictures, fonts))).toBe(0)
  const left = [...outlineText(scene.draw(0.25), fonts)].filter(({ op }) => op === 'text')
  expect(left).toEqual([])
})

test('B511: the boxes of tasks are drawn, whatever fonts the machine has', () => {
  const scene = sceneWith((board) => {
    createShape(board, {
      kind: 'note',
      order: 'V',
      box: boxOf(0, 0, 200, 100),
      text: [
        { insert: 'done' },
        { insert: '\n', attributes: { list: 'checked' } },
        { insert: 'to do' },
        { insert: '\n', attributes: { list: 'unchecked' } },
      ],
    })
  })
  const commands = [...scene.draw(0.25)]
  expect(commands.filter((command) => command.op === 'text').map(({ text }) => text)).toEqual([
    '☑',
    'done',
    '☐',
    'to do',
  ])
  expect([...outlineText(commands, fonts)].filter(({ op }) => op === 'text')).toEqual([])
})

test('B511: letters that no font of ours has stay text, in their place', () => {
  const scene = sceneWith((board) => {
    createShape(board, {
      kind: 'text',
      order: 'V',
      box: boxOf(0, 0, 400, 30),
      text: [{ insert: 'see 漢字 here' }],
    })
  })
  const texts = [...outlineText(scene.draw(0.25), fonts)].filter((command) => command.op === 'text')
  expect(texts.map(({ text }) => text)).toEqual(['漢字'])
  expect(texts[0]?.x).toBeGreaterThan(20)
  expect(pngFile(scene, none, fonts, 1).length).toBeGreaterThan(100)
})
