/** Spell checking: each person’s own choice, and the administrator’s. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { PadPage } from '../../tests/support/pad-page.ts'
import { DARK, startJourney } from '../../tests/support/plugin-journey.ts'
import type { PluginJourney } from '../../tests/support/plugin-journey.ts'

let journey: PluginJourney
beforeAll(async () => {
  journey = await startJourney({})
}, 60_000)
afterEach(() => journey.leave())
afterAll(() => journey?.end(), 30_000)

test('spell checking is each person’s choice, and the administrator’s for those who chose nothing', async () => {
  // A first try may have decided already.
  await journey.decide('ep_spellcheck', { disabledByDefault: null })
  // Who made the pad has the choice for everybody as well.
  const bo = await journey.person('spelling', 'Bo', DARK)
  const ada = await journey.person('spelling', 'Ada')
  const checked = ({ page }: PadPage, on: boolean) =>
    page.locator(`.ProseMirror[spellcheck=${String(on)}]`).waitFor()
  await Promise.all([checked(ada, true), checked(bo, true)])
  await ada.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await ada.page.getByRole('menu').getByText('Settings', { exact: true }).click()
  const choice = ada.page.getByRole('combobox', { name: 'Mark misspelt words' })
  await choice.selectOption('On')
  expect(await journey.decide('ep_spellcheck', { disabledByDefault: true })).toBe(200)
  await checked(bo, false)
  await checked(ada, true)
  await choice.selectOption('Off')
  await checked(ada, false)
  expect(await journey.decide('ep_spellcheck', { disabledByDefault: null })).toBe(200)
  await checked(bo, true)
  await checked(ada, false)
  await ada.page.reload()
  await checked(ada, false)
}, 60_000)
