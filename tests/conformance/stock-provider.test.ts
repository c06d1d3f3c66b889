import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { createSessions } from '../support/sessions.ts'
import { until } from '../support/wait.ts'

let inkpad: InkpadProcess
const sessions = createSessions()
let providers: WebsocketProvider[] = []
let pads = 0
/** A second try has a pad of its own. */
const freshPad = (): string => `pad-${++pads}`

beforeAll(async () => {
  inkpad = await startInkpad()
}, 60_000)
afterEach(async () => {
  for (const provider of providers.splice(0)) {
    provider.destroy()
    provider.doc.destroy()
  }
  await sessions.destroyAll()
})
afterAll(() => inkpad?.remove(), 60_000)

function stock(room: string): WebsocketProvider {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${inkpad.port}/sync`, room, new Y.Doc(), {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  providers.push(provider)
  return provider
}

const textOf = (provider: WebsocketProvider) => provider.doc.getText('text').toJSON()

test('S1: a stock provider reads and writes a pad that a browser of ours writes too', async () => {
  const pad = freshPad()
  const ours = sessions.open(inkpad.port, pad)
  await ours.is('saved')
  const theirs = stock(`p/${pad}`)
  await until('synced', () => theirs.synced)
  expect(textOf(theirs)).toBe(ours.text())
  theirs.doc.getText('text').insert(0, 'theirs ', { bold: true })
  ours.type('ours ', 0)
  await until('both', () => textOf(theirs) === ours.text() && /(theirs ours|ours theirs) /.test(ours.text()))
  await ours.is('saved')
})

test('S1: what a stock provider wrote is there after kill -9, and it goes on by itself', async () => {
  const pad = freshPad()
  const theirs = stock(`p/${pad}`)
  await until('synced', () => theirs.synced)
  theirs.doc.getText('text').insert(0, 'before ')
  const reader = sessions.open(inkpad.port, pad)
  await until('relayed', () => reader.text().startsWith('before '))
  await reader.session.destroy()
  await inkpad.kill9()
  theirs.doc.getText('text').insert(0, 'while away ')
  await inkpad.start()
  const later = sessions.open(inkpad.port, pad)
  await until(
    'all of it',
    () => later.text().startsWith('while away before '),
    15_000,
    () => later.text(),
  )
})

test('S1: a stock provider with a read-only id reads, and its writes change nothing', async () => {
  const pad = freshPad()
  const writer = sessions.open(inkpad.port, pad)
  await writer.is('saved')
  const page = await fetch(`${inkpad.url}p/${pad}`, { headers: { accept: 'text/html' } })
  const id = /"readOnlyId": "(r\.[0-9a-f]{32})"/.exec(await page.text())?.[1] ?? ''
  const reader = stock(`p/${id}`)
  await until('synced', () => reader.synced)
  expect(textOf(reader)).toBe(writer.text())
  const before = writer.text()
  let closed = false
  reader.on('connection-close', () => (closed = true))
  reader.doc.getText('text').insert(0, 'no ')
  await until('closed', () => closed)
  writer.type('yes ', 0)
  await writer.is('saved')
  expect(writer.text()).toBe(`yes ${before}`)
})
