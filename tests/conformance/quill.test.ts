import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'

let folder: string
let site: Server
let inkpad: InkpadProcess
let browser: Browser
let pads = 0
/** A second try has a pad of its own. */
const freshPad = (): string => `quill-${++pads}`

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-quill-'))
  // Vite's compiler cannot live inside Jest's module realm, so it builds in a process of its own.
  const vite = path.resolve('node_modules/vite/bin/vite.js')
  const config = path.resolve('tests/conformance/quill-vite.config.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--config', config, '--outDir', folder])
  site = createServer((request, response) => {
    if (request.url === '/page.js') {
      response.setHeader('content-type', 'text/javascript')
      void readFile(path.join(folder, 'page.js')).then((script) => response.end(script))
    } else {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>Quill</title><body><script type="module" src="page.js"></script>')
    }
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  inkpad = await startInkpad({ SOCKETIO_ALLOWED_ORIGINS: `http://127.0.0.1:${port()}` })
  browser = await startChromium()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
  site?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

function port(): number {
  return (site.address() as AddressInfo).port
}

async function openQuill(pad: string): Promise<Page> {
  const { page } = await visitor(browser)
  const server = `ws://127.0.0.1:${inkpad.port}/sync`
  await page.goto(
    `http://127.0.0.1:${port()}/?server=${encodeURIComponent(server)}&room=${encodeURIComponent(`p/${pad}`)}`,
  )
  await page.waitForSelector('body[data-ready=yes]')
  return page
}

const quillText = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { quill: { getText(): string } }).quill.getText())

test('S1: Quill with y-quill and y-websocket writes in a pad together with our editor, formats and all', async () => {
  const { page: ours, problems } = await visitor(browser)
  const pad = freshPad()
  await ours.goto(`${inkpad.url}p/${pad}`)
  const text = ours.getByRole('textbox').first()
  await text.waitFor()
  const quill = await openQuill(pad)
  await quill.locator('.ql-editor').click()
  await quill.keyboard.press('Control+Home')
  await quill.keyboard.type('plain and ')
  await quill.keyboard.press('Control+b')
  await quill.keyboard.type('strong')
  await quill.keyboard.press('Control+b')
  await quill.keyboard.press('Enter')
  await text.locator('strong', { hasText: 'strong' }).waitFor()
  await text.click()
  await ours.keyboard.press('Control+Home')
  await ours.keyboard.type('ours: ')
  await quill.waitForFunction(() =>
    (globalThis as unknown as { quill: { getText(): string } }).quill
      .getText()
      .startsWith('ours: plain and strong\n'),
  )
  await ours.keyboard.press('Control+Shift+L')
  await quill.locator('li[data-list=bullet]', { hasText: 'ours' }).waitFor()
  const deltas = await quill.evaluate(() => {
    const { doc, quill: editor } = globalThis as unknown as {
      doc: { getText(name: string): { toDelta(): unknown } }
      quill: { getContents(): { ops: unknown } }
    }
    return { shared: doc.getText('text').toDelta(), shown: editor.getContents().ops }
  })
  expect(deltas.shown).toEqual(deltas.shared)
  expect(problems).toEqual([])
}, 60_000)

test('S1: Quill that only opens a pad changes nothing in it', async () => {
  const pad = freshPad()
  const first = await openQuill(pad)
  const before = await quillText(first)
  const second = await openQuill(pad)
  expect(await quillText(second)).toBe(before)
  expect(await quillText(first)).toBe(before)
}, 60_000)
