import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { ANONYMOUS_AUTHOR } from '../../../shared/ids.ts'
import { Close, Message, Sync } from '../../../shared/protocol.ts'
import { Owners } from '../../../server/sync/owners.ts'
import { jsonMessage, RawClient } from '../../support/raw-client.ts'
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

function connect(options?: RawOptions): RawClient {
  const client = new RawClient(`${server.url}/p/owned-${pad}`, options)
  clients.push(client)
  return client
}

/** Who the log says owns an id. */
async function owner(client: number): Promise<string | undefined> {
  return (await server.store.load(`p/owned-${pad}`))?.clients.get(client)
}

/** A copy with a word by each of these ids, as other tabs left it. */
function copyBy(...ids: number[]): Y.Doc {
  const doc = new Y.Doc()
  for (const id of ids) {
    const tab = new Y.Doc()
    tab.clientID = id
    Y.applyUpdate(tab, Y.encodeStateAsUpdate(doc))
    tab.getText('text').insert(0, `<${id}>`)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(tab))
  }
  return doc
}

test('S14: what our own client offers first is its own, under ids of earlier visits too', async () => {
  const ada = server.people.add('Ada')
  const a = await connect({ hello: { ticket: ada.token }, doc: copyBy(101, 102) }).untilSynced()
  await a.until(() => a.sent > 0)
  await a.untilSaved()
  expect([await owner(101), await owner(102)]).toEqual([ada.person.author, ada.person.author])
})

test('S14: what our own client offers in pieces is its own to the last piece', async () => {
  const ada = server.people.add('Ada')
  const a = await connect({ hello: { ticket: ada.token } }).untilSynced()
  await a.until(() => a.sent > 0)
  for (const id of [111, 112, 113]) {
    const tab = new Y.Doc()
    tab.clientID = id
    tab.getText('text').insert(0, `<${id}>`)
    a.write(Y.encodeStateAsUpdate(tab), Sync.step2)
  }
  await a.untilSaved()
  for (const id of [111, 112, 113]) expect(await owner(id)).toBe(ada.person.author)
})

test('S14: ids nobody owns that come as others’ are taken as nobody’s, and become their author’s when they are back', async () => {
  const [ada, bob] = [server.people.add('Ada'), server.people.add('Bob')]
  const b = await connect({ hello: { ticket: bob.token } }).untilSynced()
  await b.until(() => b.sent > 0)
  const lost = copyBy(201, 202)
  b.send(jsonMessage(Message.event, { type: 'others' }))
  Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(lost), b)
  b.write(Y.encodeStateAsUpdate(b.doc), Sync.step2)
  await b.untilSaved()
  expect([await owner(201), await owner(202)]).toEqual([undefined, undefined])
  const directory = await server.crash()
  server = await startServer({ directory, people: server.people })
  lost.clientID = 201
  const a = await connect({ hello: { ticket: ada.token }, doc: lost }).untilSynced()
  a.type('more')
  await a.untilSaved()
  expect([await owner(201), await owner(202)]).toEqual([ada.person.author, undefined])
  expect((await connect().untilSynced()).text).toContain('<202><201>')
})

test('S14: a stock client’s copy keeps what others wrote apart from its own', async () => {
  const doc = copyBy(301, 302)
  const stock = connect({ doc, sync: false })
  stock.say(doc.clientID, 1, {})
  await stock.until(() => stock.seen.length > 0)
  stock.write(Y.encodeStateAsUpdate(doc), Sync.step2)
  doc.getText('text').insert(0, 'own')
  stock.write(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(copyBy())))
  await stock.untilSaved()
  expect([await owner(301), await owner(302)]).toEqual([undefined, undefined])
  const loner = await connect().untilSynced()
  loner.type('live')
  await loner.untilSaved()
  expect(await owner(loner.doc.clientID)).toBe(ANONYMOUS_AUTHOR)
})

test('S14: an id somebody else announced or owns is never taken, whoever brings it', async () => {
  const ada = server.people.add('Ada')
  const a = await connect({ hello: { ticket: ada.token } }).untilSynced()
  const thief = await connect({ hello: {} }).untilSynced()
  thief.doc.clientID = a.doc.clientID
  thief.type('x')
  expect(await thief.untilClosed()).toBe(Close.forbidden)
  a.type('mine')
  await a.untilSaved()
  expect(await owner(a.doc.clientID)).toBe(ada.person.author)
})

test('S14: one person cannot use up the ids of a document, nor bring them fast', () => {
  const owners = new Owners()
  let now = 0
  let brought = 0
  for (let i = 0; i < 400; i++)
    if (owners.mayBring('a.ada', 1, 2000, now) === 'yes') owners.bind(brought++, 'a.ada')
  expect(brought).toBe(256)
  expect(owners.mayBring('a.bob', 1, 2000, now)).toBe('yes')
  expect(owners.mayBring(ANONYMOUS_AUTHOR, 1000, 2000, now)).toBe('yes')
  for (; owners.mayBring('a.ada', 1, 2000, now) !== 'never'; now += 1000) owners.bind(brought++, 'a.ada')
  expect(brought).toBe(500)
  expect(owners.of(0)).toBe('a.ada')
})

test('S14: new ids that come too fast are asked for again and kept', async () => {
  const ada = server.people.add('Ada')
  const a = await connect({ hello: { ticket: ada.token } }).untilSynced()
  await a.until(() => a.sent > 0)
  const ids = Array.from({ length: 260 }, (_, i) => 1000 + i)
  const copy = copyBy(...ids.slice(0, 256))
  a.write(Y.encodeStateAsUpdate(copy))
  await a.untilSaved()
  const tab = new Y.Doc()
  tab.clientID = 9999
  tab.getText('text').insert(0, 'late')
  const asked = () => a.seen.filter(({ sub }) => sub === Sync.step1).length
  const before = asked()
  Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(tab), a)
  a.write(Y.encodeStateAsUpdate(tab))
  await a.until(() => asked() > before || a.durable === a.sent, 'asked, or taken after a second')
  await a.untilSaved()
  expect((await connect().untilSynced()).text).toContain('late')
})
