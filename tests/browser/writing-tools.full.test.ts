/** The writing tools in real pages: each by its key, from a menu and by touch, undone in one step (SPEC-text W). */
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import {
  goToEnd,
  linesOn,
  type PadPage,
  press,
  untilEqual,
  untilFocusIn,
  untilLines,
  untilSaved,
} from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { untilAsked } from '../support/wait.ts'
import { beginWriting, writingHouse } from '../support/writing-tools.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

interface Box {
  x: number
  y: number
  width: number
  height: number
}

const house = writingHouse()

/** Somebody in whose pad the tools listen. */
async function begun(pad: PadPage): Promise<PadPage> {
  await beginWriting(pad)
  return pad
}

/** Where the handle stands when it has come to the line of these words. */
async function gripAt({ page, text }: PadPage, words: string): Promise<Box> {
  const grip = page.locator('.line-grip:visible')
  const line = text.locator('.line', { hasText: words })
  let box: Box | null = null
  await untilAsked(`the handle at ${words}`, async () => {
    const [at, beside] = [await grip.boundingBox(), await line.boundingBox()]
    box = at
    const middle = (at?.y ?? 0) + (at?.height ?? 0) / 2
    return beside !== null && middle > beside.y && middle < beside.y + beside.height
  })
  if (box === null) throw new Error('no grip')
  return box
}

/** Waits until the last lines are these. */
const untilLast = (page: Page, lines: readonly string[]): Promise<void> =>
  untilAsked(`at the end: ${lines.join(', ')}`, async () => {
    return (await linesOn(page)).slice(-lines.length).join('\n') === lines.join('\n')
  })

test("W6 W7: a line is carried by its handle and stays its author's; the address of a heading leads there", async () => {
  const address = house.fresh()
  const bo = await house.person(address, 'Bo')
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
  const ada = await house.person(address, 'Ada', {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { page } = ada
  await beginWriting(ada)
  await page.keyboard.press('Enter')
  await page.keyboard.type('by Ada')
  await ada.text.locator('.line', { hasText: 'by Bo' }).hover({ position: { x: 50, y: 8 } })
  const box = await gripAt(ada, 'by Bo')
  const target = await ada.text.locator('.line', { hasText: 'by Ada' }).boundingBox()
  if (!target) throw new Error('no line')
  await picture(page, 'handle-light')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x, target.y + target.height - 4, { steps: 4 })
  await page.locator('.line-drop:visible').waitFor()
  await picture(page, 'handle-drop')
  await page.mouse.up()
  await untilLast(page, ['by Ada', 'by Bo'])
  await ada.text.locator('.by[data-by=Bo]', { hasText: 'by Bo' }).waitFor()
  await untilEqual(ada, bo)
  await page.keyboard.press('Control+z')
  await untilLast(page, ['by Bo', 'by Ada'])
  await ada.text.locator('.by[data-by=Bo]', { hasText: 'by Bo' }).waitFor()

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
}, 120_000)

test('W9 W10: emoji and characters by name, and only the text', async () => {
  const ada = await house.person(house.fresh(), 'Ada')
  const { page } = ada
  await beginWriting(ada)
  await page.keyboard.press('Alt+Shift+e')
  const field = page.getByRole('textbox', { name: 'Search by name' })
  await field.waitFor()
  await picture(page, 'emoji-light')
  expect(await seriousFindings(page)).toEqual([])
  await field.fill('rocket')
  await page.getByRole('button', { name: 'rocket', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await untilLines(page, ['🚀'])
  await untilFocusIn(page, '.ProseMirror')
  await page.keyboard.type(' ')
  await page.keyboard.press('Alt+Shift+s')
  await field.waitFor()
  await page.getByRole('button', { name: 'square root' }).click()
  await untilLines(page, ['🚀 √'])
  await untilFocusIn(page, '.ProseMirror')
  await page.keyboard.press('Control+z')
  await untilLines(page, ['🚀 '])
  await page.keyboard.press('Alt+Shift+e')
  await page.getByRole('combobox', { name: 'Colour of skin' }).selectOption('✋🏽')
  await page.getByRole('region', { name: 'Used last' }).getByRole('button', { name: 'rocket' }).waitFor()
  await page.getByRole('toolbar', { name: 'Groups' }).getByRole('button', { name: 'People' }).click()
  await picture(page, 'emoji-people')
  await field.fill('waving hand')
  await page.getByRole('button', { name: 'waving hand', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await untilLines(page, ['🚀 👋🏽'])
  await untilFocusIn(page, '.ProseMirror')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Alt+Shift+z')
  await page.locator('.toolbar').waitFor({ state: 'hidden' })
  await picture(page, 'focus-light')
  await page.keyboard.type('quiet')
  await page.keyboard.press('Escape')
  await page.locator('.toolbar').waitFor()
  await untilLines(page, ['🚀 quiet'])
  expect(ada.problems).toEqual([])
}, 120_000)

test('W11 W12 W13: who wrote it, where it changed last, what is new, and following somebody', async () => {
  const address = house.fresh()
  const ada = await house.person(address, 'Ada')
  const { page } = ada
  await beginWriting(ada)
  await page.keyboard.type('Here I am')
  await untilSaved(ada)
  await page.goto('about:blank')
  const bo = await house.person(address, 'Bo')
  await beginWriting(bo)
  await press(bo.page, 'Enter', 60)
  await bo.page.keyboard.type('from Bo')
  await untilSaved(bo)
  await page.goto(`${address}?userName=Ada`)
  await ada.text.locator('.line', { hasText: 'from Bo' }).waitFor()
  await untilSaved(ada)
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
  await page.waitForFunction(() => (document.querySelector('.scroll')?.scrollTop ?? 999) < 500)
  await bo.page.keyboard.type(' again')
  await ada.text.locator('.line', { hasText: 'from Bo again' }).waitFor()
  await page.keyboard.press('Alt+Shift+j')
  // It is fetched with its first use: letters typed before it came would stand where the cursor was.
  await page.waitForFunction(() => (document.querySelector('.scroll')?.scrollTop ?? 0) > 500)
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
}, 120_000)

test('W6 W9 E3: on a phone a finger carries the line by its handle, one undo; chooses emoji; folds a section', async () => {
  const phone = await begun(await house.person(house.fresh(), 'Ada', PHONE))
  const { page, text, context, problems } = phone
  for (const words of ['first', 'second', 'third']) {
    await page.keyboard.type(words)
    await press(page, 'Enter')
  }
  await text.locator('.line', { hasText: 'first' }).tap()
  const grip = await gripAt(phone, 'first')
  const target = await text.locator('.line', { hasText: 'third' }).boundingBox()
  if (!target) throw new Error('no line')
  expect(Math.min(grip.width, grip.height)).toBeGreaterThanOrEqual(44)
  const finger = await context.newCDPSession(page)
  const x = grip.x + grip.width - 12
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number): Promise<unknown> =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  const from = grip.y + grip.height / 2
  const to = target.y + target.height - 3
  await touch('touchStart', from)
  for (const part of [0.3, 0.6, 0.9, 1]) await touch('touchMove', from + (to - from) * part)
  await page.locator('.line-drop:visible').waitFor()
  await picture(page, 'handle-phone')
  await touch('touchEnd', to)
  await untilLines(page, ['second', 'third', 'first', ''])
  await untilFocusIn(page, '.ProseMirror')
  await press(page, 'Control+z')
  await untilLines(page, ['first', 'second', 'third', ''])
  await press(page, 'Alt+Shift+e')
  const one = page.getByRole('button', { name: 'grinning face', exact: true })
  await one.waitFor()
  await picture(page, 'emoji-phone')
  expect((await one.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44)
  await one.tap()
  await page.waitForFunction(() => document.querySelector('.ProseMirror')?.textContent?.includes('😀'))
  await untilFocusIn(page, '.ProseMirror')
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+Alt+1')
  await page.keyboard.type('Heading')
  await press(page, 'Enter')
  await page.keyboard.type('under it')
  await text.locator('h1').tap()
  const arrow = page.getByRole('button', { name: 'Fold or unfold this section' })
  await arrow.waitFor()
  expect((await arrow.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44)
  await arrow.tap()
  await text.getByText('under it').waitFor({ state: 'hidden' })
  await text.getByRole('button', { name: '1 line' }).tap()
  await text.getByText('under it').waitFor()
  expect(problems).toEqual([])
}, 120_000)
