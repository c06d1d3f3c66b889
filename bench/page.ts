/** What the pad's page costs in a browser: bytes over the wire, time until a person can type, script per key. */
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import * as Y from 'yjs'
import { longList, specification } from './large.ts'
import { inkpad } from './peers.ts'
import { type Running, percentile, startPeer } from './process.ts'
import { RawClient } from './raw-client.ts'
import { EDITABLE, scriptPerEvent } from './script.ts'
import { writingInTable } from './table.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const FIRST_KEYS = 30

/** Measures a started Inkpad; gives lines of Markdown. */
export async function measurePage(): Promise<string[]> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  const server = await startPeer(inkpad)
  try {
    const opening = await weightAndOpening(browser, server)
    const rows = ['| what | measured | target |', '|---|---|---|', ...opening]
    for (const lines of [1000, 10_000]) rows.push(...(await typing(browser, server, lines)))
    rows.push(...(await writingInTable(browser, server)))
    rows.push(...(await longList(browser, server)), ...(await specification(browser)))
    return rows
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function weightAndOpening(browser: Browser, server: Running): Promise<string[]> {
  const editable: number[] = []
  let bytes = 0
  let heads = 0
  for (let round = 0; round < 7; round++) {
    const context = await browser.newContext()
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    let weight = 0
    let headers = 0
    const kinds = new Map<string, string>()
    session.on('Network.responseReceived', ({ requestId, type, response }) => {
      kinds.set(requestId, type)
      // Before a body comes it counts the lines before it.
      if (type === 'Script' || type === 'Stylesheet') headers += response.encodedDataLength
    })
    session.on('Network.loadingFinished', (event) => {
      const kind = kinds.get(event.requestId)
      if (kind === 'Script' || kind === 'Stylesheet') weight += event.encodedDataLength
    })
    const begun = performance.now()
    await page.goto(`http://127.0.0.1:${server.port}/p/page-${round}`)
    await page.waitForSelector(EDITABLE)
    editable.push(performance.now() - begun)
    await page.waitForLoadState('networkidle')
    bytes = weight - headers
    heads = headers
    await context.close()
  }
  return [
    `| pad page, cold: JS and CSS, compressed | ${(bytes / 1000).toFixed(0)} kB | 250 kB |`,
    `| the same: lines before them of HTTP/1.1 | ${(heads / 1000).toFixed(0)} kB | - |`,
    `| pad page, cold: editable after (median of ${editable.length}) | ${percentile(editable, 0.5).toFixed(0)} ms | 500 ms |`,
  ]
}

async function typing(browser: Browser, server: Running, lines: number): Promise<string[]> {
  const room = `lines-${lines}`
  const doc = new Y.Doc()
  doc
    .getText('text')
    .insert(
      0,
      'A line of one hundred characters, as people write them in notes and minutes of long meetings, so.\n'.repeat(
        lines,
      ),
    )
  const writer = new RawClient(inkpad, server.port, room, { deliveries: [], acks: [] })
  await writer.joined
  for (const part of [Y.encodeStateAsUpdate(doc)]) writer.push(part)
  const context = await browser.newContext()
  const page = await context.newPage()
  const begun = performance.now()
  await page.goto(`http://127.0.0.1:${server.port}/p/${room}`)
  await page.waitForFunction(
    (count) => document.querySelectorAll('[role=textbox] .line').length >= count,
    lines,
    { timeout: 60_000 },
  )
  const opened = performance.now() - begun
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  await page.evaluate(
    (at) => document.querySelectorAll('[role=textbox] .line')[at]?.scrollIntoView(),
    Math.floor(lines / 2),
  )
  await page
    .locator('[role=textbox] .line')
    .nth(Math.floor(lines / 2))
    .click()
  // What the page does in its first moments is no part of a key.
  await page.waitForLoadState('networkidle')
  const type = async (keys: number): Promise<number> => {
    for (let i = 0; i < keys; i++) await page.keyboard.press('x')
    return keys
  }
  // The first keys run code nothing has compiled yet.
  const first = await scriptPerEvent(session, page, () => type(FIRST_KEYS))
  const local = await scriptPerEvent(session, page, () => type(100))
  const remote = await scriptPerEvent(session, page, async () => {
    for (let i = 0; i < 100; i++) {
      writer.type()
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    }
    return 100
  })
  writer.close()
  await context.close()
  return [
    `| ${lines} lines: shown after | ${opened.toFixed(0)} ms | - |`,
    `| ${lines} lines: script for one of the first ${FIRST_KEYS} keys | ${first.script.toFixed(1)} ms (layout ${first.layout.toFixed(1)} ms) | - |`,
    `| ${lines} lines: script for a key after them | ${local.script.toFixed(1)} ms (layout ${local.layout.toFixed(1)} ms) | ${lines >= 10_000 ? '4 ms' : '-'} |`,
    `| ${lines} lines: script for a key typed elsewhere | ${remote.script.toFixed(1)} ms (layout ${remote.layout.toFixed(1)} ms) | ${lines >= 10_000 ? '4 ms' : '-'} |`,
  ]
}
