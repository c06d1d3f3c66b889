/** Files of boards in a real browser: the server's pictures beside the browser's own, and the dialog that saves and brings in. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import * as Y from 'yjs'
import { fontFolder } from '../../server/boards/export/font-files.ts'
import { createFonts } from '../../server/boards/export/fonts.ts'
import type { Pictures } from '../../server/boards/export/job.ts'
import { sceneOf } from '../../server/boards/export/scene.ts'
import { pngFile, svgFile } from '../../server/boards/export/writers.ts'
import { boardOf } from '../../shared/board/model/board.ts'
import { CHEQUER, putGolden } from '../shared/board/golden.ts'
import { EXCALIDRAW } from '../server/boards/import/files.ts'
import { difference } from '../support/board-page.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { PATIENCE } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { pngFile as plainPng } from '../support/png.ts'

let inkpad: InkpadProcess
let browser: Browser
let turn = 0
/** A board nobody has been on, nor a first try of the same test. */
const fresh = (name: string): string => `${name}-${(turn += 1)}`

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

describe('the server’s pictures', () => {
  const fonts = createFonts(fontFolder())
  // Of one colour: how the two enlarge a picture is their own affair.
  const bytes = plainPng(4, 4, () => [40, 90, 160, 255])
  const pictures: Pictures = new Map([[CHEQUER, { mime: 'image/png', bytes }]])

  test.each([
    ['light', 1],
    ['light', 2],
    ['dark', 1],
  ] as const)(
    'B511: PNG and SVG look the same, %s at %ix',
    async (theme, scale) => {
      const board = boardOf(new Y.Doc())
      putGolden(board)
      const scene = sceneOf(board, {
        scale,
        transparent: false,
        theme,
        only: null,
        within: null,
        whole: false,
      })
      if (scene === null) throw new Error('no scene')
      const width = Math.round(scene.bounds.right - scene.bounds.left)
      const height = Math.round(scene.bounds.bottom - scene.bounds.top)
      const { page } = await visitor(browser, { viewport: { width, height }, deviceScaleFactor: scale })
      const svg = Buffer.from(svgFile(scene, pictures, fonts)).toString('base64')
      await page.setContent('<!doctype html><style>body{margin:0}img{display:block}</style><img>')
      // As a picture, not as markup: nothing but what is in the file is there.
      await page.evaluate(async (address) => {
        const image = document.querySelector('img')
        if (!image) throw new Error('no image')
        image.src = address
        await image.decode()
      }, `data:image/svg+xml;base64,${svg}`)
      const theirs = await page.screenshot()
      const ours = Buffer.from(pngFile(scene, pictures, fonts, scale))
      expect(await difference(page, theirs, ours, 60)).toBeLessThan(0.005)
      // And the comparison sees what there is to see.
      const blank = Buffer.from(plainPng(width * scale, height * scale, () => [255, 255, 255, 255]))
      expect(await difference(page, theirs, blank, 60)).toBeGreaterThan(0.05)
      await page.context().close()
    },
    60_000,
  )
})

/** Waits until the server has so many shapes. */
async function untilShapes(name: string, count: number): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const answer = await fetch(`${inkpad.url}p/${name}/board/export/json`)
    const { shapes } = (await answer.json()) as { shapes: Record<string, unknown> }
    if (Object.keys(shapes).length === count) return
    if (Date.now() > end) throw new Error(`the board has ${Object.keys(shapes).join(' ')}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function openBoard(name: string): Promise<{ page: Page; problems: string[] }> {
  const { page, problems } = await visitor(browser, {
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
  })
  page.setDefaultTimeout(PATIENCE)
  await page
    .context()
    .grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(inkpad.url).origin })
  await page.goto(`${inkpad.url}p/${name}/board`, { waitUntil: 'commit', timeout: PATIENCE })
  await page.locator('#board').waitFor({ timeout: PATIENCE })
  await page.locator('.status').filter({ hasText: 'Saved' }).first().waitFor({ timeout: PATIENCE })
  return { page, problems }
}

test('B526, B528: a file is chosen, its shapes are there and shown, and all of it is saved again', async () => {
  const name = fresh('files')
  const { page, problems } = await openBoard(name)
  await page.locator('#board').focus()
  await page.keyboard.press('Control+Shift+S')
  const dialog = page.getByRole('dialog', { name: 'Save or bring files' })
  await dialog.waitFor({ timeout: PATIENCE })
  await dialog.getByRole('radio', { name: 'Bring in' }).click()
  await picture(page, 'board-files-in')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'lesson.excalidraw', mimeType: '', buffer: Buffer.from(EXCALIDRAW) })
  await page
    .getByText('11 shapes came. 2 things in it could not be taken.')
    .first()
    .waitFor({ timeout: PATIENCE })
  await dialog.waitFor({ state: 'hidden', timeout: PATIENCE })

  // What came is selected: it can be taken away, and brought back, as one.
  await page.locator('#board').focus()
  await page.keyboard.press('Delete')
  await untilShapes(name, 0)
  await page.keyboard.press('Control+Z')
  await untilShapes(name, 11)

  // A broken one says so and stays.
  await page.keyboard.press('Control+Shift+S')
  await dialog.getByRole('radio', { name: 'Bring in' }).click()
  const broken = { name: 'x.json', mimeType: '', buffer: Buffer.from('{') }
  await dialog.locator('input[type=file]').setInputFiles(broken)
  await dialog
    .getByText('This is no file a board can be made of, or a broken one.')
    .first()
    .waitFor({ timeout: PATIENCE })

  await dialog.getByRole('radio', { name: 'Save', exact: true }).click()
  await dialog.getByRole('radio', { name: 'Drawing' }).click()
  await picture(page, 'board-files-out')
  const coming = page.waitForEvent('download', { timeout: PATIENCE })
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  const download = await coming
  expect(download.suggestedFilename()).toBe(`${name}-board.svg`)
  const svg = await readFile(await download.path(), 'utf8')
  expect(svg).toContain('Slide 1')
  expect(svg).toContain('<image ')

  // What is selected goes onto the clipboard as a picture and as SVG.
  await dialog.waitFor({ state: 'hidden', timeout: PATIENCE })
  await page.locator('#board').focus()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('Copy as SVG')
  await page.keyboard.press('Enter')
  await page.getByText('Copied.').first().waitFor({ timeout: PATIENCE })
  await page.waitForFunction(async () =>
    /^<svg [^]*Slide 1[^]*<\/svg>/.test(await navigator.clipboard.readText()),
  )
  expect(problems.filter((problem) => !/400/.test(problem))).toEqual([])
  await page.context().close()
}, 120_000)
