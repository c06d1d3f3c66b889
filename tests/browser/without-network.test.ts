import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { untilKept } from '../support/kept-page.ts'

let inkpad: InkpadProcess
let browser: Browser

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

const text = (page: Page) => page.getByRole('textbox').first()
const status = (page: Page) => page.locator('.status')

test('C: a pad opened before opens without the server, is written in, and merges when the server returns', async () => {
  const { context, page, problems } = await visitor(browser)
  await page.goto(`${inkpad.url}p/travel`)
  await text(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('at home, ')
  await status(page).getByText('Saved').waitFor()
  await untilKept(page)
  await inkpad.kill9()

  await page.reload()
  await text(page).getByText('at home, ').waitFor()
  await text(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('on the train, ')
  await status(page)
    .getByText(/Offline/)
    .waitFor()
  await page.close()

  const again = await context.newPage()
  await again.goto(`${inkpad.url}p/travel?showLineNumbers=false`)
  await text(again).getByText('on the train, at home, ').waitFor()

  await inkpad.start()
  await status(again).getByText('Saved').waitFor({ timeout: 30_000 })
  const other = await visitor(browser)
  await other.page.goto(`${inkpad.url}p/travel`)
  await text(other.page).getByText('on the train, at home, ').waitFor()
  expect(problems.filter((problem) => !/Failed to load resource|net::ERR/.test(problem))).toEqual([])
}, 120_000)

test('C: a pad never opened here does not pretend to open without the server', async () => {
  const { page } = await visitor(browser)
  await page.goto(`${inkpad.url}p/known`)
  await text(page).waitFor()
  await untilKept(page)
  await inkpad.kill9()
  await expect(page.goto(`${inkpad.url}p/unknown`)).rejects.toThrow(/ERR_/)
  await inkpad.start()
}, 60_000)
