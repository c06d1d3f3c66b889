/** Accounts of our own in real pages: a person makes one, adds a second factor, and an administrator ends it (SPEC-access AC, AU). */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { codeOf, stepAt } from '../../server/accounts/totp.ts'
import { goToRoom, openAdmin, PASSWORD } from '../support/admin-page.ts'
import { seriousFindings } from '../support/axe.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { startInkpad } from '../support/inkpad.ts'
import type { InkpadProcess } from '../support/inkpad.ts'
import { picture } from '../support/pictures.ts'

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  colorScheme: 'dark',
  hasTouch: true,
}
const KEPT = 'blue kettle on fire'

let inkpad: InkpadProcess
let browser: Browser
const people: Visitor[] = []
let names = 0

beforeAll(async () => {
  inkpad = await startInkpad({
    ADMIN_PASSWORD: PASSWORD,
    ACCOUNTS_ENABLED: 'true',
    ACCOUNTS_SIGN_UP: 'true',
    REQUIRE_AUTHENTICATION: 'true',
  })
  browser = await startChromium()
}, 60_000)
afterEach(() => Promise.all(people.splice(0).map(({ context }) => context.close())).then(() => undefined))
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

async function person(options: BrowserContextOptions = {}): Promise<Visitor> {
  const one = await visitor(browser, options)
  one.page.setDefaultTimeout(20_000)
  people.push(one)
  return one
}

/** From the pad to the choice of ways, to a new account, and into the pad. */
async function signUp(page: Page, pad: string, name: string): Promise<void> {
  await page.goto(`${inkpad.url}p/${pad}`)
  await page.getByRole('link', { name: 'Make an account' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(KEPT)
  await page.getByLabel('Password again').fill(KEPT)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await page.locator('[contenteditable=true]').waitFor()
}

test('AC1, AC23, AC30, AC35, AC36: from a closed pad to an account with a second factor, another name, and its end, on a phone in the dark, by its labels alone', async () => {
  const { page, problems } = await person(PHONE)
  const name = `Ada ${++names}`
  await signUp(page, `first-${names}`, name)
  await page.goto(`${inkpad.url}login`)
  await page.getByRole('link', { name: 'Name, password and second factor' }).click()
  await page.getByRole('button', { name: 'Set up a second factor' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await picture(page, 'account-phone')
  const factor = page.locator('form', { has: page.getByRole('button', { name: 'Set up a second factor' }) })
  await factor.getByLabel('Your password now').fill(KEPT)
  await factor.getByRole('button').click()
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  const secret = (await page.locator('.key').innerText()).replaceAll(' ', '')
  expect(await seriousFindings(page)).toEqual([])
  const step = stepAt(Date.now())
  await page.getByLabel('Code from the app').fill(codeOf(secret, step))
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  const [code = '', second = ''] = await page.locator('.codes code').allInnerTexts()
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await page.getByText('Recovery codes left: 10').waitFor()
  expect(problems).toEqual([])

  // On another device: the password, then a code; what was wanted at first opens in the end.
  const other = (await person()).page
  await other.goto(`${inkpad.url}p/second-${names}`)
  await other.getByLabel('Name').fill(name)
  await other.getByLabel('Password').fill(KEPT)
  await other.getByLabel('Password').press('Enter')
  await other.getByLabel('Code').fill(code)
  expect(await seriousFindings(other)).toEqual([])
  await other.getByLabel('Code').press('Enter')
  await other.locator('[contenteditable=true]').waitFor()
  expect(new URL(other.url()).pathname).toBe(`/p/second-${names}`)

  // Another name, which the pad that is open on the other device shows; then the account ends, and is out there, too.
  await page.getByLabel('Name that others see').fill(`Countess ${names}`)
  await page.getByRole('button', { name: 'Save the name' }).click()
  await page.getByText('Others see this name now.').waitFor()
  await other
    .getByRole('button', { name: /people|person/i })
    .first()
    .click()
  await other.getByLabel('Your name').waitFor()
  await other.waitForFunction(
    (wanted) => [...document.querySelectorAll('input')].some(({ value }) => value === wanted),
    `Countess ${names}`,
  )
  expect(await other.getByLabel('Your name').inputValue()).toBe(`Countess ${names}`)
  await page.getByRole('link', { name: 'Delete your account' }).click()
  await page.getByText('You own 2 pads.').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await picture(page, 'account-delete-phone')
  await page.getByLabel('Your password now').fill(KEPT)
  await page.getByLabel('Code from the app').fill(second)
  await page.getByRole('button', { name: 'Delete the account for good' }).click()
  await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor()
  await other.locator('.ending h1').waitFor()
}, 90_000)

test('AC32, AU2: blocked by an administrator, a person is out of the pad they have open, and it stands in the list of what happened', async () => {
  const name = `Bob ${++names}`
  const { page } = await person()
  await signUp(page, `open-${names}`, name)
  const { page: admin, problems } = await openAdmin(browser, inkpad.url)
  people.push({ page: admin, context: admin.context(), problems })
  await goToRoom(admin, 'Accounts')
  await admin.getByRole('button', { name: `More about ${name}` }).click()
  await admin.getByRole('menuitem', { name: 'Block' }).click()
  expect(await seriousFindings(admin)).toEqual([])
  await admin.getByRole('dialog').getByRole('button', { name: 'Block' }).click()
  await admin
    .getByRole('row', { name: new RegExp(name) })
    .getByText('Blocked')
    .waitFor()
  await page.getByText('Your session has ended').waitFor()
  await page.reload()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(KEPT)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('This account is blocked').waitFor()

  await goToRoom(admin, 'What happened')
  await admin.getByRole('row', { name: new RegExp(`Account.*blocked.*${name}`) }).waitFor()
  await admin.getByRole('combobox', { name: 'Kind' }).selectOption('login')
  await admin
    .getByRole('row', { name: /blocked/ })
    .first()
    .waitFor({ state: 'detached' })
  await admin.getByRole('row', { name: new RegExp(`Signed in.*${name}`) }).waitFor()
  expect(await admin.getByRole('row', { name: /blocked/ }).count()).toBe(0)
  expect(await seriousFindings(admin)).toEqual([])
  const download = admin.waitForEvent('download')
  await admin.getByRole('link', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toMatch(/^audit-[\d-]+\.jsonl$/)
  expect(problems).toEqual([])
}, 60_000)

test('AC32: an account made by an administrator opens once with its password, then with the one the person chose', async () => {
  const name = `Cleo ${++names}`
  const { page: admin, problems } = await openAdmin(browser, inkpad.url)
  people.push({ page: admin, context: admin.context(), problems })
  await goToRoom(admin, 'Accounts')
  await admin.getByRole('button', { name: 'New account' }).click()
  await admin.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
  await admin.keyboard.press('Enter')
  await admin.getByRole('heading', { name: `The password of ${name}` }).waitFor()
  const given = await admin.locator('.secret-shown').innerText()
  await admin.getByRole('button', { name: 'Done' }).click()
  await admin.getByRole('row', { name: new RegExp(`${name}.*First password`) }).waitFor()
  const { page } = await person()
  await page.goto(`${inkpad.url}p/made-${names}`)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(given)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('New password', { exact: true }).fill(KEPT)
  await page.getByLabel('New password again').fill(KEPT)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('[contenteditable=true]').waitFor()
  expect(problems).toEqual([])
}, 60_000)
