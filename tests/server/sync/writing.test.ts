import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { SYSTEM_AUTHOR } from '../../../shared/ids.ts'
import { Close, LIMITS, Message, Sync } from '../../../shared/protocol.ts'
import { richFormats } from '../../support/formats.ts'
import { RawClient } from '../../support/raw-client.ts'
import type { RawOptions } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

let server: TestServer
let clients: RawClient[] = []
let letGo = () => {}

beforeAll(async () => {
  server = await startServer({ formats: () => richFormats })
})

afterEach(() => {
  letGo()
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

/** Makes appends wait; gives the function that lets them go. */
function hold(): () => void {
  server.faults.hold = new Promise<void>((done) => {
    letGo = () => {
      server.faults.hold = null
      done()
    }
  })
  return letGo
}

/** Resolves when the server has handled everything this client sent before. */
async function handled(client: RawClient): Promise<void> {
  const asked = client.seen.length
  client.send(new Uint8Array([Message.queryAwareness]))
  await client.until(() => client.seen.slice(asked).some(({ type }) => type === Message.awareness))
}

test('S17, S18: neither an acknowledgement nor the relay comes before the commit', async () => {
  const [a, b] = await Promise.all([connect('p/ack').untilSynced(), connect('p/ack').untilSynced()])
  a.type('first ')
  await Promise.all([a.untilSaved(), b.untilSaved()])
  const release = hold()
  const before = a.durable
  a.type('early')
  await Promise.all([handled(a), handled(b)])
  expect(a.durable).toBe(before)
  expect(b.text).toBe('Welcomefirst \n')
  expect((await server.store.find('p/ack'))?.head).toBe(2)
  release()
  await a.untilSaved()
  await b.until(() => b.text === 'Welcomefirst early\n')
  expect((await server.store.find('p/ack'))?.head).toBe(3)
})

test('S18: edits are told after their commit, in order; who asks meanwhile waits for those under unknown ids', async () => {
  const [a, b, c] = await Promise.all(
    ['a', 'b', 'c'].map(() => connect('p/fresh', { hello: {} }).untilSynced()),
  )
  if (!a || !b || !c) throw new Error('three people')
  c.type('c')
  await Promise.all([a, b].map((client) => client.until(() => client.text === 'Welcomec\n')))
  const release = hold()
  a.type('one')
  a.type('two')
  c.type('!')
  await Promise.all([a, b, c].map(handled))
  expect(a.text).not.toContain('!')
  expect(b.text).not.toContain('one')
  const late = connect('p/fresh')
  await late.until(() => late.seen.length > 0)
  expect(late.synced).toBe(false)
  release()
  await b.until(() => b.text.includes('!') && b.text.includes('two'))
  await a.until(() => a.text === b.text)
  await late.until(() => late.text === a.text)
  expect(b.text).toContain('onetwo')
  expect(b.doc.store.pendingStructs).toBeNull()
})

test('S17: content somebody else wrote is not acknowledged before it is durable either', async () => {
  const a = await connect('p/known').untilSynced()
  a.type('w')
  await a.untilSaved()
  const release = hold()
  a.type('x')
  const b = await connect('p/known').untilSynced()
  expect(b.text).toBe('Welcomew\n')
  await b.until(() => b.sent === 1)
  b.write(Y.encodeStateAsUpdate(a.doc), Sync.step2)
  // A question asked after the write and answered shows that the write was handled.
  const asked = b.seen.length
  b.send(new Uint8Array([Message.queryAwareness]))
  await b.until(() => b.seen.slice(asked).some(({ type }) => type === Message.awareness))
  expect(b.durable).toBe(0)
  release()
  await b.untilSaved()
  expect(b.durable).toBe(2)
})

test('S17: empty and repeated writes count', async () => {
  const a = await connect('p/count').untilSynced()
  a.write(new Uint8Array([0, 0]))
  a.type('x')
  a.write(Y.encodeStateAsUpdate(a.doc))
  await a.untilSaved()
  expect(a.durable).toBe(4)
})

test('S18: nobody gets their own update back', async () => {
  const [a, b] = await Promise.all([connect('p/echo').untilSynced(), connect('p/echo').untilSynced()])
  a.type('mine')
  await b.until(() => b.text === 'Welcomemine\n')
  b.type('!')
  await a.until(() => a.text === 'Welcomemine!\n')
  expect(a.seen.filter(({ sub }) => sub === Sync.update)).toHaveLength(1)
  expect(b.seen.filter(({ sub }) => sub === Sync.update)).toHaveLength(1)
})

test('S19: after a gap the server asks, and everything is healed and acknowledged', async () => {
  const a = connect('p/gap', { sync: false })
  await a.until(() => a.seen.length > 0)
  const updates: Uint8Array[] = []
  const own = new Y.Doc()
  own.on('update', (bytes: Uint8Array) => updates.push(bytes))
  own.getText('text').insert(0, 'one')
  own.getText('text').insert(3, 'two')
  const [, second = new Uint8Array()] = updates
  a.write(second)
  await a.until(() => a.seen.filter(({ sub }) => sub === Sync.step1).length === 2, 'asked again')
  expect(a.durable).toBe(0)
  a.write(Y.encodeStateAsUpdate(own), Sync.step2)
  await a.untilSaved()
  expect(a.durable).toBe(2)
  expect((await connect('p/gap').untilSynced()).text).toContain('onetwo')
})

test('S14: a write under the client id of somebody else closes and changes nothing', async () => {
  const ada = server.people.add('Ada')
  const a = await connect('p/foreign', { hello: { ticket: ada.token } }).untilSynced()
  a.type('mine')
  await a.untilSaved()
  const forged = new Y.Doc()
  Y.applyUpdate(forged, Y.encodeStateAsUpdate(a.doc))
  forged.clientID = a.doc.clientID
  const vector = Y.encodeStateVector(forged)
  forged.getText('text').insert(0, 'FORGED')
  const thief = await connect('p/foreign').untilSynced()
  thief.write(Y.encodeStateAsUpdate(forged, vector))
  expect(await thief.untilClosed()).toBe(Close.forbidden)
  a.type('!')
  await a.untilSaved()
  expect((await connect('p/foreign').untilSynced()).text).toBe('Welcomemine!\n')
})

test('S14: a step 2 with lost edits of a third person is not taken, nor punished, until their owner brings them', async () => {
  const ada = server.people.add('Ada')
  const a = await connect('p/third', { hello: { ticket: ada.token } }).untilSynced()
  a.type('one')
  await a.untilSaved()
  await a.close()
  a.type('two')
  const b = await connect('p/third').untilSynced()
  await b.untilSaved()
  Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc), b)
  b.write(Y.encodeStateAsUpdate(b.doc), Sync.step2)
  b.type('three')
  await b.until(() => b.seen.filter(({ sub }) => sub === Sync.step1).length > 1, 'asked again')
  expect([b.closed, b.durable]).toEqual([null, 1])
  const back = await connect('p/third', { hello: { ticket: ada.token }, doc: a.doc }).untilSynced()
  await Promise.all([back.untilSaved(), b.until(() => b.durable === b.sent, 'healed')])
  expect((await connect('p/third').untilSynced()).text).toBe('Welcomeonetwothree\n')
})

test('S20: a burst reaches the others in few writes, and whole', async () => {
  const all = await Promise.all(Array.from({ length: 60 }, () => connect('p/burst').untilSynced()))
  const [first] = all
  for (const [index, client] of all.entries()) client.type(`<${index}>`)
  await Promise.all(
    all.map((client) =>
      client.until(() => client.text === first?.text && client.text.split('<').length === 61),
    ),
  )
})

test('S14: an id announced in a hello is taken before its first write', async () => {
  const ada = server.people.add('Ada')
  const a = await connect('p/announced', { hello: { ticket: ada.token } }).untilSynced()
  const thief = await connect('p/announced').untilSynced()
  thief.doc.clientID = a.doc.clientID
  thief.type('x')
  expect(await thief.untilClosed()).toBe(Close.forbidden)
})

test('S14: owners are told to our clients and stay after the room is closed', async () => {
  const [ada, bob] = [server.people.add('Ada'), server.people.add('Bob')]
  const a = await connect('p/owners', { hello: { ticket: ada.token } }).untilSynced()
  const b = await connect('p/owners', { hello: { ticket: bob.token } }).untilSynced()
  b.type('x')
  await a.until(() => a.events.some((event) => event.type === 'clients'))
  expect(a.events.find((event) => event.type === 'clients')).toEqual({
    type: 'clients',
    clients: { [bob.person.author]: [b.doc.clientID] },
  })
  await b.untilSaved()
  const directory = await server.crash()
  server = await startServer({ formats: () => richFormats, directory, people: server.people })
  const again = await connect('p/owners', { hello: { ticket: ada.token } }).untilSynced()
  expect(again.welcome?.clients[bob.person.author]).toEqual([b.doc.clientID])
  expect(again.welcome?.people).toContainEqual(bob.person)
})

test('S22: late joiners get everything, from the cached answer and the updates since', async () => {
  const a = await connect('p/late').untilSynced()
  for (let i = 0; i < 30; i++) {
    a.type(`${i},`)
    if (i % 5 === 0) {
      await a.untilSaved()
      expect((await connect('p/late').untilSynced()).text).toBe(a.text)
    }
  }
  await a.untilSaved()
  const joiner = await connect('p/late').untilSynced()
  await joiner.until(() => joiner.text === a.text)
})

test('S22: nothing is relayed before the first step 1', async () => {
  const quiet = connect('p/quiet', { sync: false })
  await quiet.until(() => quiet.seen.length > 0)
  const [a, b] = await Promise.all([connect('p/quiet').untilSynced(), connect('p/quiet').untilSynced()])
  a.type('x')
  await b.until(() => b.text === 'Welcomex\n')
  expect(quiet.seen.map(({ type, sub }) => [type, sub])).toEqual([[Message.sync, Sync.step1]])
})

test('S22: more questions than the rate wait, and are answered', async () => {
  const a = await connect('p/questions').untilSynced()
  const answers = () => a.seen.filter(({ sub }) => sub === Sync.step2).length
  for (let i = 0; i < 5; i++) a.send(new Uint8Array([0, 0, 1, 0]))
  await a.until(() => answers() === 3, 'three at once')
  await a.until(() => answers() === 4, 'the latest a little later')
})

test('S4: long messages go in parts both ways, for our own clients only', async () => {
  const a = await connect('p/parts', { hello: {} }).untilSynced()
  const [ours, stock] = await Promise.all([
    connect('p/parts', { hello: {} }).untilSynced(),
    connect('p/parts').untilSynced(),
  ])
  const long = 'long text '.repeat(40_000)
  a.type(long)
  await Promise.all([ours, stock].map((client) => client.until(() => client.text.length > 400_000)))
  expect(ours.seen.filter(({ type }) => type === Message.part).length).toBeGreaterThan(1)
  expect(Math.max(...ours.seen.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(long.length + 100)
  expect(stock.seen.some(({ type }) => type === Message.part)).toBe(false)
  await a.untilSaved()
  const updates: Uint8Array[] = []
  const b = connect('p/parts', { hello: {}, sync: false })
  await b.until(() => b.welcome !== null)
  b.doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
  b.doc.getText('text').insert(0, 'P'.repeat(300_000))
  const whole = Buffer.concat([
    Buffer.from([Message.sync, Sync.update]),
    varBytes(updates[0] ?? new Uint8Array()),
  ])
  for (let at = 0; at < whole.length; at += LIMITS.part) {
    const piece = whole.subarray(at, at + LIMITS.part)
    b.send(Buffer.concat([Buffer.from([Message.part, at + LIMITS.part < whole.length ? 1 : 0]), piece]))
  }
  b.sent++
  await b.until(() => b.durable === 1)
})

test('S23: what server code writes is relayed, durable and the system’s', async () => {
  const a = await connect('p/server').untilSynced()
  expect(await server.sync.withDocument('p/none', () => 1)).toBeNull()
  const length = await server.sync.withDocument('p/server', (doc) => {
    doc.getText('text').insert(0, 'From the server. ')
    return doc.getText('text').length
  })
  expect(length).toBe('From the server. Welcome\n'.length)
  await a.until(() => a.text === 'From the server. Welcome\n')
  const rows = (await server.store.load('p/server'))?.tail ?? []
  expect(rows.at(-1)?.author).toBe(SYSTEM_AUTHOR)
  await server.sync.withDocument('p/made', (doc) => doc.getText('text').insert(0, 'x'), { create: true })
  expect((await connect('p/made').untilSynced()).text).toBe('xWelcome\n')
})

test('S23: leaked formats are tidied by the system', async () => {
  const a = await connect('p/tidy').untilSynced()
  a.doc.getText('text').format(0, a.doc.getText('text').length, { bold: true })
  await a.until(
    () =>
      JSON.stringify(a.doc.getText('text').toDelta()) ===
      JSON.stringify([{ insert: 'Welcome', attributes: { bold: true } }, { insert: '\n' }]),
    'the newline has no inline format',
  )
})

test('S23: formats of plugins that are on are tidied too, unknown ones left alone', async () => {
  const a = await connect('p/tidy-more').untilSynced()
  a.doc.getText('text').format(0, a.doc.getText('text').length, { color: 'red', glow: 1 })
  const newline = (): object | undefined =>
    (a.doc.getText('text').toDelta() as { attributes?: object }[]).at(-1)?.attributes
  await a.until(() => {
    const attributes = newline()
    return attributes !== undefined && !('color' in attributes)
  }, 'the newline has no format of characters that the server knows')
  expect(newline()).toEqual({ glow: 1 })
})

test('S38: a deleted document closes with 4404', async () => {
  const a = await connect('p/gone').untilSynced()
  expect(await server.sync.remove('p/gone')).toBe(true)
  expect(await a.untilClosed()).toBe(Close.deleted)
  expect(await server.store.find('p/gone')).toBeNull()
  expect((await connect('p/gone').untilSynced()).text).toBe('Welcome\n')
})

function varBytes(bytes: Uint8Array): Buffer {
  const length: number[] = []
  let rest = bytes.length
  for (; rest > 127; rest = Math.floor(rest / 128)) length.push(128 | (rest % 128))
  length.push(rest)
  return Buffer.concat([Buffer.from(length), bytes])
}

test('S18: nothing is written in the name of a writer, not even tidied marks: all end with the same', async () => {
  const [a, b] = await Promise.all([connect('p/marks').untilSynced(), connect('p/marks').untilSynced()])
  const start = Y.encodeStateAsUpdate(a.doc)
  const written = [1, 2].map((client) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, start)
    doc.clientID = client
    const vector = Y.encodeStateVector(doc)
    doc.getText('text').format(0, 4, { bold: true })
    return Y.encodeStateAsUpdate(doc, vector)
  })
  const alone = new Y.Doc()
  Y.applyUpdate(alone, start)
  alone.getText('text')
  let events = 0
  alone.on('update', () => events++)
  for (const update of written) Y.applyUpdate(alone, update)
  expect(events).toBeGreaterThan(written.length)

  const [first = start, second = start] = written
  Y.applyUpdate(a.doc, first)
  a.write(first)
  await a.untilSaved()
  Y.applyUpdate(b.doc, second)
  b.write(second)
  await b.untilSaved()
  await a.until(() => Y.decodeStateVector(Y.encodeStateVector(a.doc)).has(2))
  const onServer = await server.sync.withDocument('p/marks', (doc) => Y.encodeStateAsUpdate(doc))
  const ofBoth = Y.decodeUpdate(Y.mergeUpdates([start, ...written]))
  expect(Y.decodeUpdate(onServer ?? start).ds).toEqual(ofBoth.ds)
})
