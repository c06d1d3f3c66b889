/** Redis as it fails (docs/SPEC-bus.md BU20, BU21). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { createRedisCarriage } from '../../../server/bus/redis.ts'
import { startRedis } from '../../support/redis.ts'
import type { Redis } from '../../support/redis.ts'
import { until } from '../../support/wait.ts'

let redis: Redis
let proxy: Server
/** Connections that break when they ask to hear the channel. */
let breaking = 0

beforeAll(async () => {
  redis = await startRedis()
  proxy = createServer((near) => {
    const far = connect(redis.port, '127.0.0.1')
    near.on('data', (chunk) => {
      if (breaking > 0 && /subscribe/i.test(chunk.toString('latin1'))) {
        breaking--
        near.destroy()
      } else far.write(chunk)
    })
    far.pipe(near)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
}, 60_000)

afterAll(async () => {
  proxy?.close()
  await redis?.remove()
})

test('BU21: a connection that breaks before it heard the channel hears it after it was made again', async () => {
  const url = new URL(redis.url)
  url.port = String((proxy.address() as AddressInfo).port)
  const carriage = createRedisCarriage(url.href)
  const said: string[] = []
  const frames: string[] = []
  breaking = 2
  carriage.start('a channel', {
    frame: (bytes) => void frames.push(Buffer.from(bytes).toString()),
    up: () => void said.push('up'),
    down: () => void said.push('down'),
  })
  try {
    await until(
      'Redis to be up',
      () => said.at(-1) === 'up',
      15_000,
      () => said,
    )
    expect([breaking, said]).toEqual([0, ['down', 'up']])
    carriage.send(Buffer.from('hello'))
    await until('what was said', () => frames.length > 0, 15_000)
    expect(frames).toEqual(['hello'])
  } finally {
    await carriage.close()
  }
})
