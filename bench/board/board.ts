/** The board beside Excalidraw and tldraw, in one run; gives lines of Markdown. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { inkpad } from '../peers.ts'
import { startPeer } from '../process.ts'
import { boardApps } from './apps.ts'
import { measureBoardsAtRest } from './at-rest.ts'
import { measureCrowd } from './crowd.ts'
import { measureBoardBesidePad, measureFirstPaint } from './first-paint.ts'
import { measureBoard } from './measure.ts'
import type { BoardFigures, Frames } from './measure.ts'
import { fillBoard } from './own.ts'
import { startPeersSite } from './peers-site.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const HEAD =
  '| board | open ms | pan | zoom | pan at fit | draw | heap MB | scripts kB | data kB |\n|---|---|---|---|---|---|---|---|---|'

/** `seconds` each thing is done for; `peers: false` measures ours alone. */
export async function measureBoards(
  sizes: readonly number[],
  seconds: number,
  peers: boolean,
  say: (line: string) => void,
): Promise<void> {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
  const server = await startPeer(inkpad)
  const site = peers ? await startPeersSite(root) : null
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  try {
    for (const size of sizes) {
      // A board may hold 50 000 shapes, and room is left to draw on it.
      const count = Math.min(size, 49_900)
      await fillBoard(server.port, `strokes-${count}`, count)
      say(`### ${size.toLocaleString('en')} strokes of 50 points`)
      say('')
      say(HEAD)
      for (const app of boardApps(server.port, site?.port ?? 0)) {
        if (app.name !== 'Inkpad' && !site) continue
        say(
          `| ${app.name} | ${await row(() => measureBoard(browser, app, count, seconds), size > app.most)} |`,
        )
      }
      say('')
    }
  } finally {
    await browser.close()
    await site?.close()
    await server.stop()
  }
}

/** What frames ({@link measureBoards}) do not tell: the first paint, the crowd, the server at rest. */
export async function measureBoardFigures(seconds: number, say: (line: string) => void): Promise<void> {
  say("### A board's page, cold")
  say('')
  await firstPaint(say)
  say('### Boards at rest')
  say('')
  for (const line of await measureBoardsAtRest()) say(line)
  say('')
  say('### A crowd on one board')
  say('')
  for (const line of await measureCrowd(seconds)) say(line)
  say('')
}

async function firstPaint(say: (line: string) => void): Promise<void> {
  const server = await startPeer(inkpad)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  try {
    await fillBoard(server.port, 'some', 1000)
    const address = `http://127.0.0.1:${server.port}/p/some/board`
    const { paint, usable, scripts } = await measureFirstPaint(browser, address)
    const more = await measureBoardBesidePad(browser, `http://127.0.0.1:${server.port}/p/other`)
    say('| what (1,000 strokes, median of 7) | measured | target |')
    say('|---|---|---|')
    say(
      `| JS and CSS of the page alone, until nothing more comes, compressed | ${(scripts / 1e3).toFixed(0)} kB | 150 kB |`,
    )
    say(`| JS and CSS it brings where the pad's page was before | ${(more / 1e3).toFixed(0)} kB | 150 kB |`)
    say(`| first paint with content | ${paint.toFixed(0)} ms | 200 ms |`)
    say(`| connected, ready to draw | ${usable.toFixed(0)} ms | - |`)
    say('')
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function row(measure: () => Promise<BoardFigures>, left: boolean): Promise<string> {
  const none = (why: string): string => `${why}${' |'.repeat(7)}`
  if (left) return none('not tried')
  try {
    const { opened, pan, zoom, fit, draw, heap, scripts, data } = await measure()
    const cells = [opened.toFixed(0), ...[pan, zoom, fit, draw].map(frames)]
    return [...cells, (heap / 1e6).toFixed(1), (scripts / 1e3).toFixed(0), (data / 1e3).toFixed(0)].join(
      ' | ',
    )
  } catch (error) {
    return none(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}

/** p95 / worst ms between frames; how many were later than 50 ms; ms of the main thread for each turn or move. */
function frames({ p95, worst, late, work }: Frames): string {
  return `${p95.toFixed(0)} / ${worst.toFixed(0)}, ${late}, ${work.toFixed(1)}`
}
