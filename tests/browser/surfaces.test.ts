/** A plugin's whole work area in a pad: beside the text, over it, at the side, on a phone, by keyboard, by address. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import { openPadFor, untilSaved, untilShows } from '../support/pad-page.ts'
import type { PadPage } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { startPluginServer } from '../support/plugin-page.ts'
import type { PluginServer } from '../support/plugin-page.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESK = { viewport: { width: 1440, height: 900 } }

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

/** Somebody in a pad, which each try has its own of, when the plugin is there. */
async function person(pad: string, options: BrowserContextOptions = DESK): Promise<PadPage> {
  const address = `${server.url}p/${pad.replace(/^[a-z]+/, `$&-${tries}`)}`
  const page = await openPadFor(await visitor(browser, options), address)
  open.push(page)
  await page.page.locator('[contenteditable=true][data-glowing]').waitFor({ state: 'attached' })
  return page
}

const region = (page: Page, name = 'Field') => page.getByRole('region', { name, exact: true })
const focusedIn = (page: Page, selector: string) =>
  page.waitForFunction((one) => document.activeElement?.closest(one) != null, selector)

/** Waits until the divider says this share of the room. */
const dividerAt = (page: Page, percent: number): Promise<void> =>
  page.locator(`[role=separator][aria-valuenow="${percent}"]`).waitFor()

async function arrange(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Arrange' }).click()
  await page.getByRole('menuitemcheckbox', { name }).click()
}

test('beside the text: both are alive, the divider is dragged and moved by keys, the width is kept', async () => {
  const ada = await person('beside?userName=Ada')
  const { page } = ada
  await ada.text.click()
  await page.keyboard.type('written before')
  await page.locator('.header').getByRole('button', { name: 'Field' }).click()
  await region(page).getByRole('textbox', { name: 'Notes' }).fill('a note')
  expect(new URL(page.url()).searchParams.get('surface')).toBe('field')
  await ada.text.click()
  await page.keyboard.type(', and beside')
  await untilSaved(ada)

  const divider = page.getByRole('separator', { name: 'Width of the text' })
  await dividerAt(page, 50)
  const widthOf = async () => (await page.locator('.scroll').boundingBox())?.width ?? 0
  const half = await widthOf()
  await divider.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await dividerAt(page, 60)
  expect(await widthOf()).toBeGreaterThan(half + 100)
  const box = await divider.boundingBox()
  await page.mouse.move((box?.x ?? 0) + 4, 400)
  await page.mouse.down()
  await page.mouse.move(1440 * 0.35, 400, { steps: 4 })
  await page.mouse.up()
  await dividerAt(page, 35)
  expect(Math.round((await widthOf()) / 14.4)).toBe(35)
  await picture(page, 'surface-beside')
  expect(await seriousFindings(page)).toEqual([])

  await page.reload()
  await region(page).waitFor()
  await dividerAt(page, 35)
  await untilShows('written before, and beside', ada)
  expect(ada.problems).toEqual([])
}, 90_000)

test('its element stays the same while it stands in other ways; the text goes on behind it', async () => {
  const ada = await person('full?userName=Ada')
  const bo = await person('full?userName=Bo')
  const { page } = ada
  await page.keyboard.press('Control+Alt+f')
  const notes = region(page).getByRole('textbox', { name: 'Notes' })
  await notes.fill('kept')
  await arrange(page, 'All of the room')
  await page.locator('.surface[data-mode=full]').waitFor()
  expect(await notes.inputValue()).toBe('kept')
  await region(page).locator('[data-mode=full]').waitFor()
  await page.locator('.scroll').waitFor({ state: 'hidden' })
  await page.getByRole('toolbar', { name: 'Formatting' }).waitFor({ state: 'detached' })
  await picture(page, 'surface-full')
  expect(await seriousFindings(page)).toEqual([])
  await bo.text.click()
  await bo.page.keyboard.type('meanwhile')
  await untilShows('meanwhile', ada)

  await arrange(page, 'Narrow, at the side')
  await page.locator('.surface[data-mode=side]').waitFor()
  expect((await region(page).boundingBox())?.width).toBe(320)
  await page.locator('.people-button').click()
  const people = await page.getByRole('complementary', { name: 'People' }).boundingBox()
  const side = await region(page).boundingBox()
  expect((side?.x ?? 0) + (side?.width ?? 0)).toBeLessThanOrEqual(people?.x ?? 0)
  await picture(page, 'surface-side')
  await notes.focus()
  await page.keyboard.press('Escape')
  await page.locator('.toast', { hasText: 'the field was left with kept' }).waitFor()
  await region(page).waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.has('surface')).toBe(false)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 90_000)

test('by keyboard: it takes the focus, and Escape gives it back to the text', async () => {
  const ada = await person('keys')
  const { page } = ada
  await ada.text.click()
  await page.keyboard.type('a')
  await page.keyboard.press('Control+Alt+f')
  await focusedIn(page, '#surface')
  await page.keyboard.press('Escape')
  await focusedIn(page, '.ProseMirror')
  await page.keyboard.type('b')
  await untilShows('ab', ada)
  await page.keyboard.press('Control+/')
  await page.getByRole('dialog').getByText('Field').waitFor()
}, 90_000)

test('a view of components stands at the side, reached by the menu; closing it by itself gives the text the focus', async () => {
  const ada = await person('lens')
  const { page } = ada
  await page.locator('.header').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Lens' }).click()
  await region(page, 'Lens').getByRole('button', { name: 'put away, side' }).click()
  await focusedIn(page, '.ProseMirror, .header')
  await region(page, 'Lens').waitFor({ state: 'detached' })
}, 90_000)

test('on a phone it has the whole page; both ways back lead to the text', async () => {
  const ada = await person('phone?userName=Ada', PHONE)
  const { page } = ada
  const openField = async (): Promise<void> => {
    await page.locator('.header').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Field' }).click()
    await page.locator('.surface[data-mode=full]').waitFor()
  }
  await openField()
  const box = await region(page).boundingBox()
  expect([box?.x, box?.width]).toEqual([0, 390])
  await page.locator('.keybar').waitFor({ state: 'detached' })
  await picture(page, 'surface-phone')
  expect(await seriousFindings(page)).toEqual([])
  await page.locator('.header').getByRole('button', { name: 'Back to the text' }).tap()
  await region(page).waitFor({ state: 'detached' })
  await openField()
  await page.goBack()
  await region(page).waitFor({ state: 'detached' })
  await ada.text.tap()
  await page.keyboard.type('still here')
  await untilShows('still here', ada)
  expect(ada.problems).toEqual([])
}, 90_000)

test('switched off while it is open it goes cleanly, and the text has all of the room again', async () => {
  const ada = await person('off?surface=field')
  const { page } = ada
  await region(page).waitFor()
  await arrange(page, 'All of the room')
  await region(page).getByRole('textbox', { name: 'Notes' }).fill('gone')
  await server.web.plugins.disable(server.name)
  await page.locator('.toast', { hasText: 'the field was left with gone' }).waitFor()
  await region(page).waitFor({ state: 'detached' })
  await page.locator('.scroll').waitFor()
  await page.locator('.header .segments').waitFor({ state: 'detached' })
  await ada.text.click()
  await page.keyboard.type('all mine')
  await untilSaved(ada)
  expect(ada.problems).toEqual([])
}, 90_000)

test('right to left and by night; without a header it has a way back of its own', async () => {
  const ada = await person('rtl?rtl=true&lang=ar&surface=field&showControls=false', {
    ...DESK,
    colorScheme: 'dark',
  })
  const { page } = ada
  await region(page).waitFor()
  const divider = page.getByRole('separator')
  await divider.focus()
  await page.keyboard.press('ArrowRight')
  const rtl = await page.evaluate(() => getComputedStyle(document.body).direction === 'rtl')
  await dividerAt(page, rtl ? 48 : 52)
  await picture(page, 'surface-dark')
  await arrange(page, 'All of the room')
  await region(page).getByRole('button', { name: 'Back to the text' }).click()
  await region(page).waitFor({ state: 'detached' })
  await page.locator('.scroll').waitFor()
}, 90_000)
