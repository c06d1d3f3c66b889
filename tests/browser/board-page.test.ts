/** The board's page in a real browser (SPEC-board B300 to B323): two people, keys only, a phone, dark, readers. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { PATIENCE } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

const DESK = { viewport: { width: 1440, height: 900 } }
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
/** The side of a target that a thumb meets, in CSS pixels (WCAG 2.5.5). */
const THUMB = 44

let inkpad: InkpadProcess
let browser: Browser
let turn = 0
/** A board nobody has been on, nor a first try of the same test. */
const fresh = (name: string): string => `${name}-${(turn += 1)}`
const open: { close(): Promise<void> }[] = []
const faults: string[] = []

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)
afterEach(async () => {
  await Promise.all(open.splice(0).map((context) => context.close()))
  expect(faults.splice(0)).toEqual([])
})
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

async function person(address: string, options: BrowserContextOptions = DESK): Promise<Page> {
  const { page, context } = await visitor(browser, options)
  open.push(context)
  page.setDefaultTimeout(PATIENCE)
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`)
  })
  await page.goto(`${inkpad.url}p/${address}`, { waitUntil: 'commit', timeout: PATIENCE })
  await page.locator('#board').waitFor()
  return page
}

const tool = (page: Page, name: string): Locator =>
  page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name, exact: true })
const outline = (page: Page): Locator => page.getByRole('listbox', { name: /on the board$/ })
const listed = (page: Page, words: string | RegExp): Locator =>
  outline(page).getByRole('option', { name: words })
const saved = (page: Page): Promise<void> =>
  page
    .locator('.status')
    .filter({ hasText: /^\s*Saved\s*$/ })
    .first()
    .waitFor()
const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Words of the shape' })

async function writeIn(page: Page, words: string): Promise<void> {
  await field(page).waitFor()
  await page.keyboard.type(words)
  await page.keyboard.press('Escape')
  await field(page).waitFor({ state: 'detached' })
}

test('two people: notes, forms and their words go across; each takes back only their own', async () => {
  const two = fresh('two')
  const ada = await person(`${two}/board?userName=Ada`)
  const bo = await person(`${two}/board?userName=Bo`)
  await expectPeople(ada, 2)
  await tool(ada, 'Note').click()
  await ada.mouse.click(700, 300)
  await writeIn(ada, 'Salt on the contacts')
  await listed(bo, 'Note: Salt on the contacts').waitFor({ state: 'attached' })

  await tool(bo, 'Shape').click()
  await bo.mouse.move(400, 500)
  await bo.mouse.down()
  await bo.mouse.move(560, 600, { steps: 5 })
  await bo.mouse.up()
  await bo.keyboard.press('Enter')
  await writeIn(bo, 'Logger')
  await listed(ada, 'Rectangle: Logger').waitFor({ state: 'attached' })
  await picture(ada, 'board-two')

  // Ada's way back ends with her own: the words as one step, then the note; Bo's form stays.
  await ada.getByRole('button', { name: 'Undo', exact: true }).click()
  await listed(bo, 'Note').waitFor({ state: 'attached' })
  await ada.getByRole('button', { name: 'Undo', exact: true }).click()
  await listed(bo, /^Note/).waitFor({ state: 'detached' })
  await listed(ada, 'Rectangle: Logger').waitFor({ state: 'attached' })
  await ada.getByRole('button', { name: 'Undo', exact: true, disabled: true }).waitFor()
  await Promise.all([saved(ada), saved(bo)])
}, 90_000)

test('every file the service worker keeps is there: without one of them it would keep nothing', async () => {
  const script = await (await fetch(`${inkpad.url}sw.js`)).text()
  const names = JSON.parse(/builtFiles=(\[[^\]]*\])/.exec(script)?.[1] ?? '[]') as string[]
  expect(names.length).toBeGreaterThan(50)
  const answers = await Promise.all(
    names.map(async (name) => [name, (await fetch(inkpad.url + name)).status]),
  )
  expect(answers.filter(([, status]) => status !== 200)).toEqual([])
})

test('without a network one draws on; what both did is on both boards when it is back; the chat is the pad’s', async () => {
  const away = fresh('away')
  const ada = await person(`${away}/board?userName=Ada`)
  const bo = await person(`${away}/board?userName=Bo`)
  await saved(bo)
  // All that the page may need later is on the device by then: some hundred files.
  await bo.waitForFunction(() => navigator.serviceWorker.ready.then(() => true), null, {
    timeout: 3 * PATIENCE,
  })
  await bo.context().setOffline(true)
  await bo.evaluate(() => window.dispatchEvent(new Event('offline')))
  await bo
    .locator('.status')
    .filter({ hasText: /Offline/ })
    .waitFor()
  await tool(bo, 'Pen').click()
  await bo.mouse.move(400, 300)
  await bo.mouse.down()
  await bo.mouse.move(500, 360, { steps: 8 })
  await bo.mouse.up()
  await bo.locator('.status').filter({ hasText: /kept/ }).waitFor()
  await tool(ada, 'Note').click()
  await ada.mouse.click(900, 300)
  await writeIn(ada, 'drawn meanwhile')
  await saved(ada)
  await bo.context().setOffline(false)
  await bo.evaluate(() => window.dispatchEvent(new Event('online')))
  await listed(ada, 'Stroke, Black').waitFor({ state: 'attached' })
  await listed(bo, 'Note: drawn meanwhile').waitFor({ state: 'attached' })
  await saved(bo)
  // What the browser says of the lost network is no fault of the page.
  faults.splice(0, faults.length, ...faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault)))

  await ada.getByRole('button', { name: 'Chat', exact: true }).click()
  await ada.getByRole('textbox', { name: 'A line for everybody in this pad' }).fill('look at the left')
  await ada.keyboard.press('Enter')
  await bo.getByRole('button', { name: 'Chat, 1 new line' }).waitFor()
}, 150_000)

async function expectPeople(page: Page, count: number): Promise<void> {
  await page.getByRole('button', { name: `${count} people here` }).waitFor()
}

test('B322: words on the board are formatted, undone within, and stay over the shape while the view moves', async () => {
  const page = await person(`${fresh('words')}/board`)
  await tool(page, 'Text').click()
  await page.mouse.click(500, 400)
  await field(page).waitFor()
  await page.keyboard.type('plain ')
  await page.getByRole('button', { name: 'Bold', exact: true }).click()
  await page.keyboard.type('bold')
  await field(page)
    .locator('strong')
    .filter({ hasText: /^bold$/ })
    .waitFor()
  const before = await field(page).boundingBox()
  await page.mouse.move(900, 200)
  await page.mouse.wheel(0, 100)
  await page.waitForFunction((top) => {
    const now = document.querySelector('.board-words')?.getBoundingClientRect().top
    return now !== undefined && Math.abs(now - (top - 100)) < 2
  }, before?.y ?? 0)
  await page.keyboard.press('Control+z')
  await untilTrue(async () => (await field(page).textContent()) === 'plain ')
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('Escape')
  await listed(page, 'Text: plain bold').waitFor({ state: 'attached' })
  // A text with nothing in it goes when it is left.
  await tool(page, 'Text').click()
  await page.mouse.click(500, 600)
  await field(page).waitFor()
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.querySelectorAll('.board-outline [role=option]').length === 1)
}, 90_000)

test('by keyboard alone: palette, template, outline, words, moving, search, link to a view, slides', async () => {
  const name = fresh('keys')
  const page = await person(`${name}/board`)
  await page.locator('#board').focus()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'What do you want to do?' }).waitFor()
  await page.keyboard.type('templ')
  await page.keyboard.press('Enter')
  const lesson = page.getByRole('button', { name: /^Blank lesson/ })
  await lesson.focus()
  await page.keyboard.press('Enter')
  await listed(page, "Frame: Today's goal").waitFor({ state: 'attached' })

  // From the board to the outline, which comes first among the islands.
  await page.locator('#board').focus()
  await page.keyboard.press('F6')
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'option')
  await page.keyboard.press('Home')
  await page.waitForFunction(() => document.activeElement?.textContent === "Frame: Today's goal")
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.textContent === "Text: Today's goal")
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-selected') === 'true')
  await page.keyboard.press('Enter')
  await writeIn(page, ': rain')
  await listed(page, "Text: Today's goal: rain").waitFor({ state: 'attached' })

  // On the board the arrows move what is selected.
  const place = async (): Promise<number> => {
    const answer = await fetch(`${inkpad.url}p/${name}/board/export/json`)
    const { shapes } = (await answer.json()) as {
      shapes: Record<string, { g?: number[]; h: { t?: string; g?: number[] }; x?: unknown }>
    }
    const moved = Object.values(shapes).find(({ h, g }) => h.t === 'text' && g !== undefined)
    return (moved?.g?.[0] ?? 0) - (moved?.h.g?.[0] ?? 0)
  }
  await page.locator('#board').focus()
  for (let count = 0; count < 3; count += 1) await page.keyboard.press('Shift+ArrowRight')
  await saved(page)
  await untilTrue(async () => (await place()) === 30)

  await page.keyboard.press('Control+f')
  await page.keyboard.type('your TASK')
  const finds = page.getByRole('search').getByRole('status')
  await finds.filter({ hasText: '0 of 2' }).waitFor()
  await page.keyboard.press('Enter')
  await finds.filter({ hasText: '1 of 2' }).waitFor()
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement?.id === 'board')

  await page.keyboard.press('Control+Shift+p')
  await page.getByRole('status').filter({ hasText: 'Slide 1 of 4' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('status').filter({ hasText: 'Slide 2 of 4' }).waitFor()
  await page.keyboard.press('Escape')
  await tool(page, 'Select').waitFor()
}, 90_000)

async function untilTrue(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error('it did not become so')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('a phone: a finger draws, properties are a sheet, every target meets a thumb, nothing sticks out', async () => {
  const page = await person(`${fresh('phone')}/board`, PHONE)
  await tool(page, 'Pen').tap()
  const touch = await page.context().newCDPSession(page)
  const at = (x: number, y: number) => ({ touchPoints: [{ x, y }] })
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(100, 300) })
  for (let step = 1; step <= 10; step += 1)
    await touch.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      ...at(100 + 15 * step, 300 + 8 * step),
    })
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await listed(page, 'Stroke, Black').waitFor({ state: 'attached' })
  await tool(page, 'Pen').tap()
  const sheet = page.getByRole('region', { name: 'Pen' })
  await sheet.getByRole('radio', { name: 'Red' }).tap()
  expect(await smallTargets(page)).toEqual([])
  await picture(page, 'board-phone-sheet')
  await sheet.getByRole('button', { name: 'Close' }).tap()
  await sheet.waitFor({ state: 'hidden' })
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0)
  await page.getByRole('button', { name: 'More tools' }).tap()
  await page.getByRole('menuitemcheckbox', { name: /^Highlighter/ }).tap()
  await picture(page, 'board-phone')
  await saved(page)
}, 90_000)

async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((side) => {
    const small: string[] = []
    for (const target of document.querySelectorAll('.board button, .header button, .header a')) {
      const { width, height } = target.getBoundingClientRect()
      if (target.checkVisibility() && width > 0 && (width < side - 0.5 || height < side - 0.5))
        small.push(`${target.getAttribute('aria-label') ?? target.textContent} ${width} x ${height}`)
    }
    return small
  }, THUMB)
}

test('light and dark: no serious finding, and the ground follows', async () => {
  const name = fresh('colours')
  const grounds: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await person(`${name}/board`, { ...DESK, colorScheme })
    if (colorScheme === 'light') {
      await tool(page, 'Shape').click()
      await page.mouse.click(700, 400)
      await page.getByRole('region', { name: 'Shape' }).waitFor()
      await saved(page)
    } else {
      await listed(page, 'Rectangle').waitFor({ state: 'attached' })
      await page.keyboard.press('Control+a')
      await page.getByRole('region', { name: 'Shape' }).waitFor()
    }
    expect(await seriousFindings(page)).toEqual([])
    grounds.push(await page.locator('.board').evaluate((board) => getComputedStyle(board).backgroundColor))
    await picture(page, `board-${colorScheme}`)
  }
  expect(grounds).toEqual(['rgb(255, 255, 255)', 'rgb(22, 24, 29)'])
}, 90_000)

test('a reader sees what is drawn, has no tools that draw, and draws nothing; the way to the text is there', async () => {
  const ada = await person(`${fresh('readers')}/board?userName=Ada`)
  await tool(ada, 'Note').click()
  await ada.mouse.click(700, 300)
  await writeIn(ada, 'for all')
  await saved(ada)
  await ada.getByRole('button', { name: 'Share', exact: true }).click()
  // Exactly: once it is known who owns the board, there is a switch for the link, too.
  const link = await ada.getByRole('dialog').getByLabel('Link to read', { exact: true }).inputValue()
  expect(link).toMatch(/\/p\/r\.[0-9a-f]{32}\/board$/)

  const reader = await person(new URL(link).pathname.slice('/p/'.length))
  await listed(reader, 'Note: for all').waitFor({ state: 'attached' })
  await expect(tool(reader, 'Pen').count()).resolves.toBe(0)
  await reader.locator('#board').focus()
  await reader.keyboard.press('n')
  await reader.mouse.click(300, 300)
  await reader.keyboard.press('Control+a')
  await reader.keyboard.press('Delete')
  await ada.keyboard.press('Escape')
  await tool(ada, 'Note').click()
  await ada.mouse.click(1000, 300)
  await writeIn(ada, 'more')
  await listed(reader, 'Note: more').waitFor({ state: 'attached' })
  expect(await outline(reader).getByRole('option').count()).toBe(2)
  expect(await reader.getByRole('link', { name: 'Text' }).getAttribute('href')).toMatch(/^\.\.\/r\./)
}, 90_000)

test('embedded alone it has neither header nor islands; a link leads to a shape', async () => {
  const name = fresh('alone')
  const page = await person(`${name}/board`)
  await tool(page, 'Frame').click()
  await page.mouse.click(700, 400)
  await listed(page, 'Frame').waitFor({ state: 'attached' })
  await saved(page)
  const answer = await fetch(`${inkpad.url}p/${name}/board/export/json`)
  const { shapes } = (await answer.json()) as { shapes: Record<string, unknown> }
  const [id] = Object.keys(shapes)
  const framed = await person(`${name}/board?hideMenu=true#frame=${id}`)
  await listed(framed, 'Frame').waitFor({ state: 'attached' })
  expect(await framed.locator('.header, .board-tools, .board-zoom').count()).toBe(0)
}, 90_000)
