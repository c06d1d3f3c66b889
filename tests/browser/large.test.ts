import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { linesOn, openPad, openPadFor, untilSaved, untilShows } from '../support/pad-page.ts'
import { RawClient } from '../support/raw-client.ts'

const LINES = Array.from({ length: 1200 }, (_, at) => `line ${at}`)

let inkpad: InkpadProcess
let browser: Browser
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

/** The address of a new pad with these lines. */
async function longPad(): Promise<string> {
  pads += 1
  const raw = await new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/long${pads}`).untilSynced()
  const text = raw.doc.getText('text')
  raw.doc.transact(() => {
    text.delete(0, text.length)
    text.insert(0, `${LINES.join('\n')}\n`)
  })
  await raw.untilSaved()
  await raw.close()
  return `${inkpad.url}p/long${pads}`
}

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

test('T11: without scripts a long text is all there, and only what is on screen is laid out', async () => {
  const reader = await visitor(browser, { javaScriptEnabled: false })
  await reader.page.goto(await longPad())
  expect(await reader.page.locator('.reader p').allTextContents()).toEqual(
    expect.arrayContaining([LINES[0], LINES.at(-1)]),
  )
  const session = await reader.context.newCDPSession(reader.page)
  const visible = async (line: number): Promise<unknown> => {
    const { result } = await session.send('Runtime.evaluate', {
      expression: `document.querySelectorAll('.reader .chunk p')[${line}].checkVisibility({ contentVisibilityAuto: true })`,
    })
    return result.value
  }
  expect([await visible(0), await visible(LINES.length - 1)]).toEqual([true, false])
  await reader.page.locator('.reader p', { hasText: 'line 1199' }).scrollIntoViewIfNeeded()
  await reader.page.locator('.reader p', { hasText: 'line 1199' }).screenshot()
  expect(await visible(LINES.length - 1)).toBe(true)
  await reader.context.close()
}, 60_000)

test('The service worker comes after the text: until it is there, all files are for the page', async () => {
  const person = await visitor(browser)
  await person.page.addInitScript(() => {
    const { serviceWorker } = navigator
    const register = serviceWorker.register.bind(serviceWorker)
    serviceWorker.register = async (...asked) => {
      document.documentElement.dataset['asked'] = String(
        document.querySelectorAll('.ProseMirror .line').length,
      )
      return register(...asked)
    }
  })
  const pad = await openPadFor(person, await longPad())
  await untilShows('line 1199', pad)
  await pad.page.waitForFunction(() => document.documentElement.dataset['asked'] !== undefined)
  expect(await pad.page.evaluate(() => document.documentElement.dataset['asked'])).toBe(String(LINES.length))
  expect(await linesOn(pad.page)).toEqual(LINES)
  // What is laid out, counted by the browser: a box and a text for each line would be 2400.
  const session = await pad.context.newCDPSession(pad.page)
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  expect(metrics.find(({ name }) => name === 'LayoutObjects')?.value).toBeLessThan(1.5 * LINES.length)
  expect(pad.problems).toEqual([])
  await pad.context.close()
}, 60_000)

test('R11: typing into tinted words leaves the cursor to the browser, and others see every letter in its place', async () => {
  const person = await visitor(browser)
  await person.page.addInitScript(() => {
    // oxlint-disable-next-line unbound-method -- called on the selection below
    const { collapse } = Selection.prototype
    Selection.prototype.collapse = function (this: Selection, ...place) {
      const { dataset } = document.documentElement
      dataset['moved'] = String(Number(dataset['moved'] ?? 0) + 1)
      collapse.apply(this, place)
    }
  })
  const url = await longPad()
  const pad = await openPadFor(person, `${url}?userName=Ada`)
  const other = await openPad(browser, `${url}?userName=Bo`)
  await untilSaved(pad, other)
  const { keyboard } = pad.page
  const moves = async (): Promise<number> =>
    Number(await pad.page.evaluate(() => document.documentElement.dataset['moved'] ?? 0))
  // At the end of a line somebody else wrote, in the middle of the next one, and again where one's own words stand.
  await pad.text.locator('.line').nth(20).click()
  await keyboard.press('End')
  const begun = await moves()
  await keyboard.type('abcdefghijklmnopqrstuvwxyz')
  expect((await moves()) - begun).toBeLessThanOrEqual(3)
  for (const key of ['ArrowDown', 'Home', 'ArrowRight', 'ArrowRight']) await keyboard.press(key)
  await keyboard.type('0123456789')
  for (const key of ['ArrowLeft', 'ArrowLeft', 'Backspace']) await keyboard.press(key)
  await keyboard.type('xy')
  await untilShows('0123456xy89', other)
  const wanted = [...LINES]
  wanted[20] = `${wanted[20]}abcdefghijklmnopqrstuvwxyz`
  wanted[21] = `li0123456xy89${wanted[21]?.slice(2)}`
  expect(await linesOn(other.page)).toEqual(wanted)
  expect(await linesOn(pad.page)).toEqual(wanted)
  const tinted = await pad.text.locator('.line').nth(20).locator('.by').allTextContents()
  expect(tinted).toEqual(['line 20', 'abcdefghijklmnopqrstuvwxyz'])
  expect([...pad.problems, ...other.problems]).toEqual([])
  await Promise.all([pad.context.close(), other.context.close()])
}, 60_000)

test('Line numbers are measured again when rows or heights change, not with every key, and stand beside their lines', async () => {
  const person = await visitor(browser)
  await person.page.addInitScript(() => {
    // oxlint-disable-next-line unbound-method -- called on the element below
    const { getClientRects } = Element.prototype
    Element.prototype.getClientRects = function (this: Element) {
      const { dataset } = document.documentElement
      if (this.matches('.line-numbers')) dataset['measured'] = String(Number(dataset['measured'] ?? 0) + 1)
      return getClientRects.call(this)
    }
  })
  const pad = await openPadFor(person, await longPad())
  await untilSaved(pad)
  const { page } = pad
  const measured = async (): Promise<number> => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    return Number(await page.evaluate(() => document.documentElement.dataset['measured'] ?? 0))
  }
  /** How far the number of the row at an index is from the middle of the row's first line, in pixels. */
  const apart = async (row: number): Promise<number> =>
    page.evaluate((index) => {
      const sign = document.querySelector(`.line-numbers [data-n="${index + 1}"]`)?.getBoundingClientRect()
      const line = document.querySelectorAll('.ProseMirror .line')[index]
      const box = line?.getBoundingClientRect()
      if (!sign || !box || !line) return Number.NaN
      const { paddingTop, lineHeight } = getComputedStyle(line)
      const middle = box.top + Number.parseFloat(paddingTop) + Number.parseFloat(lineHeight) / 2
      return Math.abs(middle - (sign.top + sign.bottom) / 2)
    }, row)
  await pad.text.locator('.line').nth(3).click()
  await page.keyboard.press('End')
  const before = await measured()
  await page.keyboard.type('some words')
  expect(await measured()).toBe(before)
  await page.keyboard.type(' and so many of them that the line has to be broken'.repeat(3))
  expect(await measured()).toBeGreaterThan(before)
  expect(await apart(3)).toBeLessThan(2)
  expect(await apart(4)).toBeLessThan(2)
  await page.keyboard.press('Enter')
  await measured()
  expect(await apart(5)).toBeLessThan(2)
  expect(pad.problems).toEqual([])
  await pad.context.close()
}, 60_000)
