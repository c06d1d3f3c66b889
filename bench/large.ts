/** Large texts in a browser: a whole specification pasted, told and loaded again, and Enter in a list of ten thousand lines. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import * as Y from 'yjs'
import { inkpad } from './peers.ts'
import { percentile, type Running, startPeer } from './process.ts'
import { RawClient } from './raw-client.ts'
import { EDITABLE, scriptPerEvent } from './script.ts'

const SPECIFICATION = 'node_modules/commonmark-spec/spec.txt'
const LOADS = 5
const LIST = 10_000

/** Lines of Markdown about a text of 200 kB and 10 000 lines, on a server of its own, which is killed in between. */
export async function specification(browser: Browser): Promise<string[]> {
  const text = await readFile(SPECIFICATION, 'utf8')
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  const first = await startPeer(inkpad)
  let server: Running = first
  try {
    const [here, there] = [await open(browser, server, 'spec'), await open(browser, server, 'spec')]
    await Promise.all([here, there].map(untilSaved))
    await here.focus(EDITABLE)
    for (const key of ['Control+a', 'Delete']) await here.keyboard.press(key)
    const pasted = performance.now()
    const arrived = Promise.all([untilShown(here, last), untilShown(there, last)])
    await paste(here, text)
    const [own, others] = await arrived
    await untilSaved(here)
    for (const page of [here, there]) await page.context().close()
    await server.kill9()
    server = await startPeer(inkpad, first.folder)
    const loads: number[] = []
    for (let round = 0; round < LOADS; round++) {
      const begun = performance.now()
      const page = await open(browser, server, 'spec')
      loads.push((await untilShown(page, last)) - begun)
      await page.context().close()
    }
    const kilobytes = (text.length / 1000).toFixed(0)
    return [
      `| CommonMark specification, ${kilobytes} kB, pasted: on the own screen after | ${(own - pasted).toFixed(0)} ms | - |`,
      `| the same: on the other screen after | ${(others - pasted).toFixed(0)} ms | 1000 ms |`,
      `| the same: all of it there and editable again, after kill -9 (median of ${LOADS}) | ${percentile(loads, 0.5).toFixed(0)} ms | 1000 ms |`,
    ]
  } finally {
    await server.stop()
  }
}

/** Lines of Markdown about one ordered list of ten thousand lines. */
export async function longList(browser: Browser, server: Running): Promise<string[]> {
  const doc = new Y.Doc()
  const lines = Array.from({ length: LIST }, (_, at) => [
    { insert: `item ${at}` },
    { insert: '\n', attributes: { list: 'ordered' } },
  ])
  doc.getText('text').applyDelta(lines.flat())
  const writer = new RawClient(inkpad, server.port, 'list', { deliveries: [], acks: [] })
  await writer.joined
  writer.push(Y.encodeStateAsUpdate(doc))
  const page = await open(browser, server, 'list')
  await untilShown(page, `item ${LIST - 1}`)
  await page
    .locator('[role=textbox] .line')
    .nth(LIST / 2)
    .click()
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const { script } = await scriptPerEvent(session, page, async () => {
    for (let i = 0; i < 5; i++) await page.keyboard.press('Enter')
    return 5
  })
  writer.close()
  await page.context().close()
  return [`| one ordered list of ${LIST} lines: script for Enter | ${script.toFixed(0)} ms | - |`]
}

async function open(browser: Browser, { port }: Running, pad: string): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${port}/p/${pad}`, { waitUntil: 'commit' })
  return page
}

async function untilSaved(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.status')?.textContent?.trim() === 'Saved')
}

/** When these words were in the last lines of an editable text and a frame had been drawn, in ms of this process. */
async function untilShown(page: Page, words: string): Promise<number> {
  await page.waitForFunction(
    ([editable, wanted]) =>
      document.querySelector(editable ?? '')?.lastElementChild?.textContent?.includes(wanted ?? ''),
    [EDITABLE, words] as const,
    { timeout: 60_000 },
  )
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  return performance.now()
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', words)
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}
