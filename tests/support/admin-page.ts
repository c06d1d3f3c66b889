/** The administration in a browser, as the person in front of it uses it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { visitor } from './chromium.ts'
import type { Visitor } from './chromium.ts'
import { PATIENCE } from './pad-page.ts'

/** The password of the tests' administrator. */
export const PASSWORD = 'correct horse battery'

/** Somebody in front of the door. */
export async function atTheDoor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const person = await visitor(browser, options)
  person.page.setDefaultTimeout(PATIENCE)
  await person.page.goto(`${url}admin/`)
  await person.page.getByRole('heading', { level: 1 }).waitFor()
  return person
}

/** Gives the door a password. */
export async function signIn(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** An administrator, signed in. */
export async function openAdmin(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const person = await atTheDoor(browser, url, options)
  await signIn(person.page)
  await inRoom(person.page, 'Overview')
  return person
}

/** Waits until one is in a room. */
export async function inRoom(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
}

/** Goes to a room by the list at the side. */
export async function goToRoom(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Administration' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()
  await inRoom(page, name)
}
