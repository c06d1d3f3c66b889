/** Writing more at once than the server takes in one message. */
import { afterEach, expect, test } from '@jest/globals'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { createNetwork } from '../../support/flaky-socket.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { createSessions } from '../../support/sessions.ts'
import { until } from '../../support/wait.ts'

const MINUTE = 20_000
const MEGABYTE = 1024 * 1024
const LINE = `${'words and more words, '.repeat(10)}\n`

let server: TestServer
const sessions = createSessions()

afterEach(async () => {
  await sessions.destroyAll()
  await server.stop()
})

/** About `bytes` of text; each line has its number. */
function text(bytes: number): string {
  const lines = Math.floor(bytes / LINE.length)
  return Array.from({ length: lines }, (_, i) => `${i} ${LINE}`).join('')
}

async function onServer(pad: string): Promise<string | null> {
  return server.sync.withDocument(`p/${pad}`, (doc) => doc.getText('text').toJSON())
}

test('C18: three megabytes pasted at once arrive whole, and `saved` is said only when all are durable', async () => {
  server = await startServer()
  const ada = sessions.open(server.port, 'pad', { cookie: server.people.add('Ada').cookie })
  await ada.is('saved')
  const paste = text(3 * MEGABYTE)
  ada.type(paste, 0)
  ada.type('meanwhile ', 0)
  expect(ada.session.status).toMatchObject({ state: 'saving', unsaved: 2 })
  const early: number[] = []
  ada.session.on('status', ({ unsaved }) => {
    if (unsaved === 0) early.push(server.sync.stats().queuedRows)
  })
  await ada.is('saved', MINUTE)
  expect(early).toEqual([0])
  expect(await onServer('pad')).toBe(`meanwhile ${paste}Welcome\n`)
  const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
  await until('the text', () => bob.text() === ada.text(), MINUTE)
  expect(ada.history.filter(({ state }) => state === 'offline')).toEqual([])
}, 90_000)

test('C18: three megabytes written offline come along, with what is deleted, and after a reload', async () => {
  server = await startServer()
  const { cookie } = server.people.add('Ada')
  const network = createNetwork(cookie)
  const env = createClientEnvironment({ cookie, WebSocket: network.WebSocket })
  const first = sessions.open(server.port, 'pad', { env })
  await first.is('saved')
  network.cut(true)
  await first.is('offline')
  const paste = text(3 * MEGABYTE)
  first.type(paste, 0)
  first.session.doc.getText('text').format(10, 200, { bold: true })
  for (let i = 0; i < 20; i++) first.session.doc.getText('text').delete(i * 1000, 7)
  const wanted: unknown = first.session.doc.getText('text').toDelta()
  await first.session.destroy()
  const second = sessions.open(server.port, 'pad', { env })
  await second.is('offline')
  second.type('later ', 0)
  expect(second.session.status).toMatchObject({ unsaved: 23, kept: true })
  network.restore()
  second.session.retry()
  await second.is('saved', MINUTE)
  expect(second.session.status.unsaved).toBe(0)
  second.session.doc.getText('text').delete(0, 6)
  await second.is('saved', MINUTE)
  expect(second.session.doc.getText('text').toDelta()).toEqual(wanted)
  expect(await server.sync.withDocument('p/pad', (doc) => doc.getText('text').toDelta() as unknown)).toEqual(
    wanted,
  )
}, 90_000)

test('C18: more than the server lets through at once is sent at the pace it allows', async () => {
  server = await startServer({ limits: { byteBurst: 3.5 * MEGABYTE } })
  const ada = sessions.open(server.port, 'pad', { cookie: server.people.add('Ada').cookie })
  await ada.is('saved')
  const paste = text(4 * MEGABYTE)
  ada.type(paste, 0)
  ada.session.doc.getText('text').insert(0, 'typed while it goes ')
  await ada.is('saved', MINUTE)
  expect(await onServer('pad')).toBe(`typed while it goes ${paste}Welcome\n`)
  expect(server.sync.stats().rejected).toEqual({})
}, 90_000)

test('C18: a connection lost in the middle of it goes on where it was', async () => {
  server = await startServer()
  const { cookie } = server.people.add('Ada')
  const network = createNetwork(cookie)
  const ada = sessions.open(server.port, 'pad', {
    env: createClientEnvironment({ cookie, WebSocket: network.WebSocket }),
  })
  await ada.is('saved')
  const paste = text(3 * MEGABYTE)
  ada.type(paste, 0)
  const { rows } = server.sync.stats()
  await until('some of it', () => server.sync.stats().rows > rows + 3, MINUTE)
  network.cut(false)
  await ada.is('offline')
  expect(ada.session.status.unsaved).toBe(1)
  ada.session.retry()
  await ada.is('saved', MINUTE)
  expect(await onServer('pad')).toBe(`${paste}Welcome\n`)
}, 90_000)

test('C18: over socket.io too', async () => {
  server = await startServer()
  class Blocked {
    binaryType = ''
    readyState = 3
    addEventListener(event: string, listener: (event: { code?: number }) => void): void {
      if (event === 'close') setTimeout(() => listener({ code: 1006 }), 1)
    }
    send(): void {}
    close(): void {}
  }
  const ada = sessions.open(server.port, 'pad', {
    env: createClientEnvironment({ cookie: server.people.add('Ada').cookie, WebSocket: Blocked }),
  })
  await ada.is('saved', MINUTE)
  expect(ada.session.carrier).toBe('socket.io')
  const paste = text(3 * MEGABYTE)
  ada.type(paste, 0)
  await ada.is('saved', MINUTE)
  expect(await onServer('pad')).toBe(`${paste}Welcome\n`)
}, 90_000)

test('C10: a full document: the person is told, and everything typed stays on this device until it is taken along', async () => {
  server = await startServer({ limits: { document: 2 * MEGABYTE } })
  const env = createClientEnvironment({ cookie: server.people.add('Ada').cookie })
  const ada = sessions.open(server.port, 'pad', { env })
  await ada.is('saved')
  const paste = text(3 * MEGABYTE)
  ada.type(paste, 0)
  await ada.is('refused', MINUTE)
  expect(ada.session.status).toMatchObject({ reason: 'tooLarge', kept: true })
  expect(ada.session.recovered).toMatchObject({ reason: 'tooLarge', text: `${paste}Welcome\n` })
  await ada.session.destroy()
  const next = sessions.open(server.port, 'pad', { env })
  await next.is('saved', MINUTE)
  expect(next.session.recovered?.text).toBe(`${paste}Welcome\n`)
  expect(next.text().length).toBeLessThan(2 * MEGABYTE)
  next.session.discardRecovered()
  const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
  await bob.is('saved', MINUTE)
  bob.session.doc.getText('text').delete(0, MEGABYTE)
  await bob.is('saved', MINUTE)
}, 90_000)
