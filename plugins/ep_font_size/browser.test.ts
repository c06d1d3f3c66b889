/** Sizes in real pages, where an administrator has them on: chosen by keys, seen by another person, on a phone, without scripts. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Locator } from 'playwright-core'
import { startChromium, visitor } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { goToEnd, openPad, press, selectBack, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

let inkpad: InkpadProcess
let browser: Browser
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad({ ETHERPAD_PLUGINS: 'ep_font_size' }), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

const sizeOf = (words: Locator): Promise<string> => words.evaluate((one) => getComputedStyle(one).fontSize)

/** A pad nobody was in; a second try gets another one. */
const fresh = (): string => `${inkpad.url}p/size-${(tries += 1)}`

test('a size chosen by keys is everybody’s; large words get a line that holds them', async () => {
  const pad = fresh()
  const ada = await openPad(browser, `${pad}?userName=Ada`)
  const bo = await openPad(browser, `${pad}?userName=Bo`, { colorScheme: 'dark' })
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('large')
  await selectBack(ada, 'large'.length)
  const open = ada.tools.getByRole('button', { name: 'Font size' })
  await open.focus()
  await ada.page.keyboard.press('Enter')
  const sizes = ada.page.getByRole('radiogroup', { name: 'Font size' })
  await sizes.waitFor()
  await sizes.locator(':focus', { hasText: /^Normal$/ }).waitFor()
  await ada.page.keyboard.press('ArrowUp')
  await press(ada.page, 'ArrowRight')
  await press(ada.page, 'ArrowLeft')
  await sizes.locator(':focus', { hasText: /^40$/ }).waitFor()
  await picture(ada.page, 'font-size')
  await ada.page.keyboard.press('Enter')
  const words = bo.text.locator('.size', { hasText: /^large$/ })
  await words.waitFor()
  expect(await sizeOf(words)).toBe('40px')
  const [line, box] = await Promise.all([
    bo.text.locator('.line', { hasText: 'large' }).boundingBox(),
    words.boundingBox(),
  ])
  // How tall a font says its letters are differs; what counts is that lines do not run into each other.
  expect(line?.height).toBeGreaterThanOrEqual((box?.height ?? 0) * 0.95)
  await ada.tools.getByRole('button', { name: 'Font size', pressed: true }).waitFor()
  await untilSaved(ada, bo)
  const { page } = await visitor(browser, { javaScriptEnabled: false })
  await page.goto(pad)
  expect(await sizeOf(page.locator('.reader .size-40'))).toBe('40px')
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('a phone has the sizes as a sheet with targets for thumbs', async () => {
  const phone = await openPad(browser, fresh(), PHONE)
  await goToEnd(phone)
  await phone.page.keyboard.type('small')
  await selectBack(phone, 'small'.length)
  await phone.page.locator('.keybar').getByRole('button', { name: 'More formatting' }).tap()
  await phone.page.getByRole('menu').getByText('Font size').tap()
  const ten = phone.page.getByRole('radio', { name: '10', exact: true })
  await ten.waitFor()
  expect(await ten.evaluate((one) => (one as HTMLElement).offsetHeight)).toBeGreaterThanOrEqual(44)
  await ten.tap()
  const words = phone.text.locator('.size', { hasText: /^small$/ })
  await words.waitFor()
  expect(await sizeOf(words)).toBe('10px')
  expect(phone.problems).toEqual([])
}, 60_000)
