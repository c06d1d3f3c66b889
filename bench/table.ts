/** Writing in a large table: script per key in a cell, typed here and elsewhere. */
import type { Browser } from 'playwright-core'
import * as Y from 'yjs'
import { cellText, emptyTable } from '../shared/text/table/model.ts'
import { inkpad } from './peers.ts'
import type { Running } from './process.ts'
import { RawClient } from './raw-client.ts'
import { EDITABLE, scriptPerEvent } from './script.ts'

const ROWS = 200
const COLUMNS = 5
/** Keys before it counts: the first ones are compiled. */
const FIRST = 30
const KEYS = 100

/** Lines of Markdown. */
export async function writingInTable(browser: Browser, server: Running): Promise<string[]> {
  const doc = new Y.Doc()
  const rows = Array.from({ length: ROWS }, (_none, at) => `r${at}`)
  const columns = Array.from({ length: COLUMNS }, (_none, at) => `c${at}`)
  const writer = new RawClient(inkpad, server.port, 'table', { deliveries: [], acks: [] })
  await writer.joined
  doc.on('update', (update: Uint8Array) => writer.push(update))
  const cell = (row: number): Y.Text => cellText(doc, 'bench', `r${row}`, 'c2')
  doc.transact(() => {
    doc.getText('text').insertEmbed(0, emptyTable(columns, rows, 'bench'))
    doc.getText('text').insert(1, '\n')
    for (const row of rows)
      for (const column of columns) cellText(doc, 'bench', row, column).insert(0, `words of ${row} ${column}`)
  })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${server.port}/p/table`)
  const last = page.locator(`${EDITABLE} td`, { hasText: `words of r${ROWS - 1} c${COLUMNS - 1}` })
  await last.waitFor({ timeout: 60_000 })
  await page.waitForLoadState('networkidle')
  await page.locator(`${EDITABLE} td`, { hasText: `words of r${ROWS / 2} c2` }).click()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const type = async (keys: number): Promise<number> => {
    for (let at = 0; at < keys; at++) await page.keyboard.press('x')
    return keys
  }
  await type(FIRST)
  const local = await scriptPerEvent(session, page, () => type(KEYS))
  const remote = await scriptPerEvent(session, page, async () => {
    for (let at = 0; at < KEYS; at++) {
      cell(ROWS / 2 + 1).insert(0, 'y')
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    }
    return KEYS
  })
  writer.close()
  await context.close()
  const words = (cost: { script: number; layout: number }): string =>
    `${cost.script.toFixed(1)} ms (layout ${cost.layout.toFixed(1)} ms)`
  return [
    `| a table of ${ROWS} x ${COLUMNS}: script for a key typed in a cell | ${words(local)} | 4 ms |`,
    `| the same: script for a key typed elsewhere in the table | ${words(remote)} | 3 ms |`,
  ]
}
