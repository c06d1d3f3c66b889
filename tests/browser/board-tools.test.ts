/** Drawing with mouse, fingers, pen and keys in a real browser (SPEC-board B213 to B230). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { PATIENCE } from '../support/pad-page.ts'

interface StoredShape {
  readonly h: { readonly t?: string; readonly $bytes?: string } & Readonly<Record<string, unknown>>
  readonly g?: readonly number[]
}

let inkpad: InkpadProcess
let browser: Browser
let turn = 0
/** A board nobody has been on, nor a first try of the same test. */
const fresh = (name: string): string => `${name}-${(turn += 1)}`

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

async function openBoard(
  name: string,
  touch = false,
): Promise<{ page: Page; cdp: CDPSession; faults: string[] }> {
  const person = await visitor(browser, {
    viewport: { width: 1280, height: 800 },
    ...(touch ? { hasTouch: true } : {}),
  })
  const { page } = person
  page.setDefaultTimeout(PATIENCE)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(`${inkpad.url}p/${name}/board`, { waitUntil: 'commit', timeout: PATIENCE })
  await page.locator('#board').waitFor({ timeout: PATIENCE })
  await page.locator('.status').filter({ hasText: 'Saved' }).first().waitFor({ timeout: PATIENCE })
  return { page, cdp: await page.context().newCDPSession(page), faults }
}

/** What the server has of a board, once it is what the test waits for. */
async function untilBoard(
  name: string,
  isRight: (shapes: readonly StoredShape[]) => boolean,
): Promise<readonly StoredShape[]> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const answer = await fetch(`${inkpad.url}p/${name}/board/export/json`)
    const { shapes } = (await answer.json()) as { shapes: Record<string, StoredShape> }
    const list = Object.values(shapes)
    if (isRight(list)) return list
    if (Date.now() > end) throw new Error(`the board has ${JSON.stringify(list)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const kinds = (shapes: readonly StoredShape[]): string =>
  shapes
    .map(({ h }) => h.t ?? 'ink')
    .sort()
    .join(' ')

async function drag(page: Page, ...places: readonly (readonly [number, number])[]): Promise<void> {
  const [first = [0, 0], ...rest] = places
  await page.mouse.move(first[0], first[1])
  await page.mouse.down()
  for (const [x, y] of rest) await page.mouse.move(x, y, { steps: 8 })
  await page.mouse.up()
}

test('B213, B218: a tool by its key, ink and a form by the mouse, undo and redo, moved by arrows, removed', async () => {
  const name = fresh('mouse')
  const { page, faults } = await openBoard(name)
  await page.locator('#board').focus()
  await page.keyboard.press('p')
  await drag(page, [400, 300], [500, 350], [600, 300])
  await untilBoard(name, (shapes) => kinds(shapes) === 'ink')
  await page.keyboard.press('r')
  await drag(page, [400, 450], [600, 550])
  await untilBoard(name, (shapes) => kinds(shapes) === 'geo ink')
  await page.keyboard.press('Control+z')
  await untilBoard(name, (shapes) => kinds(shapes) === 'ink')
  await page.keyboard.press('Control+Shift+z')
  await untilBoard(name, (shapes) => kinds(shapes) === 'geo ink')
  await page.keyboard.press('v')
  await page.mouse.click(500, 500)
  await page.keyboard.press('Shift+ArrowRight')
  await untilBoard(name, (shapes) => shapes.some(({ g }) => g !== undefined))
  await page.keyboard.press('Delete')
  await untilBoard(name, (shapes) => kinds(shapes) === 'ink')
  expect(faults).toEqual([])
}, 90_000)

test('B230: shapes go by the clipboard to another board, and words come as a text', async () => {
  const [one, other] = [fresh('from'), fresh('to')]
  const from = await openBoard(one)
  await from.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await from.page.locator('#board').focus()
  await from.page.keyboard.press('r')
  await drag(from.page, [400, 300], [500, 400])
  await from.page.keyboard.press('n')
  await from.page.mouse.click(700, 400)
  await from.page.keyboard.type('Hello')
  await from.page.keyboard.press('Escape')
  await untilBoard(one, (shapes) => kinds(shapes) === 'geo note' && JSON.stringify(shapes).includes('Hello'))
  await from.page.keyboard.press('Control+a')
  await from.page.keyboard.press('Control+c')
  await from.page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'Hello')
  await from.page.goto(`${inkpad.url}p/${other}/board`)
  await from.page.locator('#board').waitFor({ timeout: PATIENCE })
  await from.page.locator('.status').filter({ hasText: 'Saved' }).first().waitFor({ timeout: PATIENCE })
  await from.page.mouse.move(640, 400)
  await from.page.locator('#board').focus()
  await from.page.keyboard.press('Control+v')
  await untilBoard(
    other,
    (shapes) => kinds(shapes) === 'geo note' && JSON.stringify(shapes).includes('Hello'),
  )
  await from.page.evaluate(() => navigator.clipboard.writeText('only words'))
  await from.page.keyboard.press('Control+v')
  await untilBoard(other, (shapes) => kinds(shapes) === 'geo note text')
  expect(from.faults).toEqual([])
}, 90_000)

test('B224: a finger draws, two zoom; from the first contact of a pen on fingers only move the view, and the pen has pressure', async () => {
  const name = fresh('touch')
  const { page, cdp, faults } = await openBoard(name, true)
  await page.locator('#board').focus()
  await page.keyboard.press('p')
  const touch = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...points: readonly (readonly [number, number])[]
  ) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) })
  const swipe = async (): Promise<void> => {
    await touch('touchStart', [500, 300])
    for (let i = 1; i <= 8; i++) await touch('touchMove', [500 + i * 15, 300 + i * 5])
    await touch('touchEnd')
  }
  await swipe()
  await untilBoard(name, (shapes) => kinds(shapes) === 'ink')
  const level = page.locator('.board-zoom').getByText('%')
  await level.filter({ hasText: '100' }).waitFor()
  await touch('touchStart', [500, 400], [600, 400])
  for (let i = 1; i <= 8; i++) await touch('touchMove', [500 - i * 10, 400], [600 + i * 10, 400])
  await touch('touchEnd')
  await level.filter({ hasText: /^(?!100)\d+\s*%$/ }).waitFor({ timeout: PATIENCE })
  const pen = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
    cdp.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      pointerType: 'pen',
      force: 0.8,
      clickCount: 1,
    })
  await pen('mousePressed', 400, 500)
  for (let i = 1; i <= 8; i++) await pen('mouseMoved', 400 + i * 20, 500 + i * 3)
  await pen('mouseReleased', 560, 524)
  const drawn = await untilBoard(name, (shapes) => kinds(shapes) === 'ink ink')
  await swipe()
  await page.keyboard.press('n')
  await page.mouse.click(900, 600)
  await page.keyboard.type('x')
  const after = await untilBoard(name, (shapes) => kinds(shapes).includes('note'))
  expect(kinds(after)).toBe('ink ink note')
  expect(drawn.every(({ h }) => h.$bytes !== undefined)).toBe(true)
  expect(faults).toEqual([])
}, 90_000)

test('B19, B216: the eraser takes whole strokes and parts of them, by finger and by pen; a pen’s other end erases with any tool', async () => {
  const name = fresh('eraser')
  const { page, cdp, faults } = await openBoard(name, true)
  const board = page.locator('#board')
  await board.focus()
  await page.keyboard.press('p')
  type Place = readonly [x: number, y: number]
  const between = ([x0, y0]: Place, [x1, y1]: Place): Place[] =>
    Array.from({ length: 20 }, (_, i) => [x0 + ((x1 - x0) * i) / 19, y0 + ((y1 - y0) * i) / 19])
  const finger = async (from: Place, to: Place): Promise<void> => {
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Place) =>
      cdp.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at[0], y: at[1] }] : [] })
    await send('touchStart', from)
    for (const at of between(from, to)) await send('touchMove', at)
    await send('touchEnd')
  }
  const pen = async (from: Place, to: Place): Promise<void> => {
    const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', [x, y]: Place) =>
      cdp.send('Input.dispatchMouseEvent', {
        type,
        x,
        y,
        button: 'left',
        buttons: type === 'mouseReleased' ? 0 : 1,
        pointerType: 'pen',
        force: 0.6,
        clickCount: 1,
      })
    await send('mousePressed', from)
    for (const at of between(from, to)) await send('mouseMoved', at)
    await send('mouseReleased', to)
  }
  /** The pen turned round, with the bit of its eraser; the protocol of browsers knows no such button. */
  const otherEnd = (from: Place, to: Place): Promise<void> =>
    board.evaluate(
      (element, places) => {
        const send = (type: string, [x, y]: readonly [number, number], button: number, buttons: number) =>
          element.dispatchEvent(
            new PointerEvent(type, {
              pointerId: 9,
              pointerType: 'pen',
              isPrimary: true,
              bubbles: true,
              clientX: x,
              clientY: y,
              button,
              buttons,
              pressure: buttons === 0 ? 0 : 0.5,
            }),
          )
        for (const [i, at] of places.entries())
          send(i === 0 ? 'pointerdown' : 'pointermove', at, i === 0 ? 5 : -1, 32)
        send('pointerup', places.at(-1) ?? [0, 0], 5, 0)
      },
      between(from, to),
    )
  const strokes = async (count: number): Promise<void> => {
    await untilBoard(name, (shapes) => kinds(shapes) === Array(count).fill('ink').join(' '))
  }

  for (const y of [200, 300, 400]) await finger([300, y], [900, y + 10])
  await strokes(3)
  await page.locator('[data-tool=eraser] button').tap()
  await finger([600, 150], [600, 250])
  await strokes(2)
  await board.focus()
  await page.keyboard.press('Control+z')
  await strokes(3)
  await page.keyboard.press('Shift+E')
  await finger([600, 260], [600, 350])
  await strokes(4)
  await pen([700, 360], [700, 450])
  await strokes(5)
  await page.keyboard.press('Shift+E')
  await pen([500, 160], [500, 250])
  await strokes(4)
  await page.keyboard.press('p')
  await otherEnd([400, 270], [400, 340])
  await strokes(3)
  await page.locator('[data-tool=pen] button[aria-pressed=true]').waitFor()
  expect(faults).toEqual([])
}, 90_000)
