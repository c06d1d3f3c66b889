/** Alignment in real pages: for two people, in lists, from right to left, by night, without scripts. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium, visitor } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { goToEnd, openPad, type PadPage, press, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

let inkpad: InkpadProcess
let browser: Browser
/** The pad in which what a test makes is there for those after it. */
let pad: string
let ada: PadPage
let bo: PadPage
/** Words of the item that is aligned. */
let point: string
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

const button = (pad: PadPage, name: string) => pad.tools.getByRole('button', { name, exact: true })

/** How far a line's first words are from its left edge, and its last from its right one, in CSS pixels. */
const spaces = (pad: PadPage, words: string): Promise<{ left: number; right: number; marker: number }> =>
  pad.text.locator('.line', { hasText: words }).evaluate((line) => {
    const range = document.createRange()
    range.selectNodeContents(line)
    const text = range.getBoundingClientRect()
    const box = line.getBoundingClientRect()
    const marker = getComputedStyle(line, '::before')
    return {
      left: text.left - box.left,
      right: box.right - text.right,
      marker: marker.position === 'static' ? Number.parseFloat(marker.width) : 0,
    }
  })

test('a button moves the line for both, is pressed for who stands there, and gives it back', async () => {
  pad = `${inkpad.url}p/align-${(tries += 1)}`
  ada = await openPad(browser, `${pad}?userName=Ada`)
  bo = await openPad(browser, `${pad}?userName=Bo`, { colorScheme: 'dark' })
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('in the middle')
  await button(ada, 'Align centre').click()
  await bo.text.locator('.align-center', { hasText: 'in the middle' }).waitFor()
  const { left, right } = await spaces(bo, 'in the middle')
  expect(Math.abs(left - right)).toBeLessThan(2)
  expect(left).toBeGreaterThan(100)
  await goToEnd(bo)
  await bo.tools.getByRole('button', { name: 'Align centre', pressed: true }).waitFor()
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('right')
  await button(ada, 'Align right').click()
  await bo.text.locator('.align-right', { hasText: 'right' }).waitFor()
  expect((await spaces(bo, 'right')).right).toBeLessThan(2)
  await button(ada, 'Align right').click()
  await bo.text.locator('.line:not([class*=align])', { hasText: 'right' }).waitFor()
  await ada.tools.getByRole('button', { name: 'Align left', pressed: true }).waitFor()
}, 90_000)

test('items of lists are aligned with their markers beside them', async () => {
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.press('Control+Shift+L')
  point = `point ${(tries += 1)}`
  await ada.page.keyboard.type(point)
  expect((await spaces(ada, point)).marker).toBe(0)
  await button(ada, 'Align right').click()
  await bo.text.locator('[data-list=bullet].align-right', { hasText: point }).waitFor()
  const { marker, right } = await spaces(bo, point)
  expect(marker).toBeGreaterThan(0)
  expect(right).toBeLessThan(2)
  await press(ada.page, 'Enter', 2)
  await picture(bo.page, 'align-dark')
}, 60_000)

test('left is left in a line that runs from right to left', async () => {
  await goToEnd(ada)
  await button(ada, 'Align right').click()
  await ada.page.keyboard.type('שלום עולם')
  await ada.tools.getByRole('button', { name: 'Align right', pressed: true }).waitFor()
  await button(ada, 'Align left').click()
  await bo.text.locator('.align-left', { hasText: 'שלום' }).waitFor()
  expect((await spaces(bo, 'שלום')).left).toBeLessThan(2)
  await untilSaved(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('the text without scripts is aligned, too', async () => {
  const { page } = await visitor(browser, { javaScriptEnabled: false })
  await page.goto(pad)
  const sideOf = (selector: string, words: string): Promise<string> =>
    page
      .locator(`.reader ${selector}`, { hasText: words })
      .evaluate((element) => getComputedStyle(element).textAlign)
  expect(await sideOf('p', 'in the middle')).toBe('center')
  expect(await sideOf('li', point)).toBe('right')
  expect(await sideOf('p', 'שלום')).toBe('left')
}, 60_000)
