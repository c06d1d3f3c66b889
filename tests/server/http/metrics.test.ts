import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import express from 'express'
import { metricsRoutes } from '../../../server/http/metrics.ts'
import type { SyncStats } from '../../../server/sync/types.ts'
import { ask } from '../../support/ask.ts'

const STATS: SyncStats = {
  carriers: { websocket: 2, polling: 1 },
  connections: 3,
  rooms: { loading: 0, open: 2, draining: 1 },
  messagesIn: 10,
  deliveries: 20,
  rejected: { tooLarge: 4 },
  rows: 5,
  commits: 6,
  queuedRows: 7,
  queueAge: 1500,
  resyncs: 0,
  reloads: 0,
  store: 'ok',
}

test('Metrics: figures of the rooms and times of changes, at both addresses', async () => {
  let sample: (name: 'ack' | 'commit' | 'load', ms: number) => void = () => {}
  const app = express().use(
    metricsRoutes({ stats: () => STATS, observe: (listener) => void (sample = listener) }),
  )
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  sample('ack', 4)
  const answers = await Promise.all([ask(port, '/metrics'), ask(port, '/stats/prometheus')])
  await new Promise((resolve) => server.close(resolve))
  for (const { status, text } of answers) {
    expect(status).toBe(200)
    expect(text).toContain('inkpad_connections 3')
    expect(text).toContain('inkpad_rooms{state="open"} 2')
    expect(text).toContain('inkpad_rejected_total{reason="tooLarge"} 4')
    expect(text).toContain('inkpad_queue_age_seconds 1.5')
    expect(text).toContain('inkpad_duration_seconds_bucket{le="0.005",of="ack"} 1')
    expect(text).toContain('process_resident_memory_bytes')
  }
})

test('BU7, Metrics: how the bus is, where there is one, and nothing of it else', async () => {
  const state = { servers: 2, delay: 4, sent: 5, received: 6, missed: 7, dropped: { foreign: 8 } }
  const texts: string[] = []
  for (const name of ['up', 'none'] as const) {
    const app = express().use(
      metricsRoutes({ stats: () => STATS, observe: () => {} }, { state: () => ({ ...state, state: name }) }),
    )
    const server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    texts.push((await ask((server.address() as AddressInfo).port, '/metrics')).text)
    await new Promise((resolve) => server.close(resolve))
  }
  for (const line of [
    'inkpad_bus_up 1',
    'inkpad_bus_servers 2',
    'inkpad_bus_delay_seconds 0.004',
    'inkpad_bus_missed_total 7',
    'inkpad_bus_dropped_total{reason="foreign"} 8',
  ])
    expect(texts[0]).toContain(line)
  expect(texts[1]).not.toContain('inkpad_bus')
})
