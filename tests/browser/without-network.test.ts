import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startChromium, type Visitor, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { untilKept } from '../support/kept-page.ts'
import { networkIsBack, padOf, PATIENCE, untilSaved } from '../support/pad-page.ts'

let inkpad: InkpadProcess
let browser: Browser
let people: Visitor[] = []
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

async function person(): Promise<Visitor> {
  const one = await visitor(browser)
  one.page.setDefaultTimeout(PATIENCE)
  people.push(one)
  return one
}
const text = (page: Page) => page.getByRole('textbox').first()
const status = (page: Page) => page.locator('.status')

test('C: a pad opened before opens without the server, is written in, and merges when the server returns', async () => {
  const one = await person()
  const { context, page, problems } = one
  const address = `${inkpad.url}p/travel-${++pads}`
  await page.goto(address)
  const pad = await padOf(one)
  await untilSaved(pad)
  await text(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('at home, ')
  await untilSaved(pad)
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
  again.setDefaultTimeout(PATIENCE)
  await again.goto(`${address}?showLineNumbers=false`)
  await text(again).getByText('on the train, at home, ').waitFor()

  await inkpad.start()
  const back = await padOf({ ...one, page: again })
  await networkIsBack(back)
  await untilSaved(back)
  const other = await person()
  await other.page.goto(address)
  await text(other.page).getByText('on the train, at home, ').waitFor()
  expect(problems.filter((problem) => !/Failed to load resource|net::ERR/.test(problem))).toEqual([])
}, 120_000)

test('C: a pad never opened here does not pretend to open without the server', async () => {
  const { page } = await person()
  await page.goto(`${inkpad.url}p/known-${++pads}`)
  await text(page).waitFor()
  await untilKept(page)
  await inkpad.kill9()
  await expect(page.goto(`${inkpad.url}p/unknown-${pads}`)).rejects.toThrow(/ERR_/)
}, 90_000)
