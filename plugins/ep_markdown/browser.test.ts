/** Markdown's signs in real pages: typed by keys, given back, shown, for two people, by night, on a phone. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import {
  goToEnd,
  linesOn,
  openPad,
  type PadPage,
  untilEqual,
  untilSaved,
} from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

let inkpad: InkpadProcess
let browser: Browser
let ada: PadPage
let bo: PadPage
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad({ DEFAULT_PAD_TEXT: '' }), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** Both open a pad nobody was in. */
async function together(): Promise<void> {
  const pad = `${inkpad.url}p/signs-${(tries += 1)}`
  ada = await openPad(browser, `${pad}?userName=Ada`)
  bo = await openPad(browser, `${pad}?userName=Bo`, { colorScheme: 'dark' })
}

async function type(pad: PadPage, ...lines: string[]): Promise<void> {
  for (const line of lines) {
    await pad.page.keyboard.type(line)
    await pad.page.keyboard.press('Enter')
  }
}

test('what is typed with signs is formatted for both', async () => {
  await together()
  await goToEnd(ada)
  await type(ada, '# Workshop', 'A **bold** and *slanted* word, `code`, ~~gone~~.', '- one', 'two')
  await ada.page.keyboard.press('Enter')
  await type(ada, '[x] done', '[ ] to do')
  await ada.page.keyboard.press('Enter')
  await type(ada, '> said')
  await ada.page.keyboard.press('Enter')
  await type(ada, '```js', 'a * b * c')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('---')
  await ada.page.keyboard.type('1. first')
  await bo.text.locator('[data-list=ordered]', { hasText: 'first' }).waitFor()
  const { text } = bo
  expect(await text.locator('h1').textContent()).toBe('Workshop')
  const marks = ['strong', 'em', 'p code', 's'].map((tag) => text.locator(tag).first().textContent())
  expect(await Promise.all(marks)).toEqual(['bold', 'slanted', 'code', 'gone'])
  const kinds = await text
    .locator('[data-list]')
    .evaluateAll((lines) => lines.map((line) => `${line.getAttribute('data-list')} ${line.textContent}`))
  expect(kinds).toEqual(['bullet one', 'bullet two', 'checked done', 'unchecked to do', 'ordered first'])
  expect(await text.locator('[data-quote]').textContent()).toBe('said')
  // A choice of its language may stand in it, which is fetched when the words are there already.
  const words = await text.locator('[data-code=js]').evaluate((line) => {
    const copy = line.cloneNode(true) as Element
    copy.querySelector(':has(> select)')?.remove()
    return copy.textContent
  })
  expect(words).toBe('a * b * c')
  expect(await text.locator('[data-kind=divider]').count()).toBe(1)
  await untilSaved(ada, bo)
  await untilEqual(ada, bo)
}, 90_000)

test('one Backspace gives the signs back while the other one writes above; undo does too', async () => {
  await together()
  await goToEnd(ada)
  await type(ada, '# Workshop')
  await ada.page.keyboard.type('1. first')
  await bo.text.locator('[data-list=ordered]', { hasText: 'first' }).waitFor()
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('## ')
  await ada.text.locator('h2').waitFor()
  await bo.text.focus()
  await bo.page.keyboard.press('Control+Home')
  await bo.page.keyboard.type('Our ')
  await ada.text.locator('h1', { hasText: 'Our Workshop' }).waitFor()
  await ada.page.keyboard.press('Backspace')
  await ada.text.locator('h2').waitFor({ state: 'detached' })
  expect((await linesOn(ada.page)).at(-1)).toBe('## ')
  await ada.page.keyboard.type('**x**')
  await ada.text.locator('.line:last-child strong').waitFor()
  await ada.page.keyboard.press('Control+Z')
  expect((await linesOn(ada.page)).at(-1)).toBe('## **x**')
  await untilEqual(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 90_000)

test('the view shows signs on one screen only, and copies none of them', async () => {
  await together()
  await goToEnd(ada)
  await type(ada, '# Our Workshop', '**bold** *slanted* ~~gone~~', '> said')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('---')
  await bo.text.locator('[data-kind=divider]').waitFor()
  await bo.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await bo.page.getByRole('menuitemcheckbox', { name: 'Show Markdown' }).click()
  await bo.text.and(bo.page.locator('[data-markdown]')).waitFor()
  const before = (selector: string): Promise<string> =>
    bo.text
      .locator(selector)
      .first()
      .evaluate((one) => getComputedStyle(one, '::before').content)
  expect(
    await Promise.all(['h1', 'strong', 'em', 's', '[data-quote]', '[data-kind=divider]'].map(before)),
  ).toEqual(['"# "', '"**"', '"*"', '"~~"', '"> "', '"---"'])
  await picture(bo.page, 'markdown-dark')
  expect(await ada.page.locator('[data-markdown]').count()).toBe(0)
  await bo.text.focus()
  await bo.page.keyboard.press('Control+A')
  const copied = await bo.text.evaluate((text) => {
    const data = new DataTransfer()
    text.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
    return data.getData('text/html')
  })
  expect(copied).toContain('Our Workshop</h1>')
  expect(copied).not.toContain('# Our')
  await picture(ada.page, 'markdown-light')
}, 90_000)

test('on a phone', async () => {
  const phone = await openPad(browser, `${inkpad.url}p/phone-${(tries += 1)}`, PHONE)
  await phone.text.tap()
  await phone.text.and(phone.page.locator(':focus')).waitFor()
  await type(phone, '## Small', '- **one**', 'two')
  await phone.text.locator('h2', { hasText: 'Small' }).waitFor()
  await phone.text.locator('[data-list=bullet] strong').waitFor()
  await picture(phone.page, 'markdown-phone')
  expect(phone.problems).toEqual([])
}, 60_000)

test('the administrator may begin with signs shown and nothing formatted', async () => {
  const other = await startInkpad({
    EP__ep_markdown__shortcuts: 'false',
    EP__ep_markdown__showMarkdown: 'true',
    DEFAULT_PAD_TEXT: '',
  })
  try {
    const cy = await openPad(browser, `${other.url}p/plain`)
    await goToEnd(cy)
    await cy.page.locator('.ProseMirror[data-markdown]').waitFor()
    await cy.page.keyboard.type('# **a**')
    expect(await cy.text.locator('h1, strong').count()).toBe(0)
  } finally {
    await other.remove()
  }
}, 60_000)
