/** The read-only link, and another in its place (SPEC-access L104, L115): over a running server, at every door. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { io } from 'socket.io-client'
import { Close, Message } from '../../../shared/protocol.ts'
import type { RuleView } from '../../../shared/rule.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import { eventsOf, tell } from '../../support/commons.ts'
import { jsonMessage, RawClient } from '../../support/raw-client.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
let owner: RawClient
let cookie = ''

const open = (document: string, proof = ''): RawClient =>
  new RawClient(`ws://127.0.0.1:${web.port}/sync/${document}`, {
    hello: {},
    headers: proof === '' ? {} : { cookie: proof, origin: `http://127.0.0.1:${web.port}` },
  })
const guest = async (): Promise<string> =>
  cookieOf(await ask(web.port, '/p/plans', { headers: BROWSER }))?.pair ?? ''
async function told(client: RawClient, event: { type: 'rule' | 'ruleReadLink' }): Promise<RuleView> {
  const before = eventsOf(client, 'rule').length
  tell(client, event)
  await client.until(() => eventsOf(client, 'rule').length > before, 'the rule to be told')
  const view = eventsOf(client, 'rule').at(-1)?.view
  if (view === undefined) throw new Error('no view')
  return view
}

beforeAll(async () => {
  web = await startWeb()
  cookie = await guest()
  owner = await open('p/plans', cookie).untilSynced()
  await owner.until(
    () => owner.welcome?.level === 'own' || eventsOf(owner, 'level').at(-1)?.level === 'own',
    'the maker to own it',
  )
  await (await open('b/plans', cookie).untilSynced()).close()
}, 60_000)
afterAll(async () => {
  await owner?.close()
  await web?.close()
})

/** Somebody who reads by a link over socket.io; resolves with the close code, once they were let in. */
function reader(link: string): { let: Promise<void>; closed: Promise<number>; end: () => void } {
  const client = io(`http://127.0.0.1:${web.port}`, {
    path: '/socket.io/',
    transports: ['polling'],
    query: { room: `p/${link}`, v: '1' },
    forceNew: true,
    reconnection: false,
  })
  client.on('connect', () => client.emit('m', jsonMessage(Message.hello, { v: 1, client: 1 })))
  return {
    let: new Promise((resolve, reject) => {
      client.on('m', () => resolve())
      client.on('connect_error', reject)
    }),
    closed: new Promise((resolve) => client.on('close', resolve)),
    end: () => void client.disconnect(),
  }
}

test('L115: the owner replaces the read-only link: the old one is dead at every door, who reads by it is closed on both carriers', async () => {
  const { readId: first } = await told(owner, { type: 'rule' })
  expect(first).toMatch(/^r\.[0-9a-f]{32}$/)
  const readers = [await open(`p/${first}`).untilSynced(), await open(`b/${first}`).untilSynced()]
  const slow = reader(first ?? '')
  await slow.let
  const { readId: second } = await told(owner, { type: 'ruleReadLink' })
  expect(second).toMatch(/^r\.[0-9a-f]{32}$/)
  expect(second).not.toBe(first)
  for (const one of readers) expect(await one.untilClosed()).toBe(Close.unauthenticated)
  expect(await slow.closed).toBe(Close.unauthenticated)
  slow.end()
  for (const path of ['', '/board', '/export/txt', '/board/export/svg', '/board/assets/x'])
    expect([path, (await ask(web.port, `/p/${first}${path}`, { headers: BROWSER })).status]).toEqual([
      path,
      404,
    ])
  expect(await open(`p/${first}`).untilClosed()).toBe(Close.deleted)
  const again = await open(`p/${second}`).untilSynced()
  expect(again.welcome?.level).toBe('read')
  await again.close()
  // Pages made from now on, and callers of Etherpad's API, get the new one.
  const page = await ask(web.port, '/p/plans', { headers: { ...BROWSER, cookie } })
  expect(page.text).toContain(second)
  expect(page.text).not.toContain(first)
  expect(owner.closed).toBeNull()
})

test('L115: nobody but the owner replaces it; who may do more than read is told which it is, readers are not', async () => {
  const { readId } = await told(owner, { type: 'rule' })
  const [writer, looks] = [
    await open('p/plans', await guest()).untilSynced(),
    await open(`p/${readId}`).untilSynced(),
  ]
  expect((await told(writer, { type: 'rule' })).readId).toBe(readId)
  expect((await told(looks, { type: 'rule' })).readId).toBeNull()
  for (const one of [writer, looks]) {
    tell(one, { type: 'ruleReadLink' })
    await one.until(() => eventsOf(one, 'refused').length > 0, 'a refusal')
    expect(eventsOf(one, 'refused').at(-1)?.why).toBe('notOwner')
  }
  expect((await told(owner, { type: 'rule' })).readId).toBe(readId)
  await Promise.all([writer.close(), looks.close()])
})

test('L115, AU2: that it was replaced is recorded, without the link', async () => {
  const before = await told(owner, { type: 'rule' })
  const after = await told(owner, { type: 'ruleReadLink' })
  const entries = await web.audit.page({ kinds: ['permission'], search: '', since: 0, before: 0, limit: 5 })
  expect(entries[0]).toMatchObject({ kind: 'permission', target: 'plans' })
  expect(entries[0]?.facts).toContain('new read-only link')
  for (const link of [before.readId, after.readId]) expect(JSON.stringify(entries)).not.toContain(link)
})
