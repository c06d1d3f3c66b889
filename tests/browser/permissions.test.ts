/** Who may open a pad, in real browsers: the dialog that decides, who is shut out, the password (SPEC-access L105 to L109). */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { networkIsBack, openPad, openPadFor, type PadPage, padOf, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { openTcpProxy } from '../support/tcp-proxy.ts'
import { untilAsked } from '../support/wait.ts'

let inkpad: InkpadProcess
let browser: Browser
const people: Visitor[] = []
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  // Accounts stand in the settings file.
  await inkpad.kill9()
  const users = { mara: { password: 'a password of mara', displayname: 'Mara Weber' } }
  await writeFile(path.join(inkpad.folder, 'settings.json'), JSON.stringify({ users }))
  await inkpad.start()
}, 60_000)
afterEach(() => Promise.all(people.splice(0).map(({ context }) => context.close())).then(() => undefined))
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** Until the server lets in nobody who only knows the address: the dialog shows a choice before it is taken. */
const untilShut = (url: string): Promise<void> =>
  untilAsked('a closed door', async () => {
    const answer = await fetch(url, { headers: { accept: 'text/html' }, redirect: 'manual' })
    await answer.arrayBuffer()
    return answer.status !== 200
  })

/** A new pad of Ada's, with Bo in it; each try has its own. */
async function twoIn(): Promise<{ ada: PadPage; bo: PadPage; url: string }> {
  const url = `${inkpad.url}p/permitted-${Date.now()}-${++pads}`
  const ada = await openPad(browser, `${url}?userName=Ada`, { colorScheme: 'dark' })
  await untilSaved(ada)
  const bo = await openPad(browser, `${url}?userName=Bo`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  people.push(ada, bo)
  await untilSaved(bo)
  return { ada, bo, url }
}

async function share(page: Page): Promise<Locator> {
  const button = page.getByRole('button', { name: 'Share' }).filter({ visible: true })
  if ((await button.count()) > 0) await button.first().click()
  else {
    // On a phone it stands in the menu.
    await page.getByRole('button', { name: 'More' }).first().click()
    await page.getByRole('menuitem', { name: 'Share' }).click()
  }
  const dialog = page.getByRole('dialog', { name: /Share/ })
  await dialog.getByText(/Who may open it|decides who may open/).waitFor()
  return dialog
}

const closed = async (page: Page): Promise<void> => {
  await page.locator('.ending h1').waitFor()
}

test('L105, L108, L115: who may read no more is told at once and keeps the text; the password opens the pad again', async () => {
  const { ada, bo, url } = await twoIn()
  const dialog = await share(ada.page)
  await dialog.getByLabel('Everybody who knows the address').selectOption('none')
  await closed(bo.page)
  expect(await bo.page.locator('.ending textarea').inputValue()).toContain('Welcome')
  await dialog.getByLabel('Whoever knows the password').selectOption('write')
  await dialog.getByLabel('Password', { exact: true }).fill('tulip')
  await dialog.getByRole('button', { name: 'Set' }).click()
  await dialog.getByText('A password has 6 to 200 characters.').waitFor()
  await dialog.getByLabel('Password', { exact: true }).fill('tulips in May')
  await dialog.getByRole('button', { name: 'Set' }).click()
  await dialog.getByText('A password is set.').waitFor()
  await picture(ada.page, 'share-dark')
  expect(await seriousFindings(ada.page)).toEqual([])

  await bo.page.reload()
  const field = bo.page.getByLabel('Password')
  await field.fill('roses')
  await picture(bo.page, 'password-phone')
  expect(await seriousFindings(bo.page)).toEqual([])
  await field.press('Enter')
  await bo.page.getByRole('alert').filter({ hasText: 'This is not the password.' }).waitFor()
  await field.fill('tulips in May')
  await field.press('Enter')
  await padOf(bo)
  await bo.page.locator('[contenteditable=true]').waitFor()
  expect(bo.page.url().startsWith(url)).toBe(true)
  await picture((await share(bo.page)).page(), 'share-other-phone')

  await dialog.getByLabel('Whoever knows the password').selectOption('none')
  await closed(bo.page)

  // A new link to read: who reads by the old one is out, and the dialog shows the new one.
  const link = dialog.getByRole('textbox', { name: 'Link to read' })
  const first = await link.inputValue()
  const reader = await openPad(browser, first)
  people.push(reader)
  await reader.page.locator('.ProseMirror[contenteditable=false]').waitFor()
  await dialog.getByRole('button', { name: 'New link to read' }).click()
  await closed(reader.page)
  await ada.page.getByText('There is a new link to read.').first().waitFor()
  await untilAsked('the new link', async () => (await link.inputValue()) !== first)
  expect(await link.inputValue()).toMatch(/\/r\.[0-9a-f]{32}$/)
  expect(ada.problems).toEqual([])
}, 120_000)

test('L108: what somebody typed while they were away and may write no more is not taken, and offered to take along', async () => {
  const url = `p/revoked-${Date.now()}-${++pads}`
  const ada = await openPad(browser, `${inkpad.url}${url}?userName=Ada`)
  people.push(ada)
  await untilSaved(ada)
  const proxy = await openTcpProxy(inkpad.port)
  try {
    const bo = await openPad(browser, `http://127.0.0.1:${proxy.port}/${url}?userName=Bo`)
    people.push(bo)
    await untilSaved(bo)
    proxy.cut(true)
    await bo.text.click()
    await bo.page.keyboard.type('typed in vain ')
    const dialog = await share(ada.page)
    await dialog.getByLabel('Everybody who knows the address').selectOption('none')
    await dialog.getByText('The address alone does not open it.').waitFor()
    await untilShut(`${inkpad.url}${url}`)
    proxy.restore()
    await networkIsBack(bo)
    await closed(bo.page)
    expect(await bo.page.locator('.ending textarea').inputValue()).toContain('typed in vain')
    expect(await ada.text.innerText()).not.toContain('typed in vain')
  } finally {
    await proxy.close()
  }
}, 120_000)

test('L102, L108, L109: a named reader becomes a writer, and the owner', async () => {
  const { ada, bo } = await twoIn()
  const dialog = await share(ada.page)
  await dialog.getByLabel('Everybody who knows the address').selectOption('read')
  await bo.page.locator('.ProseMirror[contenteditable=false]').waitFor()
  await bo.page.reload()
  await bo.page.locator('.ProseMirror[contenteditable=false]').waitFor()
  await dialog.getByLabel('Add somebody').fill('Bo')
  await dialog.getByRole('button', { name: 'Add Bo' }).click()
  await bo.page.locator('.ProseMirror[contenteditable=true]').waitFor()
  await dialog.getByLabel(/^Bo/).selectOption({ label: 'Give the pad away' })
  await dialog.getByRole('button', { name: 'Give it' }).click()
  await dialog.getByText('Bo decides who may open this pad.').waitFor()
  const his = await share(bo.page)
  await his.getByLabel(/^Ada/).waitFor()
  await picture(bo.page, 'share-owner-phone')
  expect(await seriousFindings(bo.page)).toEqual([])
}, 120_000)

test('L105: a browser that keeps no cookie proves by its ticket that it gave the password', async () => {
  const { ada, url } = await twoIn()
  const dialog = await share(ada.page)
  await dialog.getByLabel('Whoever knows the password').selectOption('read')
  await dialog.getByLabel('Password', { exact: true }).fill('tulips in May')
  await dialog.getByRole('button', { name: 'Set' }).click()
  await dialog.getByText('A password is set.').waitFor()
  await dialog.getByLabel('Everybody who knows the address').selectOption('none')
  await untilShut(url)

  const cy = await visitor(browser)
  people.push(cy)
  await cy.page.addInitScript(() =>
    Object.defineProperty(document, 'cookie', { get: () => '', set: () => {} }),
  )
  await cy.context.route('**/*', async (route) => {
    const asked = route.request()
    const body = asked.postDataBuffer()
    const answer = await fetch(asked.url(), {
      method: asked.method(),
      headers: await asked.allHeaders(),
      redirect: 'manual',
      ...(body === null ? {} : { body: new Uint8Array(body) }),
    })
    const left = ['set-cookie', 'content-encoding', 'content-length']
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries([...answer.headers].filter(([name]) => !left.includes(name))),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
  await cy.page.goto(url)
  await cy.page.getByLabel('Password').fill('tulips in May')
  await cy.page.getByRole('button', { name: 'Open' }).click()
  await padOf(cy)
  expect(await cy.context.cookies()).toEqual([])
  // Asked again, it proves itself without the person.
  await openPadFor(cy, url)
  // What is still fetched when the browser goes has nobody to answer.
  await cy.context.unrouteAll({ behavior: 'ignoreErrors' })
}, 120_000)

test('L114: who is signed in finds their pads, opens them, and deletes one after being asked', async () => {
  const mara = await visitor(browser, { colorScheme: 'dark' })
  people.push(mara)
  const { page } = mara
  await page.goto(inkpad.url)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('Name').fill('mara')
  await page.getByLabel('Password').fill('a password of mara')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'My pads' }).waitFor()
  const run = `${Date.now()}`
  for (const name of ['Harbour_stations', 'Minutes_of_May', 'Parts'])
    await untilSaved(await openPadFor(mara, `${inkpad.url}p/${name}-${run}`))
  await page.locator('.header').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'My pads' }).click()
  const rows = page.getByRole('rowheader')
  await rows.filter({ hasText: `Parts-${run}` }).waitFor()
  await picture(page, 'my-pads-dark')
  expect(await seriousFindings(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'light' })
  await picture(page, 'my-pads-phone')
  expect(await seriousFindings(page)).toEqual([])
  await page.setViewportSize({ width: 1100, height: 700 })

  await page.getByLabel('Part of a name').fill(`minutes of may-${run}`.replaceAll(' ', '_'))
  await rows.filter({ hasText: 'Parts' }).first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Delete Minutes of May/ }).click()
  const dialog = page.getByRole('dialog', { name: /for everybody/ })
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await page.getByRole('button', { name: /^Delete Minutes of May/ }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('No pad of that name.').waitFor()
  await page.getByLabel('Part of a name').fill(`Parts-${run}`)
  await page.getByRole('link', { name: `Parts-${run}` }).click()
  await padOf(mara)
  expect(mara.problems).toEqual([])
}, 120_000)
