/** The contents in real pages: beside the text where there is room, live, by keys, as a sheet on a phone, by settings. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Locator } from 'playwright-core'
import { startChromium } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { goToEnd, openPad, type PadPage, press, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESK = { viewport: { width: 1440, height: 900 } }

let inkpad: InkpadProcess
let browser: Browser

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad({ DEFAULT_PAD_TEXT: '' }), startChromium()])
  const ada = await openPad(browser, `${inkpad.url}p/toc?userName=Ada`, DESK)
  await goToEnd(ada)
  for (const [level, heading] of [
    [1, 'Weather station'],
    [2, 'What each group builds'],
    [3, 'Parts'],
    [2, 'Before Saturday'],
  ] as const) {
    await ada.page.keyboard.type(heading)
    await ada.page.keyboard.press(`Control+Alt+${level}`)
    await ada.page.keyboard.press('Enter')
    for (let line = 0; line < 12; line += 1) {
      await ada.page.keyboard.type(`line ${line}`)
      await ada.page.keyboard.press('Enter')
    }
  }
  await untilSaved(ada)
  expect(await contents(ada).count()).toBe(0)
  await ada.context.close()
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

const contents = ({ page }: PadPage): Locator => page.getByRole('complementary', { name: 'Contents' })
const entry = (pad: PadPage, name: string | RegExp): Locator =>
  contents(pad).getByRole('button', { name, exact: true })
/** The last heading, whatever a test has written at its end so far. */
const LAST = /^Before Saturday/
const CHANGED = /^Before Saturday.* evening$/

async function openByMenu(pad: PadPage): Promise<void> {
  await pad.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await pad.page.getByRole('menuitemcheckbox', { name: 'Contents' }).click()
  await contents(pad).waitFor()
}

test('beside a text with headings the contents open by themselves, follow it, and lead there', async () => {
  const ada = await openPad(browser, `${inkpad.url}p/toc?userName=Ada`, DESK)
  const bo = await openPad(browser, `${inkpad.url}p/toc?userName=Bo`, { ...DESK, colorScheme: 'dark' })
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
  await entry(bo, CHANGED).waitFor()
  await picture(bo.page, 'contents-dark')

  await bo.page.locator('.scroll').evaluate((scroll) => scroll.scrollTo(0, scroll.scrollHeight))
  await entry(bo, CHANGED).and(bo.page.locator('[aria-current=location]')).waitFor()
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('arrow keys and Enter lead to a heading; Escape closes', async () => {
  const ada = await openPad(browser, `${inkpad.url}p/toc?userName=Ada`, {
    viewport: { width: 1100, height: 700 },
  })
  await openByMenu(ada)
  await entry(ada, 'Weather station').focus()
  await press(ada.page, 'ArrowDown', 2)
  expect(await ada.page.locator(':focus').textContent()).toMatch(/^Parts/)
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.press('End')
  await ada.page.keyboard.type('!')
  await ada.text.locator('h3', { hasText: 'Parts!' }).waitFor()
  await entry(ada, /^Parts!/).focus()
  await ada.page.keyboard.press('Escape')
  await contents(ada).waitFor({ state: 'detached' })
  await goToEnd(ada)
  expect(ada.problems).toEqual([])
}, 60_000)

test('without headings it says so in words, and they come as they are written', async () => {
  const ada = await openPad(browser, `${inkpad.url}p/empty?userName=Ada`, DESK)
  await openByMenu(ada)
  await contents(ada).getByText('No headings yet.').waitFor()
  await picture(ada.page, 'contents-empty')
  await goToEnd(ada)
  await ada.page.keyboard.type('New')
  await ada.page.keyboard.press('Control+Alt+2')
  await entry(ada, 'New').waitFor()
})

test('on a phone it is a sheet with targets for thumbs, and gone once it led somewhere', async () => {
  const phone = await openPad(browser, `${inkpad.url}p/toc`, PHONE)
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
  const other = await startInkpad({
    EP__ep_toc__disable_by_default: 'true',
    EP__ep_toc__show_button: 'true',
    DEFAULT_PAD_TEXT: '',
  })
  try {
    const ada = await openPad(browser, `${other.url}p/x?userName=Ada`, DESK)
    await goToEnd(ada)
    for (const words of ['# One', '# Two']) {
      await ada.page.keyboard.type(words.slice(2))
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
    expect(await button.getAttribute('aria-pressed')).toBe('true')
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
  } finally {
    await other.remove()
  }
}, 60_000)
