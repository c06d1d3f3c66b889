/** Large answers travel deflated (SPEC-sync S4). */
import { afterEach, expect, test } from '@jest/globals'
import * as encoding from 'lib0/encoding'
import { deflateRawSync } from 'node:zlib'
import { createUnpacker, unpack } from '../../../client/net/unpack.ts'
import { updateMessage } from '../../../client/net/wire.ts'
import { LIMITS, Message } from '../../../shared/protocol.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { createSessions } from '../../support/sessions.ts'
import { until } from '../../support/wait.ts'

let server: TestServer | null = null
const sessions = createSessions()
afterEach(async () => {
  await sessions.destroyAll()
  await server?.stop()
  server = null
})

function packed(size: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, Message.packed)
    encoding.writeVarUint(encoder, size)
    encoding.writeUint8Array(encoder, bytes)
  })
}

test('S4: a packed message is the message in it', async () => {
  const message = updateMessage(Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251))
  expect(await unpack(packed(message.length, deflateRawSync(message)))).toEqual(message)
})

test('S4: what comes behind a packed message waits for it', async () => {
  const messages = [1, 2, 3, 4, 5].map((n) => updateMessage(new Uint8Array(n * 50_000).fill(n)))
  const heard: Uint8Array[] = []
  const unpacker = createUnpacker(
    (message) => heard.push(message),
    (error) => {
      throw error
    },
  )
  for (const [i, message] of messages.entries())
    unpacker.take(i % 2 === 1 ? packed(message.length, deflateRawSync(message)) : message)
  expect(heard).toHaveLength(1)
  await until('all of them', () => heard.length === messages.length)
  expect(heard).toEqual(messages)
})

test('S4: behind a packed message that is not what it says nothing more is heard', async () => {
  const heard: Uint8Array[] = []
  const errors: unknown[] = []
  const unpacker = createUnpacker(
    (message) => heard.push(message),
    (error) => errors.push(error),
  )
  unpacker.take(packed(3, deflateRawSync(new Uint8Array(4))))
  unpacker.take(updateMessage(new Uint8Array(3)))
  await until('the error', () => errors.length === 1)
  unpacker.take(updateMessage(new Uint8Array(3)))
  expect(heard).toEqual([])
})

test.each([
  ['too large', LIMITS.unpacked + 1, deflateRawSync(new Uint8Array(10))],
  ['larger than it says', 10, deflateRawSync(updateMessage(new Uint8Array(1000)))],
  ['smaller than it says', 5000, deflateRawSync(updateMessage(new Uint8Array(1000)))],
  ['no deflate', 100, new Uint8Array([255, 255, 255, 255])],
  ['packed twice', 3, deflateRawSync(new Uint8Array([Message.packed, 1, 1]))],
])('S4: what is %s is refused', async (_what, size, bytes) => {
  await expect(unpack(packed(size, bytes))).rejects.toThrow()
})

test('S4: who can read it gets a large document packed, in less than half; who cannot gets it as it is', async () => {
  server = await startServer()
  const ada = sessions.open(server.port, 'pad', { cookie: server.people.add('Ada').cookie })
  await ada.is('saved')
  const lines = Array.from({ length: 30_000 }, (_, i) => `${(i * 7919) % 100_003} words make a document\n`)
  ada.type(lines.join(''), 0)
  await ada.is('saved', 20_000)
  const bo = sessions.open(server.port, 'pad', { cookie: server.people.add('Bo').cookie })
  await bo.is('saved', 20_000)
  await until('the whole text', () => bo.text() === ada.text(), 20_000)

  const read = async (packs: boolean): Promise<{ packed: number; client: RawClient }> => {
    const port = server?.port ?? 0
    const client = new RawClient(`ws://127.0.0.1:${port}/sync/p/pad`, {
      hello: packs ? { packs: true } : {},
      headers: {
        cookie: server?.people.add(packs ? 'Cy' : 'Di').cookie ?? '',
        origin: `http://127.0.0.1:${port}`,
      },
    })
    await until('an answer', () => client.seen.some(({ bytes }) => bytes.length > 10_000), 20_000)
    await until('all of it', () => packs || client.synced, 20_000)
    const found = client.seen.find(({ type }) => type === Message.packed)
    await client.close()
    return { packed: found?.bytes.length ?? 0, client }
  }
  const [able, unable] = [await read(true), await read(false)]
  expect(able.packed).toBeGreaterThan(0)
  expect(able.packed).toBeLessThan(ada.text().length / 2)
  expect(unable.packed).toBe(0)
  expect(unable.client.doc.getText('text').length).toBe(ada.text().length)
}, 60_000)
