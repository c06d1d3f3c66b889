import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, openPad, type PadPage, selectBack, untilSaved, untilStatus } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const SCREENS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { ...PHONE, colorScheme: 'light' }],
  ['dark phone', { ...PHONE, colorScheme: 'dark' }],
]

let inkpad: InkpadProcess
let browser: Browser
let writer: PadPage

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  writer = await openPad(browser, `${inkpad.url}p/axe?userName=Ada&userColor=%233f7d3f`)
  const { page } = writer
  await goToEnd(writer)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+.')
  await page.keyboard.type('A quotation')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Alt+0')
  await page.keyboard.type('words with a link')
  await selectBack(writer, 'a link'.length)
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Address' }).waitFor()
  await page.keyboard.type('example.org')
  await page.keyboard.press('Enter')
  await goToEnd(writer)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+9')
  await page.keyboard.type('a task')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+L')
  await page.keyboard.type('a point with ')
  await page.keyboard.press('Control+e')
  await page.keyboard.type('code')
  await untilSaved(writer)
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

async function openFromMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}

describe.each(SCREENS)('%s', (screen, options) => {
  test('the start page has no serious finding', async () => {
    const { context, page } = await visitor(browser, options)
    await page.goto(inkpad.url)
    await page.getByRole('textbox').waitFor()
    await picture(page, `axe-home-${screen}`)
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  }, 60_000)

  test('nor has a pad, with its panels, menus and dialogs, offline and to read', async () => {
    const pad = await openPad(browser, `${inkpad.url}p/axe?userName=Bo`, options)
    const { page } = pad
    const found: Record<string, string[]> = {}
    const look = async (what: string): Promise<void> => {
      await picture(page, `axe-${what}-${screen}`)
      const findings = await seriousFindings(page)
      if (findings.length > 0) found[what] = findings
    }
    await untilSaved(pad)
    await look('pad')
    await page.getByRole('button', { name: /here$/ }).click()
    await page.locator('.panel').getByRole('heading', { name: 'People' }).waitFor()
    await look('people')
    await page.locator('.panel').getByRole('button', { name: 'Close' }).click()
    await openFromMenu(page, 'Settings')
    await page.locator('.panel').getByRole('heading', { name: 'Settings' }).waitFor()
    await look('settings')
    await page.locator('.panel').getByRole('button', { name: 'Close' }).click()
    await openFromMenu(page, 'Share')
    await page.getByRole('dialog').getByText('Put it into a page').click()
    await look('share')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await openFromMenu(page, 'Keyboard shortcuts')
    await page.getByRole('dialog').waitFor()
    await look('help')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await look('menu')
    await page.keyboard.press('Escape')
    // A phone shows the rest in the same colours.
    if (options.isMobile === true) {
      expect(found).toEqual({})
      await pad.context.close()
      return
    }
    await pad.tools.getByRole('button', { name: /^Line style/ }).click()
    await look('style')
    await page.keyboard.press('Escape')
    await goToEnd(pad)
    await selectBack(pad, 2)
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: 'Address' }).waitFor()
    await look('link')
    await page.keyboard.press('Escape')
    await pad.context.setOffline(true)
    await page.getByText('Go on writing.').waitFor()
    await look('offline')
    await pad.context.setOffline(false)
    const id = await page.evaluate(
      () => /"readOnlyId": ?"([^"]+)"/.exec(document.getElementById('boot')?.textContent ?? '')?.[1],
    )
    await page.goto(`${inkpad.url}p/${id}`)
    await untilStatus(pad, 'Read only')
    await look('read-only')
    expect(found).toEqual({})
    await pad.context.close()
  }, 90_000)
})
