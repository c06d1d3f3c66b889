import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { ANONYMOUS_AUTHOR, SYSTEM_AUTHOR } from '../../../shared/ids.ts'
import { Close, Message, Sync } from '../../../shared/protocol.ts'
import { awarenessMessage, jsonMessage, RawClient, syncMessage } from '../../support/raw-client.ts'
import type { RawOptions } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

let server: TestServer
let clients: RawClient[] = []

beforeAll(async () => {
  server = await startServer()
})

afterEach(() => {
  for (const client of clients) client.ws.terminate()
  clients = []
})

afterAll(async () => {
  await server.stop()
})

function connect(path: string, options?: RawOptions): RawClient {
  const client = new RawClient(`${server.url}/${path}`, options)
  clients.push(client)
  return client
}

/** Somebody known, with an origin as a browser of our own page has. */
function as(cookie: string): Record<string, string> {
  return { cookie, origin: `http://127.0.0.1:${server.port}` }
}

test('S2: a path that names no document is answered 404, also below a prefix', async () => {
  for (const path of ['x/name', 'p/', 'p/a/b', 'name']) {
    const client = connect(path)
    await client.until(() => client.refused !== null)
    expect([path, client.refused]).toEqual([path, 404])
  }
  const prefixed = new RawClient(`ws://127.0.0.1:${server.port}/some/where/sync/p/caf%C3%A9%20x`)
  clients.push(prefixed)
  await prefixed.untilSynced()
  expect((await server.store.find('p/café x'))?.head).toBe(1)
})

test('S5: nothing is answered before the hello, and what came behind it is kept', async () => {
  const client = connect('p/hello', { hello: {} })
  await client.untilSynced()
  expect(client.seen[0]?.type).toBe(Message.hello)
  expect(client.text).toBe('Welcome\n')
})

test('S5: another first message closes with 4400', async () => {
  const client = new RawClient(`${server.url}/p/hello?v=1`)
  clients.push(client)
  expect(await client.untilClosed()).toBe(Close.badData)
  expect(client.seen).toEqual([])
})

test('S6: welcome, step 1, presence, then the answer to what was asked', async () => {
  const ada = server.people.add('Ada')
  const first = connect('p/order', { hello: { ticket: ada.token } })
  await first.untilSynced()
  first.say(first.doc.clientID, 1, { cursor: null })
  const watcher = connect('p/order')
  await watcher.until(() => watcher.presence.size === 1)
  const second = connect('p/order', { hello: {} })
  await second.untilSynced()
  expect(second.seen.slice(0, 4).map(({ type, sub }) => [type, sub])).toEqual([
    [Message.hello, undefined],
    [Message.sync, Sync.step1],
    [Message.awareness, undefined],
    [Message.sync, Sync.step2],
  ])
  expect(second.welcome).toMatchObject({
    v: 1,
    pad: 'order',
    level: 'write',
    store: 'ok',
    me: { author: ANONYMOUS_AUTHOR },
  })
  expect(second.welcome?.people).toContainEqual(ada.person)
  expect(first.welcome?.me).toEqual(ada.person)
})

test('S7: a failed load closes with 1013 and the next try gets the text', async () => {
  const seeded = await connect('p/load').untilSynced()
  seeded.type('kept')
  await seeded.untilSaved()
  const directory = await server.crash()
  server = await startServer({ directory })
  server.faults.noLoads = true
  const refused = connect('p/load')
  expect(await refused.untilClosed()).toBe(Close.tryLater)
  expect(refused.synced).toBe(false)
  server.faults.noLoads = false
  const again = await connect('p/load').untilSynced()
  expect(again.text).toBe('Welcomekept\n')
})

test('S8: the default text is row 1, written once, by the system', async () => {
  const all = await Promise.all([0, 1, 2, 3].map(() => connect('p/seed', { hello: {} }).untilSynced()))
  for (const client of all) expect(client.text).toBe('Welcome\n')
  const stored = await server.store.load('p/seed')
  expect(stored?.head).toBe(1)
  expect(stored?.tail[0]?.author).toBe(SYSTEM_AUTHOR)
  expect([...(stored?.clients.values() ?? [])]).toEqual([SYSTEM_AUTHOR])
})

test('S8: a reader of a document that does not exist gets 4404 and creates nothing', async () => {
  server.access.levels.set('nothing', 'read')
  expect(await connect('p/nothing').untilClosed()).toBe(Close.deleted)
  expect(await server.store.find('p/nothing')).toBeNull()
})

test('S10: a copy of another generation is refused before any sync message', async () => {
  const first = await connect('p/generation', { hello: {} }).untilSynced()
  const same = await connect('p/generation', {
    hello: { generation: first.welcome?.generation ?? '' },
  }).untilSynced()
  expect(same.text).toBe('Welcome\n')
  const other = connect('p/generation', { hello: { generation: 'another' } })
  expect(await other.untilClosed()).toBe(Close.generation)
  expect(other.seen.filter(({ type }) => type === Message.sync)).toEqual([])
})

test('S11: cookie and ticket prove a person, the ticket first; all others share one author', async () => {
  const [ada, bob] = [server.people.add('Ada'), server.people.add('Bob')]
  const both = await connect('p/who', { hello: { ticket: bob.token }, headers: as(ada.cookie) }).untilSynced()
  expect(both.welcome?.me).toEqual(bob.person)
  const stock = await connect('p/who', { headers: as(ada.cookie) }).untilSynced()
  stock.type('a')
  await stock.untilSaved()
  const nobody = await connect('p/who').untilSynced()
  nobody.type('n')
  await nobody.untilSaved()
  const owners = (await server.store.load('p/who'))?.clients
  expect(owners?.get(stock.doc.clientID)).toBe(ada.person.author)
  expect(owners?.get(nobody.doc.clientID)).toBe(ANONYMOUS_AUTHOR)
})

test('S11: an anonymous stock client writes on under its id after a reconnect', async () => {
  const first = await connect('p/back').untilSynced()
  first.type('one')
  await first.untilSaved()
  await first.close()
  first.type('-two')
  const second = await connect('p/back', { doc: first.doc }).untilSynced()
  second.type('-three')
  await second.untilSaved()
  expect((await connect('p/back').untilSynced()).text).toBe('Welcomeone-two-three\n')
})

test('S12: a reader is asked for nothing and cannot write by any message', async () => {
  const writer = await connect('p/closed').untilSynced()
  server.access.readOnly.set(`r.${'0'.repeat(32)}`, 'closed')
  const name = `p/r.${'0'.repeat(32)}`
  const before = writer.doc.getText('text').toJSON()
  const other = new Y.Doc()
  other.getText('text').insert(0, 'hacked')
  const update = Y.encodeStateAsUpdate(other)
  for (const message of [syncMessage(Sync.update, update), syncMessage(Sync.step2, update)]) {
    const reader = await connect(name, { hello: {} }).untilSynced()
    expect(reader.seen.some(({ sub }) => sub === Sync.step1)).toBe(false)
    expect(reader.welcome).toMatchObject({ pad: name.slice(2), level: 'read' })
    reader.send(message)
    expect(await reader.untilClosed()).toBe(Close.forbidden)
  }
  const polite = await connect(name).untilSynced()
  polite.send(syncMessage(Sync.step2, new Uint8Array([0, 0])))
  polite.send(jsonMessage(Message.event, {}))
  expect(await polite.untilClosed()).toBe(Close.badData)
  expect((await connect('p/closed').untilSynced()).text).toBe(before)
  expect((await server.store.find('p/closed'))?.head).toBe(1)
})

test('S13: levels reach live connections: told, closed, and edits under way forgiven', async () => {
  const ada = server.people.add('Ada')
  const client = await connect('p/level', { hello: { ticket: ada.token } }).untilSynced()
  server.access.levels.set('level', 'read')
  await server.sync.recheck('level')
  client.type('under way')
  await client.until(() => client.events.some((event) => event.type === 'level' && event.level === 'read'))
  server.access.levels.set('level', 'write')
  await server.sync.recheck('level')
  await client.until(() => client.durable === client.sent, 'what was dropped is asked for again')
  expect((await connect('p/level').untilSynced()).text).toBe('Welcomeunder way\n')
  server.access.levels.set('level', 'none')
  await server.sync.recheck('level')
  expect(await client.untilClosed()).toBe(Close.unauthenticated)
})

test('S15: names and colours are checked, saved and told', async () => {
  const [ada, bob] = [server.people.add('Ada'), server.people.add('Bob')]
  const a = await connect('p/names', { hello: { ticket: ada.token, name: ' Ada L. ' } }).untilSynced()
  expect(a.welcome?.me.name).toBe('Ada L.')
  const b = await connect('p/names', { hello: { ticket: bob.token } }).untilSynced()
  a.send(jsonMessage(Message.event, { type: 'person', name: 'Countess', colour: '9' }))
  await b.until(() =>
    b.events.some((event) => event.type === 'people' && event.people[0]?.name === 'Countess'),
  )
  a.send(jsonMessage(Message.event, { type: 'person', name: 'x'.repeat(65), colour: '9' }))
  expect(await a.untilClosed()).toBe(Close.badData)
})

test('S3: an awareness message before the hello is refused', async () => {
  const client = new RawClient(`${server.url}/p/early?v=1`, { sync: false })
  clients.push(client)
  await client.until(() => client.ws.readyState === 1)
  client.send(awarenessMessage([[1, 1, '{}']]))
  expect(await client.untilClosed()).toBe(Close.badData)
})
