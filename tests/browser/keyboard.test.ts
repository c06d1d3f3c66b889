import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { openPad, type PadPage, padOf, press, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { isSecondTry } from '../support/second-try.ts'

let inkpad: InkpadProcess
let browser: Browser
let pad: PadPage
let pads = 0

async function begin(): Promise<void> {
  pads += 1
  pad = await openPad(browser, `${inkpad.url}p/keys${pads}?userName=Ada`, { colorScheme: 'light' })
}

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  await begin()
}, 60_000)

beforeEach(async () => {
  if (isSecondTry()) await begin()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** The name of what has the focus. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element?.classList.contains('ProseMirror')) return 'the text'
    return (
      element?.getAttribute('aria-label') ??
      (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element?.textContent) ??
      ''
    ).trim()
  })
}

/** Is the focus to be seen? In the text the caret shows it. */
async function focusShows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return false
    if (element.classList.contains('ProseMirror')) return true
    const shown = [element, element.parentElement, element.nextElementSibling].some((part) => {
      if (!part) return false
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(part)
      const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
      return (outlined && outlineColor !== 'rgba(0, 0, 0, 0)') || boxShadow !== 'none'
    })
    const { width, height, top, left } = element.getBoundingClientRect()
    const inView = width > 0 && height > 0 && top > -height && left > -width && top < window.innerHeight
    return shown && inView
  })
}

/** Presses `key` until `name` has the focus; every stop on the way must be seen. */
async function go(page: Page, key: string, name: string | RegExp, most = 40): Promise<void> {
  const seen: string[] = []
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press(key)
    const here = await focused(page)
    if (!(await focusShows(page))) throw new Error(`the focus on "${here}" cannot be seen`)
    if (typeof name === 'string' ? here === name : name.test(here)) return
    seen.push(here)
  }
  throw new Error(`${key} does not lead to ${name}: ${seen.join(', ')}`)
}

/** Goes into the text of a page that was just loaded, by keys, and writes a few words in its place. */
async function enterText(): Promise<void> {
  const { page, text } = pad
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Skip to the text')
  expect(await focusShows(page)).toBe(true)
  await picture(page, 'keyboard-skip')
  await page.keyboard.press('Enter')
  expect(await focused(page)).toBe('the text')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('written by keys')
  await text.getByText('written by keys').waitFor()
}

/** In the text, as the test before ended; at a second try by keys from the start. */
async function inText(): Promise<void> {
  if ((await focused(pad.page)) !== 'the text') await enterText()
}

test('from loading to writing: Tab leads over a skip link into the text', async () => {
  await enterText()
}, 60_000)

test('Alt+F9 leads to the toolbar, arrows along it, Esc back to the same place in the text', async () => {
  await inText()
  const { page, text } = pad
  await page.keyboard.type(' and ')
  await page.keyboard.press('Alt+F9')
  await go(page, 'ArrowRight', 'Bold')
  await picture(page, 'keyboard-toolbar')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  expect(await focused(page)).toBe('the text')
  await page.keyboard.type('strong')
  await text.locator('strong', { hasText: /^strong$/ }).waitFor()
  await page.keyboard.press('Control+b')

  await page.keyboard.press('Alt+F9')
  await go(page, 'ArrowLeft', /^Line style/)
  await page.keyboard.press('Enter')
  await page.getByRole('menu', { name: 'Line style' }).waitFor()
  await go(page, 'ArrowDown', /^Quote/)
  await picture(page, 'keyboard-style')
  await page.keyboard.press('Enter')
  await text.locator('[data-quote]').waitFor()
  await page.keyboard.press('Escape')
  expect(await focused(page)).toBe('the text')

  await page.keyboard.press('Alt+F9')
  await page.keyboard.press('End')
  expect(await focused(page)).toBe('More formatting')
  await page.keyboard.press('Enter')
  await go(page, 'ArrowDown', /^Duplicate line/)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelectorAll('.ProseMirror [data-quote]').length === 2)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Shift+K')
  await page.waitForFunction(() => document.querySelectorAll('.ProseMirror [data-quote]').length === 1)
  await page.keyboard.press('Control+End')
}, 60_000)

test('a link is made, followed to and taken away by keys', async () => {
  await inText()
  const { page, text } = pad
  await press(page, 'Shift+ArrowLeft', 6)
  // The field has the focus before the browser takes the next key, or that key would write over the words.
  const next = await text.evaluate(async (element) => {
    const key = { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true }
    element.dispatchEvent(new KeyboardEvent('keydown', key))
    await new Promise((done) => setTimeout(done))
    return document.activeElement?.localName
  })
  expect(next).toBe('input')
  await page.keyboard.type('javascript:alert(1)')
  await page.keyboard.press('Enter')
  await page.getByText('This address cannot be a link').waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('example.org')
  await page.keyboard.press('Enter')
  await text.locator('a[href="https://example.org"]').waitFor()
  expect(await focused(page)).toBe('the text')
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Address' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await focused(page)).toBe('the text')
}, 60_000)

test('Esc leaves the text; Tab then goes through the whole page, and every stop shows', async () => {
  await inText()
  const { page } = pad
  await page.keyboard.press('Escape')
  expect(await focused(page)).not.toBe('the text')
  await go(page, 'Shift+Tab', 'Start page', 8)
  const stops: string[] = []
  while (stops.length < 12 && stops.at(-1) !== 'the text') {
    await page.keyboard.press('Tab')
    const here = await focused(page)
    expect([here, await focusShows(page)]).toEqual([here, true])
    stops.push(here)
  }
  // Plugins may have stops of their own in between.
  const own = [/here$/, /^Chat$/, /^Share$/, /^More$/, /^the text$/]
  expect(stops.filter((stop) => own.some((name) => name.test(stop)))).toEqual(
    own.map((name) => expect.stringMatching(name)),
  )
}, 60_000)

test('menus, panels and dialogs open, serve and close by keys, and give the focus back; the choice of dark stays over a reload', async () => {
  await inText()
  const { page } = pad
  await page.keyboard.press('Escape')
  await go(page, 'Shift+Tab', 'More')
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: 'More' })
  await menu.waitFor()
  await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('More')

  await page.keyboard.press('Enter')
  await go(page, 'ArrowDown', /^Settings/)
  await page.keyboard.press('Enter')
  const panel = page.locator('.panel')
  await panel.getByRole('heading', { name: 'Settings' }).waitFor()
  await go(page, 'Tab', /^System|^Dark|^Light/)
  await go(page, 'ArrowRight', 'Dark', 3)
  await page.locator('html[data-theme=dark]').waitFor()
  await picture(page, 'keyboard-dark-settings')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('More')

  await page.keyboard.press('Enter')
  await go(page, 'ArrowDown', /^People/)
  await page.keyboard.press('Enter')
  await panel.getByRole('heading', { name: 'People' }).waitFor()
  await go(page, 'Tab', /^Your name/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Ada by keys')
  await go(page, 'Tab', /Red|Orange|Ochre|Olive|Green|Teal|Sea blue|Blue|Indigo|Violet|Magenta|Rose/)
  await picture(page, 'keyboard-dark-people')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await page.locator('.people-button .avatar[title="Ada by keys"]').first().waitFor({ state: 'attached' })

  await go(page, 'Shift+Tab', 'Share')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await go(page, 'Tab', /^Link to read/)
  await picture(page, 'keyboard-dark-share')
  for (let count = 0; count < 14; count += 1) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('dialog, body')?.localName)).toMatch(
      /dialog|body/,
    )
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('Share')

  await page.keyboard.press('Control+/')
  await dialog.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor()
  await picture(page, 'keyboard-dark-help')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await page.reload()
  pad = await padOf(pad)
  await page.locator('html[data-theme=dark]').waitFor()
  await untilSaved(pad)
  await picture(page, 'keyboard-dark')
  expect(pad.problems).toEqual([])
}, 90_000)

test('a menu that was closed opens again with the very next key', async () => {
  const { page } = pad
  const more = page.locator('.header').getByRole('button', { name: 'More' })
  const missed: number[] = []
  for (let round = 0; round < 25; round += 1) {
    await more.focus()
    for (const key of ['Enter', 'Escape', 'Enter', 'ArrowDown']) await page.keyboard.press(key)
    if ((await focused(page)) === 'More') missed.push(round)
    await page.keyboard.press('Escape')
  }
  expect(missed).toEqual([])
  expect(pad.problems).toEqual([])
}, 60_000)
