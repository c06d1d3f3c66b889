/**
 * The small plugins that are on by themselves, for two people at once, by night, on a phone, by keyboard; their settings
 * from the file, from the environment and from the administrator.
 */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { ADMIN_HEADER } from '../../shared/admin.ts'
import { seriousFindings } from '../support/axe.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, networkIsBack, openPad, type PadPage, press, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const DARK = { colorScheme: 'dark' } as const
const THUMB = 44
const WORD = 'of the administrator'

const FILE = { ep_print: { hideButton: true }, ep_countable: { lines: true, wordsPerMinute: 50 } }
const ENVIRONMENT = {
  ADMIN_PASSWORD: WORD,
  EP__ep_announce__kind: 'warning',
}

let inkpad: InkpadProcess
let browser: Browser
let cookie = ''
const open: PadPage[] = []

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(ENVIRONMENT), startChromium()])
  await inkpad.terminate()
  await writeFile(path.join(inkpad.folder, 'settings.json'), JSON.stringify(FILE))
  await inkpad.start()
  const { headers } = await admin('login', { name: 'admin', password: WORD })
  cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}, 60_000)
afterEach(async () => {
  const problems = open.flatMap((pad) => pad.problems)
  await Promise.all(open.splice(0).map(({ context }) => context.close()))
  expect(problems).toEqual([])
})
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

async function person(pad: string, name: string, options: BrowserContextOptions = {}): Promise<PadPage> {
  const page = await openPad(browser, `${inkpad.url}p/${pad}?userName=${name}`, options)
  open.push(page)
  await page.page.locator('.countable').waitFor()
  return page
}

/** What the administrator's page asks for. */
function admin(what: string, body: unknown): Promise<Response> {
  return fetch(`${inkpad.url}admin/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [ADMIN_HEADER]: '1', cookie },
    body: JSON.stringify(body),
  })
}
const decide = async (name: string, values: Record<string, unknown>): Promise<number> =>
  (await admin('api/plugins/settings', { name, values })).status

const banner = ({ page }: PadPage, words: string) => page.locator('.banner', { hasText: words })
const counts = ({ page }: PadPage, words: string | RegExp) => page.locator('.countable', { hasText: words })
const heading = ({ page }: PadPage, words: string) => page.getByRole('heading', { name: words, exact: true })
const focused = ({ page }: PadPage): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
const isInText = ({ page }: PadPage): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.classList.contains('ProseMirror') ?? false)

/** Goes on with Tab until a control of this name has the focus. */
async function tabTo(pad: PadPage, name: string): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    await pad.page.keyboard.press('Tab')
    if ((await focused(pad)) === name) return
  }
  throw new Error(`Tab does not lead to ${name}`)
}

/** Asks again until the answer is yes. @throws after `limit` ms with what was waited for */
async function untilSo(what: string, ask: () => Promise<boolean>, limit = 10_000): Promise<void> {
  const end = Date.now() + limit
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`waited ${limit} ms for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function menuEntries(page: Page): Promise<string[]> {
  await page.locator('.header').getByRole('button', { name: 'More' }).click()
  const entries = await page.getByRole('menu').locator('.menu-item > span').allTextContents()
  await page.keyboard.press('Escape')
  return entries
}

test('an announcement reaches open pads at once; it is closed by keyboard, until other words stand there', async () => {
  const ada = await person('news', 'Ada')
  const bo = await person('news', 'Bo', DARK)
  expect(await ada.page.locator('.banner').count()).toBe(0)
  expect(await decide('ep_announce', { text: 'Down at noon: https://example.org/status' })).toBe(200)
  await Promise.all([ada, bo].map((pad) => banner(pad, 'Down at noon').waitFor()))
  // What the environment says stands; the administrator cannot decide over it.
  expect(await bo.page.locator('.banner.warning').count()).toBe(1)
  expect(await decide('ep_announce', { kind: 'info' })).toBe(400)
  const link = banner(ada, 'Down').getByRole('link')
  expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
    'https://example.org/status',
    'noopener noreferrer',
  ])
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(bo.page, 'plugins-b-news-dark')

  await ada.page.locator('.home').focus()
  await tabTo(ada, 'Close the announcement')
  await ada.page.keyboard.press('Enter')
  await banner(ada, 'Down').waitFor({ state: 'detached' })
  expect(await isInText(ada)).toBe(true)
  await ada.page.reload()
  await counts(ada, 'words').waitFor()
  expect(await ada.page.locator('.banner').count()).toBe(0)
  await decide('ep_announce', { text: 'Up again', until: new Date(Date.now() + 3_600_000).toISOString() })
  await Promise.all([ada, bo].map((pad) => banner(pad, 'Up again').waitFor()))
  await decide('ep_announce', { until: new Date(Date.now() - 1000).toISOString() })
  await Promise.all([ada, bo].map((pad) => banner(pad, 'Up again').waitFor({ state: 'detached' })))
  expect(await decide('ep_announce', { until: 'tomorrow' })).toBe(400)
  expect(await decide('ep_announce', { text: '', until: null })).toBe(200)
}, 60_000)

test('counts follow what both write, then the selection; all of them are a key away', async () => {
  const ada = await person('counts', 'Ada')
  const bo = await person('counts', 'Bo', DARK)
  await ada.text.focus()
  await press(ada.page, 'Control+a')
  await ada.page.keyboard.type('one two three')
  await counts(bo, '3 words').waitFor()
  await goToEnd(bo)
  await press(bo.page, 'Enter')
  await bo.page.keyboard.type('vier Wörter für Ada')
  // Lines are shown because the file says so.
  await counts(ada, '7 words32 characters2 lines1 min to read').waitFor()
  await ada.text.focus()
  await press(ada.page, 'Control+Home')
  await press(ada.page, 'Shift+Control+ArrowRight')
  await counts(ada, /^1 word selected/).waitFor()

  await ada.page.locator('.countable').focus()
  await ada.page.keyboard.press('Enter')
  const details = ada.page.getByRole('dialog', { name: 'All counts' })
  await details.getByRole('row', { name: 'Words 1 7' }).waitFor()
  await details.getByRole('row', { name: 'Paragraphs 1 2' }).waitFor()
  await ada.page.keyboard.press('Escape')
  await details.waitFor({ state: 'detached' })
  expect(await ada.page.evaluate(() => document.activeElement?.className)).toBe('countable')

  expect(await decide('ep_countable', { wordsPerMinute: 50, words: false })).toBe(200)
  await counts(bo, /^32 characters/).waitFor()
  await decide('ep_countable', { words: null })
  await counts(bo, /^7 words/).waitFor()
  await bo.page.locator('.countable').click()
  await bo.page.getByRole('dialog', { name: 'All counts' }).waitFor()
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(bo.page, 'plugins-b-counts-dark')
  await untilSaved(ada, bo)
}, 60_000)

test('a title is written in the header by keyboard, and stands in every header and tab, also for readers', async () => {
  const ada = await person('plan', 'Ada')
  const bo = await person('plan', 'Bo', DARK)
  await ada.text.focus()
  await ada.page.keyboard.press('F2')
  const field = ada.page.getByRole('textbox', { name: 'Title of this pad' })
  await field.waitFor()
  await picture(ada.page, 'plugins-b-title')
  await ada.page.keyboard.type('Our <b>plan</b>')
  await ada.page.keyboard.press('Enter')
  await heading(bo, 'Our <b>plan</b>').waitFor()
  await bo.page.waitForFunction(() => document.title.startsWith('Our <b>plan</b>'))
  expect(await isInText(ada)).toBe(true)

  await bo.page.locator('.home').focus()
  await bo.page.keyboard.press('F2')
  await bo.page.getByRole('textbox', { name: 'Title of this pad' }).waitFor()
  await bo.page.keyboard.press('Escape')
  expect(await bo.page.evaluate(() => document.activeElement?.classList.contains('home'))).toBe(true)
  await tabTo(bo, 'Change the title')
  await bo.page.keyboard.press('Enter')
  await bo.page.getByRole('textbox', { name: 'Title of this pad' }).fill('Not this')
  await bo.page.keyboard.press('Escape')
  expect(await focused(bo)).toBe('Change the title')
  await heading(bo, 'Our <b>plan</b>').click({ force: true })
  await bo.page.getByRole('textbox', { name: 'Title of this pad' }).fill('Bo’s plan')
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(bo.page, 'plugins-b-title-dark')
  await bo.page.locator('.scroll').click({ position: { x: 300, y: 300 } })
  await heading(ada, 'Bo’s plan').waitFor()

  const boot = (await ada.page.evaluate(() => document.querySelector('#boot')?.textContent)) ?? '{}'
  const { readOnlyId } = JSON.parse(boot) as { readOnlyId: string }
  const reader = await person(readOnlyId, 'Cy')
  await heading(reader, 'Bo’s plan').waitFor()
  expect(await reader.page.getByRole('button', { name: 'Change the title' }).count()).toBe(0)
  expect(await menuEntries(reader.page)).not.toContain('Change the title')
  expect(await menuEntries(ada.page)).toContain('Change the title')
}, 60_000)

test('a title written without network is told afterwards; one that was missed is heard', async () => {
  const ada = await person('away', 'Ada')
  const bo = await person('away', 'Bo')
  await bo.context.setOffline(true)
  await bo.status.filter({ hasText: /offline/i }).waitFor()
  await ada.text.focus()
  await ada.page.keyboard.press('F2')
  await ada.page.keyboard.type('Missed')
  await ada.page.keyboard.press('Enter')
  await heading(ada, 'Missed').waitFor()
  await bo.context.setOffline(false)
  await networkIsBack(bo)
  await heading(bo, 'Missed').waitFor()

  await bo.context.setOffline(true)
  await bo.status.filter({ hasText: /offline/i }).waitFor()
  await bo.text.focus()
  await bo.page.keyboard.press('F2')
  await bo.page.keyboard.type('From afar')
  await bo.page.keyboard.press('Enter')
  await heading(bo, 'From afar').waitFor()
  await bo.context.setOffline(false)
  await networkIsBack(bo)
  await heading(ada, 'From afar').waitFor()
}, 60_000)

test('spell checking is each person’s choice, and the administrator’s for those who chose nothing', async () => {
  // Who made the pad has the choice for everybody as well.
  const bo = await person('spelling', 'Bo', DARK)
  const ada = await person('spelling', 'Ada')
  const checked = ({ page }: PadPage, on: boolean) =>
    page.locator(`.ProseMirror[spellcheck=${String(on)}]`).waitFor()
  await Promise.all([checked(ada, true), checked(bo, true)])
  await ada.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await ada.page.getByRole('menu').getByText('Settings', { exact: true }).click()
  const choice = ada.page.getByRole('combobox', { name: 'Mark misspelt words' })
  await choice.selectOption('On')
  expect(await decide('ep_spellcheck', { disabledByDefault: true })).toBe(200)
  await checked(bo, false)
  await checked(ada, true)
  await choice.selectOption('Off')
  await checked(ada, false)
  expect(await decide('ep_spellcheck', { disabledByDefault: null })).toBe(200)
  await checked(bo, true)
  await checked(ada, false)
  await ada.page.reload()
  await checked(ada, false)
})

test('printing: the key for everybody, the menu’s entry where the administrator wants it; on paper the text alone', async () => {
  const ada = await person('paper', 'Ada')
  await ada.page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  expect(await menuEntries(ada.page)).not.toContain('Print')
  await ada.text.focus()
  await ada.page.keyboard.press('Control+p')
  await ada.page.locator('body[data-printed]').waitFor()
  expect(await decide('ep_print', { hideButton: false })).toBe(200)
  await decide('ep_announce', { text: 'Not on paper' })
  await banner(ada, 'Not on paper').waitFor()
  await untilSo('Print is in the menu', async () => (await menuEntries(ada.page)).includes('Print'))
  await ada.page.emulateMedia({ media: 'print' })
  for (const part of ['.header', '.banner', '.foot', '.toolbar'])
    expect([part, await ada.page.locator(part).isVisible()]).toEqual([part, false])
  expect(await ada.text.isVisible()).toBe(true)
  await decide('ep_announce', { text: null })
}, 60_000)

test('on a phone everything fits, is met by a thumb, and the title is written in the whole header', async () => {
  await decide('ep_announce', {
    text: 'Maintenance on Saturday from 9 to 10. More at https://example.org/status',
  })
  const ada = await person('phone', 'Ada', { ...PHONE, ...DARK })
  const { page } = ada
  const desk = await person('phone', 'Bo')
  const size = async (selector: string) => {
    const box = await page.locator(selector).boundingBox()
    return { width: Math.round(box?.width ?? 0), height: Math.round(box?.height ?? 0) }
  }
  await banner(ada, 'Maintenance').waitFor()
  for (const target of ['.banner button', '.countable', '.title-open'])
    expect([target, (await size(target)).height >= THUMB]).toEqual([target, true])
  await page.locator('.title-open').tap()
  const field = page.getByRole('textbox', { name: 'Title of this pad' })
  await field.fill('A title that is longer than a phone is wide')
  const { width, height } = await size('.title-field')
  expect([width > 300, height >= THUMB]).toEqual([true, true])
  expect(await field.evaluate((input) => Number.parseFloat(getComputedStyle(input).fontSize))).toBe(16)
  await picture(page, 'plugins-b-phone-title')
  await page.keyboard.press('Enter')
  await heading(desk, 'A title that is longer than a phone is wide').waitFor()
  const [title, status] = await Promise.all([
    page.locator('.header h1').boundingBox(),
    ada.status.boundingBox(),
  ])
  expect((title?.y ?? 0) + (title?.height ?? 0)).toBeLessThanOrEqual((status?.y ?? 0) + 1)
  await page.locator('.countable').tap()
  const details = page.getByRole('dialog', { name: 'All counts' })
  const box = await details.boundingBox()
  expect(box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 390).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'plugins-b-phone')
  await decide('ep_announce', { text: null })
}, 60_000)
