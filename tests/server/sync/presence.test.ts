import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { ANONYMOUS_AUTHOR } from '../../../shared/ids.ts'
import { Close, Message } from '../../../shared/protocol.ts'
import { awarenessMessage, jsonMessage, RawClient } from '../../support/raw-client.ts'
import type { RawOptions } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

let server: TestServer
let clients: RawClient[] = []
let pad = 0

beforeAll(async () => {
  server = await startServer()
})

afterEach(() => {
  pad++
  for (const client of clients) client.ws.terminate()
  clients = []
})

afterAll(async () => {
  await server.stop()
})

async function join(options?: RawOptions): Promise<RawClient> {
  const client = new RawClient(`${server.url}/p/presence-${pad}`, options)
  clients.push(client)
  return client.untilSynced()
}

const heard = (client: RawClient) => client.seen.filter(({ type }) => type === Message.awareness).length

test('S25: who somebody is, is the server’s word', async () => {
  const ada = server.people.add('Ada', '4')
  const a = await join({ hello: { ticket: ada.token } })
  const b = await join()
  a.say(a.doc.clientID, 1, {
    user: { author: 'a.0000000000000000', name: 'The Admin', colour: '1', color: 'url(evil)' },
    cursor: { anchor: 1, head: 2 },
  })
  await b.until(() => b.presence.has(a.doc.clientID))
  expect(b.presence.get(a.doc.clientID)).toEqual({
    user: { author: ada.person.author, name: 'Ada', colour: '4', color: '#4f7000' },
    cursor: { anchor: 1, head: 2 },
  })
  b.say(b.doc.clientID, 1, { user: { name: 'Ada', author: ada.person.author } })
  await a.until(() => a.presence.has(b.doc.clientID))
  expect(a.presence.get(b.doc.clientID)?.user).toMatchObject({ author: ANONYMOUS_AUTHOR, name: '' })
  a.send(jsonMessage(Message.event, { type: 'person', name: 'Ada L.', colour: '5' }))
  await b.until(() => JSON.stringify(b.presence.get(a.doc.clientID)).includes('Ada L.'))
})

test('S24: echoes and states of others are dropped; own presence does not come back', async () => {
  const [a, b, c] = await Promise.all([join(), join(), join()])
  a.say(a.doc.clientID, 5, { cursor: 1 })
  b.say(b.doc.clientID, 5, { cursor: 2 })
  await c.until(() => c.presence.size === 2)
  const before = heard(c)
  for (let i = 0; i < 50; i++) b.say(a.doc.clientID, 6 + i, { cursor: 'forged' })
  b.say(a.doc.clientID, 2 ** 40, null)
  b.send(
    awarenessMessage([
      [a.doc.clientID, 99, 'no json at all'],
      [1, 1, '{}'],
    ]),
  )
  b.say(b.doc.clientID, 6, { cursor: 3 })
  await c.until(() => c.presence.get(b.doc.clientID)?.cursor === 3)
  expect(heard(c)).toBe(before + 1)
  expect(c.presence.get(a.doc.clientID)).toMatchObject({ cursor: 1 })
  expect(c.presence.size).toBe(2)
  expect(a.presence.has(a.doc.clientID)).toBe(false)
  expect(b.closed).toBeNull()
})

test('S24: an id announced in a hello cannot be spoken for', async () => {
  const ada = server.people.add('Ada')
  const a = await join({ hello: { ticket: ada.token } })
  const thief = await join()
  const watcher = await join()
  thief.say(a.doc.clientID, 9, { cursor: 'forged' })
  thief.say(thief.doc.clientID, 1, { cursor: 'own' })
  await watcher.until(() => watcher.presence.size === 1)
  expect([...watcher.presence.keys()]).toEqual([thief.doc.clientID])
})

test('S26: only the latest of many moves is sent, and leaving removes it', async () => {
  const [a, b] = await Promise.all([join(), join()])
  for (let i = 1; i <= 15; i++) a.say(a.doc.clientID, i, { cursor: i })
  await b.until(() => b.presence.get(a.doc.clientID)?.cursor === 15)
  expect(heard(b)).toBeLessThanOrEqual(2)
  a.ws.terminate()
  await b.until(() => b.presence.get(a.doc.clientID) === null)
})

test('S26: a client that is back on a new connection is seen again', async () => {
  const b = await join()
  const ada = server.people.add('Ada')
  const a = await join({ hello: { ticket: ada.token } })
  a.say(a.doc.clientID, 7, { cursor: 'before' })
  await b.until(() => b.presence.get(a.doc.clientID)?.cursor === 'before')
  const again = await join({ hello: { ticket: ada.token }, doc: a.doc })
  again.say(a.doc.clientID, 1, { cursor: 'after' })
  await b.until(() => b.presence.get(a.doc.clientID)?.cursor === 'after')
  await a.close()
  again.say(a.doc.clientID, 2, { cursor: 'still' })
  await b.until(() => b.presence.get(a.doc.clientID)?.cursor === 'still')
})

test('S27: a query is answered with everybody else', async () => {
  const [a, b] = await Promise.all([join(), join()])
  a.say(a.doc.clientID, 1, { cursor: 1 })
  await b.until(() => b.presence.size === 1)
  b.presence.clear()
  b.send(new Uint8Array([Message.queryAwareness]))
  await b.until(() => b.presence.get(a.doc.clientID)?.cursor === 1)
})

test('S26: a state that is too large closes with 4400', async () => {
  const a = await join()
  a.say(a.doc.clientID, 1, { cursor: 'x'.repeat(3000) })
  expect(await a.untilClosed()).toBe(Close.badData)
})
