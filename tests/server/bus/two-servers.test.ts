/**
 * Two servers on one MariaDB and one Redis (docs/SPEC-bus.md). The database is not looked at by itself here (`follow: NEVER`), so
 * whatever crosses, the bus carried.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createClient } from '@redis/client'
import * as encoding from 'lib0/encoding'
import { createBus } from '../../../server/bus/bus.ts'
import { followHints } from '../../../server/bus/hints.ts'
import { createRedisCarriage } from '../../../server/bus/redis.ts'
import { tellingStore } from '../../../server/bus/telling-store.ts'
import { seal } from '../../../server/bus/wire.ts'
import type { Bus } from '../../../server/bus/types.ts'
import { silent } from '../../../server/log.ts'
import { openStore } from '../../../server/store/index.ts'
import type { Store } from '../../../server/store/store.ts'
import { Close, Message } from '../../../shared/protocol.ts'
import { startMariadb } from '../../support/mariadb.ts'
import type { Mariadb } from '../../support/mariadb.ts'
import { encode, RawClient } from '../../support/raw-client.ts'
import { startRedis } from '../../support/redis.ts'
import type { Redis } from '../../support/redis.ts'
import { eventsOf, linesOf, startCommons, tell } from '../../support/commons.ts'
import type { CommonsServer } from '../../support/commons.ts'
import { TestPeople } from '../../support/test-people.ts'
import { until } from '../../support/wait.ts'

const NEVER = 1e9

let mariadb: Mariadb
let redis: Redis
let servers: { server: CommonsServer; bus: Bus }[] = []
const people = new TestPeople()
/** Lines of the log about Redis, of the first server. */
const lines: string[] = []
/** Hints whose looks are other rooms' matter. */
const heard: string[] = []

function store(): Store {
  const { host, port, database, user, password } = mariadb
  return openStore(
    { dbType: 'mariadb', filename: '', host, port, database, user, password, charset: 'utf8mb4' },
    silent,
  )
}

function note(line: string): void {
  if (line.includes('Redis')) lines.push(line)
}

async function start(): Promise<{ server: CommonsServer; bus: Bus }> {
  const one = store()
  const key = () => one.setting('bus-key', () => Buffer.alloc(32, 7).toString('base64'))
  const log = servers.length > 0 ? silent : { ...silent, info: note, warn: note }
  const bus = createBus({ carriage: createRedisCarriage(redis.url), key, log })
  const server = await startCommons({ store: tellingStore(one, bus), people, bus, follow: NEVER })
  const { commons } = server
  followHints(
    bus,
    {
      pads: (pads) => commons.look(pads),
      allPads: () => commons.look(),
      people: () => heard.push('people'),
      group: async (group) => void heard.push(group),
      notice: () => commons.notice.load(),
      plugins: async () => void heard.push('plugins'),
    },
    silent,
  )
  bus.start()
  return { server, bus }
}

const bothUp = () => servers.every(({ bus }) => bus.state().state === 'up' && bus.together)

beforeAll(async () => {
  ;[mariadb, redis] = await Promise.all([startMariadb(), startRedis()])
  servers = [await start()]
  servers = [...servers, await start()]
  await until('both servers to hear each other', bothUp, 20_000)
}, 60_000)

afterAll(async () => {
  for (const { server, bus } of servers) {
    await server.stop()
    await bus.close()
  }
  await Promise.all([mariadb?.remove(), redis?.remove()])
}, 60_000)

async function visit(index: number, document: string, ticket: string): Promise<RawClient> {
  return new RawClient(`${servers[index]?.server.url ?? ''}/${document}`, { hello: { ticket } }).untilSynced()
}

test('BU30: text typed on one server is on the other, both ways, though nobody looks into the database by itself', async () => {
  const [ada, bo] = [people.add('Ada'), people.add('Bo')]
  const a = await visit(0, 'p/crossing', ada.token)
  const b = await visit(1, 'p/crossing', bo.token)
  a.type('Ada alone ')
  await b.until(() => b.text.includes('Ada alone '), "Ada's words", 20_000)
  b.type('Bo alone ')
  await a.until(() => a.text.includes('Bo alone '), "Bo's words", 20_000)
  for (let round = 0; round < 10; round++) {
    a.type(`a${round} `)
    b.type(`b${round} `)
  }
  const all = Array.from({ length: 10 }, (_, round) => [`a${round} `, `b${round} `]).flat()
  for (const client of [a, b])
    await client.until(() => all.every((word) => client.text.includes(word)), 'every word', 20_000)
  await a.until(() => a.text === b.text, 'equal texts')
  await Promise.all([a.untilSaved(), b.untilSaved()])
})

test('BU40, BU41: carets and names cross, those who come later see who is there, and who goes is gone', async () => {
  const [ada, bo] = [people.add('Ada', '4'), people.add('Bo', '8')]
  const a = await visit(0, 'p/carets', ada.token)
  a.say(a.doc.clientID, 1, { cursor: { anchor: 1, head: 2 } })
  const b = await visit(1, 'p/carets', bo.token)
  const seen = () => b.presence.get(a.doc.clientID)
  await b.until(() => seen()?.['cursor'] !== undefined, 'the caret of Ada', 20_000)
  expect(seen()).toMatchObject({
    cursor: { anchor: 1, head: 2 },
    user: { author: ada.person.author, name: 'Ada', colour: '4' },
  })
  await b.until(
    () =>
      b.events.some(
        (event) => event.type === 'people' && event.people.some(({ author }) => author === ada.person.author),
      ),
    'to be told who Ada is',
  )
  a.say(a.doc.clientID, 2, { cursor: { anchor: 5, head: 5 } })
  await b.until(() => JSON.stringify(seen()?.['cursor']) === '{"anchor":5,"head":5}', 'the caret moved')
  b.say(b.doc.clientID, 1, { cursor: null })
  await a.until(() => a.presence.has(b.doc.clientID), 'Bo')
  expect([...a.presence.keys()]).not.toContain(a.doc.clientID)
  await a.close()
  await b.until(() => seen() === null, 'Ada to be gone')
})

test('BU40: who comes to another server is seen there though their old connection is open still, and stays when that ends', async () => {
  const ada = people.add('Ada')
  const a = await visit(0, 'p/moving', ada.token)
  const watcher = await visit(0, 'p/moving', people.add('Bo').token)
  a.say(a.doc.clientID, 1, { cursor: { anchor: 1, head: 1 } })
  const seen = () => JSON.stringify(watcher.presence.get(a.doc.clientID)?.['cursor'])
  await watcher.until(() => seen() === '{"anchor":1,"head":1}', 'the first cursor')
  const moved = await new RawClient(`${servers[1]?.server.url ?? ''}/p/moving`, {
    hello: { ticket: ada.token, client: a.doc.clientID },
  }).untilSynced()
  moved.say(a.doc.clientID, 2, { cursor: { anchor: 2, head: 2 } })
  await watcher.until(() => seen() === '{"anchor":2,"head":2}', 'the cursor on the other server', 20_000)
  await a.close()
  moved.say(a.doc.clientID, 3, { cursor: { anchor: 3, head: 3 } })
  await watcher.until(() => seen() === '{"anchor":3,"head":3}', 'the next cursor')
  await moved.close()
  await watcher.until(() => watcher.presence.get(a.doc.clientID) === null, 'Ada to be gone')
})

test('BU42: live ink crosses with who draws it, and only from who is known to be there', async () => {
  const a = await visit(0, 'b/inked', people.add('Ada').token)
  const b = await visit(1, 'b/inked', people.add('Bo').token)
  const inks = () => b.seen.filter(({ type }) => type === Message.ink)
  a.say(a.doc.clientID, 1, { board: null })
  await b.until(() => b.presence.has(a.doc.clientID), 'Ada')
  a.send(Uint8Array.of(Message.ink, 1, 2, 3))
  await b.until(() => inks().length === 1, 'the ink')
  expect(inks()[0]?.bytes).toEqual(
    encode((encoder) => {
      encoding.writeVarUint(encoder, Message.ink)
      encoding.writeVarUint(encoder, a.doc.clientID)
      encoding.writeUint8Array(encoder, Uint8Array.of(1, 2, 3))
    }),
  )
  servers[0]?.bus.tell({ kind: 'ink', document: 'b/inked', client: 77, bytes: Uint8Array.of(Message.ink, 9) })
  a.send(Uint8Array.of(Message.ink, 4))
  await b.until(() => inks().length === 2, 'the next ink')
  expect(inks()[1]?.bytes.at(-1)).toBe(4)
})

test('BU43: events that are kept nowhere reach the people of both servers, once, and nobody twice', async () => {
  const [ada, bo] = [people.add('Ada'), people.add('Bo')]
  const a = await visit(0, 'p/events', ada.token)
  const b = await visit(1, 'p/events', bo.token)
  const of = (client: RawClient) => client.events.filter(({ type }) => type === 'plugin')
  const sync = servers[0]?.server.sync
  const event = (name: string) =>
    ({ type: 'plugin', plugin: 'ep_test', name, from: null, payload: { deep: [1] } }) as const
  sync?.tellEverywhere('p/events', event('all'))
  sync?.tellEverywhere('p/events', event('bo'), bo.person.author)
  sync?.tellEverywhere('p/events', event('last'))
  for (const client of [a, b]) await client.until(() => of(client).length > 1, 'the events')
  await b.until(() => of(b).length === 3, 'all three')
  expect(of(b)).toEqual([event('all'), event('bo'), event('last')])
  expect(of(a)).toEqual([event('all'), event('last')])
})

test('BU31: a document deleted on one server ends on the other', async () => {
  const b = await visit(1, 'p/deleted', people.add('Bo').token)
  servers[0]?.bus.tell({ kind: 'gone', document: 'p/deleted' })
  b.type('still here')
  await b.untilSaved()
  expect(b.closed).toBeNull()
  await servers[0]?.server.sync.remove('p/deleted')
  expect(await b.untilClosed()).toBe(Close.deleted)
})

test('BU32, BU34: a line of the chat, a decision and the notice are on the other server, though nobody looks by itself', async () => {
  const [ada, bo] = [people.add('Ada'), people.add('Bo')]
  const a = await visit(0, 'p/commons', ada.token)
  await a.until(() => eventsOf(a, 'level').at(-1)?.level === 'own', 'to own it')
  const b = await visit(1, 'p/commons', bo.token)
  tell(b, { type: 'chatBefore', before: null })
  await b.until(() => eventsOf(b, 'chat').length === 1, 'the chat')
  tell(a, { type: 'chat', text: 'over there', key: 'k1' })
  await b.until(() => linesOf(b).length === 1, 'the line')
  expect(linesOf(b)).toEqual(['0 Ada: over there'])
  const settings = { options: { rtl: true }, enforce: false, plugins: {} }
  tell(a, { type: 'padSettings', settings })
  await b.until(() => eventsOf(b, 'padSettings').length === 1, 'the decision')
  expect(eventsOf(b, 'padSettings')[0]?.settings).toEqual(settings)
  await servers[0]?.server.commons.notice.set('One word')
  await b.until(() => eventsOf(b, 'notice').at(-1)?.text === 'One word', 'the notice')
})

test('BU33, BU34: what the store did with accounts, sessions and plugins, and groups, is heard, and what it did not is not', async () => {
  const store = servers[0]?.server.store
  const account = { id: 'bus', provider: 'p', subject: 's', author: 'a.bus', profile: '{}', seen: 1 }
  const next = async (what: string) => {
    await until(what, () => heard.includes(what))
    heard.length = 0
  }
  heard.length = 0
  await store?.endSessions({ hash: 'no such session' })
  await store?.savePluginValue('ep_x', 'key', '1')
  await store?.saveAccount(account)
  await next('people')
  await store?.savePluginValue('', 'ep_x', 'true')
  await next('plugins')
  servers[0]?.bus.tell({ kind: 'group', group: 'g.0123456789abcdef' })
  await next('g.0123456789abcdef')
  await store?.removeAccount('bus')
  await next('people')
})

test('BU11, BU12: what others publish on the channel does nothing but be counted', async () => {
  const client = createClient({ url: redis.url, RESP: 2 })
  await client.connect()
  const [channel] = await client.pubSubChannels('inkpad:*')
  if (channel === undefined) throw new Error('nobody listens')
  const b = await visit(1, 'p/garbage', people.add('Bo').token)
  const before = servers[1]?.bus.state()
  const key = Buffer.alloc(32, 7)
  const real = seal(key, 'ghost', 1, [])
  const forged = Buffer.from(real)
  forged[forged.length - 1] = 9
  const nonsense = seal(key, 'ghost', 2, [Uint8Array.of(200, 1)])
  const far = [Buffer.alloc(0), Buffer.from('hello'), Buffer.alloc(1_000_000, 1), forged, nonsense]
  for (const bytes of far) await client.publish(channel, bytes)
  const dropped = () => servers[1]?.bus.state().dropped ?? {}
  await until('the last of it', () => (dropped()['malformed'] ?? 0) > (before?.dropped['malformed'] ?? 0))
  expect((dropped()['foreign'] ?? 0) - (before?.dropped['foreign'] ?? 0)).toBe(4)
  expect(servers[1]?.bus.state().servers).toBe(1)
  const a = await visit(0, 'p/garbage', people.add('Ada').token)
  a.type('all the same ')
  await b.until(() => b.text.includes('all the same'), 'the text')
  expect(b.closed).toBeNull()
  client.destroy()
})

test('BU6: a server that falls silent is gone after a while, with everybody on it', async () => {
  const extra = await start()
  await until('the third server', () => servers.every(({ bus }) => bus.state().servers === 2), 20_000)
  const c = await new RawClient(`${extra.server.url}/p/silent`, {
    hello: { ticket: people.add('Cy').token },
  }).untilSynced()
  const b = await visit(1, 'p/silent', people.add('Bo').token)
  c.say(c.doc.clientID, 1, { cursor: null })
  await b.until(() => b.presence.get(c.doc.clientID) != null, 'Cy', 20_000)
  // In order it says goodbye; the others need not wait.
  await extra.bus.close()
  await b.until(() => b.presence.get(c.doc.clientID) === null, 'Cy to be gone')
  expect(servers[1]?.bus.state().servers).toBe(1)
  await extra.server.stop()
})

test('BU20, BU21: Redis killed while people type: nothing is lost, it is found again, and the log has one line each way', async () => {
  const [ada, bo] = [people.add('Ada'), people.add('Bo')]
  const a = await visit(0, 'p/killed', ada.token)
  const b = await visit(1, 'p/killed', bo.token)
  const words: string[] = []
  const say = (word: string) => {
    words.push(`a${word} `, `b${word} `)
    a.type(`a${word} `)
    b.type(`b${word} `)
  }
  for (let round = 0; round < 5; round++) say(`1.${round}`)
  await redis.kill9()
  for (let round = 0; round < 5; round++) say(`2.${round}`)
  await until('both to know', () => servers.every(({ bus }) => bus.state().state === 'down'), 20_000)
  for (let round = 0; round < 5; round++) say(`3.${round}`)
  await Promise.all([a.untilSaved(), b.untilSaved()])
  await redis.start()
  await until('both to be back', bothUp, 30_000)
  for (let round = 0; round < 5; round++) say(`4.${round}`)
  for (const client of [a, b])
    await client.until(() => words.every((word) => client.text.includes(word)), 'every word', 20_000)
  await a.until(() => a.text === b.text, 'equal texts')
  expect(lines).toEqual([
    'servers are connected through Redis',
    'Redis does not answer; servers follow one another through the database meanwhile',
    'servers are connected through Redis',
  ])
}, 60_000)
