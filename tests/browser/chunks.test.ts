import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { linesOn, openPad, type PadPage, untilSaved } from '../support/pad-page.ts'
import { RawClient } from '../support/raw-client.ts'
import { isSecondTry } from '../support/second-try.ts'

const LINES = 900
let inkpad: InkpadProcess
let browser: Browser
let pad: PadPage
let raw: RawClient
let pads = 0
let expected: string[]

/** Ada in a new pad of that many lines. */
async function begin(): Promise<void> {
  pads += 1
  await raw?.close()
  await pad?.context.close()
  expected = Array.from({ length: LINES }, (_, index) => `line ${index}`)
  raw = await new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/long${pads}`).untilSynced()
  const text = raw.doc.getText('text')
  raw.doc.transact(() => {
    text.delete(0, text.length)
    text.insert(0, `${expected.join('\n')}\n`)
  })
  pad = await openPad(browser, `${inkpad.url}p/long${pads}?userName=Ada`)
  await pad.page.waitForFunction((count) => document.querySelectorAll('.line').length === count, LINES)
}

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  await begin()
}, 60_000)

beforeEach(async () => {
  if (isSecondTry()) await begin()
}, 60_000)

afterAll(async () => {
  await raw?.close()
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** Puts the cursor at the start or end of the line with this number. */
async function goTo(number: number, end: boolean): Promise<void> {
  await select(number, end ? number : null, end)
}

/**
 * Selects from the start of a line to the end of another and waits until it is painted and the editor has taken that
 * over: nobody types into a line that they never saw, and Chromium puts such letters elsewhere.
 */
async function select(from: number, to: number | null, collapse = false): Promise<void> {
  await pad.page.evaluate(
    async ({ start, end, atEnd }) => {
      const frames = async (): Promise<void> => {
        for (let count = 0; count < 3; count += 1)
          await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)))
      }
      const lines = document.querySelectorAll('.line')
      const first = lines[start] ?? document.body
      const last = end === null ? first : (lines[end] ?? first)
      document.querySelector<HTMLElement>('.ProseMirror')?.focus()
      // The editor draws what came into view and sets its own selection then.
      for (let tries = 0; tries < 20; tries += 1) {
        first.scrollIntoView({ block: 'center' })
        await frames()
        const selection = getSelection()
        const isPainted = first.checkVisibility({ contentVisibilityAuto: true })
        if (tries > 0 && isPainted && first.contains(selection?.[atEnd ? 'focusNode' : 'anchorNode'] ?? null))
          return
        selection?.collapse(first, 0)
        if (end !== null) selection?.extend(last, last.childNodes.length)
        if (atEnd) selection?.collapseToEnd()
      }
      throw new Error(`the cursor does not come to line ${start}`)
    },
    { start: from, end: to, atEnd: collapse },
  )
}

/** The numbers of the lines with which chunks begin, but the first. */
async function edges(): Promise<number[]> {
  return pad.page.evaluate(() => {
    let row = 0
    return [...document.querySelectorAll('.chunk')]
      .slice(0, -1)
      .map((chunk) => (row += chunk.children.length))
  })
}

/** Waits until the page and the server have these lines. */
async function expectLines(change: (lines: string[]) => void): Promise<void> {
  change(expected)
  await pad.page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.ProseMirror .line')].map((line) => line.textContent).join('\n') ===
      wanted,
    expected.join('\n'),
  )
  expect(await pad.page.locator('.ProseMirror > :not(.chunk)').count()).toBe(0)
}

test('a long text is laid out in contained chunks, whole in the page and in the tree of a screen reader', async () => {
  expect((await edges()).length).toBeGreaterThan(5)
  await expectLines(() => undefined)
  const found = await pad.page.evaluate(() =>
    (window as unknown as { find(words: string): boolean }).find('line 777'),
  )
  expect(found).toBe(true)
  expect(await pad.page.getByRole('textbox').locator('.line').count()).toBe(LINES)
  expect(await pad.page.getByRole('paragraph').filter({ hasText: 'line 850' }).count()).toBe(1)
  await pad.page.emulateMedia({ media: 'print' })
  const style = await pad.page.evaluate(() =>
    getComputedStyle(document.querySelector('.chunk:last-child') ?? document.body),
  )
  expect([style.contain, style.contentVisibility]).toEqual(['none', 'visible'])
  await pad.page.emulateMedia({ media: 'screen' })
}, 60_000)

test('keys at the edges of chunks: words, Enter, Backspace, Delete, arrows', async () => {
  const { page } = pad
  const [first = 0, second = 0] = await edges()
  await goTo(first, false)
  await page.keyboard.type('ab')
  await expectLines((lines) => (lines[first] = `ab${lines[first]}`))
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('End')
  await page.keyboard.type('cd')
  await expectLines((lines) => (lines[first - 1] += 'cd'))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('ef')
  await expectLines((lines) => (lines[first] = `ef${lines[first]}`))
  await page.keyboard.press('Home')
  await page.keyboard.press('Backspace')
  await expectLines((lines) => lines.splice(first - 1, 2, `${lines[first - 1]}${lines[first]}`))
  await page.keyboard.press('Enter')
  await expectLines((lines) => {
    const joined = lines[first - 1] ?? ''
    const at = joined.indexOf('cd') + 2
    lines.splice(first - 1, 1, joined.slice(0, at), joined.slice(at))
  })
  await goTo(second - 1, true)
  await page.keyboard.press('Delete')
  await expectLines((lines) => lines.splice(second - 1, 2, `${lines[second - 1]}${lines[second]}`))
  await page.keyboard.press('Enter')
  await expectLines((lines) => lines.splice(second - 1, 1, `line ${second - 1}`, `line ${second}`))
}, 90_000)

test('R20: a letter typed where the cursor was put among lines never painted is in its line', async () => {
  const { page } = pad
  await pad.text.focus()
  for (const row of [450, 750, 250, 880]) {
    await page.evaluate((at) => {
      const line = document.querySelectorAll('.ProseMirror .line')[at]
      if (!line || line.checkVisibility({ contentVisibilityAuto: true }))
        throw new Error(`line ${at} is painted`)
      getSelection()?.collapse(line, line.childNodes.length)
    }, row)
    await page.keyboard.type('é!')
    await expectLines((lines) => (lines[row] += 'é!'))
  }
}, 60_000)

test('what the browser deletes by itself over an edge of chunks is read back', async () => {
  const { page } = pad
  const [, edge = 0] = await edges()
  await goTo(edge, false)
  await page.evaluate(() => document.execCommand('delete'))
  await expectLines((lines) => lines.splice(edge - 1, 2, `${lines[edge - 1]}${lines[edge]}`))
  await page.keyboard.press('Enter')
  await expectLines((lines) => lines.splice(edge - 1, 1, `line ${edge - 1}`, `line ${edge}`))
}, 60_000)

test('R15: a composition at an edge of chunks, with another person writing around it', async () => {
  const { page } = pad
  const [, , edge = 0] = await edges()
  await goTo(edge, false)
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 })
  raw.doc.getText('text').insert(0, 'above\n')
  await page.locator('.line', { hasText: 'above' }).waitFor({ state: 'attached' })
  await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 })
  await session.send('Input.insertText', { text: '日本' })
  await expectLines((lines) => {
    lines[edge] = `日本${lines[edge]}`
    lines.unshift('above')
  })
}, 60_000)

test('a selection over chunks is copied, replaced by a key and by a composition', async () => {
  const { page } = pad
  const [, , , edge = 0, later = 0] = await edges()
  await select(edge - 2, edge + 1)
  const copied = await page.evaluate(() => {
    const data = new DataTransfer()
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
    return { text: data.getData('text/plain'), html: data.getData('text/html') }
  })
  expect(copied.text).toContain(`${expected[edge - 1]}\n${expected[edge]}`)
  expect(copied.html).not.toContain('chunk')
  await page.keyboard.type('x')
  await expectLines((lines) => lines.splice(edge - 2, 4, 'x'))
  await select(later, later + 120)
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 })
  await session.send('Input.insertText', { text: '化' })
  await expectLines((lines) => lines.splice(later, 121, '化'))
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+x')
  await expectLines((lines) => lines.splice(0, lines.length, ''))
  await page.keyboard.press('Control+z')
  await page.waitForFunction(() => document.querySelectorAll('.line').length > 700)
  await untilSaved(pad)
  await raw.until(() => raw.text.length > 5000)
  const lines = await linesOn(page)
  expect(raw.text).toBe(`${lines.join('\n')}\n`)
  // What Chromium itself writes when it joins lines has styles, which the policy refuses.
  expect(pad.problems.filter((problem) => !/style-src|Content Security Policy/.test(problem))).toEqual([])
}, 90_000)
