import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import * as Y from 'yjs'
import { GROUND } from '../../shared/board/colours.ts'
import { drawBoard } from '../../shared/board/draw/draw.ts'
import { measureText } from '../../shared/board/draw/measure.ts'
import { writeSvg } from '../../shared/board/draw/svg.ts'
import { boardOf, readShapes } from '../../shared/board/model/board.ts'
import type { Board } from '../../shared/board/model/board.ts'
import { changeShape, deleteShapes } from '../../shared/board/model/write.ts'
import { boardOn, difference, startBoardSite } from '../support/board-page.ts'
import type { BoardSite } from '../support/board-page.ts'
import { picture } from '../support/pictures.ts'
import { createRandom } from '../support/random.ts'
import { drawSomething, geoAt, lineBetween } from '../client/board/scene/drawing.ts'
import { GOLDEN, goldenBoard } from './board/golden.ts'

/** Eight by eight pixels in four colours. */
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAIUlEQVR4nGM4oaEBRxoLbOCIgYoSRlEn4OjDPg04oqIEAI7bVGEFjBXyAAAAAElFTkSuQmCC'

let site: BoardSite

beforeAll(async () => {
  site = await startBoardSite()
}, 60_000)

afterAll(async () => {
  await site?.close()
}, 30_000)

const bytes = (board: Board): number[] => [...Y.encodeStateAsUpdate(board.doc)]

async function shot(page: Page): Promise<Buffer> {
  await boardOn(page).settled()
  await boardOn(page).frame()
  return page.screenshot()
}

/** The lowest canvas in its own pixels. */
async function tilesOf(page: Page): Promise<Buffer> {
  await boardOn(page).settled()
  await boardOn(page).frame()
  const address = await page.evaluate(
    () => document.querySelector<HTMLCanvasElement>('.board-view canvas')?.toDataURL('image/png') ?? '',
  )
  return Buffer.from(address.replace(/^.*,/, ''), 'base64')
}

/** The picture the server would make, shown by the same browser. */
async function serverPicture(page: Page, board: Board, theme: 'light' | 'dark'): Promise<Buffer> {
  const shapes = readShapes(board)
  const commands = drawBoard(shapes, { theme, measure: measureText, tolerance: 0.25 })
  const bounds = { left: 0, top: 0, right: GOLDEN.width, bottom: GOLDEN.height }
  const svg = [
    ...writeSvg(commands, {
      bounds,
      ground: GROUND[theme],
      picture: (asset) => (asset === 'golden-picture-key' ? PNG : null),
    }),
  ].join('')
  await page.setContent(`<!doctype html><style>body{margin:0}svg{display:block}</style>${svg}`)
  return page.screenshot()
}

describe('the view', () => {
  test.each(['light', 'dark'] as const)(
    'B110: the screen and the server draw the same picture, %s',
    async (theme) => {
      const board = goldenBoard()
      const page = await site.page(GOLDEN.width, GOLDEN.height)
      await boardOn(page).open(bytes(board), theme, PNG)
      const screen = await shot(page)
      await picture(page, `board-golden-${theme}`)
      const other = await site.page(GOLDEN.width, GOLDEN.height)
      const server = await serverPicture(other, board, theme)
      await picture(other, `board-golden-${theme}-server`)
      const apart = await difference(page, screen, server)
      process.stdout.write(`golden board, ${theme}: ${(apart * 100).toFixed(3)} % of pixels differ\n`)
      expect(apart).toBeLessThan(0.005)
      // The comparison can fail: a single shape that is missing is seen.
      deleteShapes(board, ['golden1001'])
      const without = await serverPicture(other, board, theme)
      expect(await difference(page, screen, without)).toBeGreaterThan(0.0005)
      await page.context().close()
      await other.context().close()
    },
    60_000,
  )

  test('B111: the page paints what the worker paints', async () => {
    const board = goldenBoard()
    const [withWorker, without] = [
      await site.page(GOLDEN.width, GOLDEN.height),
      await site.page(GOLDEN.width, GOLDEN.height, 1, { workers: false }),
    ]
    for (const zoom of [1, 0.3, 0.05]) {
      const pictures: Buffer[] = []
      for (const page of [withWorker, without]) {
        await boardOn(page).open(bytes(board), 'light', PNG)
        await boardOn(page).place(-10, -10, zoom)
        pictures.push(await shot(page))
      }
      const [one, other] = pictures
      expect(one && other && (await difference(withWorker, one, other, 8))).toBeLessThan(0.0005)
    }
    await withWorker.context().close()
    await without.context().close()
  }, 60_000)

  test('B112: after any changes the screen shows what it shows when it is opened anew', async () => {
    const page = await site.page(900, 900)
    const fresh = await site.page(900, 900)
    const random = createRandom(21)
    const board = boardOf(new Y.Doc())
    board.settings.set('grid', 'none')
    for (let step = 0; step < 60; step++) drawSomething(board, random)
    await boardOn(page).open(bytes(board), 'light', null)
    await boardOn(page).settled()
    let updates: Uint8Array[] = []
    board.doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let round = 0; round < 6; round++) {
      for (let step = 0; step < 8; step++) {
        drawSomething(board, random)
        await boardOn(page).apply([...Y.mergeUpdates(updates)])
        updates = []
        // Some changes come while tiles are being painted, some after.
        if (step % 3 === 0) await boardOn(page).frame()
      }
      const zoom = [1, 0.8, 0.4][round % 3] ?? 1
      await boardOn(page).place(0, 0, zoom)
      const shown = await shot(page)
      await boardOn(fresh).open(bytes(board), 'light', null)
      await boardOn(fresh).place(0, 0, zoom)
      expect([round, await difference(page, shown, await shot(fresh), 24)]).toEqual([
        round,
        expect.closeTo(0, 3),
      ])
    }
    await page.context().close()
    await fresh.context().close()
  }, 120_000)

  test('B113: what a gesture shows is what its change will show; lines go with it; nothing is left behind', async () => {
    const board = goldenBoard()
    const page = await site.page(GOLDEN.width, GOLDEN.height)
    await boardOn(page).open(bytes(board), 'light', PNG)
    const before = await shot(page)
    const target = [...readShapes(board).values()].find((shape) => shape.kind === 'line' && shape.to)
    const moved = target?.kind === 'line' ? (target.to?.shape ?? '') : ''
    const parts = { box: { x: 700, y: 330, w: 90, h: 60, r: 0, flipX: false, flipY: false } }
    // By way of other places, of which nothing may be left.
    for (const x of [400, 560, 640]) {
      await boardOn(page).preview({ [moved]: { box: { ...parts.box, x } } })
      await boardOn(page).frame()
    }
    await boardOn(page).preview({ [moved]: parts })
    const during = await shot(page)
    expect(await difference(page, before, during)).toBeGreaterThan(0.0005)
    await boardOn(page).preview({})
    expect(await difference(page, before, await shot(page), 24)).toBeLessThan(0.0003)
    const updates: Uint8Array[] = []
    board.doc.on('update', (update: Uint8Array) => updates.push(update))
    changeShape(board, moved, parts)
    await boardOn(page).apply([...Y.mergeUpdates(updates)])
    expect(await difference(page, during, await shot(page))).toBeLessThan(0.001)
    await boardOn(page).preview({ [moved]: null })
    expect(await difference(page, during, await shot(page))).toBeGreaterThan(0.0005)
    await page.context().close()
  }, 60_000)

  test('B113: many shapes that are dragged together are where they are put', async () => {
    const board = boardOf(new Y.Doc())
    board.settings.set('grid', 'none')
    const ids: string[] = []
    for (let i = 0; i < 60; i++)
      ids.push(geoAt(board, (i % 10) * 90, Math.floor(i / 10) * 80, { color: i % 8, fill: 'soft' }))
    const [first = '', second = ''] = ids
    lineBetween(board, [0, 0, 600, 600], first, null)
    const page = await site.page(900, 700)
    await boardOn(page).open(bytes(board), 'light', null)
    const dragged = ids.slice(0, 50).filter((id) => id !== second)
    const moves = [3, 40, 90, 143].map((by) =>
      Object.fromEntries(
        dragged.map((id) => {
          const shape = readShapes(board).get(id)
          const box = shape && 'box' in shape ? shape.box : null
          return [id, box ? { box: { ...box, x: box.x + by, y: box.y + by / 3 } } : null]
        }),
      ),
    )
    for (const move of moves) {
      await boardOn(page).preview(move)
      await boardOn(page).frame()
    }
    const during = await shot(page)
    const updates: Uint8Array[] = []
    board.doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const [id, parts] of Object.entries(moves.at(-1) ?? {})) if (parts) changeShape(board, id, parts)
    await boardOn(page).apply([...Y.mergeUpdates(updates)])
    await boardOn(page).preview({})
    const after = await shot(page)
    await boardOn(page).open(bytes(board), 'light', null)
    const fresh = await shot(page)
    expect(await difference(page, after, fresh, 24)).toBeLessThan(0.0003)
    // While it lasts they lie above the others, so only that differs.
    expect(await difference(page, during, fresh)).toBeLessThan(0.03)
    await page.context().close()
  }, 60_000)

  test.each([
    ['a pen with pressure', { brush: 'pen', color: 2, width: 9 }, true],
    ['a pen without', { brush: 'pen', color: 6, width: 5 }, false],
    ['a highlighter', { brush: 'highlighter', color: 8, width: 24 }, false],
  ] as const)(
    'B114: a stroke of %s looks while it grows as it does at its end',
    async (_name, style, hasPressure) => {
      const board = goldenBoard()
      const page = await site.page(GOLDEN.width, GOLDEN.height)
      await boardOn(page).open(bytes(board), 'light', PNG)
      const empty = await shot(page)
      const xyp: number[] = []
      for (let i = 0; i < 160; i++)
        xyp.push(
          100 + i * 4 + Math.sin(i / 9) * 60,
          500 + Math.cos(i / 7) * 120,
          0.5 + Math.sin(i / 20) * 0.4,
        )
      for (let length = 9; length <= xyp.length; length += 27) {
        await boardOn(page).live({ xyp: xyp.slice(0, length), style, hasPressure })
        await boardOn(page).frame()
      }
      await boardOn(page).live({ xyp, style, hasPressure })
      const grown = await shot(page)
      expect(await difference(page, empty, grown)).toBeGreaterThan(0.002)
      await boardOn(page).live(null)
      expect(await difference(page, empty, await shot(page), 8)).toBe(0)
      await boardOn(page).live({ xyp, style, hasPressure })
      expect(await difference(page, grown, await shot(page), 40)).toBeLessThan(0.0005)
      await page.context().close()
    },
    60_000,
  )

  test('B115: another theme, another density and another size are painted anew; a picture is what is on the screen', async () => {
    const board = goldenBoard()
    const page = await site.page(GOLDEN.width, GOLDEN.height)
    await boardOn(page).open(bytes(board), 'light', PNG)
    const light = await shot(page)
    await boardOn(page).theme('dark')
    const dark = await shot(page)
    expect(await difference(page, light, dark)).toBeGreaterThan(0.9)
    await page.setViewportSize({ width: 700, height: 500 })
    await page.setViewportSize({ width: GOLDEN.width, height: GOLDEN.height })
    expect(await difference(page, dark, await shot(page), 8)).toBeLessThan(0.0003)
    await boardOn(page).theme('light')
    const address = await boardOn(page).picture(0, 0, GOLDEN.width, GOLDEN.height, 1)
    const own = Buffer.from(address.replace(/^.*,/, ''), 'base64')
    expect(await difference(page, light, own)).toBeLessThan(0.003)
    // A window that goes to a screen of another density; edges of letters are smoothed otherwise there.
    const dense = await site.page(GOLDEN.width, GOLDEN.height, 2)
    await boardOn(dense).open(bytes(board), 'light', PNG)
    const session = await page.context().newCDPSession(page)
    const { width, height } = GOLDEN
    await session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 2,
      mobile: false,
    })
    await boardOn(page).place(1, 0, 1)
    await boardOn(page).place(0, 0, 1)
    await page.waitForFunction(
      (across) => document.querySelector<HTMLCanvasElement>('.board-view canvas')?.width === across,
      2 * width,
    )
    expect(await difference(page, await tilesOf(page), await tilesOf(dense), 24)).toBeLessThan(0.003)
    await dense.context().close()
    expect(site.problems).toEqual([])
    await page.context().close()
  }, 60_000)
})
