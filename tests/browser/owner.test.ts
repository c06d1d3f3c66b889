/** What a pad's owner may do, and the administrator's word, in real browsers (SPEC-pads P20 to P51). */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Locator } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { chatOf, withStoreIn } from '../support/chat-panel.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { networkIsBack, openPad, openPadFor, type PadPage, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { untilAsked } from '../support/wait.ts'

let inkpad: InkpadProcess
let browser: Browser
let people: PadPage[] = []
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterEach(async () => {
  await Promise.all(people.map(({ context }) => context.close()))
  people = []
  if (!inkpad.alive) await inkpad.start()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** A pad of Ada's, with Bo in it; each try has its own. */
async function twoIn(kind: string): Promise<{ ada: PadPage; bo: PadPage; pad: string }> {
  const pad = `${kind}-${++pads}`
  const ada = await openPad(browser, `${inkpad.url}p/${pad}?userName=Ada`, { colorScheme: 'dark' })
  people.push(ada)
  await untilSaved(ada)
  const bo = await openPad(browser, `${inkpad.url}p/${pad}?userName=Bo`)
  people.push(bo)
  await untilSaved(bo)
  return { ada, bo, pad }
}

/** The open panel of settings. */
async function settingsOf({ page }: PadPage): Promise<Locator> {
  await page.getByRole('button', { name: 'More' }).first().click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  const panel = page.locator('.panel')
  await panel.getByRole('heading', { name: 'Settings' }).waitFor()
  return panel
}

test('P20, P40: who makes a pad decides for everybody: the chat goes for all, and comes back', async () => {
  const { ada, bo } = await twoIn('decided')
  const hers = await settingsOf(ada)
  const everybody = hers
    .locator('section')
    .filter({ has: ada.page.getByRole('heading', { name: 'For everybody' }) })
  const his = await settingsOf(bo)
  expect(await his.getByRole('heading', { name: 'For everybody' }).count()).toBe(0)
  await chatOf(bo).button.waitFor()
  await everybody.getByRole('switch', { name: 'Chat', exact: true }).click()
  await chatOf(bo).button.waitFor({ state: 'detached' })
  await chatOf(ada).button.waitFor({ state: 'detached' })
  await everybody.getByRole('switch', { name: 'Chat', exact: true }).click()
  await chatOf(bo).button.waitFor()
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 90_000)

test("P16: one's own choice hides the chat or keeps it open, for oneself alone", async () => {
  const { ada, bo, pad } = await twoIn('chosen')
  const mine = (await settingsOf(bo)).getByRole('switch', { name: 'Keep the chat open' }).first()
  await mine.click()
  await bo.page.locator('.panel').getByRole('button', { name: 'Close' }).click()
  await chatOf(bo).panel.waitFor()
  await openPadFor(bo, `${inkpad.url}p/${pad}?userName=Bo`)
  await chatOf(bo).panel.waitFor()
  expect(await bo.page.evaluate(() => document.activeElement?.closest('.panel') === null)).toBe(true)
  const panel = await settingsOf(bo)
  await panel.getByRole('switch', { name: 'Chat', exact: true }).first().click()
  await chatOf(bo).button.waitFor({ state: 'detached' })
  await chatOf(ada).button.waitFor()
}, 90_000)

test('P30, P33: the owner deletes; the other is told, and keeps what was written', async () => {
  const { ada, bo, pad } = await twoIn('doomed')
  const his = await settingsOf(bo)
  expect(await his.getByRole('button', { name: 'Delete this pad' }).count()).toBe(0)
  await (await settingsOf(ada)).getByRole('button', { name: 'Delete this pad' }).click()
  const dialog = ada.page.getByRole('dialog', { name: `Delete “${pad}”?` })
  await dialog.waitFor()
  await picture(ada.page, 'delete-dark')
  expect(await seriousFindings(ada.page)).toEqual([])
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await dialog.waitFor({ state: 'detached' })
  await ada.page.getByRole('button', { name: 'Delete this pad' }).click()
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  for (const { page } of [ada, bo]) await page.getByRole('heading', { name: /deleted/i }).waitFor()
  expect(await bo.page.locator('.ending textarea').inputValue()).toContain('Welcome')
  const recent = (): Promise<string | null> => bo.page.evaluate(() => localStorage.getItem('inkpad.recent'))
  await untilAsked('it forgotten', async () => (await recent())?.includes(pad) === false)
}, 90_000)

test('P31: a token is shown once, and deletes from another browser', async () => {
  const { ada, bo, pad } = await twoIn('lent')
  await (await settingsOf(ada)).getByRole('button', { name: 'Deletion token' }).click()
  const making = ada.page.getByRole('dialog', { name: 'Deletion token' })
  await making.getByRole('button', { name: 'Make a token' }).click()
  const token = await making.getByRole('textbox', { name: 'Token' }).inputValue()
  expect(token).toMatch(/^d\.[\w-]{32}$/)
  await picture(ada.page, 'deletion-token-dark')
  await making.getByRole('button', { name: 'Close' }).click()
  await ada.page.getByRole('button', { name: 'Deletion token' }).click()
  await making.getByRole('button', { name: 'Make a token' }).waitFor()
  expect(await making.getByRole('textbox').count()).toBe(0)

  await (await settingsOf(bo)).getByRole('button', { name: 'Delete with a token' }).click()
  const using = bo.page.getByRole('dialog', { name: `Delete “${pad}” with a token` })
  await using.getByRole('textbox', { name: 'Token' }).fill('d.wrong')
  await using.getByRole('button', { name: 'Delete for good' }).click()
  await using.getByText('This is not the token of this pad.').waitFor()
  await using.getByRole('textbox', { name: 'Token' }).fill(token)
  await using.getByRole('button', { name: 'Delete for good' }).click()
  for (const { page } of [ada, bo]) await page.getByRole('heading', { name: /deleted/i }).waitFor()
}, 90_000)

test('P43, P50, P51: a notice comes to open pages, is closed once, and other words show again', async () => {
  const { ada, bo } = await twoIn('told')
  const notice = ({ page }: PadPage): Locator => page.locator('.notice-banner')
  const say = async (words: string): Promise<void> => {
    await inkpad.terminate()
    await withStoreIn(inkpad.folder, (store) => store.saveSetting('notice', words))
    await inkpad.start()
    await networkIsBack(ada, bo)
    await untilSaved(ada, bo)
  }
  await say('Maintenance at noon')
  await notice(ada).filter({ hasText: 'Maintenance at noon' }).waitFor()
  await notice(bo).getByRole('button', { name: 'Close this notice' }).click()
  await notice(bo).waitFor({ state: 'detached' })
  await picture(ada.page, 'notice-dark')
  await bo.page.reload()
  await untilSaved(bo)
  expect(await notice(bo).count()).toBe(0)
  await ada.page.reload()
  await notice(ada).waitFor()
  await say('Maintenance at one')
  await notice(bo).filter({ hasText: 'Maintenance at one' }).waitFor()
  await say('')
  for (const pad of [ada, bo]) await notice(pad).waitFor({ state: 'detached' })
  // The service worker may have asked for its script while the server was down.
  const own = [...ada.problems, ...bo.problems].filter((problem) => !/fetching the script/.test(problem))
  expect(own).toEqual([])
}, 180_000)
