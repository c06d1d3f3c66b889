/** People on one board in real browsers: who they are, what they draw, what they see. */
import { expect } from '@jest/globals'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { visitor } from './chromium.ts'
import { PATIENCE } from './pad-page.ts'

/** Somebody with a board on the screen. */
export interface BoardPerson {
  page: Page
  context: BrowserContext
  problems: string[]
}

/** Opens a board, with a browser of one's own. */
export async function openBoard(
  browser: Browser,
  url: string,
  board: string,
  name: string,
): Promise<BoardPerson> {
  const person = await visitor(browser, { viewport: { width: 1280, height: 800 } })
  const { page } = person
  page.setDefaultTimeout(PATIENCE)
  await page.goto(`${url}p/${board}/board?userName=${name}`, {
    waitUntil: 'commit',
    timeout: PATIENCE,
  })
  await page.locator('#board').waitFor()
  await untilSaved(person)
  return person
}

async function untilSaved({ page }: BoardPerson): Promise<void> {
  await page.locator('.status').filter({ hasText: 'Saved' }).first().waitFor()
}

/** They go; nothing may have gone wrong on their pages. */
export async function leave(...people: readonly BoardPerson[]): Promise<void> {
  expect(people.flatMap(({ problems }) => problems)).toEqual([])
  await Promise.all(people.map(({ context }) => context.close()))
}

/** Takes a tool by its key. */
export async function take(page: Page, key: string): Promise<void> {
  await page.locator('#board').focus()
  await page.keyboard.press(key)
}

export type Place = readonly [x: number, y: number]

/** Draws through these places of the window, and lets go unless `held`. */
export async function drag(page: Page, places: readonly Place[], held = false): Promise<void> {
  const [[x, y] = [0, 0], ...rest] = places
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (const [toX, toY] of rest) await page.mouse.move(toX, toY, { steps: 6 })
  if (!held) await page.mouse.up()
}

/**
 * Counts, in the page, pixels of a part of the window that are far from the board's ground: on the tiles and on what is
 * painted live. Kept as a function of the page, so that frames can be watched.
 */
export async function watchInk(page: Page): Promise<void> {
  await page.evaluate(() => {
    const count = (x: number, y: number, width: number, height: number): number => {
      const [tiles, live] = document.querySelectorAll<HTMLCanvasElement>('.board-view canvas')
      const box = tiles?.getBoundingClientRect()
      if (!tiles || !live || !box) return 0
      const both = document.createElement('canvas')
      both.width = width
      both.height = height
      const context = both.getContext('2d', { willReadFrequently: true })
      if (!context) return 0
      for (const layer of live.hidden ? [tiles] : [tiles, live])
        context.drawImage(layer, x - box.left, y - box.top, width, height, 0, 0, width, height)
      const { data } = context.getImageData(0, 0, width, height)
      let far = 0
      for (let i = 0; i < data.length; i += 4)
        if ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0) < 400) far++
      return far
    }
    Object.assign(window, { inkIn: count })
  })
}

/** A page that counts. */
export type InkIn = Window & { inkIn(x: number, y: number, width: number, height: number): number }

/** Waits until there is ink (or none) in a part of the window. */
export async function untilInk(
  page: Page,
  there: boolean,
  area: readonly [number, number, number, number],
): Promise<void> {
  await page.waitForFunction(
    ([[x, y, width, height], wanted]) =>
      (window as unknown as InkIn).inkIn(x, y, width, height) > 40 === wanted,
    [area, there] as const,
    { polling: 'raf', timeout: PATIENCE },
  )
}

/** How many shapes the server has, once it has as many. */
export async function untilShapes(url: string, board: string, count: number): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const answer = await fetch(`${url}p/${board}/board/export/json`)
    const { shapes } = (await answer.json()) as { shapes: Record<string, unknown> }
    const found = Object.keys(shapes).length
    if (found === count) return
    if (Date.now() > end) throw new Error(`the board has ${found} shapes instead of ${count}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
