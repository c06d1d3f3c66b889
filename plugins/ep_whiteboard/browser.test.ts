/** The board beside a pad's text and in it, and another WBO in a frame (SPEC-board B320 to B323), in a real browser. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { seriousFindings } from '../../tests/support/axe.ts'
import { leave, openBoard } from '../../tests/support/board-people.ts'
import type { BoardPerson } from '../../tests/support/board-people.ts'
import { startChromium } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { openPad } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

let inkpad: InkpadProcess
let browser: Browser
let turn = 0
const here: BoardPerson[] = []

beforeAll(async () => {
  const shownByOthers = { FRAME_ANCESTORS: '*' }
  ;[inkpad, browser] = await Promise.all([startInkpad(shownByOthers), startChromium()])
}, 60_000)
afterEach(() => leave(...here.splice(0)))
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

test('another WBO stands in a frame, under the rule for its names, and nothing else may be framed', async () => {
  const other = await startInkpad({ EP__ep_whiteboard__wboUrl: inkpad.url })
  try {
    const pad = await openPad(browser, `${other.url}p/far.away`)
    here.push(pad)
    const { page } = pad
    await page.locator('.header').getByRole('button', { name: 'Board' }).click()
    const frame = page.frameLocator('.ep-whiteboard-external iframe')
    await frame.locator('#board').waitFor()
    await frame.getByRole('heading', { name: 'far.away' }).waitFor()
    expect(await page.locator('.ep-whiteboard-external iframe').getAttribute('src')).toBe(
      `${inkpad.url}boards/far~46~away`,
    )
    await page.getByRole('button', { name: 'Board under its older name' }).click()
    await page.locator(`.ep-whiteboard-external iframe[src="${inkpad.url}boards/far.away"]`).waitFor()
  } finally {
    await other.remove()
  }
}, 90_000)

test('in a pad: the board beside the text, and a live picture of it in the text that opens it', async () => {
  const ada = await openBoard(browser, inkpad.url, `shown-${++turn}`, 'Ada')
  here.push(ada)
  const { page } = ada
  await page
    .getByRole('toolbar', { name: 'Tools' })
    .getByRole('button', { name: 'Note', exact: true })
    .click()
  await page.mouse.click(700, 300)
  const words = page.getByRole('textbox', { name: 'Words of the shape' })
  await words.waitFor()
  await page.keyboard.type('seen in the text')
  await page.keyboard.press('Escape')
  await words.waitFor({ state: 'detached' })
  await page
    .locator('.status')
    .filter({ hasText: /^\s*Saved\s*$/ })
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'Text' }).click()
  const text = page.locator('.ProseMirror')
  await text.click()
  await page.keyboard.press('Control+End')
  await page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Picture of the board' }).click()
  await page.getByRole('radio', { name: 'The whole board' }).click()
  await page.locator('.ep-whiteboard-canvas canvas').waitFor()
  // Files draw it, too (SPEC-formats F19).
  await page
    .locator('.status')
    .filter({ hasText: /^\s*Saved\s*$/ })
    .first()
    .waitFor()
  const pad = page.url().replace(/[?#].*$/, '')
  const file = await page.request.get(`${pad}/export/docx`)
  expect((await file.body()).toString('latin1')).toContain('word/media/board-1.svg')
  expect(await (await page.request.get(`${pad}/export/txt`)).text()).toContain('[Board: seen in the text]')
  await page.locator('.ep-whiteboard-picture button').click()
  await page.locator('.surface #board').waitFor()
  await page
    .getByRole('listbox', { name: /on the board$/ })
    .getByRole('option', { name: 'Note: seen in the text' })
    .waitFor({ state: 'attached' })
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'board-in-pad')
  // Escape ends what is selected, and only then the board beside the text.
  await page.locator('#board').focus()
  await page.keyboard.press('Control+a')
  await page.waitForFunction(() => document.querySelector('.board-outline [aria-selected=true]') !== null)
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.querySelector('.board-outline [aria-selected=true]') === null)
  expect(await page.locator('.surface').count()).toBe(1)
  await page.keyboard.press('Escape')
  await page.locator('.surface').waitFor({ state: 'detached' })
}, 90_000)
