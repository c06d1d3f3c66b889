/** A board that is nearly as large as it may get (SPEC-board B440). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { watchFullness } from '../../../server/boards/fullness.ts'
import { silent } from '../../../server/log.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import { changeShape, createInk } from '../../../shared/board/model/write.ts'
import { Message } from '../../../shared/protocol.ts'
import { eventsOf } from '../../support/commons.ts'
import { RawClient, jsonMessage } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

const LIMIT = 60_000

let server: TestServer
let stop: () => void
const clients: RawClient[] = []

beforeAll(async () => {
  server = await startServer({ limits: { document: LIMIT } })
  stop = watchFullness({ sync: server.sync, log: silent, limit: LIMIT, every: 30 })
})

afterAll(async () => {
  stop()
  for (const client of clients) client.ws.terminate()
  await server.stop()
})

async function join(name: string): Promise<RawClient> {
  const client = new RawClient(`${server.url}/b/board`, { hello: { ticket: server.people.add(name).token } })
  clients.push(client)
  return client.untilSynced()
}

const fullness = (client: RawClient): number[] => eventsOf(client, 'fullness').map(({ part }) => part)
const xy = Float64Array.from({ length: 2000 }, (_, i) => ((i * 7919) % 1009) - 500)
/** About two kilobytes. */
const points = encodePoints({ xy, pressure: null }, 2)

test('B440: everybody is told from four fifths on, who comes later too; a board that is only busy is not full', async () => {
  const [ann, bo] = await Promise.all([join('Ann'), join('Bo')])
  const first = createInk(boardOf(ann.doc), { points, order: 'V' })
  // What was moved to and fro takes up next to nothing.
  for (let i = 0; i < 60; i++) {
    changeShape(boardOf(ann.doc), first, { name: 'x'.repeat(390) + i })
    await ann.untilSaved()
  }
  const made = [first]
  while (fullness(bo).length === 0 && made.length < 60) {
    made.push(createInk(boardOf(ann.doc), { points, order: 'V' }))
    await ann.untilSaved()
    await new Promise((done) => setTimeout(done, 40))
  }
  const [part = 0] = fullness(bo)
  expect(part).toBeGreaterThanOrEqual(0.8)
  expect(part).toBeLessThan(0.95)
  expect(made.length).toBeGreaterThan((0.7 * LIMIT) / points.length)
  const cy = await join('Cy')
  cy.send(jsonMessage(Message.event, { type: 'catchUp' }))
  await cy.until(() => fullness(cy).length > 0)
  for (const id of made.splice(0, made.length - 2)) boardOf(ann.doc).shapes.delete(id)
  await bo.until(() => (fullness(bo).at(-1) ?? 1) < 0.8)
  expect([ann, bo, cy].map(({ closed }) => closed)).toEqual([null, null, null])
})

test('B440: a page whose board is full makes nothing new, and still changes and removes', async () => {
  const ann = await join('Dee')
  const board = boardOf(ann.doc)
  const id = createInk(board, { points, order: 'V' })
  board.hasRoom = () => false
  expect(() => createInk(board, { points, order: 'V' })).toThrow('full')
  changeShape(board, id, { style: { color: 3 } })
  board.shapes.delete(id)
  await ann.untilSaved()
  expect(ann.closed).toBeNull()
})
