/** The built server with a bundled plugin under settings of a test, people in its pads, and its administrator: for the plugin's own journeys. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { ADMIN_HEADER } from '../../shared/admin.ts'
import { startChromium } from './chromium.ts'
import { type InkpadProcess, startInkpad } from './inkpad.ts'
import { openPad } from './pad-page.ts'
import type { PadPage } from './pad-page.ts'

export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
}
export const DARK = { colorScheme: 'dark' } as const
/** The side of a target that a thumb meets, in CSS pixels (WCAG 2.5.5). */
export const THUMB = 44

const WORD = 'of the administrator'

export interface PluginJourney {
  readonly inkpad: InkpadProcess
  /** Opens a pad as this person. */
  person(pad: string, name: string, options?: BrowserContextOptions): Promise<PadPage>
  /** What the administrator's page sends; the answer's status. */
  admin(what: string, body: unknown): Promise<number>
  /** The administrator decides settings of a plugin; the answer's status. */
  decide(plugin: string, values: Record<string, unknown>): Promise<number>
  /** After each test: everybody goes, and nothing may have gone wrong on their pages. */
  leave(): Promise<void>
  end(): Promise<void>
}

/** Starts it with this settings file and these variables. */
export async function startJourney({
  file = {},
  env = {},
}: {
  file?: Record<string, unknown>
  env?: Record<string, string>
}): Promise<PluginJourney> {
  const [inkpad, browser]: [InkpadProcess, Browser] = await Promise.all([
    startInkpad({ ADMIN_PASSWORD: WORD, ...env }),
    startChromium(),
  ])
  if (Object.keys(file).length > 0) {
    await inkpad.terminate()
    await writeFile(path.join(inkpad.folder, 'settings.json'), JSON.stringify(file))
    await inkpad.start()
  }
  const post = (what: string, body: unknown, cookie: string): Promise<Response> =>
    fetch(`${inkpad.url}admin/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [ADMIN_HEADER]: '1', cookie },
      body: JSON.stringify(body),
    })
  const { headers } = await post('login', { name: 'admin', password: WORD }, '')
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const open: PadPage[] = []
  const admin = async (what: string, body: unknown): Promise<number> =>
    (await post(`api/${what}`, body, cookie)).status
  return {
    inkpad,
    async person(pad, name, options = {}) {
      const page = await openPad(browser, `${inkpad.url}p/${pad}?userName=${name}`, options)
      open.push(page)
      return page
    },
    admin,
    decide: (name, values) => admin('plugins/settings', { name, values }),
    async leave() {
      const problems = open.flatMap((pad) => pad.problems)
      await Promise.all(open.splice(0).map(({ context }) => context.close()))
      expect(problems).toEqual([])
    },
    async end() {
      await browser.close()
      await inkpad.remove()
    },
  }
}

/** The name of the control that has the focus. */
export const focused = ({ page }: PadPage): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
/** Whether the text has the focus. */
export const isInText = ({ page }: PadPage): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.classList.contains('ProseMirror') ?? false)

/** Goes on with Tab until a control of this name has the focus. */
export async function tabTo(pad: PadPage, name: string): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    await pad.page.keyboard.press('Tab')
    if ((await focused(pad)) === name) return
  }
  throw new Error(`Tab does not lead to ${name}`)
}

/** The entries of the page's own menu. */
export async function menuEntries(page: Page): Promise<string[]> {
  await page.locator('.header').getByRole('button', { name: 'More' }).click()
  const menu = page.getByRole('menu')
  await menu.locator('.menu-item > span').first().waitFor()
  const entries = await menu.locator('.menu-item > span').allTextContents()
  await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  return entries
}

/** How large something is on the screen, in whole CSS pixels. */
export async function sizeOf(page: Page, selector: string): Promise<{ width: number; height: number }> {
  const box = await page.locator(selector).boundingBox()
  return { width: Math.round(box?.width ?? 0), height: Math.round(box?.height ?? 0) }
}
