/** A third party's plugin in real pages: it shares the page's libraries, and comes and goes while people write. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import { untilKept } from '../support/kept-page.ts'
import {
  openPadFor,
  PATIENCE,
  selectBack,
  untilEqual,
  untilFocusIn,
  untilSaved,
  untilShows,
  untilStatus,
} from '../support/pad-page.ts'
import type { PadPage } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { startPluginServer } from '../support/plugin-page.ts'
import type { PluginServer } from '../support/plugin-page.ts'
import { untilAsked } from '../support/wait.ts'

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

let server: PluginServer
let browser: Browser
const open: PadPage[] = []
let tries = 0

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startPluginServer(), startChromium()])
}, 60_000)
beforeEach(() => void (tries += 1))
afterEach(async () => {
  await server.web.plugins.enable(server.name)
  await Promise.all(open.splice(0).map(({ context }) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
}, 30_000)

/** The address of a pad; each try has its own. */
const address = (pad: string): string => `${server.url}p/${pad.replace(/^[a-z]+/, `$&-${tries}`)}`

/** Somebody in a pad, who is connected and has the plugin. */
async function person(pad: string, options: BrowserContextOptions = {}): Promise<PadPage> {
  const page = await openPadFor(await visitor(browser, options), address(pad))
  open.push(page)
  await page.page.locator('.ProseMirror[contenteditable=true][data-glowing]').waitFor()
  // In whichever language.
  await untilStatus(page, /^\s*(Saved|Gespeichert)\s*$/)
  return page
}

const toast = (pad: PadPage, words: string) => pad.page.locator('.toast', { hasText: words })

test("a plugin from elsewhere shares the page's libraries, and nothing it does breaks the policy", async () => {
  const ada = await person('far?userName=Ada')
  const { page } = ada
  await page.locator('.foot', { hasText: '0 characters 3' }).waitFor()
  await ada.text.click()
  await page.keyboard.type('glowing words')
  await page.locator('.foot', { hasText: '13 characters' }).waitFor()
  await page.locator('.ProseMirror[data-glowing]').waitFor()
  await selectBack(ada, 5)
  await ada.tools.getByRole('button', { name: 'Glow', exact: true }).click()
  expect(await page.locator('mark.glow').textContent()).toBe('words')
  expect(await page.locator('mark.glow').evaluate((mark) => getComputedStyle(mark).backgroundColor)).toBe(
    'rgb(255, 215, 0)',
  )
  await ada.tools.getByRole('button', { name: 'Glow', exact: true, pressed: true }).waitFor()
  expect(ada.problems).toEqual([])
  await picture(page, 'plugins-desk')
}, 120_000)

test('it is switched off and on while two people write; nothing is lost, the cursor stays, the format comes back', async () => {
  const ada = await person('hot?userName=Ada')
  const bo = await person('hot?userName=Bo')
  await ada.text.click()
  await ada.page.keyboard.type('first glow')
  await selectBack(ada, 4)
  await ada.page.keyboard.press('Control+Alt+g')
  await ada.page.keyboard.press('End')
  await ada.page.keyboard.press('Control+Alt+g')
  await ada.page.keyboard.press('Enter')
  await untilShows('first glow', bo)
  await bo.text.locator('.line').nth(1).waitFor()
  await bo.text.focus()
  await bo.page.keyboard.press('Control+End')

  const words = 'the quick brown fox jumps over the lazy dog and back again '.repeat(3)
  const typing = Promise.all([
    ada.page.keyboard.type(words, { delay: 8 }),
    bo.page.keyboard.type(words.toUpperCase(), { delay: 8 }),
  ])
  const said = toast(ada, 'Glow is on now').first().waitFor()
  for (let round = 0; round < 3; round += 1) {
    await server.web.plugins.disable(server.name)
    await ada.page.locator('.ProseMirror:not([data-glowing])').waitFor()
    await server.web.plugins.enable(server.name)
    await ada.page.locator('.ProseMirror[data-glowing]').waitFor()
  }
  await Promise.all([typing, said])
  await untilSaved(ada, bo)
  await untilEqual(ada, bo)
  const letters = (await ada.text.locator('.line').nth(1).textContent()) ?? ''
  expect(letters.replace(/[^a-z ]/g, '').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''))
  expect(letters.replace(/[^A-Z]/g, '')).toBe(words.toUpperCase().replaceAll(' ', ''))
  expect(await ada.page.locator('mark.glow').textContent()).toBe('glow')

  await server.web.plugins.disable(server.name)
  await toast(ada, 'Glow is off now').first().waitFor()
  await ada.page.locator('mark.glow').waitFor({ state: 'detached' })
  await ada.page.getByRole('button', { name: 'Glow', exact: true }).waitFor({ state: 'detached' })
  await ada.page.keyboard.type('.')
  await untilSaved(ada)
  await untilFocusIn(ada.page, '.ProseMirror')
  await server.web.plugins.enable(server.name)
  await bo.page.locator('mark.glow').waitFor()
  await ada.page.keyboard.press('Control+z')
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 180_000)

test('a long text stays where it is on screen when the editor is made again', async () => {
  const ada = await person('long?userName=Ada')
  await ada.text.click()
  await ada.page.evaluate(() => navigator.clipboard === undefined)
  await ada.page.keyboard.insertText(Array.from({ length: 300 }, (_, at) => `line ${at}`).join(' '))
  for (let count = 0; count < 60; count += 1) await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('the end')
  const place = () =>
    ada.page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const lines = [...document.querySelectorAll('.ProseMirror .line')]
      return lines.findLast((line) => line.textContent === 'the end')?.getBoundingClientRect().top
    })
  // Where it comes to rest: rows have their heights once they were drawn.
  await untilSaved(ada)
  await untilAsked('a page at rest', async () => (await place()) === (await place()))
  const before = await place()
  await server.web.plugins.disable(server.name)
  await ada.page.locator('.ProseMirror:not([data-glowing])').waitFor()
  expect(Math.abs(((await place()) ?? 0) - (before ?? 0))).toBeLessThan(2)
  await ada.page.keyboard.type('!')
  await untilShows('the end!', ada)
}, 120_000)

test('by keyboard: the shortcut, its place in the help, the picker from the toolbar and back', async () => {
  const ada = await person('keys?userName=Ada')
  const { page } = ada
  await ada.text.click()
  await page.keyboard.press('Control+Alt+g')
  await page.keyboard.type('bright')
  expect(await page.locator('mark.glow').textContent()).toBe('bright')
  await page.keyboard.press('Control+/')
  await page.getByRole('dialog').getByText('Ctrl Alt G').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await ada.text.focus()
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('Alt+F9')
  const pick = ada.tools.getByRole('button', { name: 'Choose the glow' })
  for (let step = 0; step < 20; step += 1) {
    if (await pick.evaluate((button) => button === document.activeElement)) break
    await page.keyboard.press('ArrowRight')
  }
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Choose the glow' })
  await sheet.waitFor()
  await untilFocusIn(page, '.pick')
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  await untilFocusIn(page, '[aria-label="Choose the glow"]')
  await page.keyboard.press('Enter')
  await sheet.waitFor()
  await untilFocusIn(page, '.pick')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('mark.glow').waitFor({ state: 'detached' })
  await untilFocusIn(page, '.ProseMirror')
  expect(ada.problems).toEqual([])
}, 120_000)

test('a button pressed again closes its picker', async () => {
  const ada = await person('twice')
  const pick = ada.tools.getByRole('button', { name: 'Choose the glow' })
  const sheet = ada.page.getByRole('dialog', { name: 'Choose the glow' })
  await pick.click()
  await sheet.waitFor()
  await pick.click()
  await sheet.waitFor({ state: 'detached' })
}, 120_000)

test('on a phone the picker is a sheet with targets for thumbs, reached through the menu', async () => {
  const ada = await person('phone?userName=Ada', PHONE)
  const { page } = ada
  await ada.text.tap()
  await page.keyboard.type('small')
  await ada.tools.getByRole('button', { name: 'More' }).tap()
  await page.getByRole('menuitem', { name: 'Choose the glow' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Choose the glow' })
  await sheet.waitFor()
  await sheet.evaluate((element) =>
    Promise.all(element.getAnimations().map((animation) => animation.finished)),
  )
  const box = await sheet.boundingBox()
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844)
  expect(Math.round(box?.width ?? 0)).toBe(390)
  const heights = await sheet
    .getByRole('button')
    .evaluateAll((buttons) => buttons.map((one) => one.clientHeight))
  expect(heights.every((height) => height >= 42)).toBe(true)
  await picture(page, 'plugins-phone')
  await sheet.getByRole('button', { name: 'on' }).tap()
  await sheet.waitFor({ state: 'detached' })
  expect(ada.problems).toEqual([])
}, 120_000)

test('people of one pad hear each other through it', async () => {
  const ada = await person('wave?userName=Ada')
  const bo = await person('wave?userName=Bo')
  await ada.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await ada.page.getByRole('menuitem', { name: 'Wave' }).click()
  await toast(bo, 'Ada waves').waitFor()
  expect(await toast(ada, 'waves').count()).toBe(0)
}, 120_000)

test('its page keys work where the focus is not in the text', async () => {
  const ada = await person('pagekeys?userName=Ada')
  const bo = await person('pagekeys?userName=Bo')
  await ada.page.locator('.people-button').focus()
  await ada.page.keyboard.press('Control+Alt+w')
  await toast(bo, 'Ada waves').waitFor()
}, 120_000)

test('its panel stands at the start side where there is room, and is a sheet on a phone', async () => {
  const wide = await person('panel', { viewport: { width: 1440, height: 900 } })
  const openPanel = async ({ page }: PadPage): Promise<void> => {
    await page.locator('.header').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Glows' }).click()
    await page.getByRole('complementary', { name: 'Glows' }).getByText('All that glows').waitFor()
  }
  await openPanel(wide)
  const box = await wide.page.locator('.panel').boundingBox()
  expect([box?.x, box?.width]).toEqual([0, 232])
  const sheet = await wide.page.locator('.sheet').boundingBox()
  expect(sheet?.x ?? 0).toBeGreaterThanOrEqual(232)
  await wide.page.locator('.people-button').click()
  await wide.page.getByRole('complementary', { name: 'People' }).waitFor()
  expect(await wide.page.getByRole('complementary', { name: 'Glows' }).isVisible()).toBe(true)
  await picture(wide.page, 'plugins-panels')
  const between = await wide.page.locator('.sheet').boundingBox()
  expect([between?.x, between?.width]).toEqual([sheet?.x, 848])
  expect((between?.x ?? 0) + 848).toBeLessThanOrEqual(1440 - 320)
  const phone = await person('panel', PHONE)
  await openPanel(phone)
  expect(Math.round((await phone.page.locator('.panel').boundingBox())?.width ?? 0)).toBe(390)
}, 120_000)

test('settings: mine are kept on the device, the owner decides for everybody and may enforce it', async () => {
  const owner = await person('settings?userName=Ada')
  await owner.text.click()
  await owner.page.keyboard.type('mine')
  await untilSaved(owner)
  const guest = await person('settings?userName=Bo')
  const settings = async ({ page }: PadPage): Promise<void> => {
    await page.locator('.header').getByRole('button', { name: 'More' }).click()
    await page
      .getByRole('menuitemcheckbox', { name: 'Settings' })
      .or(page.getByRole('menuitem', { name: 'Settings' }))
      .click()
    await page.getByRole('complementary', { name: 'Settings' }).waitFor()
  }
  await settings(guest)
  expect(await guest.page.getByText('For everybody').count()).toBe(0)
  await guest.page.getByRole('switch', { name: 'Loud' }).click()
  await guest.page.locator('.foot', { hasText: '!' }).waitFor()
  const numbers = guest.page.locator('#text[data-line-numbers]')
  const none = guest.page.locator('#text:not([data-line-numbers])')
  const before = (await numbers.count()) > 0 ? numbers : none
  await guest.page.getByRole('switch', { name: 'Line numbers' }).click()
  await (before === numbers ? none : numbers).waitFor()

  await settings(owner)
  const everybody = owner.page.getByRole('region', { name: 'For everybody' })
  await everybody.waitFor()
  await picture(owner.page, 'plugins-settings')
  const depth = owner.page.getByRole('spinbutton', { name: 'Depth' })
  await depth.fill('7')
  await depth.press('Enter')
  await guest.page.locator('.foot', { hasText: '! 7' }).waitFor()
  await everybody.getByRole('switch', { name: 'Letters of equal width' }).click()
  await guest.page.locator('#text[data-monospace]').waitFor()
  await everybody.getByRole('switch', { name: 'Counts for everybody' }).click()
  await guest.page.getByText("Decided by the pad's owner").first().waitFor()
  await guest.page.getByRole('switch', { name: 'Letters of equal width', disabled: true }).waitFor()
  await before.waitFor()
  expect([...owner.problems, ...guest.problems]).toEqual([])
}, 120_000)

test('one that cannot be fetched is left out and named; the page works on', async () => {
  const someone = await visitor(browser)
  await someone.context.route('**/plugin-files/**/client.js', (route) => route.fulfill({ status: 404 }))
  // Waited for from the beginning: it does not stay.
  const said = someone.page
    .locator('.toast', { hasText: 'Glow could not be loaded' })
    .waitFor({ timeout: PATIENCE })
  const [ada] = await Promise.all([openPadFor(someone, address('broken?userName=Ada')), said])
  open.push(ada)
  await untilSaved(ada)
  await ada.text.click()
  await ada.page.keyboard.type('works')
  await untilSaved(ada)
  expect(await ada.page.getByRole('button', { name: 'Glow', exact: true }).count()).toBe(0)
}, 120_000)

test('it speaks the language of the page', async () => {
  const ada = await person('german?lang=de')
  await ada.page.locator('.foot', { hasText: '0 Zeichen' }).waitFor({ timeout: PATIENCE })
  await ada.page.getByRole('button', { name: 'Leuchten', exact: true }).waitFor()
}, 120_000)

test('a page that was open once opens with the plugin when the server is away', async () => {
  const other = await startPluginServer()
  const ada = await visitor(browser)
  const pad = await openPadFor(ada, `${other.url}p/away?userName=Ada`)
  open.push(pad)
  try {
    await ada.page.locator('.ProseMirror[contenteditable=true][data-glowing]').waitFor()
    await pad.text.click()
    await ada.page.keyboard.type('kept')
    await untilSaved(pad)
    await untilKept(ada.page, ['client.js', 'shared.js', 'style.css'])
  } finally {
    await other.close()
  }
  await ada.page.reload({ waitUntil: 'commit' })
  await untilShows('kept', pad)
  await ada.page.locator('.foot', { hasText: '4 characters' }).waitFor()
}, 120_000)
