/** The administration as somebody uses it: the door, what is live, lists, settings, the word to all pads. */
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { atTheDoor, goToRoom, inRoom, openAdmin, PASSWORD, signIn } from '../support/admin-page.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, openPad, PATIENCE, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

let inkpad: InkpadProcess
let browser: Browser
let admin: Visitor
let page: Page
/** What a test started and a failed one would leave running. */
const running: (() => Promise<unknown> | void)[] = []
/** Ends the names that a test gives, so that its second try meets nothing of the first. */
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([
    startInkpad({
      ADMIN_PASSWORD: PASSWORD,
      PRIVACY_PLUGIN_CATALOG: 'false',
    }),
    startChromium(),
  ])
  admin = await openAdmin(browser, inkpad.url)
  page = admin.page
}, 60_000)

afterEach(async () => {
  for (const context of browser.contexts()) if (context !== admin.context) await context.close()
  for (const stop of running.splice(0)) await stop()
}, 30_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** Somebody writes a few words into a pad and goes. */
async function written(pad: string, words: string, name: string): Promise<void> {
  const writer = await openPad(browser, `${inkpad.url}p/${pad}?userName=${name}`)
  await goToEnd(writer)
  await writer.page.keyboard.type(words)
  await untilSaved(writer)
  await writer.context.close()
}

const names = () => page.locator('.records .main .name').allTextContents()
/** Waits until these are the names in the list that end as `ending`. */
const untilNames = (ending: string, wanted: readonly string[]) =>
  page.waitForFunction(
    ([end, words]) =>
      [...document.querySelectorAll('.records .main .name')]
        .map(({ textContent }) => textContent)
        .filter((name) => name?.endsWith(end))
        .join('\n') === words,
    [ending, wanted.join('\n')] as const,
  )
const row = (name: string) => page.getByRole('row').filter({ hasText: name })
const toast = (words: string | RegExp) => page.locator('.toast', { hasText: words }).first().waitFor()

test('A53: the door: a wrong password is told, the right one opens, out is out; the room one wanted waits', async () => {
  const person = await atTheDoor(browser, inkpad.url)
  await person.page.goto(`${inkpad.url}admin/#settings`)
  await signIn(person.page, 'wrong')
  await person.page.getByRole('alert').filter({ hasText: 'Name or password is wrong.' }).waitFor()
  expect(await person.page.getByLabel('Password').evaluate((field) => field === document.activeElement)).toBe(
    true,
  )
  await signIn(person.page)
  await inRoom(person.page, 'Settings')
  await person.page.reload()
  await inRoom(person.page, 'Settings')
  await person.page.getByRole('button', { name: 'Sign out' }).click()
  await person.page.getByLabel('Password').waitFor()
  await person.page.reload()
  await person.page.getByLabel('Password').waitFor()
  // The refusal itself is an error line of the browser's.
  expect(person.problems.filter((problem) => !problem.includes('401'))).toEqual([])
  await person.context.close()
}, 60_000)

test('A53, A8: a session that ends shows the door and says so; signed in again, one is where one was', async () => {
  const person = await openAdmin(browser, inkpad.url)
  await goToRoom(person.page, 'People')
  await person.context.clearCookies()
  await person.page.evaluate(() => {
    location.hash = 'pads'
  })
  await person.page.getByText('You were signed out.').waitFor()
  await signIn(person.page)
  await inRoom(person.page, 'Pads')

  // A5, A8: another administrator ends it, and the page is told without asking for anything.
  await goToRoom(page, 'Accounts')
  const others = page.locator('.admin-sessions tbody tr').filter({ hasNotText: 'this one' })
  await others.first().getByRole('button', { name: 'End the session of admin: Chrome, Linux' }).click()
  await toast('The session is ended')
  await person.page.getByText('You were signed out.').waitFor()
  await picture(page, 'admin-accounts')
  await page.locator('.admin-sessions tr', { hasText: 'this one' }).waitFor()
  await person.context.close()
}, 60_000)

test('A1: without an administrator the page says how to make one', async () => {
  const other = await startInkpad()
  running.push(() => other.remove())
  const { page: closed, problems } = await visitor(browser)
  await closed.goto(`${other.url}admin/`)
  await closed.getByRole('heading', { name: 'There is no administrator yet' }).waitFor()
  await closed.getByText('ADMIN_PASSWORD=').waitFor()
  expect(await closed.getByLabel('Password').count()).toBe(0)
  await picture(closed, 'admin-nobody')
  expect(problems).toEqual([])
}, 60_000)

test('A51: the overview is live while somebody writes', async () => {
  const before = admin.problems.length
  await goToRoom(page, 'Overview')
  const figure = (name: string) =>
    page.locator('.figure', { has: page.getByRole('heading', { name }) }).locator('strong')
  await figure('People here').filter({ hasText: /^0$/ }).waitFor()
  const writer = await openPad(browser, `${inkpad.url}p/live?userName=Ada`)
  await goToEnd(writer)
  await figure('People here').filter({ hasText: /^1$/ }).waitFor()
  await figure('Open pads').filter({ hasText: /^1$/ }).waitFor()
  const edits = figure('Edits each second')
  let seen = await edits.textContent()
  for (const end = Date.now() + PATIENCE; seen === '0' && Date.now() < end; seen = await edits.textContent())
    await writer.page.keyboard.type('words ')
  expect(seen).not.toBe('0')
  await figure('Saved within').filter({ hasText: /ms/ }).waitFor()
  await page.locator('.figure .spark .line').first().waitFor({ state: 'attached' })
  await picture(page, 'admin-overview')
  await page.getByRole('radio', { name: 'Memory' }).click()
  await page.getByRole('img', { name: /^Memory in the last 24 hours: most/ }).waitFor()
  await writer.context.close()
  await figure('People here').filter({ hasText: /^0$/ }).waitFor()
  expect(admin.problems.slice(before)).toEqual([])
}, 60_000)

test('A50: rooms have addresses, the way back leads through them, the heading has the focus', async () => {
  await goToRoom(page, 'Log')
  await goToRoom(page, 'Message')
  await page.waitForFunction(() => document.title.startsWith('Message · '))
  await page.waitForFunction(() => document.activeElement?.localName === 'h1')
  await page.goBack()
  await inRoom(page, 'Log')
  await page.waitForFunction(() => document.title.startsWith('Log · '))
  await page.goForward()
  await inRoom(page, 'Message')
  await page.goto(`${inkpad.url}admin/#pads?search=nothing-has-this-name`)
  await page.getByText('No pad fits.').waitFor()
  expect(await page.getByRole('searchbox').inputValue()).toBe('nothing-has-this-name')
}, 60_000)

test('A20, A21: pads are looked for, sorted and deleted, several at once; who has one open is told', async () => {
  const own = `own${(tries += 1)}`
  const [apple, banana, cherry] = [`apple ${own}`, `banana split ${own}`, `cherry ${own}`] as const
  const all = [apple, banana, cherry]
  for (const pad of all) await written(pad.replaceAll(' ', '_'), 'x '.repeat(pad.length), 'Ada')
  const reader = await openPad(browser, `${inkpad.url}p/${cherry.replaceAll(' ', '_')}`)
  await goToRoom(page, 'Pads')
  await row(cherry).getByText('1', { exact: true }).first().waitFor()

  await page.getByRole('searchbox').fill(`lit_${own}`)
  await untilNames('', [banana])
  await page.getByRole('searchbox').fill('')
  await row(cherry).waitFor()

  await page.getByRole('button', { name: 'Name' }).click()
  await page.locator('th[aria-sort=ascending]', { hasText: 'Name' }).waitFor()
  await untilNames(own, all)
  const shown = await names()
  expect(shown).toEqual(shown.toSorted())
  await page.getByRole('button', { name: 'Name' }).click()
  await untilNames(own, all.toReversed())

  await page.getByRole('button', { name: /^Show: / }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Open now' }).click()
  await untilNames('', [cherry])
  await page.getByRole('button', { name: /^Show: / }).click()
  await page.getByRole('menuitemcheckbox', { name: 'All pads' }).click()

  await page.getByRole('checkbox', { name: `Select ${apple}` }).check()
  await page.getByRole('checkbox', { name: `Select ${cherry}` }).check()
  await page.getByText('2 selected').waitFor()
  await picture(page, 'admin-pads')
  await page.locator('.bulk').getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(cherry).waitFor()
  await picture(page, 'admin-delete')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await page.getByRole('checkbox', { name: `Select ${apple}` }).isChecked()).toBe(true)
  await page.locator('.bulk').getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete 2 pads' }).click()
  await toast('2 pads deleted')
  await untilNames(own, [banana])
  await reader.page
    .getByText('It was deleted', { exact: false })
    .or(reader.page.getByText('deleted'))
    .first()
    .waitFor()
  await reader.context.close()

  await row(banana)
    .getByRole('button', { name: `More about ${banana}` })
    .click()
  await page.getByRole('menuitem', { name: 'Pack its history' }).click()
  await toast(/packed|pack/i)
}, 90_000)

test('A30, A31: people are found with their pads; erasing says why it is off', async () => {
  const grace = `Grace${(tries += 1)}`
  await written(`by-${grace}`, 'hello', grace)
  await goToRoom(page, 'People')
  await page.getByRole('searchbox').fill(grace.slice(1))
  await untilNames('', [grace])
  const more = page.getByRole('button', { name: `More about ${grace}` })
  await more.click()
  await page.getByRole('menuitem', { name: 'Pads they wrote in' }).click()
  await page
    .getByRole('dialog')
    .getByRole('link', { name: `by-${grace}` })
    .waitFor()
  await page.keyboard.press('Escape')
  await more.click()
  await page.getByRole('menuitem', { name: 'Erase what is known' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click()
  await page.getByRole('dialog').getByText('gdprAuthorErasure.enabled').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
}, 60_000)

test('A40, A41: settings show who decided them; the file is checked, saved, and secrets never come', async () => {
  await goToRoom(page, 'Settings')
  await row('users.admin').getByText('ADMIN_PASSWORD').waitFor()
  expect(await page.content()).not.toContain(PASSWORD)
  await page.getByRole('radio', { name: /^All/ }).click()
  await page.getByRole('searchbox').fill('defaultPadText')
  await row('defaultPadText').getByText('default', { exact: true }).waitFor()

  await page.getByRole('radio', { name: 'File' }).click()
  const file = page.getByRole('textbox')
  await file.fill('{\n  "title": "Riverside",\n  "port": "many"\n}')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Line 3, column 3' }).click()
  expect(
    await file.evaluate((box: HTMLTextAreaElement) => box.value.slice(box.selectionStart, box.selectionEnd)),
  ).toBe('"port": "many"')
  await picture(page, 'admin-settings-file')
  await file.fill(`{\n  // by hand, ${(tries += 1)}\n  "title": "Riverside"\n}\n`)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved. It takes effect after the next start of the server.').waitFor()
  expect(await readFile(path.join(inkpad.folder, 'settings.json'), 'utf8')).toContain(`// by hand, ${tries}`)
}, 60_000)

test('P51: a message to all pads reaches an open one, and is taken back', async () => {
  const reader = await openPad(browser, `${inkpad.url}p/told`)
  await goToRoom(page, 'Message')
  await page.getByRole('textbox').fill('We move house at six.')
  await page.getByRole('button', { name: 'Show to everybody' }).click()
  await page.getByText('Shown in all pads').waitFor()
  await reader.page.getByText('We move house at six.').waitFor()
  await page.reload()
  // It stands in the field again, too.
  await page.getByRole('button', { name: 'Take back' }).waitFor()
  expect(await page.getByRole('textbox').inputValue()).toBe('We move house at six.')
  await page.getByRole('button', { name: 'Take back' }).click()
  await reader.page.getByText('We move house at six.').waitFor({ state: 'detached' })
  await reader.context.close()
}, 60_000)

test('A12: the log is live, and can be held and searched', async () => {
  await goToRoom(page, 'Log')
  await page.getByText('Live', { exact: true }).waitFor()
  const stranger = await atTheDoor(browser, inkpad.url)
  await signIn(stranger.page, 'guess')
  const line = page.locator('.log-line.warn', { hasText: 'a wrong password' })
  await line.last().waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  const held = await line.count()
  await signIn(stranger.page, 'guess again')
  await stranger.page.getByRole('alert').waitFor()
  await page.getByRole('button', { name: 'Go on' }).click()
  await line.nth(held).waitFor()
  await page.getByRole('searchbox').fill('no line has this')
  await page.getByText('No line fits.').waitFor()
  await page.getByRole('searchbox').fill('')
  await picture(page, 'admin-log')
  expect(await page.content()).not.toContain('guess again')
  await stranger.context.close()
}, 60_000)

test('A52: the check-up finds the ways open, and leaves no pad behind', async () => {
  await goToRoom(page, 'Check-up')
  await page.getByText('WebSockets come through.').waitFor()
  await page.getByText('The way without WebSockets is open, too.').waitFor()
  await page.getByText('The clocks of this browser and of the server agree.').waitFor()
  await picture(page, 'admin-checkup')
  await page.getByRole('button', { name: 'Check again' }).click()
  await page.locator('.checkup .card[aria-busy=false]').waitFor()
  const pads = await page.evaluate(async () => (await fetch('api/pads?search=check-up')).json())
  expect(pads).toMatchObject({ total: 0 })
}, 60_000)

test('A55: neither a pad nor the start page loads anything of the administration', async () => {
  const { page: other, context } = await visitor(browser)
  const asked: string[] = []
  other.on('request', (request) => asked.push(request.url()))
  await other.goto(inkpad.url)
  await other.getByRole('textbox').waitFor()
  await other.goto(`${inkpad.url}p/light`)
  await other.locator('.ProseMirror[contenteditable=true]').waitFor()
  expect(asked.some((url) => /assets\/pad-/.test(url))).toBe(true)
  expect(asked.filter((url) => /admin/.test(url))).toEqual([])
  await context.close()
}, 60_000)

/** A proxy that takes `/pad` away and knows nothing of WebSockets. */
async function oldProxy(port: number): Promise<{ url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    if (!request.url?.startsWith('/pad/')) {
      response.writeHead(404).end()
      return
    }
    const { method, headers, url } = request
    const options = { port, host: '127.0.0.1', path: url.slice(4), method, headers }
    const onward = http.request(
      { ...options, headers: { ...headers, 'x-forwarded-for': '192.0.2.7' } },
      (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)),
    )
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  server.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n'),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pad/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

test('A11, A12, A52: behind a proxy with a prefix and without WebSockets it is live all the same, and says what is amiss', async () => {
  const other = await startInkpad({ ADMIN_PASSWORD: PASSWORD })
  running.push(() => other.remove())
  const proxy = await oldProxy(other.port)
  running.push(() => proxy.close())
  await Promise.all([1, 2].map(() => openPad(browser, `${proxy.url}p/slow`)))
  const { page: below } = await openAdmin(browser, proxy.url)
  const people = below.locator('.figure', { has: below.getByRole('heading', { name: 'People here' }) })
  await people.getByText('2', { exact: true }).waitFor()
  await below.reload()
  await below.getByText('No WebSocket comes through.').waitFor()
  await below.getByRole('button', { name: 'Show the fix' }).click()
  await below.getByText('location /pad/ {').waitFor()
  await below.getByRole('radio', { name: 'Apache' }).click()
  await below.getByText('<Location /pad/>').waitFor()
  await goToRoom(below, 'Check-up')
  await below.getByText('No WebSocket comes through.').waitFor()
  await below.getByText('The way without WebSockets is open, too.').waitFor()
  await below.getByText('Set TRUST_PROXY=true if').waitFor()
  await goToRoom(below, 'Pads')
  await below.getByRole('link', { name: 'slow' }).click()
  await below.locator('.ProseMirror').waitFor()
  expect(below.url()).toBe(`${proxy.url}p/slow`)
}, 90_000)
