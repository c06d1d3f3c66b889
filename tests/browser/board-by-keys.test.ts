/** A board made, changed and left again without a pointer (SPEC-board B218, B219, B222, B305, B314). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { leave, openBoard } from '../support/board-people.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { PATIENCE } from '../support/pad-page.ts'

let inkpad: InkpadProcess
let browser: Browser

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** Keeps what screen readers are told; the page takes it away after five seconds. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]))
        if (node.parentElement?.matches('[role=log]')) said.push(node.textContent ?? '')
        else if (node instanceof Element && node.matches('[role=log]'))
          said.push(...[...node.children].map((line) => line.textContent ?? ''))
    }).observe(document.body, { childList: true, subtree: true })
  })
}

/** Waits until screen readers were told something since the last time. */
async function untilSaid(page: Page, words: RegExp): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const { said } = window as unknown as { said: string[] }
      const at = said.findLastIndex((line) => wanted.test(line))
      said.splice(0, at + 1)
      return at >= 0
    },
    words,
    { timeout: PATIENCE },
  )
}

/** The outline's lines, once there are so many. */
async function untilOutline(page: Page, count: number): Promise<string[]> {
  const lines = page.locator('.board-outline [role=option]')
  await lines.nth(count - 1).waitFor({ state: 'attached', timeout: PATIENCE })
  return lines.allTextContents()
}

test('B222, B314: every kind of shape comes by a key and Enter, is led through, moved, made larger, written in and removed', async () => {
  const person = await openBoard(browser, inkpad.url, `keys-${Date.now()}`, 'Ada')
  const { page } = person
  const board = page.locator('#board')
  await listen(page)
  await board.focus()
  const kinds = ['r', 'l', 'a', 'c', 'n', 't'] as const
  for (const [made, key] of kinds.entries()) {
    await page.keyboard.press(key)
    await page.keyboard.press('Enter')
    if (key === 'n' || key === 't') {
      // The field may still be on its way: what is typed is not lost.
      await page.keyboard.type(`word ${key}`)
      await page
        .locator('.board-outline [role=option]')
        .filter({ hasText: `word ${key}` })
        .waitFor({
          state: 'attached',
          timeout: PATIENCE,
        })
      await page.keyboard.press('Escape')
    }
    await page.keyboard.press('Escape')
    await board.focus()
    // Aside, so that each lies in a row of its own.
    for (let i = 0; i < made; i++) await page.keyboard.press('Shift+ArrowDown')
    await untilOutline(page, made + 1)
  }
  await page.keyboard.press('f')
  await page.keyboard.press('Enter')
  await untilSaid(page, /^Selected: Frame/)
  const outline = await untilOutline(page, kinds.length + 1)
  for (const line of [/^Frame/, /^Rectangle/, /^Line/, /^Note: word n/, /^Text: word t/])
    expect(outline.some((words) => line.test(words))).toBe(true)

  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  // The first as one reads: what was made first, as the view went down from it.
  await untilSaid(page, /^Selected: Rectangle/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await untilSaid(page, /^Now at -?\d+, -?\d+$/)
  await page.keyboard.press('Control+Shift+ArrowRight')
  await untilSaid(page, /^Now \d+ by \d+$/)
  await page.keyboard.press('Control+a')
  await untilSaid(page, /^\d+ shapes selected$/)
  await page.keyboard.press('Delete')
  await page.locator('.board-outline [role=option]').first().waitFor({ state: 'detached', timeout: PATIENCE })
  await page.keyboard.press('Control+z')
  await untilOutline(page, kinds.length + 1)
  await leave(person)
}, 120_000)

test('B218, B305: the palette has every command there is now, each with its key; one is done from it', async () => {
  const person = await openBoard(browser, inkpad.url, `palette-${Date.now()}`, 'Ada')
  const { page } = person
  await page.locator('#board').focus()
  await page.keyboard.press('r')
  await page.keyboard.press('Enter')
  await untilOutline(page, 1)
  await page.keyboard.press('Control+k')
  const lines = page.locator('dialog.palette [role=option]')
  await lines.filter({ hasText: 'Overview' }).waitFor({ timeout: PATIENCE })
  const found = await lines.evaluateAll((all) =>
    all.map((line) => ({
      name: line.querySelector('span')?.textContent ?? '',
      key: line.querySelector('kbd')?.textContent ?? '',
    })),
  )
  expect(found.filter(({ name, key }) => name === '' || key === '')).toEqual([])
  const keys = found.map(({ key }) => key)
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  await page.keyboard.type('duplic')
  await page.keyboard.press('Enter')
  await untilOutline(page, 2)
  await leave(person)
}, 90_000)

test('B317: what is not needed to look and to draw is fetched when it is first used', async () => {
  const person = await openBoard(browser, inkpad.url, `fetched-${Date.now()}`, 'Ada')
  const { page } = person
  const fetched = (): Promise<string[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => /([a-z-]+?)-[\w-]{8}\.js$/.exec(name)?.[1] ?? '')
        .filter((name) => /^(field|properties|chat-panel|people-panel|search|palette|selection)$/.test(name)),
    )
  const untilFetched = (name: string): Promise<unknown> =>
    page.waitForFunction(
      (wanted) =>
        performance.getEntriesByType('resource').some((entry) => entry.name.includes(`/${wanted}-`)),
      name,
      { timeout: PATIENCE },
    )
  await page.locator('#board').focus()
  expect(await fetched()).toEqual([])
  await page.keyboard.press('p')
  await page.locator('.properties').waitFor({ timeout: PATIENCE })
  expect(await fetched()).toEqual(['properties'])
  await page.keyboard.press('n')
  await untilFetched('field')
  await page.keyboard.press('Control+f')
  await page.getByRole('search').waitFor({ timeout: PATIENCE })
  await leave(person)
}, 60_000)
