/** Headings in real pages: by key and from the choice of line styles, in lists, for two people, on a phone. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { seriousFindings } from '../../tests/support/axe.ts'
import { startChromium, visitor } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { goToEnd, openPad, type PadPage, press, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

let inkpad: InkpadProcess
let browser: Browser
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** A pad nobody was in; a second try gets another one. */
const fresh = (): string => `${inkpad.url}p/headings-${(tries += 1)}`

/** Waits until the choice of line styles says this. */
const untilStyle = ({ tools }: PadPage, style: string): Promise<void> =>
  tools.getByRole('button', { name: `Line style: ${style}`, exact: true }).waitFor()

test('by key and from the choice of line styles; the choice says what the line is', async () => {
  const pad = fresh()
  const ada = await openPad(browser, `${pad}?userName=Ada`)
  const bo = await openPad(browser, `${pad}?userName=Bo`, { colorScheme: 'dark' })
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.press('Control+Alt+1')
  await ada.page.keyboard.type('By key')
  await bo.text.getByRole('heading', { name: 'By key', level: 1 }).waitFor()
  await untilStyle(ada, 'Heading 1')
  await press(ada.page, 'Enter')
  await untilStyle(ada, 'Text')
  await ada.page.keyboard.type('By choice')
  await ada.tools.getByRole('button', { name: /^Line style/ }).click()
  await picture(ada.page, 'headings-choice')
  await ada.page.getByRole('menu', { name: 'Line style' }).getByText('Heading 6').click()
  await bo.text.getByRole('heading', { name: 'By choice', level: 6 }).waitFor()
  await untilStyle(ada, 'Heading 6')
  await ada.page.keyboard.press('Control+Alt+6')
  await bo.text.locator('p', { hasText: 'By choice' }).waitFor()
  await untilSaved(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('items of lists are headings as well, and code; numbers go on', async () => {
  const pad = fresh()
  const ada = await openPad(browser, `${pad}?userName=Ada`)
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.press('Control+Shift+N')
  await ada.page.keyboard.press('Control+Alt+2')
  await ada.page.keyboard.type('Item and heading')
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('let a')
  await ada.tools.getByRole('button', { name: /^Line style/ }).click()
  await ada.page.getByRole('menu', { name: 'Line style' }).getByText('Code block').click()
  await ada.text.locator('[data-code][data-number="2"]', { hasText: 'let a' }).waitFor()
  await ada.text.locator('h2[data-number="1"]', { hasText: 'Item and heading' }).waitFor()
  await untilSaved(ada)
  await picture(ada.page, 'headings-list')
  const { page } = await visitor(browser, { javaScriptEnabled: false })
  await page.goto(pad)
  await page.locator('.reader ol > li > h2', { hasText: 'Item and heading' }).waitFor()
  await page.locator('.reader ol > li > pre', { hasText: 'let a' }).waitFor()
  expect(await seriousFindings(ada.page)).toEqual([])
  expect(ada.problems).toEqual([])
}, 60_000)

test('a phone chooses them from its bar', async () => {
  const phone = await openPad(browser, fresh(), PHONE)
  await goToEnd(phone)
  await phone.page.keyboard.type('On a phone')
  await phone.page
    .locator('.keybar')
    .getByRole('button', { name: /^Line style/ })
    .tap()
  await phone.page.getByRole('menu', { name: 'Line style' }).getByText('Heading 3').tap()
  await phone.text.getByRole('heading', { name: /On a phone/, level: 3 }).waitFor()
  await untilSaved(phone)
  expect(phone.problems).toEqual([])
}, 60_000)
