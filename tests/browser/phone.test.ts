import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser, Locator, Page } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import {
  openPad,
  padOf,
  type PadPage,
  PATIENCE,
  untilFocusIn,
  untilSaved,
  untilShows,
} from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
/** The side of a target that a thumb meets, in CSS pixels (WCAG 2.5.5). */
const THUMB = 44

let inkpad: InkpadProcess
let browser: Browser
let phone: PadPage
let desk: PadPage
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

beforeEach(async () => {
  const url = `${inkpad.url}p/phone-${++pads}`
  phone = await openPad(browser, `${url}?userName=Ada`, PHONE)
  desk = await openPad(browser, `${url}?userName=Bo`)
  await untilSaved(phone, desk)
}, 60_000)

afterEach(() => Promise.all([phone, desk].map(({ context }) => context.close())).then(() => undefined))

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** Puts the cursor into the text with a finger. */
async function tapText({ page, text }: PadPage): Promise<void> {
  await text.locator('.line').first().tap()
  await untilFocusIn(page, '.ProseMirror')
}

/** Presses a button of the bar that is on or off, and waits until it is what it was not. */
async function tapSwitch({ tools }: PadPage, name: string, on: boolean): Promise<void> {
  await tools.getByRole('button', { name }).tap()
  await tools.getByRole('button', { name, pressed: on }).waitFor()
}

/** Menus and sheets stand where they come to rest. */
async function untilStill(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.getAnimations().every(({ playState }) => playState !== 'running'),
    null,
    { timeout: PATIENCE },
  )
}

/** Nothing may push the page sideways. */
async function expectNoOverflow(page: Page): Promise<void> {
  const { over, wide } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const root = document.scrollingElement
    return {
      over: (root?.scrollWidth ?? 0) - width,
      wide: [...document.querySelectorAll('.app, .header, .scroll, .sheet, .panel, dialog, main')]
        .filter((element) => element.getBoundingClientRect().right > width + 1)
        .map((element) => element.className || element.localName),
    }
  })
  expect({ over, wide }).toEqual({ over: 0, wide: [] })
}

/** The visible buttons in `place` that a thumb would miss. */
async function smallTargets(place: Locator): Promise<string[]> {
  return place.evaluateAll((places, side) => {
    const small: string[] = []
    for (const target of places.flatMap((part) => [
      ...part.querySelectorAll('button, a, [role^=menuitem], input, select'),
    ])) {
      const { width, height } = target.getBoundingClientRect()
      if (target.checkVisibility() && width > 0 && (width < side - 0.5 || height < side - 0.5))
        small.push(
          `${target.getAttribute('aria-label') ?? target.textContent} ${Math.round(width)} x ${Math.round(height)}`,
        )
    }
    return small
  }, THUMB)
}

/** Smaller letters in a field make a phone zoom in. */
async function expectReadableFields(page: Page): Promise<void> {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('input:not([type=checkbox]), select, textarea, .ProseMirror')]
      .filter((field) => field.checkVisibility() && Number.parseFloat(getComputedStyle(field).fontSize) < 16)
      .map((field) => `${field.className} ${getComputedStyle(field).fontSize}`),
  )
  expect(small).toEqual([])
}

test('a finger puts the cursor into the text and types; the bar at the bottom formats', async () => {
  const { page, text, tools } = phone
  await tapText(phone)
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nfrom a phone ')
  await tapSwitch(phone, 'Bold', true)
  await page.keyboard.type('bold')
  await tapSwitch(phone, 'Bold', false)
  await page.keyboard.press('Enter')
  await tapSwitch(phone, 'Bulleted list', true)
  await page.keyboard.type('milk')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await tapSwitch(phone, 'Task list', true)
  await page.keyboard.type('call')
  await text.getByRole('checkbox').tap()
  await text.getByRole('checkbox', { checked: true }).waitFor()
  await untilShows('from a phone bold', desk)
  await desk.text.locator('strong', { hasText: /^bold$/ }).waitFor()
  await desk.text.getByRole('checkbox', { checked: true }).waitFor()
  const bar = await tools.boundingBox()
  expect(Math.round((bar?.y ?? 0) + (bar?.height ?? 0))).toBe(PHONE.viewport.height)
  expect(Math.round(bar?.width ?? 0)).toBe(PHONE.viewport.width)
  expect(await smallTargets(page.locator('.keybar, .header'))).toEqual([])
  await expectNoOverflow(page)
  await expectReadableFields(page)
  await picture(page, 'phone-text')
}, 90_000)

test('menus of the bar open over it, within the screen, with targets for thumbs', async () => {
  const { page, tools } = phone
  for (const name of [/^Line style/, 'More formatting']) {
    await tools.getByRole('button', { name }).tap()
    const menu = page.getByRole('menu')
    await menu.waitFor()
    await untilStill(page)
    const box = await menu.boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.viewport.width)
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(PHONE.viewport.height)
    expect(await smallTargets(menu)).toEqual([])
    await picture(page, `phone-menu-${name === 'More formatting' ? 'more' : 'style'}`)
    await page.touchscreen.tap(20, 300)
    await menu.waitFor({ state: 'detached' })
  }
}, 90_000)

test('long words and code stay within the sheet', async () => {
  const { page } = phone
  await desk.text.focus()
  await desk.page.keyboard.press('Control+End')
  await desk.page.keyboard.press('Enter')
  await desk.page.keyboard.press('Enter')
  await desk.page.keyboard.insertText(`https://example.org/${'long'.repeat(60)}`)
  await desk.page.keyboard.press('Enter')
  await desk.page
    .getByRole('button', { name: /^Line style/ })
    .first()
    .click()
  await desk.page.getByRole('menuitemcheckbox', { name: 'Code block' }).click()
  await desk.page.keyboard.insertText(`const value = ${'"text" + '.repeat(30)}`)
  await untilShows('const value', phone)
  await expectNoOverflow(page)
  await picture(page, 'phone-long')
}, 90_000)

test('people, settings and sharing come as sheets from below, and go again', async () => {
  const { page } = phone
  const sheet = page.locator('.panel')
  await tapText(phone)
  await page.keyboard.type('here ')
  await untilShows('here', desk)
  await page.getByRole('button', { name: /people? here/ }).tap()
  await sheet.getByRole('heading', { name: 'People' }).waitFor()
  await untilStill(page)
  const box = await sheet.boundingBox()
  expect([box?.x, box?.width]).toEqual([0, PHONE.viewport.width])
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(PHONE.viewport.height)
  expect(box?.y).toBeGreaterThan(100)
  await expectNoOverflow(page)
  await expectReadableFields(page)
  await picture(page, 'phone-people')
  await sheet.getByRole('textbox', { name: 'Your name' }).fill('Ada Lovelace')
  await desk.page
    .locator('.caret[data-name="Ada Lovelace"], .by[data-by="Ada Lovelace"]')
    .first()
    .waitFor({ state: 'attached' })
  await sheet.getByRole('button', { name: 'Close' }).tap()
  await sheet.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'More', exact: true }).tap()
  await page.getByRole('menu').waitFor()
  await untilStill(page)
  expect(await smallTargets(page.getByRole('menu'))).toEqual([])
  await page.getByRole('menuitem', { name: 'Settings' }).tap()
  await sheet.getByRole('heading', { name: 'Settings' }).waitFor()
  await expectNoOverflow(page)
  await expectReadableFields(page)
  await picture(page, 'phone-settings')
  await sheet.getByRole('button', { name: 'Close' }).tap()

  await page.getByRole('button', { name: 'More', exact: true }).tap()
  await page.getByRole('menuitem', { name: 'Share' }).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Put it into a page').tap()
  await dialog.getByRole('textbox', { name: 'Embed code' }).waitFor()
  await expectNoOverflow(page)
  await expectReadableFields(page)
  await picture(page, 'phone-share')
  await dialog.getByRole('button', { name: 'Close' }).tap()
  await dialog.waitFor({ state: 'detached' })
  await untilSaved(phone, desk)
  expect([...phone.problems, ...desk.problems]).toEqual([])
}, 90_000)

test('from the start page to a pad and back, without sideways scrolling', async () => {
  const person = await visitor(browser, PHONE)
  const { page } = person
  await page.goto(inkpad.url)
  const name = page.getByRole('textbox')
  await name.waitFor()
  await expectNoOverflow(page)
  await expectReadableFields(page)
  expect(await smallTargets(page.locator('form'))).toEqual([])
  await picture(page, 'phone-home')
  await name.fill('A pad from the phone')
  await page.getByRole('button', { name: 'Open', exact: true }).tap()
  const pad = await padOf(person)
  await pad.page.getByRole('link', { name: 'Start page' }).filter({ visible: true }).tap()
  await page.getByText('Opened on this device').waitFor()
  await expectNoOverflow(page)
  await picture(page, 'phone-home-recent')
  expect(person.problems).toEqual([])
}, 90_000)
