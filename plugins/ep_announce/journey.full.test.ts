/** An announcement, for two people at once, by night, on a phone, by keyboard; from the environment and from the administrator. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { seriousFindings } from '../../tests/support/axe.ts'
import type { PadPage } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { DARK, PHONE, sizeOf, startJourney, tabTo, THUMB } from '../../tests/support/plugin-journey.ts'
import type { PluginJourney } from '../../tests/support/plugin-journey.ts'

let journey: PluginJourney
beforeAll(async () => {
  journey = await startJourney({ env: { EP__ep_announce__kind: 'warning' } })
}, 60_000)
// A first try may have left one.
beforeEach(async () => {
  expect(await journey.decide('ep_announce', { text: null, until: null })).toBe(200)
})
afterEach(() => journey.leave())
afterAll(() => journey?.end(), 30_000)

const banner = ({ page }: PadPage, words: string) => page.locator('.banner', { hasText: words })

test('an announcement reaches open pads at once; it is closed by keyboard, until other words stand there', async () => {
  const ada = await journey.person('news', 'Ada')
  const bo = await journey.person('news', 'Bo', DARK)
  expect(await ada.page.locator('.banner').count()).toBe(0)
  expect(await journey.decide('ep_announce', { text: 'Down at noon: https://example.org/status' })).toBe(200)
  await Promise.all([ada, bo].map((pad) => banner(pad, 'Down at noon').waitFor()))
  // What the environment says stands; the administrator cannot decide over it.
  expect(await bo.page.locator('.banner.warning').count()).toBe(1)
  expect(await journey.decide('ep_announce', { kind: 'info' })).toBe(400)
  const link = banner(ada, 'Down').getByRole('link')
  expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
    'https://example.org/status',
    'noopener noreferrer',
  ])
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(bo.page, 'announcement-dark')

  await ada.page.locator('.home').focus()
  await tabTo(ada, 'Close the announcement')
  await ada.page.keyboard.press('Enter')
  await banner(ada, 'Down').waitFor({ state: 'detached' })
  await ada.text.and(ada.page.locator(':focus')).waitFor()
  await ada.page.reload()
  await ada.page.locator('[contenteditable=true]').waitFor()
  expect(await ada.page.locator('.banner').count()).toBe(0)
  await journey.decide('ep_announce', {
    text: 'Up again',
    until: new Date(Date.now() + 3_600_000).toISOString(),
  })
  await Promise.all([ada, bo].map((pad) => banner(pad, 'Up again').waitFor()))
  await journey.decide('ep_announce', { until: new Date(Date.now() - 1000).toISOString() })
  await Promise.all([ada, bo].map((pad) => banner(pad, 'Up again').waitFor({ state: 'detached' })))
  expect(await journey.decide('ep_announce', { until: 'tomorrow' })).toBe(400)
  expect(await journey.decide('ep_announce', { text: '', until: null })).toBe(200)
}, 60_000)

test('on a phone it fits, and its way out is met by a thumb', async () => {
  await journey.decide('ep_announce', {
    text: 'Maintenance on Saturday from 9 to 10. More at https://example.org/status',
  })
  const ada = await journey.person('phone', 'Ada', { ...PHONE, ...DARK })
  await banner(ada, 'Maintenance').waitFor()
  expect((await sizeOf(ada.page, '.banner button')).height).toBeGreaterThanOrEqual(THUMB)
  expect(await ada.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await seriousFindings(ada.page)).toEqual([])
  await picture(ada.page, 'announcement-phone')
  await journey.decide('ep_announce', { text: null })
}, 60_000)
