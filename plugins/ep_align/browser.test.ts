/** Alignment in real pages: for two people, in lists, from right to left, by night, without scripts. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium, visitor } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { goToEnd, openPad, type PadPage, press, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

let inkpad: InkpadProcess
let browser: Browser
let ada: PadPage
let bo: PadPage

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  ada = await openPad(browser, `${inkpad.url}p/align?userName=Ada`)
  bo = await openPad(browser, `${inkpad.url}p/align?userName=Bo`, { colorScheme: 'dark' })
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
})

test('items of lists are aligned with their markers beside them', async () => {
  await press(ada.page, 'Enter')
  await ada.page.keyboard.press('Control+Shift+L')
  await ada.page.keyboard.type('a point')
  expect((await spaces(ada, 'a point')).marker).toBe(0)
  await button(ada, 'Align right').click()
  await bo.text.locator('[data-list=bullet].align-right', { hasText: 'a point' }).waitFor()
  const point = await spaces(bo, 'a point')
  expect(point.marker).toBeGreaterThan(0)
  expect(point.right).toBeLessThan(2)
  await press(ada.page, 'Enter', 2)
  await picture(bo.page, 'align-dark')
})

test('left is left in a line that runs from right to left', async () => {
  await button(ada, 'Align right').click()
  await ada.page.keyboard.type('שלום עולם')
  await ada.tools.getByRole('button', { name: 'Align right', pressed: true }).waitFor()
  await button(ada, 'Align left').click()
  await bo.text.locator('.align-left', { hasText: 'שלום' }).waitFor()
  expect((await spaces(bo, 'שלום')).left).toBeLessThan(2)
  await untilSaved(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
})

test('the text without scripts is aligned, too', async () => {
  const { page } = await visitor(browser, { javaScriptEnabled: false })
  await page.goto(`${inkpad.url}p/align`)
  const sideOf = (selector: string, words: string): Promise<string> =>
    page
      .locator(`.reader ${selector}`, { hasText: words })
      .evaluate((element) => getComputedStyle(element).textAlign)
  expect(await sideOf('p', 'in the middle')).toBe('center')
  expect(await sideOf('li', 'a point')).toBe('right')
  expect(await sideOf('p', 'שלום')).toBe('left')
})
