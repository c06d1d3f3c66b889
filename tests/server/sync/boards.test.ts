import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import { changeShape, createInk } from '../../../shared/board/model/write.ts'
import { Close, Message, Sync } from '../../../shared/protocol.ts'
import { encodeLivePoints } from '../../../shared/board/live.ts'
import { meetingOf } from '../../../shared/board/model/meeting.ts'
import { RawClient, jsonMessage, syncMessage } from '../../support/raw-client.ts'
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

test('B410, S12: a reader draws by no message: update, step 2, parts, ink and events change nothing and reach nobody', async () => {
  const [ann, bo] = await Promise.all([join(), join()])
  const kept = createInk(boardOf(ann.doc), { points, order: 'V' })
  await ann.untilSaved()
  await bo.until(() => readShapes(boardOf(bo.doc)).has(kept))
  const heard: Uint8Array[] = []
  bo.doc.on('update', (bytes: Uint8Array) => heard.push(bytes))
  const readOnly = `r.${'a'.repeat(32)}`
  server.access.readOnly.set(readOnly, 'lesson')

  /** A reader with a copy of the board that has one stroke more. */
  async function reader(): Promise<{ client: RawClient; stroke: Uint8Array }> {
    const client = new RawClient(`${server.url}/b/${readOnly}`, {
      hello: { ticket: server.people.add('Reader').token },
    })
    clients.push(client)
    await client.untilSynced()
    expect(client.welcome?.level).toBe('read')
    const copy = new Y.Doc()
    copy.clientID = client.doc.clientID
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(client.doc))
    const before = Y.encodeStateVector(copy)
    createInk(boardOf(copy), { points, order: 'V' })
    boardOf(copy).shapes.delete(kept)
    meetingOf(copy).votes.set(client.welcome?.me.author ?? '', ['r1', kept])
    return { client, stroke: Y.encodeStateAsUpdate(copy, before) }
  }

  for (const sub of [Sync.update, Sync.step2]) {
    const { client, stroke } = await reader()
    client.write(stroke, sub)
    expect(await client.untilClosed()).toBe(Close.forbidden)
  }
  const parts = await reader()
  parts.client.send(Uint8Array.of(Message.part, 0, ...syncMessage(Sync.update, parts.stroke)))
  expect(await parts.client.untilClosed()).toBe(Close.forbidden)

  const { client } = await reader()
  const style = { brush: 'pen', color: 1, opacity: 1, width: 3, laser: false } as const
  const line = { values: [0, 0, 0.5, 9, 9, 0.5], length: 6 }
  const ink = encodeLivePoints('mine', style, line, 0, { exponent: 2, hasPressure: false }).bytes
  client.send(Uint8Array.of(Message.ink, ...ink))
  client.send(jsonMessage(Message.event, { type: 'meeting', change: { drawing: 'owner', presenter: null } }))
  client.send(jsonMessage(Message.event, { type: 'gather', seen: [0, 0, 10, 10] }))
  client.say(client.doc.clientID, 1, { board: { at: [1, 2] } })
  await bo.until(() => bo.presence.has(client.doc.clientID))
  expect(heard).toEqual([])
  expect(bo.seen.some(({ type }) => type === Message.ink)).toBe(false)
  expect(bo.events.filter(({ type }) => type === 'meeting' || type === 'gather')).toEqual([])
  await server.sync.withDocument('b/lesson', (doc) => {
    expect(boardOf(doc).shapes.has(kept)).toBe(true)
    expect(doc.getMap('votes').size).toBe(0)
  })
})
