import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import * as decoding from 'lib0/decoding'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import * as Y from 'yjs'
import { Close, Message, Sync } from '../../../shared/protocol.ts'
import { jsonMessage, RawClient, syncMessage } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

let server: TestServer
const sockets: Socket[] = []

beforeAll(async () => {
  server = await startServer()
})

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect()
})

afterAll(async () => {
  await server.stop()
})

interface Peer {
  socket: Socket
  doc: Y.Doc
  types: number[]
  durable: () => number
  text: () => string
  until(test: () => boolean): Promise<void>
}

/** A client of our own over socket.io. */
function peer(room: string, transports: ('polling' | 'websocket')[], prefix = ''): Peer {
  const doc = new Y.Doc()
  const types: number[] = []
  let durable = 0
  const watchers = new Set<() => void>()
  const socket = io(`http://127.0.0.1:${server.port}`, {
    path: `${prefix}/socket.io/`,
    transports,
    query: { room, v: '1' },
    forceNew: true,
    reconnection: false,
  })
  sockets.push(socket)
  socket.on('connect', () => {
    socket.emit('m', jsonMessage(Message.hello, { v: 1, client: doc.clientID }))
    socket.emit('m', syncMessage(Sync.step1, Y.encodeStateVector(doc)))
  })
  socket.on('m', (data: ArrayBuffer | Buffer) => {
    const bytes = new Uint8Array(data)
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    types.push(type)
    if (type === Message.sync) {
      const sub = decoding.readVarUint(decoder)
      const body = decoding.readVarUint8Array(decoder)
      if (sub === Sync.step1) socket.emit('m', syncMessage(Sync.step2, Y.encodeStateAsUpdate(doc, body)))
      else Y.applyUpdate(doc, body, 'server')
    } else if (type === Message.auth) durable = decoding.readVarUint(decoder) - 1
    for (const watch of watchers) watch()
  })
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') socket.emit('m', syncMessage(Sync.update, update))
  })
  const until = (test: () => boolean) =>
    new Promise<void>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`not in time: ${test.toString()}`)), 15_000)
      const watch = () => {
        if (!test()) return
        clearTimeout(timer)
        watchers.delete(watch)
        done()
      }
      watchers.add(watch)
      watch()
    })
  return { socket, doc, types, durable: () => durable, text: () => doc.getText('text').toJSON(), until }
}

test.each([
  ['polling alone', ['polling'] as ('polling' | 'websocket')[], ''],
  ['upgraded', ['polling', 'websocket'] as ('polling' | 'websocket')[], ''],
  ['below a prefix that is not stripped', ['polling'] as ('polling' | 'websocket')[], '/pads'],
])('S39: the same messages over socket.io, %s', async (_, transports, prefix) => {
  const pad = `p/io-${transports.length}${prefix.length}`
  const [a, b] = [peer(pad, transports, prefix), peer(pad, transports, prefix)]
  await a.until(() => a.text() === 'Welcome\n')
  await b.until(() => b.text() === 'Welcome\n')
  expect(a.types[0]).toBe(Message.hello)
  a.doc.getText('text').insert(0, 'io ')
  await b.until(() => b.text() === 'io Welcome\n')
  await a.until(() => a.durable() === 2)
  const stock = await new RawClient(`${server.url}/${pad}`).untilSynced()
  stock.type('!')
  await a.until(() => a.text() === 'io Welcome!\n')
  await stock.close()
})

test('S39: a path as Apache mangles it still arrives', async () => {
  const url = `http://127.0.0.1:${server.port}/socket.io//127.0.0.1:9001/pad/socket.io/?EIO=4&transport=polling`
  expect((await fetch(url)).status).toBe(200)
})

test('S40: the close event carries code and reason, on polling too', async () => {
  const a = peer('p/io', ['polling'])
  await a.until(() => a.text() === 'Welcome\n')
  const closed = new Promise<unknown[]>((done) => {
    a.socket.on('close', (...args: unknown[]) => done(args))
  })
  const ended = new Promise<void>((done) => {
    a.socket.on('disconnect', () => done())
  })
  a.socket.emit('m', new Uint8Array([77]))
  expect((await closed)[0]).toBe(Close.badData)
  await ended
})

test.each([
  ['another event', (socket: Socket) => socket.emit('__proto__', 1)],
  ['a text', (socket: Socket) => socket.emit('m', 'text')],
  ['two arguments', (socket: Socket) => socket.emit('m', new Uint8Array([3]), new Uint8Array([3]))],
])('S41: %s closes with 4400', async (_, send) => {
  const a = peer('p/io', ['websocket'])
  await a.until(() => a.text() === 'Welcome\n')
  const closed = new Promise<unknown>((done) => {
    a.socket.on('close', (code: unknown) => done(code))
    a.socket.on('disconnect', () => done('disconnected'))
  })
  send(a.socket)
  expect([Close.badData, 'disconnected']).toContain(await closed)
  const b = peer('p/io', ['websocket'])
  await b.until(() => b.text() === 'Welcome\n')
})

test('S41: without a room the socket is closed', async () => {
  const a = peer('nonsense', ['websocket'])
  const code = await new Promise<unknown>((done) => {
    a.socket.on('close', (code: unknown) => done(code))
  })
  expect(code).toBe(Close.badData)
})
