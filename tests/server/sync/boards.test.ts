import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import { changeShape, createInk } from '../../../shared/board/model/write.ts'
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

async function join(doc?: Y.Doc): Promise<RawClient> {
  const client = new RawClient(`${server.url}/b/lesson`, doc ? { doc } : {})
  clients.push(client)
  return client.untilSynced()
}

const points = encodePoints({ xy: Float64Array.of(0, 0, 30, 40), pressure: null }, 2)

test('B36: a hostile shape closes its sender and reaches nobody; the board goes on', async () => {
  const [ann, bo, attacker] = await Promise.all([join(), join(), join()])
  const id = createInk(boardOf(ann.doc), { points, order: 'V' })
  await ann.untilSaved()
  await Promise.all(
    [bo, attacker].map((person) => person.until(() => readShapes(boardOf(person.doc)).has(id))),
  )
  const heard: Uint8Array[] = []
  bo.doc.on('update', (bytes: Uint8Array) => heard.push(bytes))
  changeShape(boardOf(attacker.doc), id, { link: 'javascript:alert(1)' })
  expect(await attacker.untilClosed()).toBe(Close.badData)
  changeShape(boardOf(ann.doc), id, { style: { color: 5 } })
  await ann.untilSaved()
  await bo.until(() => readShapes(boardOf(bo.doc)).get(id)?.style.color === 5)
  const late = await join()
  for (const { doc } of [ann, bo, late]) {
    expect([...(boardOf(doc).shapes.get(id)?.keys() ?? [])].sort()).toEqual(['h', 's.color'])
    expect(readShapes(boardOf(doc)).get(id)).toMatchObject({ link: null, style: { color: 5 } })
  }
  expect(heard.length).toBeGreaterThan(0)
  await server.sync.withDocument('b/lesson', (doc) => {
    expect(boardOf(doc).shapes.get(id)?.has('m.link')).toBe(false)
  })
})
