import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import * as Y from 'yjs'
import { Close, Message, Sync } from '../../../shared/protocol.ts'
import { jsonMessage, RawClient, syncMessage } from '../../support/raw-client.ts'
import type { RawOptions } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer, TestServerOptions } from '../../support/server.ts'

let usual: TestServer
let server: TestServer
let clients: RawClient[] = []
let round = 0

/** A server of its own for one test. */
async function start(options: TestServerOptions): Promise<void> {
  if (server !== usual) await server.stop()
  server = await startServer(options)
}

beforeAll(async () => {
  usual = await startServer()
  server = usual
})

afterEach(async () => {
  round++
  for (const client of clients) client.ws.terminate()
  clients = []
  if (server !== usual) await server.stop()
  server = usual
})

afterAll(async () => {
  await usual.stop()
})

async function join(path = `p/target-${round}`, options?: RawOptions): Promise<RawClient> {
  const client = new RawClient(`${server.url}/${path}`, options)
  clients.push(client)
  return client.untilSynced()
}

const HOSTILE: Record<string, Uint8Array | string> = {
  'a text frame': 'hello',
  'an empty message': new Uint8Array(0),
  'an unknown type': new Uint8Array([77]),
  'a type of our own clients': jsonMessage(Message.event, { type: 'person', name: 'x', colour: '1' }),
  'an unknown sync message': new Uint8Array([0, 3, 1, 0]),
  'a truncated number': new Uint8Array([0, 2, 0x80]),
  'a number without end': new Uint8Array(20).fill(0xff),
  'a length beyond the end': new Uint8Array([0, 2, 50, 0]),
  'bytes after the end': new Uint8Array([0, 2, 2, 0, 0, 9]),
  'auth from a client': new Uint8Array([2, 0, 0]),
  'a struct bomb of 7 bytes': syncMessage(Sync.update, new Uint8Array([1, 0x80, 0x87, 0xa7, 0x0e, 1, 0])),
  'a truncated delete set': syncMessage(Sync.update, new Uint8Array([0, 1, 5])),
  'a state vector bomb': syncMessage(Sync.step1, new Uint8Array([0xff, 0xff, 0xff, 0x7f])),
  'bad json in presence': new Uint8Array([1, 5, 1, 1, 1, 200, 1]),
  'a sub-document': syncMessage(Sync.update, subDocument()),
}

function subDocument(): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('text').set('x', new Y.Doc())
  return Y.encodeStateAsUpdate(doc)
}

test.each(Object.keys(HOSTILE))('S3: %s closes with 4400 and hurts nobody else', async (name) => {
  const [honest, elsewhere] = await Promise.all([join(), join('p/elsewhere')])
  const attacker = await join()
  const message = HOSTILE[name]
  if (message !== undefined) attacker.ws.send(message)
  expect(await attacker.untilClosed()).toBe(Close.badData)
  honest.type('x')
  elsewhere.type('y')
  await Promise.all([honest.untilSaved(), elsewhere.untilSaved()])
  expect((await join()).text).toBe('Welcomex\n')
  expect(server.sync.stats().reloads).toBe(0)
})

test('S16: mutated updates never change what others see, nor break the document', async () => {
  const honest = await join()
  const source = new Y.Doc()
  Y.applyUpdate(source, Y.encodeStateAsUpdate(honest.doc))
  source.getText('text').insert(3, 'mutant', { bold: true })
  source.getText('text').delete(0, 2)
  const real = Y.encodeStateAsUpdate(source)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (changes) => {
        const mutant = real.slice()
        for (const [at, value] of changes) mutant[at] = value
        const attacker = new RawClient(`${server.url}/p/target-${round}`, { sync: false })
        clients.push(attacker)
        await attacker.until(() => attacker.seen.length > 0)
        attacker.write(mutant)
        attacker.send(new Uint8Array([Message.queryAwareness]))
        await attacker.until(
          () => attacker.closed !== null || attacker.seen.some(({ type }) => type === Message.awareness),
        )
        attacker.ws.terminate()
      },
    ),
    { numRuns: 60 },
  )
  honest.type('!')
  await honest.untilSaved()
  const fresh = await join()
  await honest.until(() => honest.text === fresh.text, 'all see the same')
})

test('S21: a document broken while applying is rebuilt, and edits go on', async () => {
  const honest = await join()
  honest.type('kept')
  await honest.untilSaved()
  await server.sync.withDocument(`p/target-${round}`, (doc) => {
    // What a listener's exception or a bug in Yjs would leave behind.
    const broken = doc.getText('text') as unknown as { _callObserver: () => void }
    broken._callObserver = () => {
      throw new Error('told to break')
    }
  })
  const sender = await join()
  sender.type('lost and found')
  expect(await sender.untilClosed()).toBe(Close.badData)
  expect(server.sync.stats().reloads).toBe(1)
  honest.type('!')
  await honest.untilSaved()
  await sender.close()
  const again = await join(`p/target-${round}`, { doc: sender.doc })
  await again.untilSaved()
  await honest.until(
    () =>
      honest.text === again.text &&
      again.text.includes('lost and found') &&
      again.text.includes('kept') &&
      again.text.includes('!'),
  )
})

test('S28: too many messages at once close with 4429', async () => {
  const a = await join(`p/target-${round}`, { sync: true })
  for (let i = 0; i < 400; i++) a.send(new Uint8Array([Message.queryAwareness]))
  expect(await a.untilClosed()).toBe(Close.tooFast)
})

test('S28: echoes of presence are no abuse', async () => {
  const a = await join()
  a.say(a.doc.clientID, 1, {})
  for (let i = 0; i < 900; i++) a.say(12345, i, { cursor: i })
  a.type('x')
  await a.untilSaved()
  expect(a.closed).toBeNull()
})

test('S28: an update, a message and a document have a largest size', async () => {
  await start({ limits: { update: 2000, document: 3000, message: 4000 } })
  const update = await join()
  update.type('x'.repeat(2100))
  expect(await update.untilClosed()).toBe(Close.tooLarge)
  const message = await join()
  message.send(new Uint8Array(5000))
  expect(await message.untilClosed()).toBe(1009)
  const writer = await join()
  writer.type('y'.repeat(1500))
  await writer.untilSaved()
  writer.type('y'.repeat(1500))
  expect(await writer.untilClosed()).toBe(Close.tooLarge)
  const next = await join()
  next.doc.getText('text').delete(0, 1000)
  await next.untilSaved()
})

test('S29: a pad and a person have a largest number of connections', async () => {
  await start({ limits: { connectionsPerPad: 3, connectionsPerAuthor: 2 } })
  const ada = server.people.add('Ada')
  const hello = { ticket: ada.token }
  await join('p/one', { hello })
  await join('p/two', { hello })
  const third = new RawClient(`${server.url}/p/three`, { hello })
  clients.push(third)
  expect(await third.untilClosed()).toBe(Close.tryLater)
  await join('p/one')
  const last = await join('p/one')
  const full = new RawClient(`${server.url}/p/one`)
  clients.push(full)
  expect(await full.untilClosed()).toBe(Close.tryLater)
  await last.close()
  await expect(join('p/one')).resolves.toBeDefined()
})

test('S29: an address counts when the proxy named it, never when it is private', async () => {
  await start({ trustProxy: true, limits: { connectionsPerAddress: 2 } })
  const from = (address: string) => ({ headers: { 'x-forwarded-for': `1.2.3.4, ${address}` } })
  await join('p/a', from('203.0.113.7'))
  await join('p/a', from('203.0.113.7'))
  const third = new RawClient(`${server.url}/p/a`, from('203.0.113.7'))
  clients.push(third)
  await third.until(() => third.refused === 429)
  await join('p/a', from('203.0.113.8'))
  for (let i = 0; i < 4; i++) await join('p/a')
  await start({ limits: { connectionsPerAddress: 2 } })
  for (let i = 0; i < 4; i++) await join('p/a', from('203.0.113.7'))
})

test('S5: frames before the document is open are kept up to a bound', async () => {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  const enter = server.access.enter.bind(server.access)
  server.access.enter = async (...args) => {
    await promise
    return enter(...args)
  }
  const kept = new RawClient(`${server.url}/p/slow`)
  const greedy = new RawClient(`${server.url}/p/slow`)
  clients.push(kept, greedy)
  await greedy.until(() => greedy.ws.readyState === 1)
  for (let i = 0; i < 70; i++) greedy.send(new Uint8Array([Message.queryAwareness]))
  expect(await greedy.untilClosed()).toBe(Close.tooFast)
  resolve()
  await kept.untilSynced()
  expect(kept.text).toBe('Welcome\n')
})
