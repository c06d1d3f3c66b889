/** What an administrator's settings do to pages, as their readers see it (issue: "Settings, complete"). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { openPad, PATIENCE, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { untilAsked } from '../support/wait.ts'

const SETTINGS = {
  PRIVACY_BANNER_ENABLED: 'true',
  PRIVACY_BANNER_TITLE: 'For your eyes',
  PRIVACY_BANNER_BODY: 'Everything <b>here</b> is kept for a year.',
  PRIVACY_BANNER_LEARN_MORE_URL: 'https://example.org/privacy',
  PAD_SHORTCUTS_ENABLED_CMD_B: 'false',
  SHOW_RECENT_PADS: 'false',
  SKIN_VARIANTS: 'super-dark-toolbar super-dark-editor dark-background full-width-editor',
  EDIT_ONLY: 'false',
  'EP__customLocaleStrings__en__pad.share': 'Invite',
}

let inkpad: InkpadProcess
let browser: Browser
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(SETTINGS), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

describe('Settings: privacyBanner', () => {
  test.each([
    ['a desk', { viewport: { width: 1280, height: 800 } }],
    ['a phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ])(
    'at %s it is text, can be read on, and closes for good',
    async (kind, options) => {
      const { page, problems } = await openPad(browser, `${inkpad.url}p/privacy-${++pads}`, options)
      const banner = page.getByRole('region', { name: 'For your eyes' })
      await banner.waitFor()
      expect(await banner.locator('p').innerText()).toContain('Everything <b>here</b> is kept for a year.')
      const more = banner.getByRole('link', { name: 'Read more' })
      expect(await more.getAttribute('href')).toBe('https://example.org/privacy')
      expect(await more.getAttribute('rel')).toContain('noopener')
      expect(await seriousFindings(page)).toEqual([])
      await picture(page, `privacy-banner-${kind.slice(2)}`)
      const close = banner.getByRole('button', { name: 'Close this notice' })
      if (kind === 'a phone') {
        const box = await close.boundingBox()
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(43.5)
      }
      await close.focus()
      await page.keyboard.press('Enter')
      await banner.waitFor({ state: 'detached' })
      await page.reload()
      await page.locator('.ProseMirror').waitFor({ timeout: PATIENCE })
      expect(await banner.count()).toBe(0)
      expect(problems).toEqual([])
    },
    60_000,
  )
})

test('Settings: padShortcutEnabled takes a key from the text and its name from button and help', async () => {
  const { page, text, tools, problems } = await openPad(browser, `${inkpad.url}p/keys-${++pads}`)
  await text.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+b')
  await page.keyboard.press('Control+i')
  await text.locator('em, i').first().waitFor()
  expect(await text.locator('strong, b').count()).toBe(0)
  await tools.getByRole('button', { name: 'Bold' }).click()
  await text.locator('strong, b').first().waitFor()
  await page.keyboard.press('Control+/')
  const help = page.getByRole('dialog')
  await help.waitFor()
  await help.locator('dt', { hasText: /^Italic$/ }).waitFor()
  expect(await help.locator('dt', { hasText: /^Bold$/ }).count()).toBe(0)
  expect(problems).toEqual([])
}, 60_000)

test('Settings: skinVariants makes dark the default, which a person may change, and the text wide', async () => {
  const { page, problems } = await openPad(browser, `${inkpad.url}p/look`, {
    viewport: { width: 1600, height: 900 },
    colorScheme: 'light',
  })
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  expect(await ground()).toBe('dark')
  const [sheet, text] = await Promise.all(
    ['.sheet', '.ProseMirror'].map(async (part) => (await page.locator(part).boundingBox())?.width ?? 0),
  )
  expect(sheet).toBeGreaterThan(1580)
  expect(text).toBeGreaterThan(1300)
  await picture(page, 'settings-wide-dark')
  await page.locator('.header').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menu').getByText('Settings').click()
  await page.locator('.panel').getByRole('radio', { name: 'Light' }).click()
  await untilAsked('a light page', async () => (await ground()) === 'light')
  await page.reload()
  await page.locator('.ProseMirror').waitFor({ timeout: PATIENCE })
  expect(await ground()).toBe('light')
  expect(problems).toEqual([])
}, 60_000)

test('Settings: customLocaleStrings stand in place of ours; showRecentPads false keeps no list', async () => {
  const pad = await openPad(browser, `${inkpad.url}p/words`)
  await pad.page.getByRole('button', { name: 'Invite' }).waitFor()
  await untilSaved(pad)
  await pad.page.goto(inkpad.url)
  await pad.page.getByRole('button', { name: 'Open' }).waitFor()
  expect(await pad.page.getByText('words', { exact: true }).count()).toBe(0)
  expect(await pad.page.evaluate(() => localStorage.getItem('inkpad.recent'))).toBeNull()
  expect(pad.problems).toEqual([])
}, 60_000)

describe('others', () => {
  let strict: InkpadProcess
  beforeAll(async () => {
    strict = await startInkpad({ EDIT_ONLY: 'true', ENABLE_DARK_MODE: 'false' })
  }, 60_000)
  afterAll(() => strict?.remove(), 30_000)

  test('Settings: editOnly opens no name that has no pad, by page or by socket', async () => {
    const { page } = await visitor(browser)
    const answer = await page.goto(`${strict.url}p/new`)
    expect(answer?.status()).toBe(404)
    expect(await page.locator('main').innerText()).toContain('There is no pad of this name')
    const code = await page.evaluate(
      (url) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket(url)
          socket.addEventListener('close', (event) => resolve(event.code))
        }),
      `${strict.url.replace('http', 'ws')}sync/p/new`,
    )
    expect(code).toBe(4404)
  }, 60_000)

  test('Settings: enableDarkMode false is light for everybody, and nobody is asked', async () => {
    const { page } = await visitor(browser, { colorScheme: 'dark' })
    await page.goto(strict.url)
    await page.getByRole('button', { name: 'Open' }).waitFor()
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light')
    expect(await page.getByRole('button', { name: 'Theme' }).count()).toBe(0)
  }, 60_000)
})
