/** Mentions in real pages: chosen from who is here, told to who is meant (SPEC-text W8). */
import { expect, test } from '@jest/globals'
import { seriousFindings } from '../../tests/support/axe.ts'
import { untilEqual } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { beginWriting, writingHouse } from '../../tests/support/writing-tools.ts'

const house = writingHouse()

test('W8: a mention, which its person is told of, undone in one step', async () => {
  const address = house.fresh()
  const ada = await house.person(address, 'Ada')
  const bo = await house.person(address, 'Bo')
  await beginWriting(bo)
  await beginWriting(ada)
  await bo.page.keyboard.type('ask @ad')
  await bo.page.getByRole('option', { name: 'Ada' }).waitFor()
  await picture(bo.page, 'mention-list')
  await bo.page.keyboard.press('Enter')
  await ada.page.getByText('Bo mentioned you: ask @Ada').first().waitFor()
  await ada.text.locator('[data-kind=mention]', { hasText: 'Ada' }).waitFor()
  await picture(ada.page, 'mention-told')
  expect(await seriousFindings(ada.page)).toEqual([])
  await bo.page.keyboard.press('Control+z')
  await ada.text.locator('[data-kind=mention]').waitFor({ state: 'detached' })
  await untilEqual(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)
