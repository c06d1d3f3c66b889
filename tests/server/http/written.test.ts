/** W14: when parts of a text were written, from the log, for who may read the pad. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createWritten } from '../../../server/pads/written.ts'
import type { LogRow } from '../../../server/store/store.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const NINE = Date.UTC(2026, 6, 3, 9, 0)
const HOUR = 3_600_000
const CLIENT = 7001

let web: Web
beforeAll(async () => {
  web = await startWeb()
})
afterAll(() => web.close())

/** A pad with a row for each of these words, all of one client, at these times; gives the clock each begins at. */
async function padWith(pad: string, words: readonly [string, number][]): Promise<number[]> {
  await web.write(pad, '\n')
  const document = await web.store.find(`p/${pad}`)
  if (!document) throw new Error('no pad')
  const doc = new Y.Doc()
  doc.clientID = CLIENT
  const rows: LogRow[] = []
  const starts: number[] = []
  doc.on('update', (bytes: Uint8Array) =>
    rows.push({ document: document.id, seq: rows.length + 2, author: 'a.one', time: 0, bytes }),
  )
  for (const [word] of words) {
    starts.push(Y.getState(doc.store, CLIENT))
    doc.getText('text').insert(0, word)
  }
  await web.store.append(rows.map((row, index) => ({ ...row, time: words[index]?.[1] ?? 0 })))
  return starts
}

async function ask(pad: string, at: string): Promise<{ status: number; times?: (number | null)[] }> {
  const response = await fetch(`http://127.0.0.1:${web.port}/p/${pad}/written?at=${at}`, {
    headers: { Accept: 'application/json' },
  })
  return { status: response.status, ...((await response.json()) as object) }
}

test('W14: each part has the time of the row that brought it; what is not saved has none; what comes later is found', async () => {
  const [first = 0, second = 0, third = 0] = await padWith('times', [
    ['morning ', NINE],
    ['soon after ', NINE + 1000],
    ['evening ', NINE + 9 * HOUR],
  ])
  const at = [first, first + 3, second, third, third + 8].map((clock) => `${CLIENT}-${clock}`)
  expect((await ask('times', [...at, '99-0'].join())).times).toEqual([
    NINE,
    NINE,
    NINE,
    NINE + 9 * HOUR,
    null,
    null,
  ])
  const document = await web.store.find('p/times')
  const doc = new Y.Doc()
  doc.clientID = 99
  doc.getText('text').insert(0, 'new')
  await web.store.append([
    {
      document: document?.id ?? 0,
      seq: 5,
      author: 'a.two',
      time: NINE + 10 * HOUR,
      bytes: Y.encodeStateAsUpdate(doc),
    },
  ])
  expect((await ask('times', '99-2')).times).toEqual([NINE + 10 * HOUR])
})

test('W14: readers by a read-only link learn it too; who names no item, too many or no pad does not', async () => {
  const [first = 0] = await padWith('shared', [['words', NINE]])
  const link = await web.store.readOnlyId('shared', () => `r.${'5'.repeat(32)}`)
  expect((await ask(link, `${CLIENT}-${first}`)).times).toEqual([NINE])
  expect((await ask('nowhere', '1-1')).status).toBe(404)
  for (const at of ['', 'x', '1', '1-', '-1-1', `${'9'.repeat(17)}-1`, Array(51).fill('1-1').join()])
    expect((await ask('shared', at)).status).toBe(400)
})

test('W14: who may not read a pad does not learn when it was written', async () => {
  const closed = await startWeb({
    requireAuthentication: true,
    users: { ada: { password: 'correct horse' } },
  })
  try {
    await closed.write('closed', 'secret\n')
    const response = await fetch(`http://127.0.0.1:${closed.port}/p/closed/written?at=1-0`, {
      headers: { Accept: 'application/json' },
    })
    expect([response.status, await response.text()]).toEqual([
      401,
      expect.not.stringContaining('times') as unknown,
    ])
  } finally {
    await closed.close()
  }
})

test('W14: a log is read once, in pages; what is at hand is bounded, and many at once have to wait', async () => {
  await padWith(
    'long',
    Array.from({ length: 30 }, (_, hour) => [`${hour} `, NINE + hour * HOUR]),
  )
  await padWith('other', [['x', NINE]])
  const asked: number[] = []
  const store = {
    find: web.store.find.bind(web.store),
    rows(document: number, after: number, limit: number) {
      asked.push(limit)
      return web.store.rows(document, after, limit)
    },
  }
  const written = createWritten(store, { page: 10, rows: 1000, reading: 1, stretches: 20 })
  const two = [written.times('long', [{ client: CLIENT, clock: 0 }]), written.times('long', [])]
  await Promise.all(two)
  expect(asked).toEqual([10, 10, 10, 1])
  const busy = await Promise.allSettled([
    written.times('other', [{ client: CLIENT, clock: 0 }]),
    createWritten(store, { page: 10, rows: 1000, reading: 0, stretches: 20 }).times('other', []),
  ])
  expect(busy.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  asked.length = 0
  await written.times('long', [])
  expect(asked.length).toBe(4)
  const short = createWritten(store, { page: 10, rows: 5, reading: 1, stretches: 20 })
  expect(await short.times('long', [{ client: CLIENT, clock: 0 }])).toEqual([null])
})
