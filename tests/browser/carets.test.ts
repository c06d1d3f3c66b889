/** Keys beside somebody's caret: what others draw into the text never stands in the way of who writes there. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { linesOn, openPad, type PadPage, press } from '../support/pad-page.ts'
import { isSecondTry } from '../support/second-try.ts'

let inkpad: InkpadProcess
let browser: Browser
let ada: PadPage
let bo: PadPage
let pads = 0

/** Both in a new pad. */
async function begin(): Promise<void> {
  pads += 1
  ada = await openPad(browser, `${inkpad.url}p/carets${pads}?userName=Ada`)
  bo = await openPad(browser, `${inkpad.url}p/carets${pads}?userName=Bo`)
}

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([
    startInkpad({ DEFAULT_PAD_TEXT: 'first line\nsecond line' }),
    startChromium(),
  ])
  await begin()
}, 60_000)

beforeEach(async () => {
  if (isSecondTry()) await begin()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** Puts Ada's caret at a column of the first line, waits until Bo sees it, and puts his to the same place. */
async function meetAt(column: number): Promise<void> {
  await ada.text.focus()
  await ada.page.keyboard.press('Control+Home')
  await press(ada.page, 'ArrowRight', column)
  await bo.page.waitForFunction((length) => {
    const caret = document.querySelector('.caret[data-name="Ada"]')
    const line = caret?.closest('.line')
    if (!caret || !line) return false
    const range = document.createRange()
    range.setStart(line, 0)
    range.setEndBefore(caret)
    return range.toString().length === length
  }, column)
  await bo.text.focus()
  await bo.page.keyboard.press('Control+Home')
  await press(bo.page, 'ArrowRight', column)
}

const first = async (): Promise<string | undefined> => (await linesOn(bo.page))[0]

test('End goes to the end of the line from where another caret stands at its start', async () => {
  await meetAt(0)
  await bo.page.keyboard.press('End')
  await bo.page.keyboard.type('!')
  expect(await first()).toBe('first line!')
  await bo.page.keyboard.press('Backspace')
  expect(await first()).toBe('first line')
}, 60_000)

test('an arrow moves by one letter, and down by one line, past another caret', async () => {
  await meetAt(2)
  await bo.page.keyboard.press('ArrowRight')
  await bo.page.keyboard.type('-')
  expect(await first()).toBe('fir-st line')
  await bo.page.keyboard.press('Backspace')
  await meetAt(0)
  await bo.page.keyboard.press('ArrowDown')
  await bo.page.keyboard.type('-')
  expect((await linesOn(bo.page)).slice(0, 2)).toEqual(['first line', '-second line'])
  await bo.page.keyboard.press('Backspace')
}, 60_000)

test('Backspace and Delete take a letter, not the other caret', async () => {
  await meetAt(3)
  await bo.page.keyboard.press('Backspace')
  await bo.page.keyboard.press('Delete')
  expect(await first()).toBe('fit line')
  await bo.text.locator('.caret[data-name="Ada"]').waitFor({ state: 'attached' })
  await bo.page.keyboard.type('rs')
  expect(await first()).toBe('first line')
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)
