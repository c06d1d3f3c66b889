/** Whose a pad is (SPEC-pads P20 to P22), at the gate and over real pages and sockets. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { silent } from '../../../server/log.ts'
import { createOwners } from '../../../server/pads/owner.ts'
import { StoreDown } from '../../../server/store/store.ts'
import { ANONYMOUS_AUTHOR } from '../../../shared/ids.ts'
import { eventsOf, startCommons } from '../../support/commons.ts'
import type { CommonsServer } from '../../support/commons.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let server: CommonsServer
let web: Web

beforeAll(async () => {
  ;[server, web] = await Promise.all([startCommons(), startWeb()])
}, 60_000)

afterAll(async () => {
  await Promise.all([server.stop(), web.close()])
})

const levels = (client: RawClient): string[] => eventsOf(client, 'level').map(({ level }) => level)
const ownerOf = async (pad: string): Promise<string | undefined> =>
  (await server.store.padValues(`p/${pad}`)).find(({ name }) => name === 'owner')?.value

test('P20, P21: who makes a pad owns it and is told; who comes later does not', async () => {
  const [ada, bo] = [server.people.add('Ada'), server.people.add('Bo')]
  const one = await server.visit('p/mine', ada.token)
  expect(one.welcome?.level).toBe('write')
  await one.until(() => levels(one).at(-1) === 'own', 'to own it')
  const two = await server.visit('p/mine', bo.token)
  expect(two.welcome?.level).toBe('write')
  const again = await server.visit('p/mine', ada.token)
  expect(again.welcome?.level).toBe('own')
  expect(await ownerOf('mine')).toBe(ada.person.author)
  expect(levels(two)).toEqual([])
})

test('P20: of many who come at once exactly one owns it: the one the pad was made for', async () => {
  const accounts = Array.from({ length: 8 }, (_, index) => server.people.add(`P${index}`))
  const clients = await Promise.all(accounts.map(({ token }) => server.visit('p/rush', token)))
  await until('somebody to own it', () => clients.some((client) => levels(client).includes('own')))
  const owner = await ownerOf('rush')
  expect(clients.filter((client) => client.welcome?.me.author === owner)).toHaveLength(1)
  expect(clients.filter((client) => levels(client).includes('own'))).toHaveLength(1)
})

test('P20: nobody in particular owns nothing, nor does the server, nor who comes to the board of such a pad', async () => {
  const nobody = await new RawClient(`${server.url}/p/nobody`, { hello: {} }).untilSynced()
  expect(nobody.welcome?.me.author).toBe(ANONYMOUS_AUTHOR)
  await server.sync.withDocument('p/made by us', () => {}, { create: true })
  const later = server.people.add('Later')
  for (const pad of ['nobody', 'made by us'])
    for (const kind of ['p', 'b']) await server.visit(`${kind}/${pad}`, later.token)
  const owned = await server.visit('p/afterwards', later.token)
  await owned.until(() => levels(owned).includes('own'), 'to own another')
  for (const pad of ['nobody', 'made by us']) expect(await ownerOf(pad)).toBeUndefined()
})

test('P20: who begins a pad with its board owns it, text and board', async () => {
  const [ada, bo] = [server.people.add('Ada'), server.people.add('Bo')]
  const board = await server.visit('b/board first', ada.token)
  await board.until(() => levels(board).at(-1) === 'own', 'to own it')
  expect(await ownerOf('board first')).toBe(ada.person.author)
  const text = await server.visit('p/board first', bo.token)
  expect([text.welcome?.level, text.text]).toEqual(['write', 'Welcome\n'])
})

test('P20: an owner is kept although the database was away when the pad was made', async () => {
  const ada = server.people.add('Ada')
  let refused = 0
  server.faults.onCall = (name) => {
    if (name === 'savePadValue' && refused++ === 0) throw new StoreDown('told to be away once')
  }
  const one = await server.visit('p/late', ada.token)
  await one.until(() => levels(one).includes('own'), 'to own it')
  server.faults.onCall = null
  expect(refused).toBe(2)
})

test('P22: the gate answers within its time, and with what it knew last', async () => {
  let answer: () => Promise<{ name: string; value: string; time: number }[]> = async () => [
    { name: 'owner', value: 'a.ada0000000000000', time: 1 },
  ]
  const owners = createOwners({
    store: { padValues: () => answer(), savePadValue: async () => true, find: async () => null },
    log: silent,
    patience: 20,
    fresh: 0,
  })
  expect(await owners.of('known')).toBe('a.ada0000000000000')
  answer = async () => {
    throw new StoreDown('away')
  }
  expect(await owners.of('known')).toBe('a.ada0000000000000')
  expect(await owners.of('unknown')).toBeNull()
  answer = () => new Promise(() => {})
  expect(await owners.of('known')).toBe('a.ada0000000000000')
  expect(await owners.of('slow')).toBeNull()
})

test('P20, P21: over the real pages: the cookie of the page proves the owner, also in the next page', async () => {
  const page = async (cookie: string): Promise<{ boot: { owner: boolean }; cookie: string }> => {
    const response = await fetch(`http://127.0.0.1:${web.port}/p/real`, {
      headers: { Accept: 'text/html', ...(cookie === '' ? {} : { Cookie: cookie }) },
    })
    const json =
      /<script type="application\/json" id="boot">([^<]*)</.exec(await response.text())?.[1] ?? '{}'
    return {
      boot: JSON.parse(json) as { owner: boolean },
      cookie: response.headers.get('Set-Cookie')?.split(';')[0] ?? '',
    }
  }
  const connect = async (name: string, cookie: string): Promise<RawClient> =>
    new RawClient(`ws://127.0.0.1:${web.port}/sync/p/${name}`, {
      hello: {},
      headers: { Cookie: cookie, Origin: `http://127.0.0.1:${web.port}` },
    }).untilSynced()
  const ada = await page('')
  const bo = await page('')
  expect([ada.boot.owner, bo.boot.owner]).toEqual([false, false])
  const one = await connect('real', ada.cookie)
  await one.until(() => levels(one).includes('own'), 'to own it')
  expect((await page(ada.cookie)).boot.owner).toBe(true)
  expect((await page(bo.cookie)).boot.owner).toBe(false)
  expect((await page('')).boot.owner).toBe(false)
  const readOnly = await web.store.readOnlyId('real', () => '')
  const reading = await connect(readOnly, ada.cookie)
  expect(reading.welcome?.level).toBe('read')
})
