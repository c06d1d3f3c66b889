/** Templates in real pages: from an empty pad, and from the menu of the slash (SPEC-text W8). */
import { expect, test } from '@jest/globals'
import { untilEqual } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { beginWriting, writingHouse } from '../../tests/support/writing-tools.ts'

const house = writingHouse()

test('W8: a template from an empty pad, undone in one step, and from the menu of the slash', async () => {
  const address = house.fresh()
  const ada = await house.person(address, 'Ada')
  await picture(ada.page, 'templates-offer')
  await ada.page.getByRole('button', { name: 'Agenda' }).click()
  await ada.text.locator('h1', { hasText: 'Agenda' }).waitFor()
  await ada.text.locator('[data-list=unchecked]', { hasText: 'Read' }).waitFor()
  await ada.page.keyboard.press('Control+z')
  await ada.text.locator('h1').waitFor({ state: 'detached' })
  const bo = await house.person(address, 'Bo')
  await beginWriting(bo)
  await bo.page.keyboard.type('before /temp')
  await bo.page.getByRole('option', { name: /template/ }).waitFor()
  await bo.page.keyboard.press('Enter')
  await bo.page
    .getByRole('dialog')
    .getByRole('button', { name: /Decision/ })
    .waitFor()
  await picture(bo.page, 'templates-pick')
  await untilEqual(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)
