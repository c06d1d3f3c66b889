/** The writing tools in real pages: each by its key, from a menu and by touch, undone in one step (SPEC-text W). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, linesOn, openPad, press, untilEqual, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { beginWriting } from '../support/writing-tools.ts'

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

/** A pad of its own for each try. */
function fresh(): string {
  pads += 1
  return `${inkpad.url}p/tools-${pads}`
}

test("W6 W7: a line is carried by its handle and stays its author's; the address of a heading leads there", async () => {
  const address = fresh()
  const bo = await openPad(browser, `${address}?userName=Bo`)
  await beginWriting(bo)
  await bo.page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', '<h1>Plan</h1>')
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await bo.text.locator('h1', { hasText: 'Plan' }).waitFor()
  await press(bo.page, 'Enter', 30)
  await bo.page.keyboard.type('by Bo')
  await untilSaved(bo)
  const ada = await openPad(browser, `${address}?userName=Ada`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { page } = ada
  await beginWriting(ada)
  await page.keyboard.press('Enter')
  await page.keyboard.type('by Ada')
  const line = await ada.text.locator('.line', { hasText: 'by Bo' }).boundingBox()
  const target = await ada.text.locator('.line', { hasText: 'by Ada' }).boundingBox()
  if (!line || !target) throw new Error('no lines')
  await page.mouse.move(line.x + 50, line.y + line.height / 2)
  const grip = page.locator('.line-grip:visible')
  const box = await grip.boundingBox()
  if (!box) throw new Error('no grip')
  await picture(page, 'handle-light')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x, target.y + target.height - 4, { steps: 4 })
  await page.locator('.line-drop:visible').waitFor()
  await picture(page, 'handle-drop')
  await page.mouse.up()
  expect((await linesOn(page)).slice(-2)).toEqual(['by Ada', 'by Bo'])
  expect(await ada.text.locator('.by', { hasText: 'by Bo' }).getAttribute('title')).toBe('Bo')
  await untilEqual(ada, bo)
  await page.keyboard.press('Control+z')
  expect((await linesOn(page)).slice(-2)).toEqual(['by Bo', 'by Ada'])
  expect(await ada.text.locator('.by', { hasText: 'by Bo' }).getAttribute('title')).toBe('Bo')

  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Alt+Shift+l')
  await page
    .getByText(/copied/i)
    .first()
    .waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(`${address}#h-plan`)
  await goToEnd(ada)
  await page.goto(copied.replace('#h-plan', '#L32'))
  await ada.text.locator('.line', { hasText: 'by Ada' }).waitFor()
  await page.goto(copied)
  await page.waitForFunction(() => (document.querySelector('.scroll')?.scrollTop ?? 1) === 0)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('W9 W10: emoji and characters by name, and only the text', async () => {
  const ada = await openPad(browser, `${fresh()}?userName=Ada`)
  const { page } = ada
  await beginWriting(ada)
  await page.keyboard.press('Alt+Shift+e')
  const field = page.getByRole('textbox', { name: 'Search by name' })
  await field.waitFor()
  await picture(page, 'emoji-light')
  expect(await seriousFindings(page)).toEqual([])
  await field.fill('rocket')
  await page.getByRole('button', { name: 'rocket start' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(' ')
  await page.keyboard.press('Alt+Shift+s')
  await field.waitFor()
  await page.getByRole('button', { name: 'square root' }).click()
  expect(await linesOn(page)).toEqual(['🚀 √'])
  await page.keyboard.press('Control+z')
  expect(await linesOn(page)).toEqual(['🚀 '])
  await page.keyboard.press('Alt+Shift+z')
  await page.locator('.toolbar').waitFor({ state: 'hidden' })
  await picture(page, 'focus-light')
  await page.keyboard.type('quiet')
  await page.keyboard.press('Escape')
  await page.locator('.toolbar').waitFor()
  expect(await linesOn(page)).toEqual(['🚀 quiet'])
  expect(ada.problems).toEqual([])
}, 60_000)

test('W11 W12 W13: who wrote it, where it changed last, what is new, and following somebody', async () => {
  const address = fresh()
  const ada = await openPad(browser, `${address}?userName=Ada`)
  const { page } = ada
  await beginWriting(ada)
  await page.keyboard.type('Here I am')
  await untilSaved(ada)
  await page.goto('about:blank')
  const bo = await openPad(browser, `${address}?userName=Bo`)
  await beginWriting(bo)
  await press(bo.page, 'Enter', 60)
  await bo.page.keyboard.type('from Bo')
  await untilSaved(bo)
  await page.goto(`${address}?userName=Ada`)
  await ada.text.locator('.line', { hasText: 'from Bo' }).waitFor()
  await page.keyboard.press('Alt+Shift+h')
  await page
    .getByText(/1 place is new since/)
    .first()
    .waitFor()
  expect(await ada.text.locator('.fresh').allTextContents()).toEqual(['from Bo'])
  await picture(page, 'since-light')
  await page.getByRole('button', { name: 'Hide' }).click()
  await ada.text.locator('.fresh').waitFor({ state: 'detached' })
  await goToEnd(ada)
  await page.keyboard.press('Alt+Shift+w')
  await page.getByText('Bo wrote this and is here.').first().waitFor()
  await page.keyboard.press('Control+Home')
  await bo.page.keyboard.type(' again')
  await ada.text.locator('.line', { hasText: 'from Bo again' }).waitFor()
  await page.keyboard.press('Alt+Shift+j')
  await page.keyboard.type('!')
  await bo.text.locator('.line', { hasText: 'from Bo again!' }).waitFor()
  await page.keyboard.press('Control+Home')
  await page.waitForFunction(() => (document.querySelector('.scroll')?.scrollTop ?? 999) < 500)
  await page.keyboard.press('Alt+Shift+f')
  await page.getByText('Following Bo').waitFor()
  await page.waitForFunction(() => (document.querySelector('.scroll')?.scrollTop ?? 0) > 500)
  await picture(page, 'follow-light')
  await bo.page.keyboard.press('Control+Home')
  await page.waitForFunction(() => (document.querySelector('.scroll')?.scrollTop ?? 0) < 500)
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Following Bo').waitFor({ state: 'detached' })
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)
