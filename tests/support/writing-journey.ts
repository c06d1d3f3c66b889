/** What two people do in one pad, whatever carries their bytes: type at once, format, link, tick, undo. */
import { expect } from '@jest/globals'
import {
  goToEnd,
  type PadPage,
  press,
  selectBack,
  untilEqual,
  untilFocusIn,
  untilSaved,
  untilShows,
} from './pad-page.ts'
import { untilAsked } from './wait.ts'

/** A slow machine makes more steps of the same letters. */
const MOST_STEPS = 300

const tool = (pad: PadPage, name: string) => pad.tools.getByRole('button', { name, exact: true })

/** Both type at the same time; each sees the other's words, whose they are, and where the other's cursor is. */
export async function typeAtOnce(ada: PadPage, bo: PadPage): Promise<void> {
  await ada.text.focus()
  await ada.page.keyboard.press('Control+Home')
  await goToEnd(bo)
  await Promise.all([
    ada.page.keyboard.type('Ada writes at the top. ', { delay: 5 }),
    bo.page.keyboard.type('\nBo writes at the bottom.', { delay: 5 }),
  ])
  await untilShows('Ada writes at the top.', ada, bo)
  await untilShows('Bo writes at the bottom.', ada, bo)
  for (const pad of [ada, bo]) {
    await untilWrote(pad, 'Ada', 'Ada writes at the top. ')
    await untilWrote(pad, 'Bo', 'Bo writes at the bottom.')
    const tints = [await tintOf(pad, 'Ada'), await tintOf(pad, 'Bo')].map(({ background }) => background)
    expect(new Set([...tints, 'rgba(0, 0, 0, 0)']).size).toBe(3)
  }
  await ada.text.locator('.caret[data-name="Bo"]').waitFor({ state: 'attached' })
  await bo.text.locator('.caret[data-name="Ada"]').waitFor({ state: 'attached' })
}

/** Waits until the words of a person are these: who wrote them may be known after they are shown. */
function untilWrote(pad: PadPage, name: string, words: string): Promise<void> {
  return untilAsked(`${name}: ${words}`, async () => (await tintOf(pad, name)).words === words)
}

/** The words of a person and the colour behind them. */
async function tintOf(pad: PadPage, name: string): Promise<{ words: string; background: string }> {
  return pad.page.evaluate((who) => {
    const spans = [...document.querySelectorAll('.ProseMirror .by')].filter(
      (span) => span.getAttribute('data-by') === who,
    )
    return {
      words: spans.map((span) => span.textContent ?? '').join(''),
      background: spans[0] ? getComputedStyle(spans[0]).backgroundColor : '',
    }
  }, name)
}

/** Bold, lists, a quote, a ticked task and a link, by button and by key. */
export async function formatTogether(ada: PadPage, bo: PadPage): Promise<void> {
  await goToEnd(ada)
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('plain ')
  await tool(ada, 'Bold').click()
  await ada.page.keyboard.type('strong')
  await tool(ada, 'Bold').click()
  await ada.page.keyboard.press('Control+i')
  await ada.page.keyboard.type(' leaning')
  await ada.page.keyboard.press('Control+i')
  await bo.text.locator('strong', { hasText: /^strong$/ }).waitFor()
  await bo.text.locator('em', { hasText: 'leaning' }).waitFor()

  await goToEnd(bo)
  await press(bo.page, 'Enter')
  await bo.page.keyboard.press('Control+Shift+L')
  await bo.page.keyboard.type('milk\nbread')
  await press(bo.page, 'Enter', 2)
  await tool(bo, 'Task list').click()
  await bo.page.keyboard.type('bake a cake')
  await press(bo.page, 'Enter', 2)
  await bo.page.keyboard.press('Control+Shift+.')
  await bo.page.keyboard.type('A quotation')
  await ada.text.locator('[data-list=bullet], li', { hasText: 'bread' }).first().waitFor()
  await ada.text.locator('[data-quote]', { hasText: 'A quotation' }).waitFor()
  await ada.text.getByRole('checkbox').click()
  await bo.text.getByRole('checkbox', { checked: true }).waitFor()

  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('see the site')
  await selectBack(ada, 'the site'.length)
  await ada.page.keyboard.press('Control+k')
  await ada.page.locator('.link-form').waitFor()
  await untilFocusIn(ada.page, '.link-form')
  await ada.page.keyboard.type('example.org/page')
  await ada.page.keyboard.press('Enter')
  await bo.text.locator('a[href="https://example.org/page"]', { hasText: 'the site' }).waitFor()
  await untilEqual(ada, bo)
  await untilSaved(ada, bo)
}

/** One takes everything back, step by step, while the other's words stand in the same line; then does it again. */
export async function undoOnlyOwn(ada: PadPage, bo: PadPage): Promise<void> {
  await goToEnd(ada)
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('[ada 1]')
  await untilShows('[ada 1]', bo)
  await goToEnd(bo)
  await bo.page.keyboard.type('[bo 1]')
  await untilShows('[ada 1][bo 1]', ada)
  await goToEnd(ada)
  await ada.page.keyboard.type('[ada 2]')
  await untilShows('[ada 1][bo 1][ada 2]', bo)
  await untilSaved(ada, bo)
  const before = await untilEqual(ada, bo)
  const undo = tool(ada, 'Undo')
  let steps = 0
  while (
    (await undo.getAttribute('aria-disabled')) !== 'true' &&
    (await undo.isEnabled()) &&
    steps < MOST_STEPS
  ) {
    await ada.page.keyboard.press('Control+z')
    steps += 1
  }
  await untilSaved(ada, bo)
  expect(steps).toBeGreaterThan(3)
  const after = (await untilEqual(ada, bo)).join('\n')
  for (const words of ['[bo 1]', 'Bo writes at the bottom.', 'milk', 'bread', 'bake a cake', 'A quotation'])
    expect(after).toContain(words)
  for (const words of ['[ada', 'Ada writes', 'strong', 'leaning', 'the site', 'example.org'])
    expect(after).not.toContain(words)
  for (let step = 0; step < steps; step += 1) await ada.page.keyboard.press('Control+y')
  await untilSaved(ada, bo)
  expect(await untilEqual(ada, bo)).toEqual(before)
}
