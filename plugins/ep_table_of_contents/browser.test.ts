/** The contents in real pages: beside the text where there is room, live, by keys, as a sheet on a phone, by settings. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContextOptions, Locator } from 'playwright-core'
import type { Insert } from '../../shared/text/delta.ts'
import { goToEnd, type PadPage, press, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { startJourney } from '../../tests/support/plugin-journey.ts'
import { type PluginPads, startPluginPads } from '../../tests/support/plugin-pads.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESK = { viewport: { width: 1440, height: 900 } }

const STATION = [
  [1, 'Weather station'],
  [2, 'What each group builds'],
  [3, 'Parts'],
  [2, 'Before Saturday'],
] as const

let pads: PluginPads
let open: PadPage[] = []

beforeAll(async () => {
  pads = await startPluginPads()
}, 90_000)

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ context }) => context.close()))
}, 30_000)

afterAll(async () => {
  await pads?.end()
}, 30_000)

/** A new pad with four headings, each with twelve lines under it. */
const station = (): Promise<string> =>
  pads.pad(
    STATION.flatMap(([header, words]): Insert[] => [
      { insert: words },
      { insert: '\n', attributes: { header } },
      { insert: Array.from({ length: 12 }, (_, line) => `line ${line}\n`).join('') },
    ]),
  )

async function person(pad: string, name: string, options: BrowserContextOptions): Promise<PadPage> {
  const page = await pads.person(pad, name, options)
  open.push(page)
  return page
}

const contents = ({ page }: PadPage): Locator => page.getByRole('complementary', { name: 'Contents' })
const entry = (pad: PadPage, name: string): Locator =>
  contents(pad).getByRole('button', { name, exact: true })
const LAST = 'Before Saturday'
const CHANGED = 'Before Saturday evening'

async function openByMenu(pad: PadPage): Promise<void> {
  await pad.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await pad.page.getByRole('menuitemcheckbox', { name: 'Contents' }).click()
  await contents(pad).waitFor()
}

test('beside a text with headings the contents open by themselves, follow it, and lead there', async () => {
  const pad = await station()
  const ada = await person(pad, 'Ada', DESK)
  const bo = await person(pad, 'Bo', { ...DESK, colorScheme: 'dark' })
  await Promise.all([contents(ada).waitFor(), contents(bo).waitFor()])
  expect((await contents(ada).boundingBox())?.width).toBe(232)
  expect(await contents(ada).evaluate((panel) => panel.contains(document.activeElement))).toBe(false)
  await entry(ada, 'Weather station').and(ada.page.locator('[aria-current=location]')).waitFor()
  await picture(ada.page, 'contents-light')

  await entry(ada, LAST).click()
  await ada.text.and(ada.page.locator(':focus')).waitFor()
  await entry(ada, LAST).and(ada.page.locator('[aria-current=location]')).waitFor()
  await ada.page.keyboard.press('End')
  await ada.page.keyboard.type(' evening')
  await ada.text.locator('h2', { hasText: CHANGED }).waitFor()
  await entry(bo, CHANGED).waitFor()
  await picture(bo.page, 'contents-dark')

  await bo.page.locator('.scroll').evaluate((scroll) => scroll.scrollTo(0, scroll.scrollHeight))
  await entry(bo, CHANGED).and(bo.page.locator('[aria-current=location]')).waitFor()
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('arrow keys and Enter lead to a heading; Escape closes', async () => {
  const ada = await person(await station(), 'Ada', { viewport: { width: 1100, height: 700 } })
  await openByMenu(ada)
  await entry(ada, 'Weather station').focus()
  await entry(ada, 'Weather station').and(ada.page.locator(':focus')).waitFor()
  await press(ada.page, 'ArrowDown', 2)
  await entry(ada, 'Parts').and(ada.page.locator(':focus')).waitFor()
  await ada.page.keyboard.press('Enter')
  await ada.text.and(ada.page.locator(':focus')).waitFor()
  await ada.page.keyboard.press('End')
  await ada.page.keyboard.type('!')
  await ada.text.locator('h3', { hasText: 'Parts!' }).waitFor()
  await entry(ada, 'Parts!').focus()
  await ada.page.keyboard.press('Escape')
  await contents(ada).waitFor({ state: 'detached' })
  await goToEnd(ada)
  expect(ada.problems).toEqual([])
}, 60_000)

test('without headings it says so in words, and they come as they are written', async () => {
  const ada = await person(await pads.pad([]), 'Ada', DESK)
  await openByMenu(ada)
  await contents(ada).getByText('No headings yet.').waitFor()
  await picture(ada.page, 'contents-empty')
  await goToEnd(ada)
  await ada.page.keyboard.type('New')
  await ada.page.keyboard.press('Control+Alt+2')
  await entry(ada, 'New').waitFor()
}, 60_000)

test('on a phone it is a sheet with targets for thumbs, and gone once it led somewhere', async () => {
  const phone = await person(await station(), 'Ada', PHONE)
  await openByMenu(phone)
  const last = entry(phone, LAST)
  await last.waitFor()
  expect((await last.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await picture(phone.page, 'contents-phone')
  await last.tap()
  await contents(phone).waitFor({ state: 'detached' })
  expect(await phone.text.locator('h2', { hasText: 'Before Saturday' }).isVisible()).toBe(true)
  expect(phone.problems).toEqual([])
}, 60_000)

test('environment: closed at the start, with a button in the toolbar; each person may decide otherwise', async () => {
  const other = await startJourney({
    env: {
      EP__ep_toc__disable_by_default: 'true',
      EP__ep_toc__show_button: 'true',
      DEFAULT_PAD_TEXT: '',
    },
  })
  try {
    const ada = await other.person('x', 'Ada', DESK)
    await goToEnd(ada)
    for (const words of ['One', 'Two']) {
      await ada.page.keyboard.type(words)
      await ada.page.keyboard.press('Control+Alt+1')
      await ada.page.keyboard.press('Enter')
    }
    await untilSaved(ada)
    await ada.page.reload()
    const button = ada.tools.getByRole('button', { name: 'Contents' })
    await button.waitFor()
    expect(await contents(ada).count()).toBe(0)
    await button.click()
    await entry(ada, 'Two').waitFor()
    await button.and(ada.page.locator('[aria-pressed=true]')).waitFor()
    await button.click()
    await contents(ada).waitFor({ state: 'detached' })
    await ada.page.locator('.header').getByRole('button', { name: 'More' }).click()
    await ada.page
      .getByRole('menuitem', { name: 'Settings' })
      .or(ada.page.getByRole('menuitemcheckbox', { name: 'Settings' }))
      .click()
    await ada.page.getByRole('switch', { name: 'Keep the contents closed' }).first().click()
    await ada.page.reload()
    await entry(ada, 'Two').waitFor()
    await other.leave()
  } finally {
    await other.end()
  }
}, 90_000)
