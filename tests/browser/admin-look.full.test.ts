/** A56: the administration by day, by night, on a phone, at 200 %, by keyboard; and what a checker of accessibility finds. */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { ROOMS } from '../../client/admin/route.ts'
import { createNpm } from '../../server/plugins/npm.ts'
import { createPackages } from '../../server/plugins/packages.ts'
import { atTheDoor, inRoom, openAdmin, PASSWORD, signIn } from '../support/admin-page.ts'
import { seriousFindings } from '../support/axe.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, openPad, untilSaved } from '../support/pad-page.ts'
import type { PadPage } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { samplePackage } from '../support/sample-package.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const SCREENS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { ...PHONE, colorScheme: 'light' }],
  ['dark phone', { ...PHONE, colorScheme: 'dark' }],
  // What a window of 1440 px has at 200 %.
  ['twice as large', { viewport: { width: 720, height: 450 } }],
]
/** Rooms with what is opened in them. */
const PLACES = [
  ...ROOMS,
  'plugins?open=ep_kudos',
  'plugins?tab=find',
  'settings?tab=all',
  'settings?tab=file',
  'pads?search=nothing-at-all',
]

let folder: string
let inkpad: InkpadProcess
let browser: Browser
const writers: PadPage[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-plugins-'))
  const sample = await samplePackage()
  await createPackages({
    folder,
    libraries: path.resolve('node_modules'),
    npm: createNpm({ ...process.env, npm_config_registry: 'http://127.0.0.1:9/' }),
    catalog: false,
    warn: () => {},
  }).install(sample.folder, new Set())
  sample.remove()
  ;[inkpad, browser] = await Promise.all([
    startInkpad({
      ADMIN_PASSWORD: PASSWORD,
      PLUGIN_FOLDER: folder,
      ETHERPAD_PLUGINS: 'ep_kudos',
      EP__ep_kudos__most: '50',
      PRIVACY_PLUGIN_CATALOG: 'false',
    }),
    startChromium(),
  ])
  for (const [pad, name] of [
    ['a-name-that-is-as-long-as-a-name-of-a-pad-may-be50', 'Ada'],
    ['Weather_station', 'Grace Hopper'],
  ] as const) {
    const writer = await openPad(browser, `${inkpad.url}p/${pad}?userName=${name}`)
    await goToEnd(writer)
    await writer.page.keyboard.type('Some words')
    await untilSaved(writer)
    writers.push(writer)
  }
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
  if (folder) await rm(folder, { recursive: true, force: true })
}, 30_000)

/** Goes somewhere and waits until what was asked for is there. */
async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, place)
  await page.locator(`.view.${place.split('?')[0]}`).waitFor()
  await page.waitForFunction(
    () => document.querySelectorAll('.waiting-rows, .skeleton, .card[aria-busy=true]').length === 0,
  )
}

/** To where nothing lies behind the bar at the upper edge, which would count as covered. */
async function toTop(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('*')) if (element.scrollTop > 0) element.scrollTop = 0
  })
}

/** What stands out sideways. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const found = [...document.querySelectorAll('main *')]
      .filter((element) => !element.closest('.unseen, .code, svg, thead, .bare-field .label'))
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.localName}.${element.className}`)
    if ((document.scrollingElement?.scrollWidth ?? 0) > width) found.push('the page')
    return found.slice(0, 5)
  })
}

describe.each(SCREENS)('%s', (screen, options) => {
  test('A56: the door has no serious finding, wrong or right', async () => {
    const { page, context } = await atTheDoor(browser, inkpad.url, options)
    expect(await seriousFindings(page)).toEqual([])
    await signIn(page, 'wrong')
    await page.getByRole('alert').waitFor()
    await picture(page, `admin-door-${screen}`)
    expect(await seriousFindings(page)).toEqual([])
    expect(await overflow(page)).toEqual([])
    await context.close()
  }, 60_000)

  test('A56: no room has a serious finding, and none stands out sideways', async () => {
    const { page, context } = await openAdmin(browser, inkpad.url, options)
    const found: Record<string, string[]> = {}
    for (const place of PLACES) {
      await goTo(page, place)
      await picture(page, `admin-${place.replaceAll(/\W+/g, '-')}-${screen}`)
      await toTop(page)
      const all = [...(await seriousFindings(page)), ...(await overflow(page))]
      if (all.length > 0) found[place] = all
    }
    await goTo(page, 'pads')
    await page.getByRole('checkbox', { name: 'Select Weather station' }).check()
    await page.locator('.bulk').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').waitFor()
    const dialog = await seriousFindings(page)
    if (dialog.length > 0) found['dialog'] = dialog
    expect(found).toEqual({})
    await context.close()
  }, 120_000)
})

test('A56: a phone reaches every room by its menu, with targets that a thumb meets', async () => {
  const { page, context } = await openAdmin(browser, inkpad.url, PHONE)
  await page.getByRole('button', { name: 'Rooms and options' }).tap()
  await page.getByRole('menuitemcheckbox', { name: 'Overview' }).waitFor()
  await picture(page, 'admin-phone-menu')
  await page.getByRole('menuitemcheckbox', { name: 'Pads' }).tap()
  await inRoom(page, 'Pads')
  await page.locator('.records .main').first().waitFor()
  const small = await page.locator('main').evaluate((main) =>
    [...main.querySelectorAll('button, select, input:not(.check)')]
      .filter((target) => target.checkVisibility())
      .map((target) => ({
        name: target.getAttribute('aria-label') ?? target.textContent,
        box: target.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0 && box.height < 43.5)
      .map(({ name, box }) => `${name} ${Math.round(box.width)} x ${Math.round(box.height)}`),
  )
  expect(small).toEqual([])
  // The row of a pad is a card: its name, when it was edited, how large it is, and what can be done.
  const card = page.getByRole('row').filter({ hasText: 'Weather station' })
  await card.getByRole('checkbox').tap()
  await page.getByText('1 selected').waitFor()
  await card.getByRole('button', { name: 'More about Weather station' }).tap()
  await page.getByRole('menuitem', { name: 'Delete' }).waitFor()
  await context.close()
}, 60_000)

test('A56: by keyboard alone: past the rooms, through a list, into a menu, out of it again', async () => {
  const { page, context } = await openAdmin(browser, inkpad.url)
  const focused = () =>
    page.evaluate(() => {
      const one = document.activeElement
      return one?.getAttribute('aria-label') ?? one?.textContent ?? ''
    })
  const tabTo = async (name: string) => {
    for (let turn = 0; turn < 60 && (await focused()) !== name; turn += 1) await page.keyboard.press('Tab')
    expect(await focused()).toBe(name)
  }
  await tabTo('Pads')
  await page.keyboard.press('Enter')
  await inRoom(page, 'Pads')
  await page.locator('.records .main').first().waitFor()
  await tabTo('Select Weather station')
  await page.keyboard.press('Space')
  await page.getByText('1 selected').waitFor()
  await tabTo('More about Weather station')
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toContain('Who may open it')
  await page.keyboard.press('Escape')
  // The button says so once the menu is gone for good.
  await page.locator('main [aria-expanded=true]').waitFor({ state: 'detached' })
  expect(await focused()).toBe('More about Weather station')
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Delete Weather station?' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await context.close()
}, 60_000)

test('A56: language and appearance are chosen here as well', async () => {
  const { page, context } = await openAdmin(browser, inkpad.url, { colorScheme: 'light' })
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Deutsch' }).click()
  await inRoom(page, 'Überblick')
  expect(await page.title()).toMatch(/^Überblick · /)
  await page
    .getByRole('button', { name: 'Darstellung' })
    .or(page.getByRole('button', { name: 'Aussehen' }))
    .first()
    .click()
  await page.getByRole('menuitemcheckbox').last().click()
  await page.locator('html[data-theme=dark]').waitFor()
  for (const place of PLACES) {
    await goTo(page, place)
    expect([place, await overflow(page)]).toEqual([place, []])
  }
  await picture(page, 'admin-german')
  await context.close()
}, 60_000)
