/**
 * Pads and boards inside a meeting of another site (tests/support/meeting.ts): its frames start hidden, are sandboxed by
 * some, and must leave the meeting alone. What signs people in there: framed-sign-in.full.test.ts.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, FrameLocator } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { startInkpad } from '../support/inkpad.ts'
import type { InkpadProcess } from '../support/inkpad.ts'
import { startMeeting } from '../support/meeting.ts'
import type { Meeting } from '../support/meeting.ts'
import { untilInk } from '../support/page-asks.ts'
import { openPad, PATIENCE, untilSaved, untilShows } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { freePort } from '../support/free-port.ts'

/** Hosts below `localhost` are loopback to the browser, and sites of their own. */
const MEET = 'meet.darkstar.localhost'
const EVIL = 'evil.elsewhere.localhost'
const LIMIT = 60_000

let inkpad: InkpadProcess
let browser: Browser
let meeting: Meeting

beforeAll(async () => {
  const port = await freePort()
  // To the browser our own host is a site of its own, too.
  meeting = await startMeeting(`http://pads.elsewhere.localhost:${port}/`)
  inkpad = await startInkpad({
    PORT: String(port),
    FRAME_ANCESTORS: `http://${MEET}:${meeting.port}`,
    EP__users__mira__password: 'right one',
  })
  browser = await startChromium()
}, LIMIT)
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
  await meeting?.stop()
}, 30_000)

interface Attendee extends Visitor {
  frame: FrameLocator
  /** Dialogs that were opened; each was closed at once. */
  dialogs: string[]
}

async function attend(url: string): Promise<Attendee> {
  const one = await visitor(browser)
  one.page.setDefaultTimeout(PATIENCE)
  const dialogs: string[] = []
  one.page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await one.page.goto(url)
  return { ...one, frame: one.page.frameLocator('iframe'), dialogs }
}

/** Opens a frame with one of the meeting's buttons and waits until it has loaded, which is when the meeting shows it. */
async function show({ page }: Attendee, button = 'Open shared document'): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await page.locator('iframe').waitFor()
}

let rooms = 0
/** Each try has a room of its own. */
const room = (): string => `meeting room ${Date.now().toString(36)}${rooms++}`.replaceAll(' ', '_')

async function savedIn(frame: FrameLocator): Promise<void> {
  await frame.locator('.status', { hasText: /^\s*Saved\s*$/ }).waitFor({ timeout: PATIENCE })
}

test(
  'D10: a meeting’s frame starts hidden, has the name the meeting gives, and shows the pad and its board',
  async () => {
    const name = room()
    const url = meeting.url(name, { name: 'Ada Lovelace+1' }, MEET)
    const ada = await attend(url)
    await show(ada)
    await ada.frame.locator('.ProseMirror[contenteditable=true]').click()
    await ada.page.keyboard.press('Control+Home')
    await ada.page.keyboard.type('said in the meeting ')
    await savedIn(ada.frame)
    // Its own size counts, not the one it was made with; nothing stands out sideways.
    expect(
      await ada.frame
        .locator('html')
        .evaluate((html) => [html.clientWidth > 700, html.scrollWidth - html.clientWidth]),
    ).toEqual([true, 0])
    expect(
      await ada.frame.locator('.ProseMirror .by', { hasText: 'said in' }).first().getAttribute('data-by'),
    ).toBe('Ada Lovelace+1')
    await picture(ada.page, 'meeting-pad')
    const outside = await openPad(browser, `${inkpad.url}p/${name}`)
    await untilShows('said in the meeting', outside)
    await untilSaved(outside)

    await show(ada, 'Open whiteboard')
    await savedIn(ada.frame)
    const box = await ada.page.locator('iframe').boundingBox()
    await ada.frame.locator('canvas').first().waitFor()
    const [x, y] = [(box?.x ?? 0) + 400, (box?.y ?? 0) + 260]
    await ada.page.mouse.click(x, y)
    await ada.page.keyboard.press('p')
    await ada.page.mouse.move(x, y)
    await ada.page.mouse.down()
    await ada.page.mouse.move(x + 120, y + 60, { steps: 8 })
    await ada.page.mouse.up()
    await untilInk(outside.page, `${name}/board/export/json`)
    await picture(ada.page, 'meeting-board')
    // The meeting stays where it is, and heard nothing.
    expect(ada.page.url()).toBe(url)
    expect(ada.dialogs).toEqual([])
    expect(await ada.page.evaluate('window.heard')).toEqual([])
    expect([...ada.problems, ...outside.problems]).toEqual([])
    await Promise.all([ada.context.close(), outside.context.close()])
  },
  LIMIT,
)

test(
  'P8: in a sandbox without dialogs, downloads and navigation, links and files open beside the meeting',
  async () => {
    const url = meeting.url(room(), { sandbox: true }, MEET)
    const bo = await attend(url)
    await show(bo)
    await bo.frame.locator('.ProseMirror[contenteditable=true]').click()
    await bo.page.keyboard.press('Control+Home')
    const address = meeting.url('elsewhere', {}, MEET)
    await bo.frame.locator('.ProseMirror').evaluate((text, href) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData(
        'text/html',
        `<p>see <a href="${href.replaceAll('&', '&amp;')}">elsewhere</a> there</p>`,
      )
      text.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, address)
    await savedIn(bo.frame)
    const link = bo.frame.locator('.ProseMirror a').first()
    await link.waitFor()
    expect(await link.getAttribute('target')).toBe('_blank')
    expect(await link.getAttribute('rel')).toContain('noopener')
    const [opened] = await Promise.all([
      bo.context.waitForEvent('page'),
      link.click({ modifiers: ['Control'] }),
    ])
    await opened.waitForURL(/elsewhere/)
    expect(await opened.evaluate(() => window.opener === null)).toBe(true)
    await opened.close()

    // A file, for which the sandbox lets nobody ask from inside, and what has no place in a meeting.
    const download = new Promise<string>((resolve) => {
      bo.context.on('page', (tab) => tab.on('download', (file) => resolve(file.suggestedFilename())))
    })
    await bo.frame.getByRole('button', { name: 'More', exact: true }).last().click()
    await bo.frame.getByRole('menuitem', { name: 'Export…' }).click()
    const dialog = bo.frame.getByRole('dialog', { name: 'Export' })
    await dialog.locator('label', { hasText: 'Markdown' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    expect(await download).toMatch(/\.md$/)
    await bo.frame.getByRole('button', { name: 'More', exact: true }).last().click()
    const [printed] = await Promise.all([
      bo.context.waitForEvent('page'),
      bo.frame.getByRole('menuitem', { name: 'Print' }).click(),
    ])
    await printed.waitForURL(/\/p\//)
    await printed.close()
    const [home] = await Promise.all([
      bo.context.waitForEvent('page'),
      bo.frame.getByRole('link', { name: 'Start page' }).first().click(),
    ])
    await home.waitForURL(`**:${inkpad.port}/`)
    await home.close()
    // No frame of another site may use the clipboard's own interface.
    await bo.frame.getByRole('button', { name: 'Share' }).click()
    await bo.frame.getByRole('dialog').getByRole('button', { name: 'Copy' }).first().click()
    await bo.frame.getByText('Copied', { exact: true }).first().waitFor()
    expect(bo.page.url()).toBe(url)
    expect(bo.dialogs).toEqual([])
    await bo.context.close()
  },
  LIMIT,
)

test(
  'Attack B6: a meeting that is not on the list shows a page in the pad’s place, and of signing in and the administration nothing',
  async () => {
    const name = room()
    const outside = await attend(meeting.url(name, {}, EVIL))
    await show(outside)
    await outside.frame.getByRole('heading', { name: 'This page cannot be shown here' }).waitFor()
    expect(await outside.frame.locator('.ProseMirror, #app, form').count()).toBe(0)
    for (const path of ['admin/', 'login', 'account']) {
      await outside.page.goto(meeting.url(name, { path }, EVIL))
      const refused = outside.page.waitForEvent('console', {
        predicate: (message) => /frame-ancestors/.test(message.text()),
        timeout: PATIENCE,
      })
      await show(outside)
      await refused
      expect([path, await outside.frame.locator('main, form').count()]).toEqual([path, 0])
    }
    await outside.context.close()
  },
  LIMIT,
)

test(
  'Attack B7: what another origin says to a page of ours is not heard, and no code is taken from it',
  async () => {
    const mallory = await attend(meeting.url(room(), { path: 'login?next=p%2Fx&framed=1' }, MEET))
    const sent: string[] = []
    mallory.page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url())
    })
    await show(mallory)
    await mallory.frame.locator('[data-frame] form').first().waitFor()
    await mallory.frame.locator('script[src$="login.js"]').waitFor({ state: 'attached' })
    await mallory.page.evaluate(() => {
      const frame = document.querySelector('iframe')?.contentWindow
      for (const message of [{ inkpadLogin: 'stolen.code' }, 'inkpad-login-taken'])
        frame?.postMessage(message, '*')
    })
    // A message behind the others was dealt with after them.
    const heard = mallory.frame.locator('body').evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('message', ({ data }) => data === 'the last one' && resolve(data))
        }),
    )
    await mallory.page.evaluate(() => {
      const tell = (): void =>
        document.querySelector('iframe')?.contentWindow?.postMessage('the last one', '*')
      tell()
      setInterval(tell, 50)
    })
    expect(await heard).toBe('the last one')
    expect(sent).toEqual([])
    expect(await mallory.page.evaluate('window.heard')).toEqual([])
    // The same words from our own origin are taken, so it is the origin that counts.
    const taken = mallory.page.waitForRequest((request) => request.url().endsWith('/login/handed'), {
      timeout: PATIENCE,
    })
    await mallory.frame
      .locator('body')
      .evaluate(() => window.postMessage({ inkpadLogin: 'stolen.code' }, location.origin))
    expect((await taken).method()).toBe('POST')
    await mallory.context.close()
  },
  LIMIT,
)

test(
  'G13: another system opens a pad of its group in a frame for its own person, whom nobody asks anything; others stay out',
  async () => {
    const apikey = (await readFile(path.join(inkpad.folder, 'APIKEY.txt'), 'utf8')).trim()
    const call = async (name: string, given: Record<string, string> = {}): Promise<string> => {
      const body = new URLSearchParams({ apikey, ...given })
      const answer = await fetch(`${inkpad.url}api/1.2.14/${name}`, { method: 'POST', body })
      const { data } = (await answer.json()) as { data: Record<string, string> }
      return Object.values(data)[0] ?? ''
    }
    const group = await call('createGroupIfNotExistsFor', { groupMapper: 'course 7' })
    const pad = await call('createGroupPad', { groupID: group, padName: room(), text: 'Of the course' })
    const author = await call('createAuthorIfNotExistsFor', { authorMapper: '42', name: 'Ada of the course' })
    const validUntil = String(Math.floor(Date.now() / 1000) + 3600)
    const session = await call('createSession', { groupID: group, authorID: author, validUntil })
    const way = new URLSearchParams({ sessionID: session, padName: pad, showChat: 'false' })
    const url = meeting.url('course', { path: `auth_session?${way.toString()}` }, MEET)
    const ada = await attend(url)
    await show(ada)
    await ada.frame.locator('.ProseMirror[contenteditable=true]', { hasText: 'Of the course' }).click()
    await ada.page.keyboard.press('Control+Home')
    await ada.page.keyboard.type('written by the session ')
    await savedIn(ada.frame)
    const words = ada.frame.locator('.ProseMirror .by', { hasText: 'written by the session' }).first()
    expect(await words.getAttribute('data-by')).toBe('Ada of the course')
    expect(await words.getAttribute('data-author')).toBe(author)
    await picture(ada.page, 'meeting-group')
    // Nobody else gets in, and she not longer than her session is there.
    const other = await visitor(browser)
    const answer = await other.page.goto(`${inkpad.url}p/${encodeURIComponent(pad)}`)
    expect([answer?.status(), await other.page.locator('.ProseMirror').count()]).toEqual([403, 0])
    await fetch(`${inkpad.url}api/1.2.14/deleteSession`, {
      method: 'POST',
      body: new URLSearchParams({ apikey, sessionID: session }),
    })
    await ada.frame.locator('.ProseMirror[contenteditable=true]').waitFor({ state: 'detached' })
    expect(ada.dialogs).toEqual([])
    await Promise.all([ada.context.close(), other.context.close()])
  },
  LIMIT,
)
