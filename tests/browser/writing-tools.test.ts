/** The writing tools in real pages: each by its key, from a menu and by touch, undone in one step (SPEC-text W). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, linesOn, openPad, untilEqual } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { beginWriting } from '../support/writing-tools.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

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

test('W1 W2: the menu of the slash and the palette, by keys, in light and dark', async () => {
  const address = fresh()
  const ada = await openPad(browser, `${address}?userName=Ada`)
  const { page } = ada
  await beginWriting(ada)
  await page.keyboard.type('/')
  const list = page.getByRole('listbox', { name: 'Insert' })
  await list.waitFor()
  await picture(page, 'slash-light')
  await page.keyboard.type('num')
  await list.getByRole('option', { name: /Numbered list/ }).waitFor()
  expect(await ada.text.getAttribute('aria-activedescendant')).toBe('suggestions-0')
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await list.waitFor({ state: 'detached' })
  expect(await linesOn(page)).toEqual([''])
  expect(await ada.text.locator('[data-list=ordered]').count()).toBe(1)
  await page.keyboard.press('Control+z')
  expect(await linesOn(page)).toEqual(['/num'])
  expect(await ada.text.locator('[data-list]').count()).toBe(0)

  await page.keyboard.press('Alt+/')
  const field = page.getByRole('combobox', { name: 'What would you like to do?' })
  await field.waitFor()
  await picture(page, 'palette-light')
  await field.fill('quo')
  await page.getByRole('option', { name: 'Quote' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await ada.text.locator('[data-quote]').waitFor()
  await page.keyboard.type(' /')
  await page.emulateMedia({ colorScheme: 'dark' })
  await list.waitFor()
  await picture(page, 'slash-dark')
  expect(ada.problems).toEqual([])
}, 60_000)

test('W1 W2: on a phone the menu is a sheet over the keyboard, opened by touch', async () => {
  const phone = await openPad(browser, fresh(), PHONE)
  await phone.text.tap()
  await beginWriting(phone)
  await phone.tools.getByRole('button', { name: 'More' }).tap()
  await phone.page.getByRole('menuitem', { name: 'Insert…' }).tap()
  const list = phone.page.getByRole('listbox', { name: 'Insert' })
  await list.waitFor()
  await picture(phone.page, 'slash-phone')
  await list.getByRole('option', { name: /Task list/ }).tap()
  await phone.text.locator('[data-list=unchecked]').waitFor()
  expect(await linesOn(phone.page)).toEqual([''])
  await phone.tools.getByRole('button', { name: 'More' }).tap()
  await phone.page.getByRole('menuitem', { name: 'All commands…' }).tap()
  await phone.page.getByRole('combobox').waitFor()
  await picture(phone.page, 'palette-phone')
  await phone.page.getByRole('combobox').fill('find')
  await phone.page.getByRole('option', { name: 'Find', exact: true }).tap()
  await phone.page.getByRole('search').waitFor()
  await picture(phone.page, 'find-phone')
  expect(phone.problems).toEqual([])
}, 60_000)

test('W3 W4: found, counted and replaced while the other one writes; a pattern that never ends is stopped', async () => {
  const address = fresh()
  const ada = await openPad(browser, `${address}?userName=Ada`)
  const { page } = ada
  await beginWriting(ada)
  await page.keyboard.type('one two one')
  await page.keyboard.press('Enter')
  await page.keyboard.type(`${'a'.repeat(40)}! One`)
  const bo = await openPad(browser, `${address}?userName=Bo`)
  await page.keyboard.press('Control+f')
  const bar = page.getByRole('search', { name: 'Find' })
  const field = bar.getByRole('textbox', { name: 'Find', exact: true })
  await field.fill('one')
  await bar.getByText('1 of 3').waitFor()
  await page.keyboard.press('Enter')
  await bar.getByText('2 of 3').waitFor()
  await goToEnd(bo)
  await bo.page.keyboard.type(' one')
  await bar.getByText('2 of 4').waitFor()
  await bar.getByRole('button', { name: 'Capitals count' }).click()
  await bar.getByText('2 of 3').waitFor()
  await bar.getByRole('button', { name: 'Replace…' }).click()
  await bar.getByRole('textbox', { name: 'Replace with' }).fill('four')
  await bar.getByRole('button', { name: 'All' }).click()
  await bar.getByText('Nothing found').waitFor()
  const a = 'a'.repeat(40)
  expect(await linesOn(page)).toEqual(['four two four', `${a}! One four`])
  await untilEqual(ada, bo)
  await picture(page, 'find-light')
  expect(await seriousFindings(page)).toEqual([])
  await bar.getByRole('button', { name: 'Regular expression' }).click()
  await field.fill('(a+)+$')
  await bar.getByText('Takes too long').waitFor()
  await field.fill('fo(u)r')
  await bar.getByText(/of 3/).waitFor()
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'find-dark')
  await page.keyboard.press('Escape')
  await bar.waitFor({ state: 'detached' })
  expect(await ada.text.locator('.found').count()).toBe(0)
  await page.keyboard.press('Control+z')
  expect(await linesOn(page)).toEqual(['one two one', `${a}! One one`])
  await untilEqual(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('W5: pasted Markdown is offered to be formatted, and pasted as such by its key; one undo each', async () => {
  const address = fresh()
  const ada = await openPad(browser, `${address}?userName=Ada`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { page } = ada
  await beginWriting(ada)
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '# Plan\n\n- [ ] **buy**')
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  expect(await linesOn(page)).toEqual(['# Plan', '', '- [ ] **buy**'])
  await page.getByRole('button', { name: 'Format it' }).click()
  await ada.text.locator('[data-list=unchecked] strong').waitFor()
  expect(await linesOn(page)).toEqual(['Plan', 'buy'])
  await page.keyboard.press('Control+z')
  await ada.text.locator('h1').waitFor({ state: 'detached' })
  expect(await linesOn(page)).toEqual([''])
  await page.evaluate(() => navigator.clipboard.writeText('## Next\n\n1. one'))
  await page.keyboard.press('Alt+Shift+v')
  await ada.text.locator('h2').waitFor()
  await ada.text.locator('[data-list=ordered]').waitFor()
  expect(ada.problems).toEqual([])
}, 60_000)
