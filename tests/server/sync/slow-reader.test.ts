import { connect as connectTcp } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { Close } from '../../../shared/protocol.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

let server: TestServer
const clients: RawClient[] = []

afterEach(async () => {
  for (const client of clients.splice(0)) client.ws.terminate()
  await server.stop()
})

async function join(): Promise<RawClient> {
  const client = new RawClient(`${server.url}/p/pad`)
  clients.push(client)
  return client.untilSynced()
}

/** Writes through the server until `done` or a few MB. */
async function flood(writer: RawClient, done: () => boolean, most = 80): Promise<void> {
  for (let i = 0; i < most && !done(); i++) {
    writer.type(String.fromCharCode(97 + (i % 26)).repeat(100_000))
    await writer.untilSaved()
    writer.doc.getText('text').delete(0, 100_000)
    await writer.untilSaved()
  }
}

const FAST = { byteRate: 1e9, byteBurst: 1e9, messageRate: 1e6, messageBurst: 1e6 }

test('S30: a reader that stalls is caught up with one diff; the others do not wait', async () => {
  server = await startServer({ limits: { ...FAST, bufferPresence: 16_384, bufferUpdates: 65_536 } })
  const [writer, other, slow] = await Promise.all([join(), join(), join()])
  slow.ws.pause()
  await flood(writer, () => false)
  writer.type('the end')
  await other.until(() => other.text === writer.text)
  const before = slow.seen.length
  slow.ws.resume()
  await slow.until(() => slow.text === writer.text, 'caught up')
  expect(server.sync.stats().resyncs).toBe(1)
  expect(slow.seen.length - before).toBeLessThan(160)
  slow.type('!')
  await other.until(() => other.text === writer.text && other.text.endsWith('!\n'))
})

test('S30: a reader that makes no progress is dropped with 4429', async () => {
  server = await startServer({ limits: { ...FAST, bufferUpdates: 65_536, stall: 500 } })
  const [writer, slow] = await Promise.all([join(), join()])
  slow.ws.pause()
  await flood(writer, () => server.sync.stats().rejected.slow === 1)
  await writer.until(() => {
    writer.send(new Uint8Array([3]))
    return server.sync.stats().rejected.slow === 1
  })
  slow.ws.resume()
  expect([Close.tooFast, 1006]).toContain(await slow.untilClosed())
})

test('S30: a large document reaches a slow joiner, however large', async () => {
  server = await startServer({ limits: { ...FAST, bufferClose: 100_000, bufferUpdates: 50_000 } })
  const writer = await join()
  for (let i = 0; i < 10; i++) {
    writer.type(`${i}`.repeat(50_000))
    await writer.untilSaved()
  }
  const joiner = await join()
  expect(joiner.text).toBe(writer.text)
  expect(Y.encodeStateVector(joiner.doc)).toEqual(Y.encodeStateVector(writer.doc))
})

test('S3: an upgrade that never finishes holds up nobody', async () => {
  server = await startServer()
  const idle = connectTcp(server.port, '127.0.0.1')
  idle.write('GET /sync/p/pad HTTP/1.1\r\nUpgrade: websocket\r\n')
  const a = await join()
  a.type('x')
  await a.untilSaved()
  idle.destroy()
})
