import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import {
  countVotes,
  meetingOf,
  roundValue,
  timerValue,
  vote,
  votesOf,
} from '../../../shared/board/model/meeting.ts'
import type { Round } from '../../../shared/board/model/meeting.ts'
import { Close, Sync } from '../../../shared/protocol.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

let server: TestServer
const clients: RawClient[] = []
const round: Round = { id: 'r1', votes: 3, hidden: false, results: null }

beforeAll(async () => {
  server = await startServer()
})

afterAll(async () => {
  for (const client of clients) client.ws.terminate()
  await server.stop()
})

interface Voter {
  client: RawClient
  author: string
  token: string
  /** Which shapes the others see this person vote for. */
  votes(): readonly string[]
}

/** Somebody new, or who has this token. */
async function join(board: string, who: string): Promise<Voter> {
  const known = await server.people.identify({ ticket: who })
  const { person, token } = known ? { person: known, token: who } : server.people.add(who)
  const client = new RawClient(`${server.url}/b/${board}`, { hello: { ticket: token } })
  clients.push(client)
  await client.untilSynced()
  const { author } = person
  return { client, author, token, votes: () => votesOf(meetingOf(client.doc), round, author) }
}

const cast = ({ client }: Voter, author: string, shapes: readonly string[]): void =>
  vote(meetingOf(client.doc), round, author, shapes)

/** Ann has voted, and everybody knows. */
async function election(board: string): Promise<[Voter, Voter, Voter]> {
  const [ann, bo, cy] = await Promise.all([join(board, 'Ann'), join(board, 'Bo'), join(board, 'Cy')])
  meetingOf(bo.client.doc).meeting.set('round', roundValue(round))
  cast(ann, ann.author, ['s1', 's1', 's2'])
  for (const { client } of [bo, cy])
    await client.until(() => votesOf(meetingOf(client.doc), round, ann.author).length === 3, 'the votes')
  return [ann, bo, cy]
}

/** The votes are as Ann gave them, for somebody who comes now. */
async function untouched(board: string, { author }: Voter): Promise<void> {
  const late = await join(board, 'Late')
  expect(votesOf(meetingOf(late.client.doc), round, author)).toEqual(['s1', 's1', 's2'])
}

test('B423: everybody votes under their own id, and votes again', async () => {
  const [ann, bo, cy] = await election('honest')
  cast(bo, bo.author, ['s2'])
  cast(ann, ann.author, ['s1'])
  const counted = (): string =>
    JSON.stringify([...countVotes(meetingOf(cy.client.doc), round)].sort(([a], [b]) => a.localeCompare(b)))
  await cy.client.until(() => counted() === '[["s1",1],["s2",1]]')
  // A new tab writes under another client id of the same person.
  const again = await join('honest', ann.token)
  cast(again, ann.author, ['s3', 's3'])
  await cy.client.until(() => counted() === '[["s2",1],["s3",2]]')
  expect([ann, bo, cy].map(({ client }) => client.closed)).toEqual([null, null, null])
})

test('B423: who votes for somebody else is closed, and nobody sees it', async () => {
  const [ann, bo, cy] = await election('forged')
  cast(bo, ann.author, ['s9', 's9', 's9'])
  expect(await bo.client.untilClosed()).toBe(Close.badData)
  cast(cy, `a.${'0'.repeat(16)}`, ['s9'])
  expect(await cy.client.untilClosed()).toBe(Close.badData)
  await untouched('forged', ann)
  expect(ann.client.closed).toBeNull()
})

test('B423: nobody takes votes of others away, alone or under a fresh id', async () => {
  const [ann, bo, cy] = await election('removed')
  meetingOf(bo.client.doc).votes.delete(ann.author)
  expect(await bo.client.untilClosed()).toBe(Close.badData)
  // Under an id nobody owns, as if it came from a lost copy.
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(cy.client.doc))
  const before = Y.encodeStateVector(copy)
  vote(meetingOf(copy), round, ann.author, [])
  cy.client.send(Uint8Array.from([101, ...lengthAndText('{"type":"others"}')]))
  cy.client.write(Y.encodeStateAsUpdate(copy, before), Sync.step2)
  expect(await cy.client.untilClosed()).toBe(Close.badData)
  await untouched('removed', ann)
})

test('B420, B422: wrong timers, rounds and votes are refused; what is not known is kept', async () => {
  const wrong: [root: 'meeting' | 'votes', key: string, value: unknown][] = [
    ['meeting', 'timer', { l: 0, e: null, r: 0 }],
    ['meeting', 'timer', { ...timerValue({ length: 1000, end: null, rest: 5 }), e: 'soon' }],
    ['meeting', 'round', { ...roundValue(round), n: 21 }],
    ['meeting', 'round', { ...roundValue(round), r: { s1: 0 } }],
    ['meeting', 'Bad key', 1],
    ['votes', 'OWN', ['r1', ...Array.from({ length: 21 }, () => 's')]],
    ['votes', 'OWN', 'r1'],
    ['votes', 'somebody', ['r1']],
  ]
  for (const [root, key, value] of wrong) {
    const bo = await join('wrong', 'Bo')
    meetingOf(bo.client.doc)[root].set(key === 'OWN' ? bo.author : key, value)
    expect([key, value, await bo.client.untilClosed()]).toEqual([key, value, Close.badData])
  }
  const cy = await join('wrong', 'Cy')
  meetingOf(cy.client.doc).meeting.set('later', { plan: [1, 2] })
  meetingOf(cy.client.doc).meeting.set(
    'timer',
    timerValue({ length: 60_000, end: 1_700_000_000_000, rest: 0 }),
  )
  await cy.client.untilSaved()
  const di = await join('wrong', 'Di')
  expect(meetingOf(di.client.doc).meeting.get('later')).toEqual({ plan: [1, 2] })
})

function lengthAndText(text: string): number[] {
  return [text.length, ...Buffer.from(text)]
}
