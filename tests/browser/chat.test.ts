/** The chat in real browsers (SPEC-pads P10 to P18). */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { chatOf, withStoreIn } from '../support/chat-panel.ts'
import type { ChatPanel } from '../support/chat-panel.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { networkIsBack, openPad, type PadPage, untilSaved, untilShows } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { RawClient } from '../support/raw-client.ts'
import { isSecondTry } from '../support/second-try.ts'

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

let inkpad: InkpadProcess
let browsers: Browser[] = []
let ada: PadPage
let bo: PadPage
let hers: ChatPanel
let his: ChatPanel
let pads = 0
let longs = 0

/** The two of them in a new pad, with its chat open. */
async function begin(): Promise<void> {
  const [one, two] = browsers as [Browser, Browser]
  pads += 1
  ada = await openPad(one, `${inkpad.url}p/talk${pads}?userName=Ada`, { colorScheme: 'light' })
  bo = await openPad(two, `${inkpad.url}p/talk${pads}?userName=Bo`, { colorScheme: 'dark' })
  hers = chatOf(ada)
  his = chatOf(bo)
  await hers.open()
  await his.open()
}

/** Somebody else in their pad. */
const talk = (query: string) => `${inkpad.url}p/talk${pads}?${query}`

beforeAll(async () => {
  ;[inkpad, ...browsers] = await Promise.all([startInkpad(), startChromium(), startChromium()])
  await begin()
}, 90_000)

beforeEach(async () => {
  if (isSecondTry()) await begin()
}, 60_000)

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()))
  await inkpad?.remove()
}, 30_000)

/** The tab is in the background, or in front again. */
async function hideTab(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    hidden ? 'hidden' : 'visible',
  )
}

/** Keeps what screen readers are told from now on; the page takes it away after a few seconds. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes)
        if (target instanceof Element && target.matches('body, body > [aria-live=polite]'))
          for (const node of addedNodes) document.documentElement.dataset['said'] += `${node.textContent}\n`
    }).observe(document.body, { childList: true, subtree: true })
    document.documentElement.dataset['said'] = ''
  })
}

const heard = (page: Page, words: string): Promise<unknown> =>
  page.waitForFunction((part) => document.documentElement.dataset['said']?.includes(part), words)

test('P1, P10: lines go both ways; addresses are links, everything else is text', async () => {
  await hers.say('Hello <img src=x onerror=alert(1)> at https://example.org/a_(b). 😀')
  await his.shows('Hello <img')
  await his.say('javascript:alert(1) is no link')
  await hers.shows('javascript:alert(1)')
  const link = his.panel.getByRole('link', { name: 'https://example.org/a_(b)' })
  expect(await link.getAttribute('href')).toBe('https://example.org/a_(b)')
  expect(await link.getAttribute('rel')).toContain('noopener noreferrer')
  expect(await hers.panel.getByRole('link').count()).toBe(1)
  expect(await his.panel.locator('.chat-line img').count()).toBe(0)
  expect(await his.panel.locator('.chat-head strong').allTextContents()).toEqual(['Ada', 'You'])
  expect(await his.panel.locator('.chat-day h3').allTextContents()).toEqual(['Today'])
  expect(await his.panel.locator('.chat-head time').first().textContent()).toMatch(/\d:\d\d/)
}, 60_000)

test('P14: screen readers hear the lines of others, not their own', async () => {
  await listen(ada.page)
  await listen(bo.page)
  await hers.say('a word to hear')
  await heard(bo.page, 'Ada in the chat: a word to hear')
  await his.say('and an answer')
  await heard(ada.page, 'Bo in the chat: and an answer')
  expect(await ada.page.evaluate(() => document.documentElement.dataset['said'])).not.toContain('to hear')
}, 60_000)

test('P11: what was not on screen is counted, in the title while the tab is hidden', async () => {
  await his.close()
  await hers.say('one')
  await hers.say('two')
  await bo.page.getByRole('button', { name: 'Chat, 2 new lines' }).waitFor()
  await hideTab(bo.page, true)
  await bo.page.waitForFunction(() => document.title.startsWith('(2) talk'))
  await his.button.click()
  await his.shows('two')
  await hers.say('three')
  await bo.page.waitForFunction(() => document.title.startsWith('(3) talk'))
  await hideTab(bo.page, false)
  await bo.page.waitForFunction(() => document.title.startsWith('talk'))
  await bo.page.getByRole('button', { name: 'Chat', exact: true }).waitFor()
}, 60_000)

test('P12: a line with my name is louder, and leads to the chat', async () => {
  await his.close()
  await hers.say('bo, are you there?')
  await bo.page.getByRole('button', { name: 'Chat, 1 new line, you are mentioned' }).waitFor()
  expect(await his.button.locator('.count').textContent()).toBe('@1')
  const toast = bo.page.locator('.toast').filter({ hasText: 'Ada to you: bo, are you there?' })
  await picture(bo.page, 'chat-mention-dark')
  await toast.getByRole('button', { name: 'Open' }).click()
  await his.shows('are you there?')
  expect(await his.panel.locator('.mentioned mark').textContent()).toBe('bo')
}, 60_000)

test('P13: by keyboard alone: Alt+C, Enter, Shift+Enter, Escape', async () => {
  const { page, text } = bo
  await his.close()
  await text.focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Alt+c')
  await his.field.waitFor()
  await page.keyboard.type('from the')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('keyboard')
  await page.keyboard.press('Enter')
  await hers.shows('from the\nkeyboard')
  expect(await his.field.inputValue()).toBe('')
  await page.keyboard.press('Escape')
  await his.panel.waitFor({ state: 'detached' })
  await page.keyboard.type('back in the text')
  await untilShows('back in the text', ada, bo)
  // What is written and not sent stays where it was.
  await page.keyboard.press('Alt+c')
  await his.field.fill('half a line')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+c')
  expect(await his.field.inputValue()).toBe('half a line')
  await his.field.fill('')
}, 60_000)

test('P4: a line that is too long is not sent, and says by how much', async () => {
  await hers.field.fill('x'.repeat(2003))
  await ada.page.getByText('3 letters too many').waitFor()
  await hers.field.press('Enter')
  expect((await hers.field.inputValue()).length).toBe(2003)
  expect(await ada.page.getByRole('button', { name: 'Send' }).getAttribute('aria-disabled')).toBe('true')
  await hers.field.fill('')
}, 60_000)

test('P15: a line written without a network waits, survives a reload, and stands once', async () => {
  const { page, context } = ada
  await untilSaved(ada, bo)
  await context.setOffline(true)
  await page.locator('.status.warning').waitFor()
  await hers.field.fill('written on a train')
  await hers.field.press('Enter')
  await hers.panel.getByText('Not sent yet').waitFor()
  await picture(page, 'chat-waiting')
  await context.setOffline(false)
  await networkIsBack(ada)
  await his.shows('written on a train')
  await hers.panel.getByText('Not sent yet').waitFor({ state: 'detached' })
  await context.setOffline(true)
  await page.locator('.status.warning').waitFor()
  await hers.field.fill('and kept over a reload')
  await hers.field.press('Enter')
  await hers.panel.getByText('Not sent yet').waitFor()
  await context.setOffline(false)
  await page.reload()
  await his.shows('and kept over a reload')
  await hers.open()
  await hers.shows('and kept over a reload')
  for (const chat of [hers, his])
    for (const words of ['written on a train', 'and kept over a reload'])
      expect(await chat.lines.filter({ hasText: words }).count()).toBe(1)
}, 60_000)

test('P5, P17: older lines come by pages and what is read stays where it is', async () => {
  const pad = `long${(longs += 1)}`
  const socket = new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/${pad}`, { hello: {} })
  await socket.untilSynced()
  await socket.close()
  const yesterday = Date.now() - 86_400_000
  await withStoreIn(inkpad.folder, async (store) => {
    for (let index = 0; index < 120; index++)
      await store.addChat(`p/${pad}`, {
        author: 'a.0000000000000007',
        name: 'Old',
        text: `line ${index}.`,
        time: yesterday + index,
        key: `k${index}`,
      })
  })
  const url = `${inkpad.url}p/${pad}?userName=Cy&alwaysShowChat=true`
  const reader = await openPad(browsers[0] as Browser, url)
  const chat = chatOf(reader)
  await chat.shows('line 119.')
  expect(await chat.lines.count()).toBe(50)
  expect(await chat.panel.locator('.chat-day h3').textContent()).toBe('Yesterday')
  const scroll = chat.panel.locator('.chat-scroll')
  const place = (): Promise<number> =>
    chat.lines
      .filter({ hasText: 'line 70.' })
      .evaluate((line) => Math.round(line.getBoundingClientRect().top))
  const older = chat.panel.getByRole('button', { name: 'Earlier lines' })
  await scroll.evaluate((element) => element.scrollTo(0, 0))
  const before = await place()
  await older.click()
  await chat.shows('line 20.')
  expect(Math.abs((await place()) - before)).toBeLessThan(60)
  await scroll.evaluate((element) => element.scrollTo(0, 0))
  await older.click()
  await chat.shows('line 0.')
  await older.waitFor({ state: 'detached' })
  expect(await chat.lines.count()).toBe(120)
  expect(reader.problems).toEqual([])
  await reader.context.close()
}, 60_000)

test('P16: parameters: no chat, a chat that stays open, people beside it', async () => {
  const [browser] = browsers as [Browser]
  const without = await openPad(browser, talk('showChat=false'))
  await without.page.keyboard.press('Alt+c')
  await without.page.getByRole('button', { name: 'More' }).last().click()
  expect(await chatOf(without).button.count()).toBe(0)
  expect(await without.page.getByRole('menuitem', { name: 'Chat' }).count()).toBe(0)
  await without.context.close()

  await hers.say('for all who come')
  const kept = await openPad(browser, talk('alwaysShowChat=true'))
  const chat = chatOf(kept)
  await chat.shows('for all who come')
  await kept.text.focus()
  await kept.page.keyboard.press('Alt+c')
  await kept.page.keyboard.press('Escape')
  expect(await kept.page.evaluate(() => document.activeElement?.className)).toContain('ProseMirror')
  expect(await chat.panel.isVisible()).toBe(true)
  await kept.page.locator('.people-button').click()
  await kept.page.getByRole('heading', { name: 'People' }).waitFor()
  await kept.page.getByRole('button', { name: 'Close' }).click()
  await chat.panel.waitFor()
  await chat.panel.getByRole('button', { name: 'Close' }).click()
  await chat.panel.waitFor({ state: 'detached' })
  await kept.context.close()

  const both = await openPad(browser, talk('chatAndUsers=true&userName=Di'), {
    colorScheme: 'light',
  })
  await chatOf(both).shows('for all who come')
  await both.page.getByRole('heading', { name: 'People and chat' }).waitFor()
  await both.page.locator('.chat-people .people-list li').first().waitFor()
  await picture(both.page, 'chat-and-people')
  expect(both.problems).toEqual([])
  await both.context.close()
}, 60_000)

test('P18: on a phone the chat is a sheet above the keyboard, with targets for a thumb', async () => {
  await hers.say('for a phone')
  const phone = await openPad(browsers[0] as Browser, talk('userName=Fay&alwaysShowChat=true'), PHONE)
  const { page } = phone
  const chat = chatOf(phone)
  expect(await chat.panel.count()).toBe(0)
  await chat.button.tap()
  await chat.shows('for a phone')
  expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('textarea')
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  const box = await chat.panel.boundingBox()
  expect([box?.x, box?.width, Math.round((box?.y ?? 0) + (box?.height ?? 0))]).toEqual([0, 390, 844])
  expect(box?.height).toBeLessThan(844 * 0.62)
  const small = await chat.panel.locator('button, textarea').evaluateAll(
    (all) =>
      all
        .filter((one) => one.checkVisibility())
        .map((one) => one.getBoundingClientRect())
        .filter(({ width, height }) => width < 43.5 || height < 43.5).length,
  )
  expect(small).toBe(0)
  await page.evaluate(() => document.documentElement.style.setProperty('--keyboard', '300px'))
  const above = await chat.field.boundingBox()
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(844 - 300)
  await page.evaluate(() => document.documentElement.style.setProperty('--keyboard', '0px'))
  await chat.say('from a phone')
  await his.shows('from a phone')
  await picture(page, 'chat-phone')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(phone.problems).toEqual([])
  await phone.context.close()
}, 60_000)

test('P14: a checker of accessibility finds nothing, in light and in dark', async () => {
  await his.open()
  await picture(bo.page, 'chat-dark')
  await picture(ada.page, 'chat-light')
  expect(await seriousFindings(ada.page)).toEqual([])
  expect(await seriousFindings(bo.page)).toEqual([])
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)
