/** Who presents on a board and who may draw (SPEC-board B410 to B414). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import { createInk } from '../../../shared/board/model/write.ts'
import { NO_MEETING } from '../../../shared/meeting.ts'
import type { Meeting } from '../../../shared/meeting.ts'
import { Close, Message, Sync } from '../../../shared/protocol.ts'
import { eventsOf, startCommons, tell } from '../../support/commons.ts'
import type { CommonsServer } from '../../support/commons.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'

let server: CommonsServer

beforeAll(async () => {
  server = await startCommons({ away: 300 })
})

afterAll(async () => {
  await server.stop()
})

const points = encodePoints({ xy: Float64Array.of(0, 0, 30, 40), pressure: null }, 2)
const draw = (client: RawClient): string => createInk(boardOf(client.doc), { points, order: 'V' })
const meetings = (client: RawClient): Meeting[] => eventsOf(client, 'meeting').map(({ meeting }) => meeting)
const levelOf = (client: RawClient) => eventsOf(client, 'level').at(-1)?.level ?? client.welcome?.level
const has = (client: RawClient, id: string): boolean => readShapes(boardOf(client.doc)).has(id)
const refusals = (client: RawClient): string[] =>
  eventsOf(client, 'refused').map(({ what, why }) => `${what} ${why}`)

/** The owner of a new pad, on its board, and others there. */
async function lesson(
  pad: string,
): Promise<{ ada: RawClient; bo: RawClient; cy: RawClient; authors: string[] }> {
  const people = ['Ada', 'Bo', 'Cy'].map((name) => server.people.add(name))
  const [first] = people
  const text = await server.visit(`p/${pad}`, first?.token ?? '')
  await text.until(() => eventsOf(text, 'level').at(-1)?.level === 'own', 'to own it')
  const [ada, bo, cy] = await Promise.all(people.map(({ token }) => server.visit(`b/${pad}`, token)))
  if (!ada || !bo || !cy) throw new Error('nobody came')
  return { ada, bo, cy, authors: people.map(({ person }) => person.author) }
}

test('B410: frozen, only who owns the pad draws; what others send reaches nobody; thawed, they draw again', async () => {
  const { ada, bo, cy } = await lesson('frozen')
  const before = draw(bo)
  await cy.until(() => has(cy, before))
  tell(ada, { type: 'meeting', change: { drawing: 'owner' } })
  await Promise.all(
    [bo, cy].map((client) => client.until(() => levelOf(client) === 'comment', 'to be frozen')),
  )
  expect(meetings(bo).at(-1)).toEqual({ drawing: 'owner', presenter: null })
  const mine = draw(ada)
  await bo.until(() => has(bo, mine))
  // Who draws all the same: an update, a step 2, ink. What was on its way when it froze is forgiven, and not taken.
  const theirs = draw(bo)
  bo.write(Y.encodeStateAsUpdate(bo.doc), Sync.step2)
  bo.send(Uint8Array.of(Message.ink, 0x12, 1, 0x61))
  await server.sync.withDocument('b/frozen', (doc) => {
    expect([...boardOf(doc).shapes.keys()].sort()).toEqual([before, mine].sort())
  })
  const late = await server.visit('b/frozen', server.people.add('Di').token)
  expect(late.welcome?.level).toBe('comment')
  draw(late)
  expect(await late.untilClosed()).toBe(Close.forbidden)
  tell(ada, { type: 'meeting', change: { drawing: 'all' } })
  await bo.until(() => levelOf(bo) === 'write')
  // Whoever drew meanwhile is asked for it.
  await cy.until(() => has(cy, theirs))
  expect(cy.seen.some(({ type }) => type === Message.ink)).toBe(false)
})

test('B411: nobody but who owns the pad decides who draws, or who else presents', async () => {
  const { ada, bo, cy, authors } = await lesson('hers')
  tell(bo, { type: 'meeting', change: { drawing: 'owner' } })
  tell(bo, { type: 'meeting', change: { presenter: authors[2] ?? '' } })
  await bo.until(() => refusals(bo).length === 2)
  expect(refusals(bo)).toEqual(['meeting notAllowed', 'meeting notAllowed'])
  tell(bo, { type: 'meeting', change: { presenter: authors[1] ?? '' } })
  await cy.until(() => meetings(cy).at(-1)?.presenter === authors[1])
  tell(cy, { type: 'meeting', change: { presenter: authors[2] ?? '' } })
  tell(cy, { type: 'meeting', change: { presenter: null } })
  await cy.until(() => refusals(cy).length === 2)
  tell(ada, { type: 'meeting', change: { presenter: authors[2] ?? '' } })
  await bo.until(() => meetings(bo).at(-1)?.presenter === authors[2])
  tell(cy, { type: 'meeting', change: { presenter: null } })
  await bo.until(() => meetings(bo).at(-1)?.presenter === null)
})

test('B412: while only the presenter draws, that is who presents and who owns the pad', async () => {
  const { ada, bo, cy, authors } = await lesson('show')
  tell(ada, { type: 'meeting', change: { drawing: 'presenter', presenter: authors[1] ?? '' } })
  await cy.until(() => levelOf(cy) === 'comment')
  const [theirs, hers] = [draw(bo), draw(ada)]
  await cy.until(() => has(cy, theirs) && has(cy, hers))
  expect(levelOf(bo)).toBe('write')
  tell(ada, { type: 'meeting', change: { presenter: authors[2] ?? '' } })
  await Promise.all([bo.until(() => levelOf(bo) === 'comment'), cy.until(() => levelOf(cy) === 'write')])
})

test('B413: who presents and goes presents no more after a while, and one who comes back goes on', async () => {
  const { ada, bo, cy, authors } = await lesson('gone')
  tell(bo, { type: 'meeting', change: { presenter: authors[1] ?? '' } })
  await cy.until(() => meetings(cy).at(-1)?.presenter === authors[1])
  await bo.close()
  await ada.until(() => meetings(ada).at(-1)?.presenter === null, 'the end of it')
  expect(cy.closed).toBeNull()
})

test('B413: a meeting is kept with the pad, told to who asks, and to who comes', async () => {
  const { ada, bo, cy } = await lesson('kept')
  tell(ada, { type: 'meeting', change: { drawing: 'owner' } })
  await bo.until(() => levelOf(bo) === 'comment')
  await Promise.all([ada.close(), bo.close(), cy.close()])
  const di = await server.visit('b/kept', server.people.add('Di').token)
  expect(di.welcome?.level).toBe('comment')
  tell(di, { type: 'catchUp' })
  await di.until(() => meetings(di).length > 0)
  expect(meetings(di).at(-1)).toEqual({ ...NO_MEETING, drawing: 'owner' })
})

test('B414: who may draw brings everybody to what they see; while somebody presents, only they', async () => {
  const { ada, bo, cy, authors } = await lesson('here')
  tell(bo, { type: 'gather', seen: [10, 20, 300, 200] })
  for (const client of [ada, cy]) await client.until(() => eventsOf(client, 'gather').length === 1)
  expect(eventsOf(cy, 'gather')[0]).toMatchObject({ from: { author: authors[1] }, seen: [10, 20, 300, 200] })
  expect(eventsOf(bo, 'gather')).toEqual([])
  tell(bo, { type: 'meeting', change: { presenter: authors[1] ?? '' } })
  await cy.until(() => meetings(cy).at(-1)?.presenter === authors[1])
  tell(cy, { type: 'gather', seen: [1, 2, 3, 4] })
  await cy.until(() => refusals(cy).length === 1)
  expect(refusals(cy)).toEqual(['gather notAllowed'])
  for (let i = 0; i < 30; i++) tell(bo, { type: 'gather', seen: [1, 2, 3, 4] })
  await bo.until(() => refusals(bo).some((why) => why === 'gather tooFast'))
})

test('B411: a text has no meeting, and who is nobody in particular does not present', async () => {
  const ada = await server.visit('p/text', server.people.add('Ada').token)
  tell(ada, { type: 'meeting', change: { drawing: 'owner' } })
  await ada.until(() => refusals(ada).length === 1)
  const nobody = new RawClient(`${server.url}/b/text`, { hello: {} })
  await nobody.untilSynced()
  tell(nobody, { type: 'meeting', change: { presenter: nobody.welcome?.me.author ?? '' } })
  await nobody.until(() => refusals(nobody).length === 1)
  expect([refusals(ada), refusals(nobody)]).toEqual([['meeting noBoard'], ['meeting notAllowed']])
  await until('nobody to be told', () => meetings(nobody).every(({ presenter }) => presenter === null))
})
