/** Templates in real pages: from an empty pad, and from the menu of the slash (SPEC-text W8). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { openPad, untilEqual } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { beginWriting } from '../../tests/support/writing-tools.ts'

let inkpad: InkpadProcess
let browser: Browser
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad({ DEFAULT_PAD_TEXT: '' }), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

test('W8: a template from an empty pad, undone in one step, and from the menu of the slash', async () => {
  const address = `${inkpad.url}p/templates-${++pads}`
  const ada = await openPad(browser, `${address}?userName=Ada`)
  await picture(ada.page, 'templates-offer')
  await ada.page.getByRole('button', { name: 'Agenda' }).click()
  await ada.text.locator('h1', { hasText: 'Agenda' }).waitFor()
  await ada.text.locator('[data-list=unchecked]', { hasText: 'Read' }).waitFor()
  await ada.page.keyboard.press('Control+z')
  await ada.text.locator('h1').waitFor({ state: 'detached' })
  const bo = await openPad(browser, `${address}?userName=Bo`)
  await beginWriting(bo)
  await bo.page.keyboard.type('before /temp')
  await bo.page.getByRole('option', { name: /template/ }).waitFor()
  await bo.page.keyboard.press('Enter')
  await bo.page
    .getByRole('dialog')
    .getByRole('button', { name: /Decision/ })
    .waitFor()
  await picture(bo.page, 'templates-pick')
  await untilEqual(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)
