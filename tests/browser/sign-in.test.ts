/** Signing in, in real pages: the way to a provider and back, one person on two devices, the way out, doors that are closed. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { padOf, untilSaved, untilShows } from '../support/pad-page.ts'
import type { PadPage } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { startPluginServer } from '../support/plugin-page.ts'
import type { PagePlugin, PluginServer } from '../support/plugin-page.ts'
import { untilAsked } from '../support/wait.ts'

/** A provider that stands on a page of the plugin's own: its links are the people who can sign in, an Ada for each try. */
const COLLEGE = `
  const login = ctx.login({
    id: 'college', label: 'Riverside College',
    begin: ({ state }) => 'plugin/ep_college/door?state=' + encodeURIComponent(state),
  })
  ctx.routes.get('/door', (request, response) => {
    const to = (sub) => 'back?' + new URLSearchParams({ state: request.query.state, sub })
    const link = (sub, words) => '<a href="' + to(sub).replace('&', '&amp;') + '">' + words + '</a> '
    response.type('html').send('<!doctype html><title>College</title>'
      + Array.from({ length: 20 }, (_, at) => link('ada' + at, 'Ada ' + at)).join('') + link('', 'Nobody'))
  })
  ctx.routes.get('/back', async (request, response) => {
    const { state, sub } = request.query
    if (sub === '') return login.declined(request, response, state)
    await login.signIn(request, response, { subject: sub, name: 'Ada Lovelace' }, { state })
  })
`

const PLUGIN: PagePlugin = { name: 'ep_college', title: 'College', shared: '', server: COLLEGE, files: {} }

let open: PluginServer
let closed: PluginServer
let browser: Browser
const people: Visitor[] = []
let tries = 0

beforeAll(async () => {
  open = await startPluginServer(PLUGIN)
  closed = await startPluginServer(PLUGIN, {
    title: 'Riverside pads',
    requireAuthentication: true,
    users: { mira: { password: 'a password', displayname: 'Mira' } },
  })
  browser = await startChromium()
}, 60_000)
beforeEach(() => void (tries += 1))
afterEach(() => Promise.all(people.splice(0).map(({ context }) => context.close())).then(() => undefined))
afterAll(async () => {
  await browser?.close()
  await closed?.close()
  await open?.close()
}, 30_000)

async function person(options: BrowserContextOptions = {}): Promise<Visitor> {
  const one = await visitor(browser, options)
  people.push(one)
  return one
}

async function openPad(one: Visitor, pad: string): Promise<PadPage> {
  await one.page.goto(`${open.url}p/${pad}-${tries}`)
  const page = await padOf(one)
  await untilSaved(page)
  return page
}

/** From the page's menu to the provider, and back. */
async function signIn(pad: PadPage): Promise<void> {
  const { page } = pad
  await page.locator('.header').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Continue with Riverside College' }).click()
  await page.getByRole('link', { name: `Ada ${tries}`, exact: true }).click()
  await untilSaved(await padOf(pad))
}

test('one person on two devices is one author; after signing out the browser is nobody they know', async () => {
  const desk = await openPad(await person(), 'both')
  await desk.text.click()
  await desk.page.keyboard.type('written as a guest')
  await untilSaved(desk)
  await signIn(desk)
  await desk.page.locator('.people-button').click()
  const panel = desk.page.getByRole('complementary', { name: 'People' })
  await panel.getByText('Signed in as Ada Lovelace').waitFor()
  const own = panel.getByRole('textbox', { name: 'Your name' })
  await untilAsked('her name', async () => (await own.inputValue()) === 'Ada Lovelace')
  await picture(desk.page, 'signed-in')
  expect(await seriousFindings(desk.page)).toEqual([])

  const phone = await openPad(
    await person({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }),
    'both',
  )
  await signIn(phone)
  await phone.text.tap()
  await phone.page.keyboard.type('and on the phone: ')
  await untilSaved(phone)
  await untilShows('and on the phone', desk)
  // One author: nobody else is here, for either of them.
  await panel.getByText('Nobody else').first().waitFor()
  const authors = await desk.page.evaluate(
    () => new Set([...document.querySelectorAll('.by')].map((run) => run.getAttribute('data-person'))).size,
  )
  expect(authors).toBeLessThanOrEqual(1)

  await panel.getByRole('link', { name: 'Where you are signed in' }).click()
  await desk.page.getByRole('heading', { name: 'Signed in as Ada Lovelace' }).waitFor()
  await desk.page.getByRole('button', { name: /^Sign out: Chrome/ }).waitFor()
  expect(await desk.page.getByRole('listitem').count()).toBe(2)
  await picture(desk.page, 'signed-in-where')
  expect(await seriousFindings(desk.page)).toEqual([])
  await desk.page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await desk.page.getByText('In this browser you are a guest again.').waitFor()
  // The phone's page is told, and goes on as a guest of its own.
  await phone.page.reload()
  await phone.page.locator('[contenteditable=true]').waitFor()
  await phone.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await phone.page.getByRole('menuitem', { name: 'Sign in' }).waitFor()
  expect([...desk.problems, ...phone.problems]).toEqual([])
}, 90_000)

test('signing out in the page forgets the name this browser knew', async () => {
  const pad = await openPad(await person(), 'out')
  await signIn(pad)
  await pad.page.locator('.people-button').click()
  await pad.page.getByText('Signed in as Ada Lovelace').waitFor()
  await pad.page.getByRole('complementary').getByRole('button', { name: 'Sign out' }).click()
  await pad.page.getByText('Signed in as Ada Lovelace').waitFor({ state: 'detached' })
  await untilSaved(await padOf(pad))
  await pad.page.locator('.people-button').click()
  const name = pad.page.getByRole('textbox', { name: 'Your name' })
  await name.waitFor()
  await untilAsked('no name', async () => (await name.inputValue()) === '')
}, 90_000)

test('who changes their mind at the provider is asked again, and may go on as a guest', async () => {
  const pad = await openPad(await person(), 'mind')
  const { page } = pad
  await page.locator('.header').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Continue with' }).click()
  await page.getByRole('link', { name: 'Nobody' }).click()
  await page.getByRole('link', { name: 'Go on as a guest' }).click()
  await padOf(pad)
  expect(new URL(page.url()).pathname).toBe(`/p/mind-${tries}`)
}, 90_000)

test('where signing in is required: a closed door with a form, by keyboard, by night, on a phone', async () => {
  const one = await person({ colorScheme: 'dark' })
  await one.page.goto(`${closed.url}p/staff-${tries}?lang=en`)
  await one.page.getByRole('heading', { name: 'Sign in to Riverside pads' }).waitFor()
  await picture(one.page, 'sign-in-dark')
  expect(await seriousFindings(one.page)).toEqual([])
  await one.page.getByLabel('Name').focus()
  await one.page.keyboard.type('mira')
  await one.page.keyboard.press('Tab')
  await one.page.keyboard.type('wrong')
  await one.page.keyboard.press('Enter')
  await one.page.getByRole('alert').getByText('What was typed is not right.').waitFor()
  await one.page.getByLabel('Password').fill('a password')
  await one.page.keyboard.press('Enter')
  const pad = await padOf(one)
  await untilSaved(pad)
  expect(one.page.url()).toContain(`/p/staff-${tries}?lang=en`)
  await pad.text.click()
  await one.page.keyboard.type('inside')
  await untilSaved(pad)
  const phone = await person({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  await phone.page.goto(`${closed.url}p/staff-${tries}`)
  const box = await phone.page.getByRole('link', { name: 'Continue with' }).boundingBox()
  expect(box?.height ?? 0).toBeGreaterThanOrEqual(44)
  await picture(phone.page, 'sign-in-phone')
  expect(await seriousFindings(phone.page)).toEqual([])
  // The wrong try is an answer of its own kind, which browsers note.
  expect(one.problems.filter((problem) => !problem.includes('401'))).toEqual([])
}, 90_000)
