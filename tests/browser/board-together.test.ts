/** Several people on one board in real browsers (SPEC-board B400 to B437, B25). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import {
  drag,
  leave,
  openBoard,
  take,
  untilInk,
  untilShapes as untilShapesOf,
  watchInk,
} from '../support/board-people.ts'
import type { BoardPerson, InkIn, Place } from '../support/board-people.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { PATIENCE } from '../support/pad-page.ts'
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

const open = (board: string, name: string): Promise<BoardPerson> =>
  openBoard(browser, inkpad.url, board, name)
const untilShapes = (board: string, count: number): Promise<void> => untilShapesOf(inkpad.url, board, count)

let turn = 0
/** Two people on a new board, which is Ada's; its name is that of no first try. */
async function two(name: string): Promise<[ada: BoardPerson, bo: BoardPerson, board: string]> {
  const board = `${name}-${(turn += 1)}`
  const ada = await open(board, 'Ada')
  return [ada, await open(board, 'Bo'), board]
}

const LINE: readonly Place[] = [
  [400, 300],
  [500, 340],
  [620, 300],
]

const AROUND: readonly [number, number, number, number] = [380, 280, 260, 80]
const BELOW: readonly [number, number, number, number] = [380, 480, 260, 80]

test('B400, B403: others see ink while it is drawn, and it never blinks when it becomes a shape; a late joiner sees it too', async () => {
  const [ada, bo, board] = await two('live')
  await Promise.all([watchInk(ada.page), watchInk(bo.page)])
  await take(ada.page, 'p')
  await drag(ada.page, LINE, true)
  await untilInk(bo.page, true, AROUND)
  await untilShapes(board, 0)
  const cy = await open(board, 'Cy')
  await watchInk(cy.page)
  await untilInk(cy.page, true, AROUND)
  // From now on every frame is looked at.
  await bo.page.evaluate(([x, y, width, height]) => {
    const seen = { least: Number.POSITIVE_INFINITY, frames: 0, on: true }
    Object.assign(window, { seen })
    const look = (): void => {
      seen.least = Math.min(seen.least, (window as unknown as InkIn).inkIn(x, y, width, height))
      seen.frames++
      if (seen.on) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, AROUND)
  await ada.page.mouse.up()
  await untilShapes(board, 1)
  await Promise.all(
    [bo, cy].map(({ page }) =>
      page.waitForFunction(() => {
        const [, live] = document.querySelectorAll<HTMLCanvasElement>('.board-view canvas')
        return live?.hidden === true
      }),
    ),
  )
  const seen = await bo.page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const { seen: all } = window as unknown as { seen: { least: number; frames: number; on: boolean } }
    all.on = false
    return all
  })
  expect(seen.frames).toBeGreaterThan(2)
  expect(seen.least).toBeGreaterThan(40)
  await untilInk(cy.page, true, AROUND)
  await leave(ada, bo, cy)
}, 90_000)

test('B25: two people draw at once, each takes back only their own', async () => {
  const [ada, bo, board] = await two('undo')
  await Promise.all([watchInk(ada.page), watchInk(bo.page)])
  await Promise.all([take(ada.page, 'p'), take(bo.page, 'p')])
  const lower = LINE.map(([x, y]): Place => [x, y + 200])
  await Promise.all([drag(ada.page, LINE), drag(bo.page, lower)])
  await Promise.all(
    [ada, bo].flatMap(({ page }) => [untilInk(page, true, AROUND), untilInk(page, true, BELOW)]),
  )
  await untilShapes(board, 2)
  await ada.page.keyboard.press('Control+z')
  await untilInk(bo.page, false, AROUND)
  await ada.page.keyboard.press('Control+z')
  await untilShapes(board, 1)
  await Promise.all([ada, bo].map(({ page }) => untilInk(page, true, BELOW)))
  await bo.page.keyboard.press('Control+z')
  await untilInk(ada.page, false, BELOW)
  await untilShapes(board, 0)
  await leave(ada, bo)
}, 90_000)

test('B35: without a network one draws on, and what both drew meanwhile comes together', async () => {
  const [ada, bo, board] = await two('offline')
  await Promise.all([watchInk(ada.page), watchInk(bo.page)])
  await Promise.all([take(ada.page, 'p'), take(bo.page, 'p')])
  await bo.context.setOffline(true)
  await bo.page
    .locator('.status')
    .filter({ hasText: /offline/i })
    .first()
    .waitFor()
  await Promise.all([
    drag(ada.page, LINE),
    drag(
      bo.page,
      LINE.map(([x, y]): Place => [x, y + 200]),
    ),
  ])
  await untilShapes(board, 1)
  await untilInk(ada.page, false, BELOW)
  await bo.context.setOffline(false)
  await bo.page.evaluate(() => window.dispatchEvent(new Event('online')))
  await untilShapes(board, 2)
  await Promise.all(
    [ada, bo].flatMap(({ page }) => [untilInk(page, true, AROUND), untilInk(page, true, BELOW)]),
  )
  await leave(ada, bo)
}, 90_000)

/** Opens what a meeting needs. */
async function meeting({ page }: BoardPerson): Promise<ReturnType<Page['getByRole']>> {
  await page.getByRole('button', { name: 'More' }).first().click()
  await page.getByRole('menuitem', { name: 'Meeting' }).click()
  return page.getByRole('dialog', { name: 'Meeting' })
}

test('B410 to B414: one presents and the others follow, until they stop; frozen, nobody else draws', async () => {
  const [ada, bo, board] = await two('lesson')
  await Promise.all([watchInk(ada.page), watchInk(bo.page)])
  const zoom = bo.page.locator('.tool.level')
  await (await meeting(ada)).getByRole('button', { name: 'Present', exact: true }).click()
  const banner = bo.page.locator('.presenting')
  await banner.filter({ hasText: 'Ada is presenting.' }).waitFor()
  await ada.page.locator('#board').focus()
  await ada.page.mouse.move(640, 400)
  await ada.page.keyboard.down('Control')
  await ada.page.mouse.wheel(0, -400)
  await ada.page.keyboard.up('Control')
  // Zooming is one step, which may come a little later than the wheel.
  const level = ada.page.locator('.tool.level').filter({ hasText: /^(?!100)/ })
  await level.waitFor()
  const shown = await level.textContent()
  await zoom.filter({ hasText: shown ?? '' }).waitFor()
  await bo.page.locator('.edge-of-presenter').waitFor()
  await picture(bo.page, 'board-follows')
  await banner.getByRole('button', { name: 'Stop following' }).click()
  await bo.page.locator('.edge-of-presenter').waitFor({ state: 'detached' })
  await (await meeting(ada)).getByRole('radio', { name: 'Only the owner' }).click()
  await ada.page.keyboard.press('Escape')
  await bo.page.getByRole('button', { name: /^Pen/ }).waitFor({ state: 'detached' })
  await bo.page.locator('#board').focus()
  await bo.page.keyboard.press('p')
  await drag(bo.page, LINE)
  await take(ada.page, 'p')
  await drag(
    ada.page,
    LINE.map(([x, y]): Place => [x, y + 200]),
  )
  await untilShapes(board, 1)
  await (await meeting(ada)).getByRole('radio', { name: 'Everybody' }).click()
  await bo.page.getByRole('button', { name: /^Pen/ }).waitFor()
  await take(bo.page, 'p')
  await drag(bo.page, LINE)
  await untilShapes(board, 2)
  await leave(ada, bo)
}, 120_000)

test('B422: votes by a press on a shape, counted for everybody', async () => {
  const [ada, bo, board] = await two('votes')
  await take(ada.page, 'n')
  await ada.page.mouse.click(640, 400)
  await ada.page.keyboard.type('Salt on the contacts')
  await ada.page.keyboard.press('Escape')
  await untilShapes(board, 1)
  await (await meeting(ada)).getByRole('button', { name: /3/ }).filter({ hasText: /vote/i }).first().click()
  await ada.page.mouse.click(640, 400)
  await ada.page
    .locator('.session')
    .filter({ hasText: /2 votes left/ })
    .waitFor()
  await bo.page
    .locator('.session')
    .filter({ hasText: /3 votes left/ })
    .waitFor()
  await bo.page.locator('.session button').last().click()
  await bo.page.mouse.click(640, 400)
  await bo.page.mouse.click(640, 400)
  await bo.page
    .locator('.session')
    .filter({ hasText: /1 vote left/ })
    .waitFor()
  // By the keyboard too, for what is selected.
  await ada.page.locator('.session button').last().click()
  await ada.page.locator('#board').focus()
  await ada.page.keyboard.press('Control+a')
  await ada.page.keyboard.press('Shift+D')
  await ada.page
    .locator('.session')
    .filter({ hasText: /1 vote left/ })
    .waitFor()
  await ada.page.keyboard.press('Shift+B')
  await ada.page
    .locator('.session')
    .filter({ hasText: /2 votes left/ })
    .waitFor()
  const dialog = await meeting(ada)
  await dialog.filter({ hasText: /2 people/ }).waitFor()
  await picture(ada.page, 'board-votes')
  await dialog.getByRole('button', { name: /end/i }).click()
  await bo.page
    .locator('.session')
    .filter({ hasText: /done|over|result/i })
    .waitFor()
  await leave(ada, bo)
}, 90_000)

test('B431, B436: a picture that is pasted appears for the others, for a reader too', async () => {
  const [ada, bo, board] = await two('picture')
  await Promise.all([watchInk(ada.page), watchInk(bo.page)])
  await ada.page.locator('#board').focus()
  await ada.page.mouse.move(640, 400)
  await ada.page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 300
    canvas.height = 200
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.fillStyle = '#203040'
    context.fillRect(0, 0, 300, 200)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (!blob) throw new Error('no picture')
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([blob], 'Pier at dusk.png', { type: 'image/png' }))
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.getElementById('board')?.dispatchEvent(event)
  })
  await untilShapes(board, 1)
  await Promise.all([ada, bo].map(({ page }) => untilInk(page, true, [600, 360, 80, 80])))
  await bo.page.getByRole('option', { name: /Pier at dusk/ }).waitFor({ state: 'attached' })
  // A reader sees it too.
  const reader = await visitor(browser, { viewport: { width: 1280, height: 800 } })
  const readOnly = await bo.page.evaluate(() => {
    const boot: unknown = JSON.parse(document.getElementById('boot')?.textContent ?? '{}')
    return (boot as { readOnlyId: string }).readOnlyId
  })
  reader.page.setDefaultTimeout(PATIENCE)
  await reader.page.goto(`${inkpad.url}p/${readOnly}/board`, { waitUntil: 'commit' })
  await reader.page.locator('#board').waitFor()
  await reader.page.getByRole('option', { name: /Pier at dusk/ }).waitFor({ state: 'attached' })
  await picture(bo.page, 'board-picture')
  await leave(ada, bo, reader)
}, 90_000)
