import { afterEach, expect, test } from '@jest/globals'
import * as decoding from 'lib0/decoding'
import { Close, LIMITS, Message } from '../../../shared/protocol.ts'
import { RawClient } from '../../support/raw-client.ts'
import type { RawOptions } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer, TestServerOptions } from '../../support/server.ts'
import { until } from '../../support/wait.ts'

const servers: TestServer[] = []
let clients: RawClient[] = []

afterEach(async () => {
  for (const client of clients) client.ws.terminate()
  clients = []
  for (const server of servers.splice(0)) await server.stop()
})

async function start(options?: TestServerOptions): Promise<TestServer> {
  const server = await startServer(options)
  servers.push(server)
  return server
}

async function join(server: TestServer, path: string, options?: RawOptions): Promise<RawClient> {
  const client = new RawClient(`${server.url}/${path}`, options)
  clients.push(client)
  return client.untilSynced()
}

test('S13: levels are asked again without anybody saying so', async () => {
  const server = await start({ times: { recheck: 100, sweep: 20 } })
  const [a, b] = await Promise.all([join(server, 'p/pad', { hello: {} }), join(server, 'p/pad')])
  server.access.levels.set('pad', 'read')
  await a.until(() => a.events.some((event) => event.type === 'level' && event.level === 'read'))
  server.access.levels.set('pad', 'none')
  expect([await a.untilClosed(), await b.untilClosed()]).toEqual([
    Close.unauthenticated,
    Close.unauthenticated,
  ])
})

test('S36: old rows of open documents are looked at one document at a time, again and again', async () => {
  const server = await start({ times: { packEvery: 60, packPause: 20, sweep: 20 } })
  const looked: number[] = []
  const packState = server.store.packState.bind(server.store)
  server.faults.onCall = (name, [document]) => {
    if (name === 'packState' && typeof document === 'number') looked.push(document)
  }
  await Promise.all([join(server, 'p/one'), join(server, 'p/two')])
  await until('both, again', () => new Set(looked).size === 2 && looked.length > 4)
  expect((await packState(looked[0] ?? 0, Date.now())).packedTo).toBe(0)
})

test('S28: live ink reaches the others’ own clients, has a rate and a size, and is kept nowhere', async () => {
  const server = await start()
  const [a, b, stock] = await Promise.all([
    join(server, 'b/board', { hello: {} }),
    join(server, 'b/board', { hello: {} }),
    join(server, 'b/board'),
  ])
  const ink = (bytes: number) => new Uint8Array(bytes).fill(7).fill(Message.ink, 0, 1)
  const inked = (client: RawClient) => client.seen.filter(({ type }) => type === Message.ink).length
  for (let i = 0; i < 400; i++) a.send(ink(20))
  a.type('after')
  await b.until(() => b.text.includes('after'))
  expect(inked(b)).toBeGreaterThanOrEqual(120)
  expect(inked(b)).toBeLessThan(250)
  expect([inked(a), inked(stock), a.closed]).toEqual([0, 0, null])
  const came = decoding.createDecoder(b.seen.find(({ type }) => type === Message.ink)?.bytes ?? ink(1))
  expect([decoding.readVarUint(came), decoding.readVarUint(came)]).toEqual([Message.ink, a.doc.clientID])
  expect(decoding.readTailAsUint8Array(came)).toEqual(ink(20).subarray(1))
  b.send(ink(LIMITS.ink + 1))
  expect(await b.untilClosed()).toBe(Close.badData)
  stock.send(ink(20))
  expect(await stock.untilClosed()).toBe(Close.badData)
})

test('S28: in a large room live ink is gathered: all of it comes, in order, and nobody gets their own', async () => {
  const server = await start()
  const clients = await Promise.all(Array.from({ length: 30 }, () => join(server, 'b/hall', { hello: {} })))
  const [a, b, c] = clients
  if (!a || !b || !c) throw new Error('nobody came')
  for (let i = 0; i < 40; i++) for (const one of [a, b]) one.send(Uint8Array.of(Message.ink, 0x10, i))
  const numbers = (client: RawClient, from: RawClient): number[] =>
    client.seen
      .filter(({ type, bytes }) => {
        if (type !== Message.ink) return false
        const decoder = decoding.createDecoder(bytes.subarray(1))
        return decoding.readVarUint(decoder) === from.doc.clientID
      })
      .map(({ bytes }) => bytes.at(-1) ?? -1)
  const all = Array.from({ length: 40 }, (_, i) => i)
  await c.until(() => numbers(c, a).length + numbers(c, b).length === 80)
  await a.until(() => numbers(a, b).length === 40)
  expect([numbers(c, a), numbers(c, b), numbers(a, b), numbers(a, a)]).toEqual([all, all, all, []])
})

test('S28: ink of a reader, or on a text, goes nowhere', async () => {
  const server = await start()
  await join(server, 'b/board')
  server.access.levels.set('board', 'read')
  const [reader, other] = await Promise.all([
    join(server, 'b/board', { hello: {} }),
    join(server, 'b/board', { hello: {} }),
  ])
  reader.send(new Uint8Array([Message.ink, 1]))
  reader.say(reader.doc.clientID, 1, { cursor: 1 })
  await other.until(() => other.presence.has(reader.doc.clientID))
  expect(other.seen.some(({ type }) => type === Message.ink)).toBe(false)
  const text = await join(server, 'p/text', { hello: {} })
  text.send(new Uint8Array([Message.ink, 1]))
  expect(await text.untilClosed()).toBe(Close.badData)
})

test('S28: a paste of nearly two megabytes is taken whole, ours in parts and stock in one message', async () => {
  const server = await start()
  const [a, b] = await Promise.all([join(server, 'p/paste'), join(server, 'p/paste')])
  const text = 'a line of text of some forty characters..\n'.repeat(48_000)
  a.type(text)
  await Promise.all([a.untilSaved(), b.until(() => b.text.length > 2_000_000)])
  expect(a.closed).toBeNull()
})
