/** Raised and lowered words in real pages, where an administrator has them on. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { goToEnd, openPad, press, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

let inkpad: InkpadProcess
let browser: Browser
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([
    startInkpad({ ETHERPAD_PLUGINS: 'ep_subscript_and_superscript' }),
    startChromium(),
  ])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** A pad nobody was in; a second try gets another one. */
const fresh = (): string => `${inkpad.url}p/script-${(tries += 1)}`

test('keys and buttons raise and lower for everybody, and the lines keep their distance', async () => {
  const pad = fresh()
  const ada = await openPad(browser, `${pad}?userName=Ada`)
  const bo = await openPad(browser, `${pad}?userName=Bo`, { colorScheme: 'dark' })
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('plain')
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('m')
  await ada.page.keyboard.press('Control+.')
  await ada.page.keyboard.type('2')
  await ada.tools.getByRole('button', { name: 'Superscript', pressed: true }).click()
  await ada.page.keyboard.type(' H')
  await ada.page.keyboard.press('Control+,')
  await ada.page.keyboard.type('2')
  await ada.page.keyboard.press('Control+,')
  await ada.page.keyboard.type('O')
  await bo.text.locator('sup', { hasText: /^2$/ }).waitFor()
  await bo.text.locator('sub', { hasText: /^2$/ }).waitFor()
  await bo.text.locator('.line', { hasText: 'm2 H2O' }).waitFor()
  const heights = await bo.text
    .locator('.line', { hasText: /^plain$|^m2/ })
    .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().height))
  expect(new Set(heights).size).toBe(1)
  await picture(bo.page, 'script-dark')
  await untilSaved(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('a phone has both in its menu', async () => {
  const phone = await openPad(browser, fresh(), PHONE)
  await goToEnd(phone)
  await phone.page.keyboard.type('x')
  await phone.page.locator('.keybar').getByRole('button', { name: 'More formatting' }).tap()
  await phone.page.getByRole('menu').getByText('Superscript').tap()
  await phone.page.getByRole('menu').waitFor({ state: 'detached' })
  await phone.text.and(phone.page.locator(':focus')).waitFor()
  await phone.page.keyboard.type('2')
  await phone.text.locator('sup', { hasText: /^2$/ }).waitFor()
  expect(phone.problems).toEqual([])
}, 60_000)
