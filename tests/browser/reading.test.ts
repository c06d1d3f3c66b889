import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as encoding from 'lib0/encoding'
import type { Browser } from 'playwright-core'
import { io } from 'socket.io-client'
import * as Y from 'yjs'
import { Message, Sync } from '../../shared/protocol.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import {
  goToEnd,
  openPad,
  openPadFor,
  type PadPage,
  PATIENCE,
  pictureOn,
  untilEqual,
  untilSaved,
  untilShows,
  untilStatus,
} from '../support/pad-page.ts'
import { encode, RawClient, syncMessage } from '../support/raw-client.ts'

const NAME = 'the-name-only-writers-know'

let inkpad: InkpadProcess
let browser: Browser
let writer: PadPage
let readOnlyId: string

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  writer = await openPad(browser, `${inkpad.url}p/${NAME}?userName=Ada`)
  await untilSaved(writer)
  await goToEnd(writer)
  await writer.page.keyboard.press('Enter')
  await writer.page.keyboard.press('Control+Shift+L')
  await writer.page.keyboard.press('Control+b')
  await writer.page.keyboard.type('for everybody to read')
  await untilSaved(writer)
  await writer.page.getByRole('button', { name: 'Share' }).click()
  const link = await writer.page.getByRole('textbox', { name: 'Link to read' }).inputValue()
  await writer.page.keyboard.press('Escape')
  readOnlyId = new URL(link).pathname.split('/').at(-1) ?? ''
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

test('R17: who comes by the read-only link sees the text live, without tools, and cannot type', async () => {
  const reader = await visitor(browser)
  const heard: string[] = []
  reader.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => heard.push(payload.toString())),
  )
  reader.page.on('response', (response) => {
    void response.text().then(
      (body) => heard.push(response.url(), JSON.stringify(response.headers()), body),
      () => undefined,
    )
  })
  const pad = await openPadFor(reader, `${inkpad.url}p/${readOnlyId}`)
  await untilStatus(pad, 'Read only')
  await pad.page.locator('.ProseMirror[contenteditable=false]').waitFor()
  expect(await pad.page.getByRole('toolbar').count()).toBe(0)
  await goToEnd(writer)
  await writer.page.keyboard.type(', live')
  await untilShows('for everybody to read, live', pad)
  const before = await untilEqual(writer, pad)
  await pad.text.click()
  await pad.page.keyboard.type('a reader types')
  await pad.page.keyboard.press('Control+b')
  await pad.page.keyboard.press('Delete')
  await goToEnd(writer)
  await writer.page.keyboard.press('Enter')
  await writer.page.keyboard.type('and on')
  await untilShows('and on', pad)
  const after = await untilEqual(writer, pad)
  expect(after.slice(0, -1)).toEqual(before)
  await pad.page.getByRole('button', { name: 'More' }).click()
  await pad.page.getByRole('menuitem', { name: 'Share' }).click()
  await pad.page.getByRole('textbox', { name: 'Link to read' }).waitFor()
  heard.push(await pad.page.content(), pad.page.url())
  expect(heard.length).toBeGreaterThan(10)
  expect(heard.filter((text) => text.includes(NAME))).toEqual([])
  expect(pad.problems).toEqual([])
}, 120_000)

/** Every kind of message that would change the text. */
function writes(): Record<string, Uint8Array> {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'from a reader')
  const update = Y.encodeStateAsUpdate(doc)
  const hidden = new Y.Doc()
  hidden.getMap('anything').set('key', 'value')
  const part = encode((encoder) => {
    encoding.writeVarUint(encoder, Message.part)
    encoding.writeVarUint(encoder, 0)
    encoding.writeUint8Array(encoder, syncMessage(Sync.update, update))
  })
  return {
    update: syncMessage(Sync.update, update),
    'step 2': syncMessage(Sync.step2, update),
    'update in parts': part,
    'another root': syncMessage(Sync.update, Y.encodeStateAsUpdate(hidden)),
  }
}

test('R17: no raw frame of a reader writes: each is answered by the end of the connection', async () => {
  const reader = await openPad(browser, `${inkpad.url}p/${readOnlyId}`)
  await untilStatus(reader, 'Read only')
  const before = await pictureOn(writer.page)
  const cookies = await reader.context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const hello = encode((encoder) => {
    encoding.writeVarUint(encoder, Message.hello)
    encoding.writeVarString(encoder, JSON.stringify({ v: 1, client: 4242 }))
  })
  const closes: Record<string, number> = {}
  for (const [kind, message] of Object.entries(writes())) {
    for (const frames of [[message], [hello, message]]) {
      const query = frames.length === 2 ? '?v=1' : ''
      if (kind === 'update in parts' && query === '') continue
      closes[`${kind}${query}`] = await reader.page.evaluate(
        ([address, list, patience]) =>
          new Promise<number>((resolve, reject) => {
            const socket = new WebSocket(address)
            const timer = setTimeout(() => reject(new Error('it stayed open')), patience)
            socket.addEventListener('open', () => list.forEach((bytes) => socket.send(new Uint8Array(bytes))))
            socket.addEventListener('close', ({ code }) => {
              clearTimeout(timer)
              resolve(code)
            })
          }),
        [
          `${inkpad.url.replace('http', 'ws')}sync/p/${readOnlyId}${query}`,
          frames.map((frame) => [...frame]),
          PATIENCE,
        ] as const,
      )
    }
    closes[`${kind} by socket.io`] = await overSocketIo(cookie, [hello, message])
  }
  expect([...new Set(Object.values(closes))]).toEqual([4403])
  expect(Object.keys(closes)).toHaveLength(11)
  const raw = await new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/${NAME}`).untilSynced()
  expect(raw.text).not.toContain('from a reader')
  expect(raw.doc.share.size).toBe(1)
  await raw.close()
  expect(await pictureOn(writer.page)).toEqual(before)
}, 120_000)

/** The close code that ends a connection by socket.io which sent these. */
async function overSocketIo(cookie: string, frames: readonly Uint8Array[]): Promise<number> {
  const socket = io(inkpad.url, {
    path: '/socket.io/',
    transports: ['polling'],
    reconnection: false,
    forceNew: true,
    auth: { room: `p/${readOnlyId}`, v: '1' },
    extraHeaders: { cookie },
  })
  try {
    return await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('it stayed open')), PATIENCE)
      socket.on('connect', () => frames.forEach((frame) => socket.emit('m', frame)))
      socket.on('close', (code: number) => {
        clearTimeout(timer)
        resolve(code)
      })
    })
  } finally {
    socket.disconnect()
  }
}

test('without JavaScript the text is there to read, with its formats, by both links', async () => {
  const plain = await visitor(browser, { javaScriptEnabled: false })
  for (const id of [NAME, readOnlyId]) {
    await plain.page.goto(`${inkpad.url}p/${id}`)
    await plain.page.getByRole('listitem').locator('strong', { hasText: 'for everybody to read' }).waitFor()
    await plain.page.locator('noscript p', { hasText: 'please allow JavaScript' }).waitFor()
  }
  expect(await plain.page.content()).not.toContain(NAME)
  await plain.page.goto(inkpad.url)
  await plain.page.locator('noscript p', { hasText: 'please allow JavaScript' }).waitFor()
  expect(plain.problems).toEqual([])
}, 120_000)
