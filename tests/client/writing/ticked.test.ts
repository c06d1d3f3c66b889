/** @jest-environment jsdom */
import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { itemAt, ticksAt } from '../../../client/writing/authors/items-at.ts'
import { createTimes, shownTime } from '../../../client/writing/authors/times.ts'
import { setLanguage } from '../../../client/i18n.ts'

/** A document of a person with this client id, which has what another one has. */
function person(client: number, from?: Y.Doc): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = client
  if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  return doc
}

function exchange(one: Y.Doc, two: Y.Doc): void {
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
}

const textOf = (doc: Y.Doc): Y.Text => doc.getText('text')
/** Who ticked the tasks whose newlines stand there. */
const tickers = (doc: Y.Doc, ...places: number[]): (number | undefined)[] =>
  ticksAt(textOf(doc), places).map((tick) => tick?.client)

function tasks(): Y.Doc {
  const ada = person(1)
  textOf(ada).applyDelta([
    { insert: 'milk' },
    { insert: '\n', attributes: { list: 'unchecked' } },
    { insert: 'bread' },
    { insert: '\n', attributes: { list: 'unchecked' } },
    { insert: 'no task\n' },
  ])
  return ada
}

test('W15: who ticked is who wrote the format, and unticking and ticking again is told anew', () => {
  const ada = tasks()
  const bo = person(2, ada)
  expect(tickers(ada, 4, 10, 18)).toEqual([undefined, undefined, undefined])
  textOf(bo).format(4, 1, { list: 'checked' })
  textOf(ada).format(10, 1, { list: 'checked' })
  exchange(ada, bo)
  for (const doc of [ada, bo]) expect(tickers(doc, 4, 10, 18)).toEqual([2, 1, undefined])
  textOf(ada).format(4, 1, { list: 'unchecked' })
  expect(tickers(ada, 4)).toEqual([undefined])
  textOf(ada).format(4, 1, { list: 'checked' })
  exchange(ada, bo)
  expect(tickers(bo, 4, 10)).toEqual([1, 1])
  expect(ticksAt(textOf(bo), [4])[0]?.came).toBe(false)
  textOf(bo).insert(0, 'more ')
  expect(tickers(bo, 9, 15)).toEqual([1, 1])
})

test('W15: of two who tick at once both screens name the same one, and undo takes the tick and its name back', () => {
  const ada = tasks()
  const bo = person(2, ada)
  const undo = new Y.UndoManager(textOf(bo))
  textOf(ada).format(4, 1, { list: 'checked' })
  textOf(bo).format(4, 1, { list: 'checked' })
  exchange(ada, bo)
  const [named] = tickers(ada, 4)
  expect(named).toBeDefined()
  expect(tickers(bo, 4)).toEqual([named])
  textOf(bo).format(10, 1, { list: 'checked' })
  expect(tickers(bo, 10)).toEqual([2])
  undo.undo()
  expect(tickers(bo, 10)).toEqual([undefined])
})

test('W15: a line that came ticked says so', () => {
  const ada = tasks()
  textOf(ada).applyDelta([{ insert: 'done' }, { insert: '\n', attributes: { list: 'checked' } }])
  expect(ticksAt(textOf(ada), [4])).toEqual([{ client: 1, clock: expect.any(Number) as unknown, came: true }])
})

test('W11: each character has its own item, also within one', () => {
  const ada = person(1)
  textOf(ada).insert(0, 'abc')
  textOf(ada).delete(0, 1)
  expect([itemAt(textOf(ada), 0), itemAt(textOf(ada), 1), itemAt(textOf(ada), 2)]).toEqual([
    { client: 1, clock: 1 },
    { client: 1, clock: 2 },
    null,
  ])
})

test('W14: times are asked for in questions of fifty and once; an answer that is none is none', async () => {
  const asked: string[] = []
  let answer: (count: number) => unknown = (count) => ({ times: Array(count).fill(5000) })
  const times = createTimes({
    address: 'http://pads.test/p/x',
    ticket: () => 'proof',
    fetch(url, options) {
      asked.push(`${url} ${JSON.stringify(options.headers)}`)
      const body = answer(url.split(',').length)
      return Promise.resolve({ ok: body !== null, json: async () => body })
    },
  })
  const items = Array.from({ length: 60 }, (_, clock) => ({ client: 1, clock }))
  expect(await times.learn([...items, ...items])).toBe(true)
  expect(asked.map((url) => url.split(',').length - 1)).toEqual([50, 10])
  expect(asked[1]).toContain('http://pads.test/p/x/written?at=1-50,1-51')
  expect(asked[1]).toContain('"X-Inkpad-Ticket":"proof"')
  expect(await times.learn(items)).toBe(false)
  expect(asked).toHaveLength(2)
  expect(times.known({ client: 1, clock: 59 })).toBe(5000)
  for (const wrong of [null, {}, { times: 'x' }, { times: ['5'] }, { times: [null] }, 7]) {
    answer = () => wrong
    expect(await times.of({ client: 2, clock: 1 })).toBeUndefined()
  }
})

test('W11: of today the time of day alone, else with the day', async () => {
  await setLanguage('en')
  const noon = new Date(2026, 6, 3, 12, 30).getTime()
  expect(shownTime(noon, noon + 3_600_000)).toMatch(/^12:30\sPM$/)
  expect(shownTime(noon, noon + 86_400_000)).toMatch(/^Jul 3, 2026, 12:30\sPM$/)
})
