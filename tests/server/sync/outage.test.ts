import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { Close } from '../../../shared/protocol.ts'
import { RawClient } from '../../support/raw-client.ts'
import type { RawOptions } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer, TestServerOptions } from '../../support/server.ts'

const servers: TestServer[] = []
let clients: RawClient[] = []
let server: TestServer

async function start(options?: TestServerOptions): Promise<TestServer> {
  const started = await startServer(options)
  servers.push(started)
  return started
}

beforeEach(async () => {
  server = await start()
})

afterEach(async () => {
  for (const client of clients) client.ws.terminate()
  clients = []
  for (const running of servers.splice(0)) await running.stop()
})

async function join(on: TestServer, options?: RawOptions): Promise<RawClient> {
  const client = new RawClient(`${on.url}/p/pad`, options)
  clients.push(client)
  return client.untilSynced()
}

const told = (client: RawClient, store: string) => () =>
  client.events.some((event) => event.type === 'store' && event.store === store)

test('S33: edits are relayed but not acknowledged while the database is away, then all are durable', async () => {
  const [a, b] = await Promise.all([join(server, { hello: {} }), join(server, { hello: {} })])
  await a.untilSaved()
  server.faults.down = true
  a.type('one')
  await a.until(told(a, 'down'))
  await b.until(() => b.text === 'Welcomeone\n')
  b.type('two')
  await a.until(() => a.text === 'Welcomeonetwo\n')
  expect(a.durable).toBeLessThan(a.sent)
  expect(server.sync.stats()).toMatchObject({ store: 'down' })
  server.faults.down = false
  await Promise.all([a.untilSaved(), b.untilSaved(), a.until(told(a, 'ok'))])
  const directory = await server.crash()
  server = await start({ directory })
  expect((await join(server)).text).toBe('Welcomeonetwo\n')
})

test('S33: a commit whose answer was lost is not written twice', async () => {
  const a = await join(server)
  await a.untilSaved()
  server.faults.loseAnswers = 1
  a.type('once')
  await a.untilSaved()
  a.type('!')
  await a.untilSaved()
  const stored = await server.store.load('p/pad')
  expect(stored?.head).toBe(3)
  expect((await join(server)).text).toBe('Welcomeonce!\n')
})

test('S34: beyond the bound of bytes the pad is read-only, loses nothing, and heals by itself', async () => {
  await server.stop()
  servers.length = 0
  server = await start({ limits: { unsavedPerPad: 1000 } })
  const [a, b] = await Promise.all([join(server, { hello: {} }), join(server)])
  server.faults.down = true
  a.type('kept'.repeat(300))
  await a.until(told(a, 'readonly'))
  await b.until(() => b.text.includes('kept'))
  const before = b.text
  a.type('refused for now')
  b.type('this too')
  server.faults.down = false
  await Promise.all([a.untilSaved(), b.untilSaved(), a.until(told(a, 'ok'))])
  await a.until(() => a.text.includes('this too'))
  await b.until(() => b.text.includes('refused for now'))
  expect(before).not.toContain('refused')
  const fresh = await join(server)
  await fresh.until(() => fresh.text === a.text && fresh.text === b.text)
})

test('S6: who joins while the pad is read-only is asked when it is writable again', async () => {
  await server.stop()
  servers.length = 0
  server = await start({ limits: { unsavedPerPad: 1000 } })
  const [a, offline] = [await join(server, { hello: {} }), new Y.Doc()]
  server.faults.down = true
  a.type('kept'.repeat(300))
  await a.until(told(a, 'readonly'))
  offline.getText('text').insert(0, 'brought ')
  const late = await Promise.all([join(server, { doc: offline }), join(server, { hello: {} })])
  expect(late.map((client) => client.sent)).toEqual([0, 0])
  server.faults.down = false
  await Promise.all([...late.map((client) => client.until(() => client.sent > 0)), a.until(told(a, 'ok'))])
  await Promise.all([a, ...late].map((client) => client.until(() => client.text.includes('brought'))))
  await Promise.all(late.map((client) => client.untilSaved()))
})

test('S34: beyond the bound of time too', async () => {
  await server.stop()
  servers.length = 0
  server = await start({ limits: { unsavedTime: 300 } })
  const a = await join(server, { hello: {} })
  server.faults.down = true
  a.type('x')
  await a.until(told(a, 'readonly'))
  server.faults.down = false
  await Promise.all([a.untilSaved(), a.until(told(a, 'ok'))])
})

test('S7: while the database is away nobody is let into a closed document, and never into an empty one', async () => {
  server.faults.down = true
  const a = new RawClient(`${server.url}/p/pad`)
  clients.push(a)
  expect(await a.untilClosed()).toBe(Close.tryLater)
  server.faults.down = false
  expect((await join(server)).text).toBe('Welcome\n')
})

test('S33: rows the database refuses for a reason of their own stop nobody else', async () => {
  const a = await join(server, { hello: {} })
  const other = new RawClient(`${server.url}/p/other`)
  clients.push(other)
  await other.untilSynced()
  await Promise.all([a.untilSaved(), other.untilSaved()])
  const document = (await server.store.find('p/pad'))?.id
  server.faults.onAppend = (rows) => {
    if (rows.some((row) => row.document === document)) throw new Error('told to refuse these')
  }
  a.type('stuck')
  await a.until(told(a, 'down'))
  other.type('free')
  await other.untilSaved()
  expect(a.durable).toBeLessThan(a.sent)
  server.faults.onAppend = null
  await Promise.all([a.untilSaved(), a.until(told(a, 'ok'))])
})

test('S35: two servers on one database agree, keep every edit, and bind every client id', async () => {
  const other = await start({ directory: server.directory, people: server.people, follow: 50 })
  await server.stop()
  servers.splice(servers.indexOf(server), 1)
  const first = await start({ follow: 50, people: server.people })
  const second = await start({ follow: 50, directory: first.directory, people: server.people })
  await other.stop()
  servers.splice(servers.indexOf(other), 1)
  const ada = server.people.add('Ada')
  const [a, b] = await Promise.all([
    join(first, { hello: { ticket: ada.token } }),
    join(second, { hello: {} }),
  ])
  for (let i = 0; i < 40; i++) {
    a.type(`a${i} `)
    b.type(`b${i} `)
    if (i % 10 === 0) await Promise.all([a.untilSaved(), b.untilSaved()])
  }
  await Promise.all([a.untilSaved(), b.untilSaved()])
  await a.until(() => a.text === b.text && a.text.includes('b39'))
  await b.until(() => a.text === b.text && b.text.includes('a39'))
  await b.until(() =>
    b.events.some((event) => event.type === 'clients' && ada.person.author in event.clients),
  )
  const rows = (await first.store.load('p/pad'))?.tail ?? []
  const replayed = new Y.Doc()
  for (const row of rows) Y.applyUpdate(replayed, row.bytes)
  expect(replayed.getText('text').toJSON()).toBe(a.text)
  expect(new Set(rows.map((row) => row.seq)).size).toBe(rows.length)
})

test('S17: after a crash at any moment every acknowledged edit is there and all converge', async () => {
  const typed: string[] = []
  for (let round = 0; round < 3; round++) {
    const people = await Promise.all([0, 1, 2].map(() => join(server)))
    const acknowledged: string[] = []
    for (let i = 0; i < 10; i++) {
      for (const [index, client] of people.entries()) {
        const word = `r${round}c${index}i${i};`
        client.type(word)
        typed.push(word)
        const upTo = client.sent
        void client
          .until(() => client.durable >= upTo || client.closed !== null)
          .then(() => (client.durable >= upTo ? acknowledged.push(word) : 0))
      }
      await people[i % 3]?.until(() => (people[i % 3]?.durable ?? 0) > i)
    }
    const known = [...acknowledged]
    const directory = await server.crash()
    servers.splice(servers.indexOf(server), 1)
    server = await start({ directory })
    const fresh = await join(server)
    for (const word of known) expect(fresh.text).toContain(word)
    const back = await Promise.all(people.map((client) => join(server, { doc: client.doc })))
    await Promise.all(back.map((client) => client.untilSaved()))
    const words = typed.filter((word) => word.startsWith(`r${round}`))
    await fresh.until(() => words.every((word) => fresh.text.includes(word)), 'all come back')
    for (const client of back) await client.until(() => client.text === fresh.text)
  }
})
