/** Two servers with one MariaDB: chat, decisions, notice and deletion reach the people of both (SPEC-pads). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { silent } from '../../../server/log.ts'
import { openStore } from '../../../server/store/index.ts'
import type { Store } from '../../../server/store/store.ts'
import { Close } from '../../../shared/protocol.ts'
import { eventsOf, linesOf, startCommons, tell } from '../../support/commons.ts'
import type { CommonsServer } from '../../support/commons.ts'
import { startMariadb } from '../../support/mariadb.ts'
import type { Mariadb } from '../../support/mariadb.ts'
import { TestPeople } from '../../support/test-people.ts'

let mariadb: Mariadb
let one: CommonsServer
let two: CommonsServer
const people = new TestPeople()

function store(): Store {
  const { host, port, database, user, password } = mariadb
  return openStore(
    { dbType: 'mariadb', filename: '', host, port, database, user, password, charset: 'utf8mb4' },
    silent,
  )
}

beforeAll(async () => {
  mariadb = await startMariadb()
  one = await startCommons({ store: store(), people, follow: 40 })
  two = await startCommons({ store: store(), people, follow: 40 })
}, 60_000)

afterAll(async () => {
  await one?.stop()
  await two?.stop()
  await mariadb?.remove()
}, 60_000)

test('P1, P6, P7: everybody on both servers hears every line once, in the same order', async () => {
  const [ada, bo] = [people.add('Ada', '4'), people.add('Bo', '8')]
  const a = await one.visit('p/shared', ada.token)
  const b = await two.visit('p/shared', bo.token)
  for (const client of [a, b]) {
    tell(client, { type: 'chatBefore', before: null })
    await client.until(() => eventsOf(client, 'chat').length === 1, 'an answer')
  }
  for (let index = 0; index < 8; index++) {
    tell(a, { type: 'chat', text: `a${index}`, key: `a${index}` })
    tell(b, { type: 'chat', text: `b${index}`, key: `b${index}` })
  }
  for (const client of [a, b]) await client.until(() => linesOf(client).length === 16, 'all lines')
  expect(linesOf(a)).toEqual(linesOf(b))
  expect(linesOf(a).map((line) => Number(line.split(' ')[0]))).toEqual(
    Array.from({ length: 16 }, (_, i) => i),
  )
  const introduced = eventsOf(a, 'people').flatMap(({ people }) => people)
  expect(introduced).toContainEqual(bo.person)
  tell(b, { type: 'chat', text: 'a0', key: 'a0' })
  await a.until(() => linesOf(a).length === 17, "Bo's own line under a key of Ada's")
  expect(linesOf(a).at(-1)).toBe('16 Bo: a0')
})

test('P2: a line sent to one server, and again to the other, stands once', async () => {
  const { token } = people.add('Ada')
  const a = await one.visit('p/moved', token)
  const watcher = await two.visit('p/moved', people.add('Bo').token)
  tell(watcher, { type: 'chatBefore', before: null })
  await watcher.until(() => eventsOf(watcher, 'chat').length === 1, 'an answer')
  tell(a, { type: 'chat', text: 'once', key: 'same' })
  await a.until(() => linesOf(a).length === 1, 'the line')
  await a.close()
  const again = await two.visit('p/moved', token)
  tell(again, { type: 'chat', text: 'once', key: 'same' })
  await again.until(() => linesOf(again).length > 0, 'the line')
  tell(again, { type: 'chat', text: 'twice', key: 'other' })
  await watcher.until(() => linesOf(watcher).length === 2, 'both lines')
  expect(linesOf(watcher)).toEqual(['0 Ada: once', '1 Ada: twice'])
})

test('P21, P40, P50: decisions and the notice reach people on the other server', async () => {
  const ada = people.add('Ada')
  const a = await one.visit('p/decided', ada.token)
  await a.until(() => eventsOf(a, 'level').at(-1)?.level === 'own', 'to own it')
  const b = await two.visit('p/decided', people.add('Bo').token)
  const settings = { options: { rtl: true }, enforce: false, plugins: {} }
  tell(a, { type: 'padSettings', settings })
  await b.until(() => eventsOf(b, 'padSettings').length === 1, 'the decision')
  expect(eventsOf(b, 'padSettings')[0]?.settings).toEqual(settings)
  expect(await two.commons.decisions.of('decided')).toEqual(settings)
  const there = await two.visit('p/decided', ada.token)
  expect(there.welcome?.level).toBe('own')
  await two.commons.notice.set('Two servers, one word')
  await a.until(() => eventsOf(a, 'notice').at(-1)?.text === 'Two servers, one word', 'the notice')
  expect(one.commons.notice.now()).toBe('Two servers, one word')
})

test('P33, S43: a pad deleted on one server ends on the other, with what is typed there', async () => {
  const a = await one.visit('p/ending', people.add('Ada').token)
  await a.until(() => eventsOf(a, 'level').at(-1)?.level === 'own', 'to own it')
  const b = await two.visit('p/ending', people.add('Bo').token)
  const board = await two.visit('b/ending', people.add('Cy').token)
  tell(a, { type: 'padDelete', token: null })
  expect(await a.untilClosed()).toBe(Close.deleted)
  b.type('too late')
  expect(await b.untilClosed()).toBe(Close.deleted)
  expect(await board.untilClosed()).toBe(Close.deleted)
  expect(await two.store.find('p/ending')).toBeNull()
  const next = await two.visit('p/ending', people.add('Next').token)
  expect(next.text).toBe('Welcome\n')
})

test('B410, B413: a board frozen on one server is frozen on the other', async () => {
  const [ada, bo] = [people.add('Ada'), people.add('Bo')]
  const a = await one.visit('b/both', ada.token)
  await a.until(() => eventsOf(a, 'level').at(-1)?.level === 'own', 'to own it')
  const b = await two.visit('b/both', bo.token)
  expect(b.welcome?.level).toBe('write')
  tell(a, { type: 'meeting', change: { drawing: 'owner', presenter: ada.person.author } })
  await b.until(() => eventsOf(b, 'level').at(-1)?.level === 'comment', 'to be frozen')
  expect(eventsOf(b, 'meeting').at(-1)?.meeting).toEqual({ drawing: 'owner', presenter: ada.person.author })
  tell(a, { type: 'meeting', change: { drawing: 'all' } })
  await b.until(() => eventsOf(b, 'level').at(-1)?.level === 'write', 'to draw again')
})
