/** One board with so many strokes in a browser: opened, moved, zoomed, seen as a whole, drawn on; the same hand for all. */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { percentile } from '../process.ts'
import type { BoardApp } from './apps.ts'

/** Times between frames in ms, and how much of the hand's work was shown. */
export interface Frames {
  readonly p95: number
  readonly worst: number
  /** Frames later than 50 ms. */
  readonly late: number
  readonly frames: number
  /** Wheel turns or moves the page took in. */
  readonly acts: number
  /** Ms of the main thread's processor time for each of them: what a busy machine does not change. */
  readonly work: number
}

export interface BoardFigures {
  /** From the address to nine tenths of the ink on the screen, ms. */
  readonly opened: number
  /** Bytes on the wire: scripts and styles, and everything else. */
  readonly scripts: number
  readonly data: number
  readonly heap: number
  readonly pan: Frames
  readonly zoom: Frames
  readonly fit: Frames
  readonly draw: Frames
}

export const WINDOW = { width: 1920, height: 1080 }
/** Ms an application may take for one thing. */
const PATIENCE = 90_000

/** @throws Error when it does not get on within {@link PATIENCE} */
export async function measureBoard(
  browser: Browser,
  app: BoardApp,
  count: number,
  seconds: number,
): Promise<BoardFigures> {
  const context = await browser.newContext({ viewport: WINDOW })
  // What pages ask of the world outside is not there, here as on machines without a network.
  await context.route(/^https:/, (route) => route.abort())
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const session = await context.newCDPSession(page)
  const wire = await watchWire(session)
  try {
    await watchFrames(page)
    const opened = await open(page, app, count)
    const { scripts, data } = wire()
    await page.mouse.move(WINDOW.width / 2, WINDOW.height / 2)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const run = (act: (i: number) => Promise<void>): Promise<Frames> => hand(page, session, seconds, act)
    const way = (i: number): number => (i % 60 < 30 ? 1 : -1)
    const pan = await run((i) => page.mouse.wheel(50 * way(i), 30 * way(i)))
    const zoom = await run(async (i) => {
      await page.keyboard.down('Control')
      await page.mouse.wheel(0, i % 40 < 20 ? 60 : -60)
      await page.keyboard.up('Control')
    })
    await page.keyboard.press(app.fit)
    await still(page)
    const fit = await run((i) => page.mouse.wheel(12 * way(i), 8 * way(i)))
    await page.keyboard.press(app.full)
    await still(page)
    await page.keyboard.press(app.pen)
    const draw = await run(async (i) => {
      const at = i % 40
      const x = 500 + at * 16
      if (at === 0) {
        await page.mouse.move(x, 500)
        await page.mouse.down()
      }
      await page.mouse.move(x, 500 + Math.sin(at / 3) * 120)
      if (at === 39) await page.mouse.up()
    })
    await page.mouse.up()
    return { opened, scripts, data, heap: await heapOf(session), pan, zoom, fit, draw }
  } finally {
    await context.close()
  }
}

async function watchWire(session: CDPSession): Promise<() => { scripts: number; data: number }> {
  await session.send('Network.enable')
  const kinds = new Map<string, string>()
  let scripts = 0
  let data = 0
  session.on('Network.responseReceived', (event) => kinds.set(event.requestId, event.type))
  session.on('Network.loadingFinished', (event) => {
    const kind = kinds.get(event.requestId)
    if (kind === 'Script' || kind === 'Stylesheet') scripts += event.encodedDataLength
    else if (kind !== 'Font' && kind !== 'Image') data += event.encodedDataLength
  })
  session.on('Network.webSocketFrameReceived', ({ response: { opcode, payloadData } }) => {
    data += opcode === 2 ? (payloadData.length * 3) / 4 : payloadData.length
  })
  return () => ({ scripts, data })
}

async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const times: number[] = []
    let last = 0
    let acts = 0
    const meter = (time: number): void => {
      if (last > 0) times.push(time - last)
      last = time
      requestAnimationFrame(meter)
    }
    requestAnimationFrame(meter)
    addEventListener('wheel', () => acts++, { capture: true, passive: true })
    addEventListener('pointermove', () => acts++, { capture: true, passive: true })
    Object.assign(window, {
      benchFrames: {
        begin() {
          times.length = 0
          acts = 0
        },
        end: () => ({ times: [...times], acts }),
      },
    })
  })
}

/** Looks every 40 ms how much ink is there, until it stays the same for a second; the time is when nine tenths were. */
async function open(page: Page, app: BoardApp, count: number): Promise<number> {
  const begun = performance.now()
  await page.goto(app.address(count), { waitUntil: 'commit' })
  const seen: { at: number; ink: number }[] = []
  let same = 0
  while (same < 25) {
    if (performance.now() - begun > PATIENCE) throw new Error('was not there in time')
    const ink = await inkOn(page, app)
    same = ink > 0 && ink === seen.at(-1)?.ink ? same + 1 : 0
    seen.push({ at: performance.now() - begun, ink })
    await page.waitForTimeout(40)
  }
  const all = seen.at(-1)?.ink ?? 0
  return seen.find(({ ink }) => ink >= all * 0.9)?.at ?? Number.NaN
}

async function inkOn(page: Page, { canvas, elements }: BoardApp): Promise<number> {
  return (
    page
      .evaluate(
        ([selector, strokes]) => {
          if (selector === null) return document.querySelectorAll(strokes ?? '').length
          const shown = document.querySelector<HTMLCanvasElement>(selector)
          if (!shown || shown.width === 0) return 0
          const small = new OffscreenCanvas(192, 108)
          const context = small.getContext('2d', { willReadFrequently: true })
          if (!context) return 0
          context.fillStyle = '#fff'
          context.fillRect(0, 0, 192, 108)
          context.drawImage(shown, 0, 0, 192, 108)
          const { data } = context.getImageData(0, 0, 192, 108)
          let ink = 0
          for (let i = 0; i < data.length; i += 4)
            if (Math.min(data[i] ?? 255, data[i + 1] ?? 255, data[i + 2] ?? 255) < 200) ink++
          return ink
        },
        [canvas, elements] as const,
      )
      // The page may be changing places.
      .catch(() => 0)
  )
}

/** Lets a board come to rest: a second in which frames come as they should. */
async function still(page: Page): Promise<void> {
  await page.waitForTimeout(1000)
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
}

async function mainThread(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

async function hand(
  page: Page,
  session: CDPSession,
  seconds: number,
  act: (i: number) => Promise<void>,
): Promise<Frames> {
  const before = await mainThread(session)
  await page.evaluate(() => Reflect.get(window, 'benchFrames').begin())
  const until = performance.now() + seconds * 1000
  for (let i = 0; performance.now() < until; i++) {
    await act(i)
    if (performance.now() - until > PATIENCE) throw new Error('did not get on')
  }
  const { times, acts } = await page.evaluate(
    () => Reflect.get(window, 'benchFrames').end() as { times: number[]; acts: number },
  )
  const work = (await mainThread(session)) - before
  return {
    work: work / Math.max(1, acts),
    p95: percentile(times, 0.95),
    worst: Math.max(...times),
    late: times.filter((time) => time > 50).length,
    frames: times.length,
    acts,
  }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}
