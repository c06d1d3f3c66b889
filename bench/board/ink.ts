/**
 * How long it takes until somebody else sees ink that is being drawn: from the moment one browser's page hears of a move of
 * the pointer until the frame with its point was painted in another's, through the server.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { inkpad } from '../peers.ts'
import { percentile, startPeer } from '../process.ts'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
const STROKES = 30
/** Few enough that a stroke ends before it is sent whole again. */
const MOVES = 20
/** Ms between two moves: each is a message of its own. */
const PACE = 30
/** First varUint of live ink (`shared/protocol.ts`). */
const INK = 102

interface Marks {
  /** When the pointer moved, and when the page heard of it: with its next frame. Ms since 1970. */
  moved: number[]
  heard: number[]
  /** When ink came, and when its frame was painted. */
  came: number[]
  seen: number[]
}

/** Measures with a started Inkpad; gives rows of Markdown. */
export async function measureLiveInk(): Promise<string[]> {
  const server = await startPeer(inkpad)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  try {
    const url = `http://127.0.0.1:${server.port}/p/live-ink/board`
    const [from, to] = [await open(browser, url), await open(browser, url)]
    const seen: number[] = []
    const came: number[] = []
    const whole: number[] = []
    for (let stroke = 0; stroke < STROKES; stroke++) {
      const marks = await oneStroke(from.page, to.page, 120 + stroke * 18)
      // Two moves in one frame are one message; then nobody knows which is which.
      if (marks.moved.length !== marks.seen.length) continue
      for (const [i, heard] of marks.heard.entries()) {
        came.push((marks.came[i] ?? Number.NaN) - heard)
        seen.push((marks.seen[i] ?? Number.NaN) - heard)
        whole.push((marks.seen[i] ?? Number.NaN) - (marks.moved[i] ?? Number.NaN))
      }
    }
    await Promise.all([from.context.close(), to.context.close()])
    const row = (what: string, values: number[], target: string): string =>
      `| ${what} | ${percentile(values, 0.5).toFixed(1)} | ${percentile(values, 0.95).toFixed(1)} | ${target} |`
    return [
      `| ${seen.length} moves of a pointer, ms | p50 | p95 | target (p95) |`,
      '|---|---|---|---|',
      row('the page hears of it, the other page has it', came, '-'),
      row('the page hears of it, the other page has painted it', seen, '25'),
      row('the pointer moves, the other page has painted it (two frames to wait for)', whole, '-'),
    ]
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function open(browser: Browser, url: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript((type) => {
    const marks: Marks = { moved: [], heard: [], came: [], seen: [] }
    Object.assign(window, { marks })
    const now = (): number => performance.timeOrigin + performance.now()
    addEventListener(
      'pointermove',
      ({ timeStamp, buttons }) => {
        if (buttons !== 1) return
        marks.moved.push(performance.timeOrigin + timeStamp)
        marks.heard.push(now())
      },
      { capture: true },
    )
    window.WebSocket = class extends WebSocket {
      constructor(address: string | URL) {
        super(address)
        this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          if (!(data instanceof ArrayBuffer)) return
          const bytes = new Uint8Array(data)
          // Behind the type and the sender's id: what a frame adds.
          const head = bytes.findIndex((byte, at) => at > 0 && byte < 128) + 1
          const kind = (bytes[head] ?? 0) & 15
          if (bytes[0] !== type || kind !== 1) return
          marks.came.push(now())
          requestAnimationFrame(() => {
            // A task behind the frame.
            const { port1, port2 } = new MessageChannel()
            port1.addEventListener('message', () => marks.seen.push(now()), { once: true })
            port1.start()
            port2.postMessage(null)
          })
        })
      }
    }
  }, INK)
  await page.goto(url)
  await page.locator('#board').waitFor()
  await page.locator('.status').filter({ hasText: 'Saved' }).first().waitFor()
  return { context, page }
}

async function oneStroke(from: Page, to: Page, y: number): Promise<Marks> {
  const take = (): Marks => {
    const { marks } = window as unknown as { marks: Marks }
    const copy = { ...marks }
    Object.assign(marks, { moved: [], heard: [], came: [], seen: [] })
    return copy
  }
  await from.locator('#board').focus()
  await from.keyboard.press('p')
  await from.mouse.move(300, y)
  await from.mouse.down()
  // The first point has no move of its own.
  await from.waitForTimeout(100)
  await Promise.all([from.evaluate(take), to.evaluate(take)])
  for (let move = 1; move <= MOVES; move++) {
    await from.mouse.move(300 + move * 9, y + Math.sin(move / 4) * 14)
    await from.waitForTimeout(PACE)
  }
  await from.waitForTimeout(200)
  const [{ moved, heard }, { came, seen }] = [await from.evaluate(take), await to.evaluate(take)]
  await from.mouse.up()
  return { moved, heard, came, seen }
}
