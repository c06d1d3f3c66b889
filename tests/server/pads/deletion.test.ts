/** Deleting a pad (SPEC-pads P30 to P33). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { hashDeletionToken, isDeletionToken, newDeletionToken } from '../../../server/pads/deletion.ts'
import { Close } from '../../../shared/protocol.ts'
import { eventsOf, startCommons, tell } from '../../support/commons.ts'
import type { CommonsServer } from '../../support/commons.ts'
import type { RawClient } from '../../support/raw-client.ts'

let server: CommonsServer
let open: CommonsServer

beforeAll(async () => {
  ;[server, open] = await Promise.all([startCommons(), startCommons({ allowPadDeletionByAllUsers: true })])
}, 60_000)

afterAll(async () => {
  await Promise.all([server.stop(), open.stop()])
})

/** A pad of Ada's with somebody else in it. */
async function ownedPad(pad: string, on = server): Promise<{ ada: RawClient; bo: RawClient }> {
  const ada = await on.visit(`p/${pad}`, on.people.add('Ada').token)
  await ada.until(() => eventsOf(ada, 'level').at(-1)?.level === 'own', 'to own it')
  return { ada, bo: await on.visit(`p/${pad}`, on.people.add('Bo').token) }
}

const refusals = (client: RawClient): string[] =>
  eventsOf(client, 'refused').map(({ what, why }) => `${what} ${why}`)

async function token(ada: RawClient): Promise<string> {
  const count = eventsOf(ada, 'deletionToken').length
  tell(ada, { type: 'deletionToken' })
  await ada.until(() => eventsOf(ada, 'deletionToken').length > count, 'a token')
  return eventsOf(ada, 'deletionToken').at(-1)?.token ?? ''
}

test('P30, P33: the owner deletes, everybody is told, and nothing of the pad stays', async () => {
  const { ada, bo } = await ownedPad('doomed')
  const board = await server.visit('b/doomed', server.people.add('Cy').token)
  const readOnly = await server.store.readOnlyId('doomed', () => `r.${'a'.repeat(32)}`)
  tell(bo, { type: 'chat', text: 'last words', key: 'k' })
  await ada.until(() => eventsOf(ada, 'chat').length === 1, 'a line')
  tell(ada, { type: 'padDelete', token: null })
  for (const client of [ada, bo, board]) expect(await client.untilClosed()).toBe(Close.deleted)
  expect(await server.store.find('p/doomed')).toBeNull()
  await ada.until(() => board.closed !== null, 'the board closed')
  expect(await server.store.find('b/doomed')).toBeNull()
  expect(await server.store.padOfReadOnlyId(readOnly)).toBeNull()
  const next = await server.visit('p/doomed', server.people.add('Next').token)
  await next.until(() => eventsOf(next, 'level').at(-1)?.level === 'own', 'to own the new one')
  expect(next.text).toBe('Welcome\n')
})

test('P30: nobody else deletes without a token', async () => {
  const { ada, bo } = await ownedPad('safe')
  tell(bo, { type: 'padDelete', token: null })
  tell(bo, { type: 'padDelete', token: newDeletionToken() })
  tell(bo, { type: 'padDelete', token: '' })
  tell(bo, { type: 'deletionToken' })
  await bo.until(() => refusals(bo).length === 4, 'refusals')
  expect([...refusals(bo)].sort()).toEqual([
    'deletionToken notOwner',
    'padDelete badToken',
    'padDelete badToken',
    'padDelete notOwner',
  ])
  expect(ada.closed).toBeNull()
  expect(await server.store.find('p/safe')).not.toBeNull()
})

test('P31, P32: whoever has the token deletes, also a reader; of two tokens the later one counts', async () => {
  const { ada, bo } = await ownedPad('lent')
  const first = await token(ada)
  const second = await token(ada)
  expect(first).not.toBe(second)
  expect(eventsOf(bo, 'deletionToken')).toEqual([])
  const kept = (await server.store.padValues('p/lent')).map(({ value }) => value)
  expect(kept).toContain(hashDeletionToken(second))
  expect(kept.join()).not.toContain(second)
  const reader = server.people.add('Rea')
  server.access.levels.set(`lent ${reader.person.author}`, 'read')
  const rea = await server.visit('p/lent', reader.token)
  tell(rea, { type: 'padDelete', token: first })
  await rea.until(() => refusals(rea).length === 1, 'a refusal')
  expect(refusals(rea)).toEqual(['padDelete badToken'])
  tell(rea, { type: 'padDelete', token: second })
  for (const client of [ada, bo, rea]) expect(await client.untilClosed()).toBe(Close.deleted)
})

test('P32: a token is compared as a whole, and tries have a limit', async () => {
  const real = newDeletionToken()
  const hash = hashDeletionToken(real)
  expect(isDeletionToken(real, hash)).toBe(true)
  for (const wrong of ['', real.slice(0, -1), `${real}x`, real.toUpperCase(), hash])
    expect(isDeletionToken(wrong, hash)).toBe(false)
  expect(isDeletionToken(real, '')).toBe(false)
  const { ada, bo } = await ownedPad('guessed')
  const right = await token(ada)
  for (let index = 0; index < 5; index++) tell(bo, { type: 'padDelete', token: newDeletionToken() })
  tell(bo, { type: 'padDelete', token: right })
  await bo.until(() => refusals(bo).length === 6, 'refusals')
  expect(refusals(bo).filter((words) => words === 'padDelete tooFast')).toHaveLength(1)
  expect(bo.closed).toBeNull()
})

test('P30: where everybody may delete, everybody who may write does, and no reader', async () => {
  const { bo } = await ownedPad('free', open)
  const reader = open.people.add('Rea')
  open.access.levels.set(`free ${reader.person.author}`, 'read')
  const rea = await open.visit('p/free', reader.token)
  tell(rea, { type: 'padDelete', token: null })
  await rea.until(() => refusals(rea).length === 1, 'a refusal')
  tell(bo, { type: 'padDelete', token: null })
  expect(await bo.untilClosed()).toBe(Close.deleted)
})

test('P30: while the database is away the owner is told to try later', async () => {
  const { ada } = await ownedPad('later')
  server.faults.down = true
  tell(ada, { type: 'deletionToken' })
  await ada.until(() => refusals(ada).length === 1, 'a refusal')
  server.faults.down = false
  expect(refusals(ada)).toEqual(['deletionToken later'])
  expect((await token(ada)).length).toBe(34)
})
