/** Printing: by key for everybody, from the menu where the administrator wants it; from the file and from the administrator. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { PATIENCE } from '../../tests/support/pad-page.ts'
import { menuEntries, startJourney } from '../../tests/support/plugin-journey.ts'
import type { PluginJourney } from '../../tests/support/plugin-journey.ts'

let journey: PluginJourney
beforeAll(async () => {
  journey = await startJourney({ file: { ep_print: { hideButton: true } } })
}, 60_000)
afterEach(() => journey.leave())
afterAll(() => journey?.end(), 30_000)

/** Asks again until the answer is yes. @throws after `limit` ms with what was waited for */
async function untilSo(what: string, ask: () => Promise<boolean>, limit = PATIENCE): Promise<void> {
  const end = Date.now() + limit
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`waited ${limit} ms for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('printing: the key for everybody, the menu’s entry where the administrator wants it; on paper the text alone', async () => {
  // A first try may have decided already.
  await journey.decide('ep_print', { hideButton: null })
  await journey.admin('notice', { text: '' })
  const ada = await journey.person('paper', 'Ada')
  await ada.page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  expect(await menuEntries(ada.page)).not.toContain('Print')
  await ada.text.focus()
  await ada.page.keyboard.press('Control+p')
  await ada.page.locator('body[data-printed]').waitFor()
  expect(await journey.decide('ep_print', { hideButton: false })).toBe(200)
  expect(await journey.admin('notice', { text: 'Not on paper' })).toBe(200)
  await ada.page.locator('.banner', { hasText: 'Not on paper' }).waitFor()
  await untilSo('Print is in the menu', async () => (await menuEntries(ada.page)).includes('Print'))
  await ada.page.emulateMedia({ media: 'print' })
  for (const part of ['.header', '.banner', '.foot', '.toolbar'])
    expect([part, await ada.page.locator(part).isVisible()]).toEqual([part, false])
  expect(await ada.text.isVisible()).toBe(true)
  await journey.admin('notice', { text: '' })
}, 60_000)
