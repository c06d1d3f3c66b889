/** A pad saved as a file, by its people (SPEC-formats F30 to F35). */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { openPad, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

let inkpad: InkpadProcess
let browser: Browser

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

test('F30, F35: from the menu, by keyboard, the pad is saved as Markdown under its name', async () => {
  const pad = await openPad(browser, `${inkpad.url}p/größe`)
  const { page } = pad
  await pad.text.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Fish & <chips>')
  await untilSaved(pad)
  await page.getByRole('button', { name: 'More', exact: true }).last().click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'export')
  await dialog.getByRole('radio', { name: 'Markdown md' }).focus()
  await page.keyboard.press('ArrowRight')
  await dialog.getByText('opens in any browser').waitFor()
  await page.keyboard.press('ArrowLeft')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).press('Enter'),
  ])
  expect(download.suggestedFilename()).toBe('größe.md')
  expect(await readFile((await download.path()) ?? '', 'utf8')).toBe('Fish & \\<chips\\>\n')
  await dialog.waitFor({ state: 'detached' })
  expect(pad.problems).toEqual([])
}, 60_000)

test('F33: what goes wrong is said, and the dialog stays; on a phone by night every card is a target', async () => {
  const { page } = await openPad(browser, `${inkpad.url}p/phone`, {
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    colorScheme: 'dark',
  })
  await page.route('**/export/**', (route) => route.fulfill({ status: 429, body: '{}' }))
  await page.getByRole('button', { name: 'More', exact: true }).first().tap()
  await page.getByRole('menuitem', { name: 'Export…' }).tap()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.locator('label', { hasText: 'Etherpad' }).tap()
  await dialog.getByText('For another Etherpad').waitFor()
  await dialog.getByRole('button', { name: 'Save' }).tap()
  await dialog.getByRole('alert').filter({ hasText: 'many files at once' }).waitFor()
  for (const card of await dialog.getByRole('radio').all()) {
    const box = await card.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(43.5)
  }
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'export-phone')
}, 60_000)
