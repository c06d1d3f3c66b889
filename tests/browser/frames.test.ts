/**
 * Who may show a pad in a frame, and what others see there, in Chromium (SPEC-embedding, Attack B6). Hosts below
 * `localhost` are loopback to the browser, count as secure, and are sites by their last two names.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import { freePort } from '../support/free-port.ts'
import { startInkpad } from '../support/inkpad.ts'
import type { InkpadProcess } from '../support/inkpad.ts'
import { startMeeting } from '../support/meeting.ts'
import type { Meeting, MeetingWish } from '../support/meeting.ts'
import { PATIENCE } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

/** Of our own site, of others; the last two are not on the list. */
const MEET = 'meet.darkstar.localhost'
const SCHOOL = 'school.elsewhere.localhost'
const NEIGHBOUR = 'evil.darkstar.localhost'
const EVIL = 'evil.elsewhere.localhost'
const OWN = 'pads.darkstar.localhost'
const LIMIT = 90_000

let inkpad: InkpadProcess
let browser: Browser
let meeting: Meeting
let pads: string
/** Whoever sees nothing of ours, and gets no cookie, is the same person each time. */
let stranger: Page | undefined

beforeAll(async () => {
  const port = await freePort()
  pads = `http://${OWN}:${port}/`
  meeting = await startMeeting(pads)
  inkpad = await startInkpad({
    PORT: String(port),
    FRAME_ANCESTORS: `http://${MEET}:${meeting.port} http://${SCHOOL}:${meeting.port}`,
  })
  // A host that is another machine to the browser, so that plain http is plain to it.
  browser = await startChromium(['--host-resolver-rules=MAP pads.plain.example 127.0.0.1'])
}, LIMIT)
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
  await meeting?.stop()
}, 30_000)

/** The frame that the meeting made. */
const frameIn = (page: Page): Frame | undefined =>
  page.frames().find((one) => /\/room/.test(one.parentFrame()?.url() ?? ''))

/** What stands in it: the pad, our small page, or what the browser shows in place of a page it refuses. */
async function shownIn(page: Page): Promise<string> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await wait(30)) {
    const frame = frameIn(page)
    if (frame?.url().startsWith('chrome-error:') === true) return 'refused'
    // On its way from one page to another there is nothing to ask.
    const there = (what: string): Promise<boolean> =>
      frame === undefined
        ? Promise.resolve(false)
        : frame
            .locator(what)
            .isVisible()
            .catch(() => false)
    if (await there('.ProseMirror[contenteditable=true]')) return 'pad'
    if (await there('main[data-on]')) return 'ours'
  }
  return `nothing: ${frameIn(page)?.url()}`
}

let rooms = 0
const address = (host: string, wish: MeetingWish): string =>
  meeting.url(`room${Date.now().toString(36)}${rooms++}`, { now: true, ...wish }, host)

async function someone(options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await visitor(browser, options)
  page.setDefaultTimeout(PATIENCE)
  return page
}

async function open(host: string, wish: MeetingWish, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await someone(options)
  await go(page, host, wish)
  return page
}

async function go(page: Page, host: string, wish: MeetingWish): Promise<void> {
  // A page of our own origin, such as a meeting on the same host is.
  if (host === OWN)
    await page.route(`${pads}room**`, async (route) => {
      const there = route.request().url().replace(pads, `http://127.0.0.1:${meeting.port}/`)
      await route.fulfill({ contentType: 'text/html', body: await (await fetch(there)).text() })
    })
  await page.goto(address(host === OWN ? new URL(pads).host : host, wish))
}

// A listed page of our own site, and one with a sandbox: meeting.test.ts.
test.each<[string, string, string, MeetingWish]>([
  ['a page of our own origin', 'pad', OWN, {}],
  ['a listed page of another site', 'pad', SCHOOL, {}],
  ['a listed page that says nothing of itself', 'pad', SCHOOL, { referrer: false }],
  ['a listed page in a listed page', 'pad', MEET, { around: [SCHOOL] }],
  ['our own origin in a listed page of another site', 'pad', OWN, { around: [SCHOOL] }],
  ['a page of another site', 'ours', EVIL, {}],
  ['a page of our site that is not listed', 'ours', NEIGHBOUR, {}],
  ['an unlisted page that says nothing of itself', 'ours', EVIL, { referrer: false }],
  ['a page of another site, in a sandbox', 'ours', EVIL, { sandbox: true }],
  // Nothing of ours runs there, the page's own script neither.
  ['a page of another site, in a sandbox without an origin', 'ours', EVIL, { sandbox: 'allow-scripts' }],
  ['an unlisted page in a listed page', 'ours', EVIL, { around: [SCHOOL] }],
  ['our own origin in an unlisted page of another site', 'ours', OWN, { around: [EVIL] }],
  ['a listed page of our site in an unlisted one of another', 'ours', MEET, { around: [EVIL] }],
  // No request says who is further up on the same site: the browser alone refuses.
  ['our own origin in an unlisted page of our site', 'refused', OWN, { around: [NEIGHBOUR] }],
  ['a listed page of another site in an unlisted one', 'refused', SCHOOL, { around: [EVIL] }],
])(
  'EM1 to EM5, Attack B6: %s shows %s',
  async (_what, shown, host, wish) => {
    const page = shown === 'pad' ? await someone() : (stranger ??= await someone())
    await go(page, host, wish)
    expect(await shownIn(page)).toBe(shown)
    const frame = frameIn(page)
    if (shown !== 'pad') expect(await frame?.locator('.ProseMirror, #app').count()).toBe(0)
    if (shown === 'ours') {
      const line = await frame?.locator('[data-variable]').innerText()
      expect(line).toMatch(/^FRAME_ANCESTORS="http:\S+ http:\S+ http:\S*evil\.\S+"$/)
      expect(await page.context().cookies(pads)).toEqual([])
    }
    if (shown === 'pad') await page.context().close()
  },
  LIMIT,
)

test(
  'EM4, EM6, EM8: the small page hands on what the address asks for, and its button opens the page beside the frame',
  async () => {
    const path = `p/named${Date.now().toString(36)}?userName=Ada+Lovelace%2B1&showChat=false#L1`
    const listed = await open(SCHOOL, { path, referrer: false })
    expect(await shownIn(listed)).toBe('pad')
    const frame = frameIn(listed)
    expect(frame?.url()).toBe(`${pads}${path.replace('#', '&inFrame=1#')}`)
    await frame?.locator('.ProseMirror').click()
    await listed.keyboard.type('in the frame')
    await frame
      ?.locator('.ProseMirror .by[data-by="Ada Lovelace+1"]', { hasText: 'in the frame' })
      .first()
      .waitFor()
    await frame?.locator('.status', { hasText: /^\s*Saved\s*$/ }).waitFor()

    for (const [sandbox, options] of [
      [true, { viewport: { width: 1000, height: 700 }, colorScheme: 'light' }],
      [false, { viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'de-DE' }],
    ] as const) {
      const refused = await open(EVIL, { path, sandbox }, options)
      expect(await shownIn(refused)).toBe('ours')
      await picture(refused, `frames-refused-${options.colorScheme}`)
      const [opened] = await Promise.all([
        refused.context().waitForEvent('page'),
        frameIn(refused)
          ?.getByRole('link', { name: /Open in a new tab|In neuem Tab öffnen/ })
          .click(),
      ])
      await opened.locator('.ProseMirror', { hasText: 'in the frame' }).waitFor({ timeout: PATIENCE })
      expect(opened.url()).toBe(pads + path)
      expect(await opened.evaluate(() => window.opener === null)).toBe(true)
      await refused.context().close()
    }
    await listed.context().close()
  },
  LIMIT,
)

test(
  'EM2: over plain http, where browsers do not say what they ask for, the policy alone refuses, and lets in who is listed',
  async () => {
    const path = pads.replace(OWN, 'pads.plain.example') + `p/plain${Date.now().toString(36)}`
    for (const [host, shown] of [
      [EVIL, 'refused'],
      [SCHOOL, 'pad'],
    ] as const) {
      const page = await open(host, { path })
      expect([host, await shownIn(page)]).toEqual([host, shown])
      await page.context().close()
    }
  },
  LIMIT,
)

test(
  'EM6: the worker for visits without a network keeps the pad it had, whatever a frame of a neighbour got',
  async () => {
    const { context, page } = await visitor(browser)
    page.setDefaultTimeout(PATIENCE)
    const pad = `${pads}p/kept${Date.now().toString(36)}`
    await page.goto(pad)
    await page.locator('.status', { hasText: /^\s*Saved\s*$/ }).waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.reload()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.locator('.ProseMirror').waitFor()
    await page.goto(address(NEIGHBOUR, { path: new URL(pad).pathname.slice(1) }))
    expect(await shownIn(page)).toBe('ours')
    await context.setOffline(true)
    await page.goto(pad)
    await page.locator('.ProseMirror').waitFor()
    await context.close()
  },
  LIMIT,
)
