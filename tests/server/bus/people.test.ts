/** Whole servers on one MariaDB: what is decided on one reaches live connections on the other, without a bus and with one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { checkIdentity, keyOf } from '../../../server/access/login-facts.ts'
import { hashToken } from '../../../server/access/tokens.ts'
import { tellingStore } from '../../../server/bus/telling-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { Close } from '../../../shared/protocol.ts'
import { CLOSED_RULE } from '../../../shared/rule.ts'
import { ask } from '../../support/ask.ts'
import { startMariadb } from '../../support/mariadb.ts'
import type { Mariadb } from '../../support/mariadb.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startRedis } from '../../support/redis.ts'
import type { Redis } from '../../support/redis.ts'
import { until } from '../../support/wait.ts'
import { API_KEY, startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

/** Ms; permissions are asked again by themselves after a minute only (S13). */
const LIMIT = 20_000
const PROVIDER = 'inkpad/users'

let mariadb: Mariadb
let redis: Redis

beforeAll(async () => {
  ;[mariadb, redis] = await Promise.all([startMariadb(), startRedis()])
}, 60_000)
afterAll(async () => {
  await Promise.all([mariadb?.remove(), redis?.remove()])
}, 60_000)

/** Two servers; `store` is the first one's, and tells what it does where there is a bus. */
async function pair(url: string | null): Promise<{ one: Web; two: Web; store: Store }> {
  const { host, port, user, password } = mariadb
  const database = await mariadb.freshDatabase()
  const settings = {
    dbType: 'mariadb',
    dbSettings: { host, port, user, password, database },
    users: { ada: { password: 'right one' } },
    redis: { url },
  }
  const one = await startWeb(settings)
  const two = await startWeb(settings)
  return { one, two, store: tellingStore(one.store, one.bus) }
}

function profileOf(subject: string, groups: readonly string[]): string {
  return JSON.stringify(checkIdentity({ subject, name: subject, groups }).profile)
}

/** An account with sessions of several browsers. */
async function account(store: Store, subject: string, groups: readonly string[], browsers: number) {
  const row = {
    id: keyOf(PROVIDER, subject),
    provider: PROVIDER,
    subject,
    author: `a.${subject.padEnd(16, '0')}`,
    profile: profileOf(subject, groups),
    seen: Date.now() - 60_000,
  }
  await store.saveAuthor({ id: row.author, name: subject, colour: '3', seen: Date.now() })
  await store.saveAccount(row)
  const secrets = Array.from({ length: browsers }, (_, at) => `l.${`${subject}${at}`.padEnd(43, 'x')}`)
  const times = { created: Date.now(), seen: Date.now(), ends: Date.now() + 3_600_000 }
  for (const secret of secrets)
    await store.saveSession({ hash: hashToken(secret), account: row.id, sid: '', about: '{}', ...times })
  return { row, secrets }
}

async function enter(web: Web, document: string, cookie: string): Promise<RawClient> {
  const headers = { cookie, origin: `http://127.0.0.1:${web.port}` }
  return new RawClient(`ws://127.0.0.1:${web.port}/sync/${document}`, { hello: {}, headers }).untilSynced()
}

async function call(web: Web, name: string, parameters: Record<string, string>): Promise<string> {
  const { text } = await ask(web.port, `/api/1.2.14/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ apikey: API_KEY, ...parameters }).toString(),
  })
  const { data } = JSON.parse(text) as { data: Record<string, string> | null }
  return Object.values(data ?? {})[0] ?? ''
}

const closed = async (client: RawClient): Promise<number> => {
  await client.until(() => client.closed !== null, 'closed', LIMIT)
  return client.closed?.code ?? 0
}

describe.each([
  ['through the database', false],
  ['with a bus', true],
])('%s', (_name, withBus) => {
  let one: Web
  let two: Web
  let store: Store
  beforeAll(async () => {
    ;({ one, two, store } = await pair(withBus ? redis.url : null))
    if (withBus) await until('both to hear each other', () => one.bus.together && two.bus.together, LIMIT)
  }, 60_000)
  afterAll(async () => {
    await one?.close()
    await two?.close()
  }, 60_000)

  test('L23, BU33: a session ended singly on one server closes its connections on the other, and no others', async () => {
    await one.write('sessions', 'text\n')
    const { secrets } = await account(store, `bo${withBus ? 1 : 0}`, [], 2)
    const [first, second] = await Promise.all(
      secrets.map((secret) => enter(two, 'p/sessions', `login=${secret}`)),
    )
    expect(first?.welcome?.me.author).toBe(second?.welcome?.me.author)
    expect(await store.endSessions({ hash: hashToken(secrets[0] ?? '') })).toHaveLength(1)
    if (first === undefined || second === undefined) throw new Error('nobody')
    expect(await closed(first)).toBe(Close.restart)
    second.type('still here ')
    await second.untilSaved()
    expect(second.closed).toBeNull()
    await second.close()
  })

  test('L28, L107, BU32, BU33: a lost group and a changed rule reach who has the pad open on the other server', async () => {
    await one.write('team', 'text\n')
    const rule = (level: 'read' | 'write') =>
      store.saveRule('team', {
        rule: JSON.stringify({
          rule: { ...CLOSED_RULE, groups: { team: level } },
          link: null,
          password: null,
        }),
        time: Date.now(),
        grants: [],
      })
    expect(await rule('write')).toBe(true)
    const { row, secrets } = await account(store, `cy${withBus ? 1 : 0}`, ['team'], 1)
    const client = await enter(two, 'p/team', `login=${secrets[0]}`)
    expect(client.welcome?.level).toBe('write')
    const level = () => client.events.findLast(({ type }) => type === 'level')
    await rule('read')
    await client.until(() => level() !== undefined, 'another level', LIMIT)
    expect(level()).toEqual({ type: 'level', level: 'read' })
    await store.saveAccount({ ...row, profile: profileOf('cy', []), seen: Date.now() })
    expect(await closed(client)).toBe(Close.unauthenticated)
  })

  test('G14: a session of a group that is deleted on one server closes the pads of its group on the other', async () => {
    const groupID = await call(one, 'createGroup', {})
    const pad = await call(one, 'createGroupPad', { groupID, padName: 'notes' })
    const authorID = await call(one, 'createAuthor', { name: 'Ada' })
    const validUntil = String(Math.floor(Date.now() / 1000) + 3600)
    const sessionID = await call(one, 'createSession', { groupID, authorID, validUntil })
    const client = await enter(two, `p/${encodeURIComponent(pad)}`, `sessionID=${sessionID}`)
    expect(client.welcome?.me.author).toBe(authorID)
    await call(one, 'deleteSession', { sessionID })
    expect(await closed(client)).toBe(Close.unauthenticated)
  })
})
