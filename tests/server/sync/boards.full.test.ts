import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { MAX_SHAPES } from '../../../shared/board/limits.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import { createInk } from '../../../shared/board/model/write.ts'
import { Close } from '../../../shared/protocol.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

let server: TestServer
const clients: RawClient[] = []

beforeAll(async () => {
  server = await startServer()
})

afterAll(async () => {
  for (const client of clients) client.ws.terminate()
  await server.stop()
})

test('B30: a board takes as many shapes as it may hold, a tenth more of those who drew at once, and then no more', async () => {
  const tiny = encodePoints({ xy: Float64Array.of(0, 0), pressure: null }, 0)
  await server.sync.withDocument(
    'b/full',
    (doc) => {
      const board = boardOf(doc)
      doc.transact(() => {
        for (let i = 0; i < MAX_SHAPES; i++) createInk(board, { points: tiny, order: 'V', id: `s${i}` })
      })
      expect(() => createInk(board, { points: tiny, order: 'V' })).toThrow('full')
    },
    { create: true },
  )
  // Somebody who does not look whether it is full.
  const bo = new RawClient(`${server.url}/b/full`, {})
  clients.push(bo)
  await bo.until(() => bo.synced, 'the board', 60_000)
  const put = (ids: readonly string[]): void => {
    bo.doc.transact(() => {
      for (const id of ids) boardOf(bo.doc).shapes.set(id, new Y.Map([['h', { t: 'group', z: 'V' }]]))
    })
  }
  put(['one-more'])
  await bo.until(() => bo.durable >= bo.sent, 'one more', 60_000)
  put(Array.from({ length: MAX_SHAPES / 10 + 1 }, (_, i) => `t${i}`))
  await bo.until(() => bo.closed !== null, 'the end', 60_000)
  expect(bo.closed?.code).toBe(Close.badData)
  await server.sync.withDocument('b/full', (doc) => {
    expect(boardOf(doc).shapes.size).toBe(MAX_SHAPES + 1)
  })
}, 120_000)
