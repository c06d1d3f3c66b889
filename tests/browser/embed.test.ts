/** A pad inside another site's page, and Etherpad's query parameters, with which such pages set it up. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Browser, FrameLocator } from 'playwright-core'
import { startChromium, startOwnBrowser, type Visitor, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, networkIsBack, openPad, PATIENCE, untilSaved, untilShows } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

let inkpad: InkpadProcess
let browser: Browser
let site: Server

beforeAll(async () => {
  site = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://site')
    response.setHeader('content-type', 'text/html')
    response.end(
      `<!doctype html><title>Site</title><h1>A page of another site</h1><iframe src="${inkpad.url}p${pathname}${search.replaceAll('&', '&amp;')}" width="100%" height="500"></iframe>`,
    )
  })
  await new Promise<void>((resolve) => site.listen(0, 'localhost', resolve))
  const FRAME_ANCESTORS = new URL(siteUrl()).origin
  ;[inkpad, browser] = await Promise.all([startInkpad({ FRAME_ANCESTORS }), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
  site?.close()
}, 30_000)

let turn = 0
/** A pad nobody has been in, nor a first try of the same test. */
const fresh = (): string => `framed-${(turn += 1)}`
const pad = (query: string, name = fresh()) => `${inkpad.url}p/${name}?${query}`
const siteUrl = (name = '') => `http://localhost:${(site.address() as AddressInfo).port}/${name}`

/** Who wrote these words, as the framed page marks them. */
async function authorOf(frame: FrameLocator, words: string): Promise<string | null> {
  const span = frame.locator('.ProseMirror .by', { hasText: words }).first()
  await span.waitFor({ timeout: PATIENCE })
  return span.getAttribute('data-author')
}

/** Goes to the page that frames a pad. */
async function visit({ page }: Visitor, name: string): Promise<void> {
  page.setDefaultTimeout(PATIENCE)
  await page.goto(siteUrl(name), { waitUntil: 'commit' })
}

/** The pad in the frame, ready to write. */
async function enterFrame(guest: Visitor): Promise<FrameLocator> {
  const frame = guest.page.frameLocator('iframe')
  const text = frame.locator('.ProseMirror')
  await text.waitFor({ timeout: PATIENCE })
  await text.click()
  await guest.page.keyboard.press('Control+Home')
  return frame
}

async function untilSavedIn(frame: FrameLocator): Promise<void> {
  await frame.locator('.status', { hasText: /^\s*Saved\s*$/ }).waitFor({ timeout: PATIENCE })
}

test('in a frame of another site, where no cookie is kept, somebody writes and stays who they are', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-profile-'))
  const guest = await startOwnBrowser(folder)
  try {
    await visit(guest, fresh())
    const before = await enterFrame(guest)
    await guest.page.keyboard.type('before the reload ')
    await untilSavedIn(before)
    const author = await authorOf(before, 'before the reload')
    expect(author).toMatch(/^a\.\w{16}$/)
    expect(await guest.context.cookies(inkpad.url)).toEqual([])
    await picture(guest.page, 'embed-frame')

    await guest.page.reload({ waitUntil: 'commit' })
    const after = await enterFrame(guest)
    await guest.page.keyboard.type('after it ')
    await untilSavedIn(after)
    expect(await authorOf(after, 'after it')).toBe(author)
    expect(await authorOf(after, 'before the reload')).toBe(author)
    expect(guest.problems).toEqual([])
  } finally {
    await guest.context.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 90_000)

test('a browser that denies a frame cookies and all storage can still write in it', async () => {
  const guest = await visitor(browser)
  const name = fresh()
  await visit(guest, name)
  const frame = await enterFrame(guest)
  await guest.page.keyboard.type('without a memory ')
  await untilSavedIn(frame)
  expect(await authorOf(frame, 'without a memory')).toMatch(/^a\.\w{16}$/)
  const other = await openPad(browser, `${inkpad.url}p/${name}`)
  await untilShows('without a memory', other)
  expect([...guest.problems, ...other.problems]).toEqual([])
}, 90_000)

test('showControls=false leaves the text alone on the page; what is not saved is still said', async () => {
  const bare = await openPad(browser, pad('showControls=false'))
  expect(await bare.page.locator('.header, .toolbar, .keybar').count()).toBe(0)
  await goToEnd(bare)
  await bare.page.keyboard.type(' bare')
  await bare.context.setOffline(true)
  await bare.page.keyboard.type(' and offline')
  await bare.page.locator('.bare-status', { hasText: 'Offline' }).waitFor()
  await picture(bare.page, 'embed-bare')
  await bare.context.setOffline(false)
  await networkIsBack(bare)
  await bare.page.locator('.bare-status').waitFor({ state: 'detached' })
  expect(bare.problems).toEqual([])
}, 90_000)

test('names, colours, line numbers, letters, direction and language are as asked for', async () => {
  const name = fresh()
  const asked = await openPad(
    browser,
    pad(
      'userName=Zo%C3%AB%20%3Cb%3E&userColor=%23ff9900&showLineNumbers=false&useMonospaceFont=true&rtl=true&lang=de',
      name,
    ),
  )
  const other = await openPad(browser, pad('userName=Bo&noColors=true', name))
  await untilSaved(other)
  await goToEnd(asked)
  await asked.page.keyboard.type(' words of Zoe')
  await untilShows('words of Zoe', other)
  const words = asked.text.locator('.by', { hasText: 'words of Zoe' })
  expect(await words.getAttribute('data-by')).toBe('Zoë <b>')
  expect(await words.getAttribute('style')).toMatch(/ff9900|255, 153, 0/)
  expect(await asked.page.locator('#text').getAttribute('data-line-numbers')).toBe(null)
  expect(await asked.text.evaluate((text) => getComputedStyle(text).fontFamily)).toMatch(/mono/i)
  expect(await asked.page.locator('#text').getAttribute('dir')).toBe('rtl')
  expect(await asked.page.locator('html').getAttribute('lang')).toBe('de')
  await asked.page.getByRole('button', { name: 'Fett' }).first().waitFor()
  await asked.status.filter({ hasText: 'Gespeichert' }).waitFor()
  await picture(asked.page, 'embed-asked')

  expect(await other.page.locator('#text').getAttribute('data-line-numbers')).toBe('')
  expect(await other.page.locator('#text').getAttribute('data-authors')).toBe('off')
  expect(
    await other.text
      .locator('.by', { hasText: 'words of Zoe' })
      .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).backgroundColor)),
  ).toEqual(expect.not.arrayContaining([expect.stringMatching(/^(?!rgba\(0, 0, 0, 0\))/)]))
  await other.text.locator('.caret[data-name="Zoë <b>"]').waitFor({ state: 'attached' })
  expect([...asked.problems, ...other.problems]).toEqual([])
}, 90_000)

test('alwaysShowChat, chatAndUsers and what nobody knows are taken without complaint', async () => {
  const both = await openPad(
    browser,
    pad('alwaysShowChat=true&chatAndUsers=true&showChat=false&userColor=nonsense&lang=xx&whatever=1'),
    { viewport: { width: 1400, height: 800 } },
  )
  await both.page.locator('.panel').getByRole('heading', { name: 'People' }).waitFor()
  await untilSaved(both)
  await picture(both.page, 'embed-users')
  expect(both.problems).toEqual([])
}, 90_000)
