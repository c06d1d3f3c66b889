/** Links in real pages: typed, pasted, changed, taken off and opened, for two people, by keys, on a phone, in exports' HTML. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium, visitor } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { goToEnd, openPad, press, selectBack, untilEqual, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

let inkpad: InkpadProcess
let browser: Browser
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad({ DEFAULT_PAD_TEXT: '' }), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** A pad nobody was in; a second try gets another one. */
const fresh = (): string => `${inkpad.url}p/links-${(tries += 1)}`

test('an address that is typed is a link for both; keys change it, open it and take it off', async () => {
  const pad = fresh()
  const ada = await openPad(browser, `${pad}?userName=Ada`)
  const bo = await openPad(browser, `${pad}?userName=Bo`, { colorScheme: 'dark' })
  const { page } = ada
  await goToEnd(ada)
  await page.keyboard.type(`see ${inkpad.url}p/other, and more`)
  const link = bo.text.locator('a')
  await link.waitFor()
  expect([await link.textContent(), await link.getAttribute('href')]).toEqual([
    `${inkpad.url}p/other`,
    `${inkpad.url}p/other`,
  ])
  expect(await link.getAttribute('rel')).toContain('noopener')

  await press(page, 'ArrowLeft', ', and more'.length + 3)
  const opened = ada.context.waitForEvent('page')
  await page.keyboard.press('Alt+Enter')
  const other = await opened
  await other.waitForURL(`${inkpad.url}p/other`)
  expect(await other.evaluate(() => window.opener)).toBeNull()
  await other.close()

  await page.keyboard.press('Control+K')
  const form = page.getByRole('dialog', { name: 'Link' })
  await form.getByRole('textbox', { name: 'Address' }).fill('example.org/new')
  await page.keyboard.press('Enter')
  await bo.text.locator('a[href="https://example.org/new"]').waitFor()
  await picture(bo.page, 'links-dark')

  await page.keyboard.press('Control+Alt+K')
  await link.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Z')
  await link.waitFor()
  await untilSaved(ada, bo)
  await untilEqual(ada, bo)
  const { page: plain } = await visitor(browser, { javaScriptEnabled: false })
  await plain.goto(pad)
  expect(await plain.locator('.reader a').getAttribute('href')).toBe('https://example.org/new')
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('addresses in pasted text are links, and one undo takes the paste back', async () => {
  const ada = await openPad(browser, `${fresh()}?userName=Ada`)
  await goToEnd(ada)
  await ada.page.keyboard.type('here: ')
  await ada.text.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', 'a https://example.org/x b ada@example.org')
    text.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  const hrefs = await ada.text
    .locator('a')
    .evaluateAll((links) => links.map((one) => one.getAttribute('href')))
  expect(hrefs).toEqual(['https://example.org/x', 'mailto:ada@example.org'])
  await ada.page.keyboard.press('Control+Z')
  expect((await ada.text.textContent())?.trim()).toBe('here:')
  expect(ada.problems).toEqual([])
}, 60_000)

test('on a phone both stand in the menu of formatting, and only work where there is a link', async () => {
  const phone = await openPad(browser, fresh(), PHONE)
  await phone.text.tap()
  await phone.text.and(phone.page.locator(':focus')).waitFor()
  await phone.page.keyboard.type('www.example.org ')
  const more = phone.page.locator('.keybar').getByRole('button', { name: 'More formatting' })
  await more.tap()
  const remove = phone.page.getByRole('menuitem', { name: 'Remove link' })
  await remove.waitFor()
  expect(await remove.isDisabled()).toBe(true)
  await picture(phone.page, 'links-phone')
  await phone.page.keyboard.press('Escape')
  await remove.waitFor({ state: 'detached' })
  await phone.text.focus()
  await press(phone.page, 'ArrowLeft', 3)
  await more.tap()
  await remove.tap()
  await phone.text.locator('a').waitFor({ state: 'detached' })
  expect((await phone.text.textContent())?.trim()).toBe('www.example.org')
  expect(phone.problems).toEqual([])
}, 60_000)

test('the environment decides what people begin with; each may decide otherwise', async () => {
  const quiet = await startInkpad({ EP__ep_embedded_hyperlinks2__autoLink: 'false', DEFAULT_PAD_TEXT: '' })
  try {
    const ada = await openPad(browser, `${quiet.url}p/off?userName=Ada`)
    await goToEnd(ada)
    await ada.page.keyboard.type('https://example.org ')
    await selectBack(ada, 4)
    expect(await ada.text.locator('a').count()).toBe(0)
    await ada.page.locator('.header').getByRole('button', { name: 'More' }).click()
    await ada.page
      .getByRole('menuitem', { name: 'Settings' })
      .or(ada.page.getByRole('menuitemcheckbox', { name: 'Settings' }))
      .click()
    await ada.page.getByRole('switch', { name: 'Make links of addresses' }).first().click()
    await goToEnd(ada)
    await ada.page.keyboard.type('https://example.org/2 ')
    await ada.text.locator('a[href="https://example.org/2"]').waitFor()
  } finally {
    await quiet.remove()
  }
}, 60_000)
