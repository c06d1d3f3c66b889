/** Built servers on one MariaDB, and a Redis that is killed, frozen, full, wrong or behind TLS (docs/SPEC-bus.md). */
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createClient } from '@redis/client'
import { startInkpad } from '../../support/inkpad.ts'
import type { InkpadProcess } from '../../support/inkpad.ts'
import { freePort } from '../../support/free-port.ts'
import { startMariadb } from '../../support/mariadb.ts'
import type { Mariadb } from '../../support/mariadb.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'
import { startRedis } from '../../support/redis.ts'
import type { Redis } from '../../support/redis.ts'

const LIMIT = 30_000
const TLS = resolve('tests/support/tls')
const AWAY = 'Redis does not answer'
const THERE = 'servers are connected through Redis'

let mariadb: Mariadb
let redis: Redis
let tlsPort = 0
const running: InkpadProcess[] = []

beforeAll(async () => {
  tlsPort = await freePort()
  const certificate = [`${TLS}/first.cert.pem`, `${TLS}/first.key.pem`] as const
  ;[mariadb, redis] = await Promise.all([
    startMariadb(),
    startRedis(
      '--tls-port',
      String(tlsPort),
      '--tls-auth-clients',
      'no',
      '--tls-cert-file',
      certificate[0],
      '--tls-key-file',
      certificate[1],
    ),
  ])
}, 60_000)

afterAll(async () => {
  await Promise.all(running.map((server) => server.remove()))
  await Promise.all([mariadb?.remove(), redis?.remove()])
}, 60_000)

async function start(
  database: string,
  url: string,
  env: Record<string, string> = {},
): Promise<InkpadProcess> {
  const server = await startInkpad({
    DB_TYPE: 'mariadb',
    DB_HOST: mariadb.host,
    DB_PORT: String(mariadb.port),
    DB_NAME: database,
    DB_USER: mariadb.user,
    DB_PASS: mariadb.password,
    REDIS_URL: url,
    ...env,
  })
  running.push(server)
  return server
}

/** How a server says it is; '' when it does not answer. */
async function health({ url }: InkpadProcess): Promise<string> {
  try {
    const response = await fetch(`${url}health`, { signal: AbortSignal.timeout(5000) })
    const { status } = (await response.json()) as { status: string }
    return response.ok ? status : ''
  } catch {
    return ''
  }
}

async function healthIs(server: InkpadProcess, status: string): Promise<void> {
  const end = Date.now() + LIMIT
  let last = await health(server)
  while (last !== status) {
    if (Date.now() > end) throw new Error(`health is ${last}, not ${status}: ${server.output().slice(-2000)}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    last = await health(server)
  }
}

/** Waits until a server's log has these words so often, and no oftener. */
async function says(server: InkpadProcess, words: string, times: number): Promise<void> {
  await until(`${times} times: ${words}`, () => count(server, words) >= times, LIMIT)
  expect(count(server, words)).toBe(times)
}

const count = (server: InkpadProcess, words: string): number => server.output().split(words).length - 1

async function visit(server: InkpadProcess, document: string): Promise<RawClient> {
  const page = await fetch(`${server.url}p/${document.slice(2)}`)
  const cookie = (page.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const headers = { cookie, origin: server.url.slice(0, -1) }
  const url = `${server.url.replace('http', 'ws')}sync/${document}`
  return new RawClient(url, { hello: {}, headers }).untilSynced()
}

/** Both type, and end with everything. */
async function converge(
  a: RawClient,
  b: RawClient,
  mark: string,
  meanwhile?: () => Promise<void>,
): Promise<void> {
  const words: string[] = []
  const say = (round: number): void => {
    words.push(`a${mark}${round} `, `b${mark}${round} `)
    a.type(`a${mark}${round} `)
    b.type(`b${mark}${round} `)
  }
  for (let round = 0; round < 10; round++) say(round)
  await meanwhile?.()
  for (let round = 10; round < 20; round++) say(round)
  for (const client of [a, b])
    await client.until(() => words.every((word) => client.text.includes(word)), `all of ${mark}`, LIMIT)
  await a.until(() => a.text === b.text, 'equal texts', LIMIT)
  await a.until(() => a.durable >= a.sent && b.durable >= b.sent, 'all saved', LIMIT)
}

test('BU6, BU20, BU21: Redis killed and frozen while people type, a server killed: nothing is lost, and cursors of the dead go', async () => {
  const database = await mariadb.freshDatabase()
  const one = await start(database, redis.url)
  const two = await start(database, redis.url)
  await Promise.all([healthIs(one, 'pass'), healthIs(two, 'pass')])
  const [a, b] = [await visit(one, 'p/faults'), await visit(two, 'p/faults')]
  await converge(a, b, 'calm')
  await converge(a, b, 'killed', () => redis.kill9())
  await Promise.all([healthIs(one, 'warn'), healthIs(two, 'warn')])
  await redis.start()
  await Promise.all([healthIs(one, 'pass'), healthIs(two, 'pass')])
  await says(one, AWAY, 1)
  await says(one, THERE, 2)
  await converge(a, b, 'frozen', async () => redis.freeze())
  await Promise.all([healthIs(one, 'warn'), healthIs(two, 'warn')])
  await converge(a, b, 'stillFrozen')
  redis.thaw()
  await Promise.all([healthIs(one, 'pass'), healthIs(two, 'pass')])
  await says(one, AWAY, 2)
  await says(one, THERE, 3)
  for (const server of [one, two]) expect(server.output()).not.toContain(redis.password)
  b.say(b.doc.clientID, 1, { cursor: null })
  await a.until(() => a.presence.get(b.doc.clientID) != null, 'the other cursor', LIMIT)
  await two.kill9()
  await a.until(() => a.presence.get(b.doc.clientID) === null, 'the cursor to go', LIMIT)
}, 180_000)

test('BU21: with a wrong password, and at a Redis that is full, servers say so once and go on through the database', async () => {
  const database = await mariadb.freshDatabase()
  const one = await start(database, `redis://:wrong@127.0.0.1:${redis.port}`)
  const two = await start(database, redis.url)
  await healthIs(two, 'pass')
  await healthIs(one, 'warn')
  await says(one, AWAY, 1)
  expect(one.output()).not.toContain('wrong@')
  const [a, b] = [await visit(one, 'p/wrong'), await visit(two, 'p/wrong')]
  await converge(a, b, 'wrong')
  expect(count(one, AWAY)).toBe(1)
  const admin = createClient({ url: redis.url, RESP: 2 })
  await admin.connect()
  await admin.configSet('maxclients', '1')
  const late = await start(database, redis.url)
  await healthIs(late, 'warn')
  await converge(await visit(late, 'p/full'), await visit(two, 'p/full'), 'full')
  await admin.configSet('maxclients', '1000')
  await healthIs(late, 'pass')
  await says(late, AWAY, 1)
  await says(late, THERE, 1)
  admin.destroy()
}, 120_000)

test('BU20: rediss:// is TLS, with a certificate authority of one’s own; without it the certificate is refused', async () => {
  const database = await mariadb.freshDatabase()
  const url = `rediss://:${encodeURIComponent(redis.password)}@localhost:${tlsPort}`
  const one = await start(database, url, { NODE_EXTRA_CA_CERTS: `${TLS}/first.cert.pem` })
  await healthIs(one, 'pass')
  const two = await start(database, url)
  await healthIs(two, 'warn')
  await says(two, AWAY, 1)
}, 120_000)
