/** Counts, for two people at once, by night, on a phone, by keyboard; from the file and from the administrator. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { seriousFindings } from '../../tests/support/axe.ts'
import { goToEnd, press, untilSaved } from '../../tests/support/pad-page.ts'
import type { PadPage } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { DARK, PHONE, sizeOf, startJourney, THUMB } from '../../tests/support/plugin-journey.ts'
import type { PluginJourney } from '../../tests/support/plugin-journey.ts'

let journey: PluginJourney
let tries = 0
beforeAll(async () => {
  journey = await startJourney({ file: { ep_countable: { lines: true, wordsPerMinute: 50 } } })
}, 60_000)
// What a first try decided is taken back.
beforeEach(async () => {
  expect(await journey.decide('ep_countable', { wordsPerMinute: null, words: null })).toBe(200)
})
afterEach(() => journey.leave())
afterAll(() => journey?.end(), 30_000)

const counts = ({ page }: PadPage, words: string | RegExp) => page.locator('.countable', { hasText: words })

test('counts follow what both write, then the selection; all of them are a key away', async () => {
  const pad = `counts-${(tries += 1)}`
  const ada = await journey.person(pad, 'Ada')
  const bo = await journey.person(pad, 'Bo', DARK)
  await ada.text.focus()
  await press(ada.page, 'Control+a')
  await ada.page.keyboard.type('one two three')
  await counts(bo, '3 words').waitFor()
  await goToEnd(bo)
  await press(bo.page, 'Enter')
  await bo.page.keyboard.type('vier Wörter für Ada')
  // Lines are shown because the file says so.
  await counts(ada, '7 words32 characters2 lines1 min to read').waitFor()
  await ada.text.focus()
  await press(ada.page, 'Control+Home')
  await press(ada.page, 'Shift+Control+ArrowRight')
  await counts(ada, /^1 word selected/).waitFor()

  await ada.page.locator('.countable').focus()
  await ada.page.keyboard.press('Enter')
  const details = ada.page.getByRole('dialog', { name: 'All counts' })
  await details.getByRole('row', { name: 'Words 1 7' }).waitFor()
  await details.getByRole('row', { name: 'Paragraphs 1 2' }).waitFor()
  await ada.page.keyboard.press('Escape')
  await details.waitFor({ state: 'detached' })
  await ada.page.locator('.countable:focus').waitFor()

  expect(await journey.decide('ep_countable', { wordsPerMinute: 50, words: false })).toBe(200)
  await counts(bo, /^32 characters/).waitFor()
  await journey.decide('ep_countable', { words: null })
  await counts(bo, /^7 words/).waitFor()
  await bo.page.locator('.countable').click()
  await bo.page.getByRole('dialog', { name: 'All counts' }).waitFor()
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(bo.page, 'counts-dark')
  await untilSaved(ada, bo)
}, 60_000)

test('on a phone all counts fit, and a thumb meets them', async () => {
  const ada = await journey.person('phone', 'Ada', { ...PHONE, ...DARK })
  const { page } = ada
  await counts(ada, 'words').waitFor()
  expect((await sizeOf(page, '.countable')).height).toBeGreaterThanOrEqual(THUMB)
  await page.locator('.countable').tap()
  const details = page.getByRole('dialog', { name: 'All counts' })
  await details.waitFor()
  const box = await details.boundingBox()
  expect(box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 390).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'counts-phone')
}, 60_000)
