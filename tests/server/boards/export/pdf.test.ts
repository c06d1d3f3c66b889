import { describe, expect, jest, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { boardOf } from '../../../../shared/board/model/board.ts'
import type { Board } from '../../../../shared/board/model/board.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { fontFolder } from '../../../../server/boards/export/font-files.ts'
import { createFonts } from '../../../../server/boards/export/fonts.ts'
import type { Pictures } from '../../../../server/boards/export/job.ts'
import { pdfFile } from '../../../../server/boards/export/pdf.ts'
import { pathOperators, pdfNumber } from '../../../../server/boards/export/pdf-paths.ts'
import { rasterPicture } from '../../../../server/boards/export/raster-picture.ts'
import { sceneOf } from '../../../../server/boards/export/scene.ts'
import { CHEQUER, putGolden } from '../../../shared/board/golden.ts'
import { chequer, pngPixels } from '../../../support/png.ts'

jest.setTimeout(60_000)

const fonts = createFonts(fontFolder())
const pictures: Pictures = new Map([[CHEQUER, { mime: 'image/png', bytes: chequer() }]])
const TIME = Date.UTC(2026, 10, 28)

async function pdfOf(fill: (board: Board) => void, whole = false): Promise<string> {
  const board = boardOf(new Y.Doc())
  fill(board)
  const scene = sceneOf(board, {
    scale: 1,
    transparent: false,
    theme: 'light',
    only: null,
    within: null,
    whole,
  })
  if (scene === null) throw new Error('no scene')
  const file = await pdfFile(scene, pictures, fonts, { title: 'A board', time: TIME, whole })
  return Buffer.from(file).toString('latin1')
}

const pagesOf = (pdf: string): number => pdf.match(/\/Type \/Page\b/g)?.length ?? 0

describe('a board as PDF', () => {
  test('B513: frames are pages as large as they are, with their names; without frames there is one', async () => {
    const pdf = await pdfOf(putGolden)
    expect(pdf.startsWith('%PDF-1.7')).toBe(true)
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true)
    expect(pagesOf(pdf)).toBe(3)
    expect(pdf.match(/\/MediaBox \[0 0 480 300\]/g)).toHaveLength(3)
    for (const name of ['Forms & <fills>', 'Lines', 'Texts']) expect(pdf).toContain(`/Title (${name})`)
    expect(pagesOf(await pdfOf(putGolden, true))).toBe(1)
    expect(pagesOf(await pdfOf(() => {}))).toBe(1)
  })

  test('B513: text is text in embedded fonts, markers mix, links lead on, pictures are in it', async () => {
    const pdf = await pdfOf(putGolden, true)
    for (const font of ['NotoSans', 'NotoSerif', 'NotoSansMono', 'ComicNeue'])
      expect(pdf).toMatch(new RegExp(`/FontName /[A-Z]{6}\\+${font}`))
    expect(pdf).toContain('/FontFile2')
    expect(pdf).toContain('/BM /Multiply')
    expect(pdf).toContain('/URI (https://example.org/')
    expect(pdf).toContain('/Subtype /Image')
    expect(pdf).not.toMatch(/\/JavaScript|\/Launch|\/OpenAction/)
  })

  test('B513: the same board gives the same bytes', async () => {
    expect(await pdfOf(putGolden)).toBe(await pdfOf(putGolden))
  })

  test('B513: letters that no font of ours has are pictures', async () => {
    const pdf = await pdfOf((board) =>
      createShape(board, {
        kind: 'text',
        order: 'V',
        box: boxOf(0, 0, 300, 40),
        text: [{ insert: 'plain 漢字 and שלום' }],
      }),
    )
    expect(pdf.match(/\/Subtype \/Image/g)?.length).toBeGreaterThan(0)
  })

  test('B513: pictures that are none, or too large, are left out', () => {
    expect(rasterPicture({ mime: 'image/png', bytes: Uint8Array.of(1, 2, 3) })).toBeNull()
    expect(rasterPicture({ mime: 'image/jpeg', bytes: new Uint8Array(64) })).toBeNull()
    expect(rasterPicture({ mime: 'image/png', bytes: chequer() })).toHaveLength(chequer().length)
  })

  test('B513: WebP and GIF are drawn anew', () => {
    const gif = Buffer.from('R0lGODlhAQABAPAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
    const red = pngPixels(rasterPicture({ mime: 'image/gif', bytes: gif }) ?? gif)
    expect([red.width, red.height, red.at(0, 0)]).toEqual([1, 1, [255, 0, 0, 255]])
    // Four by two, red and blue.
    const webp = Buffer.from(
      'UklGRgQCAABXRUJQVlA4WAoAAAAgAAAAAwAAAQAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDhMFgAAAC8DQAAADxDzv//zHw4UAgiAgiai//E=',
      'base64',
    )
    const drawn = pngPixels(rasterPicture({ mime: 'image/webp', bytes: webp }) ?? webp)
    expect([drawn.width, drawn.height, drawn.at(0, 0), drawn.at(3, 1)]).toEqual([
      4,
      2,
      [255, 0, 0, 255],
      [0, 0, 255, 255],
    ])
  })

  test('B513: paths are in PDF’s own operators, whatever numbers they hold', () => {
    expect(pathOperators([0, 1, 2, 2, 4, 5, 7, 8, 3, 1, 1, 2, 2, 3, 3, 4])).toBe(
      '1 2 m\n3 4 5 6 7 8 c\n1 1 2 2 3 3 c\nh',
    )
    expect([NaN, Infinity, -0.001, 1.004, 1e21].map(pdfNumber)).toEqual([
      '0',
      '1000000000',
      '0',
      '1',
      '1000000000',
    ])
  })
})
