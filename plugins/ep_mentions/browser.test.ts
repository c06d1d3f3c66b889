/** Mentions in real pages: chosen from who is here, told to who is meant (SPEC-text W8). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { seriousFindings } from '../../tests/support/axe.ts'
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

test('W8: a mention, which its person is told of, undone in one step', async () => {
  const address = `${inkpad.url}p/mentions-${++pads}`
  const ada = await openPad(browser, `${address}?userName=Ada`)
  const bo = await openPad(browser, `${address}?userName=Bo`)
  await beginWriting(bo)
  await beginWriting(ada)
  await bo.page.keyboard.type('ask @ad')
  await bo.page.getByRole('option', { name: 'Ada' }).waitFor()
  await picture(bo.page, 'mention-list')
  await bo.page.keyboard.press('Enter')
  await ada.page.getByText('Bo mentioned you: ask @Ada').first().waitFor()
  await ada.text.locator('[data-kind=mention]', { hasText: 'Ada' }).waitFor()
  await picture(ada.page, 'mention-told')
  expect(await seriousFindings(ada.page)).toEqual([])
  await bo.page.keyboard.press('Control+z')
  await ada.text.locator('[data-kind=mention]').waitFor({ state: 'detached' })
  await untilEqual(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)
