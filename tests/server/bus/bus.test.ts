/** The bus over a carriage in memory: when it speaks, what it drops, and when something may have been missed (docs/SPEC-bus.md). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createBus } from '../../../server/bus/bus.ts'
import { openBus } from '../../../server/bus/index.ts'
import { noBus } from '../../../server/bus/no-bus.ts'
import type { Bus, BusMessage, Carriage, CarriageEvents } from '../../../server/bus/types.ts'
import { MOST } from '../../../server/bus/wire.ts'
import { createLog, silent } from '../../../server/log.ts'
import { openStore } from '../../../server/store/index.ts'
import { sqliteIn } from '../../support/server.ts'
import { until } from '../../support/wait.ts'

/** What carries between buses of one test; `lose` says which frames of whom are lost. */
function wire() {
  const ends = new Set<CarriageEvents>()
  const frames: Uint8Array[] = []
  const made = (lose: () => boolean = () => false, pending = () => 0) => {
    let on: CarriageEvents | null = null
    const carriage: Carriage = {
      start(_channel, events) {
        on = events
        ends.add(events)
        events.up()
      },
      get pending() {
        return pending()
      },
      send(frame) {
        if (lose()) return
        frames.push(frame)
        queueMicrotask(() => ends.forEach((end) => end.frame(frame)))
      },
      close: async () => void (on && ends.delete(on)),
    }
    return { carriage, events: () => on }
  }
  return { made, frames }
}

const KEY = async () => Buffer.alloc(32, 3).toString('base64')

function listening(bus: Bus) {
  const heard: BusMessage[] = []
  const seen = { heard, missed: 0, left: 0 }
  bus.listen({
    heard: (message) => void heard.push(message),
    missed: () => void seen.missed++,
    left: () => void seen.left++,
  })
  return seen
}

test('BU1, BU22: without an address, and with SQLite, there is no bus; the client library is loaded by nobody but the carriage, later', async () => {
  const lines: string[] = []
  const log = createLog('info', (_level, line) => lines.push(line))
  const store = openStore(sqliteIn('/nowhere'), silent)
  expect(openBus({ url: null, store, log })).toBe(noBus)
  expect(lines).toEqual([])
  expect(openBus({ url: 'redis://127.0.0.1:1', store, log })).toBe(noBus)
  expect(lines.join('\n')).toContain('redis.url has no effect with SQLite')
  expect(noBus.state().state).toBe('none')
  await store.close()
  const source = readFileSync(join(import.meta.dirname, '../../../server/bus/redis.ts'), 'utf8')
  const imports = source.split('\n').filter((line) => line.includes("'@redis/client'"))
  expect(imports.map((line) => line.trim())).toEqual([
    "import type { createClient } from '@redis/client'",
    "const library = await import('@redis/client')",
  ])
})

test('BU5: a server says nothing while it is alone, and each looks and asks when they meet; one that ends says so', async () => {
  const { made, frames } = wire()
  const one = createBus({ carriage: made().carriage, key: KEY, log: silent })
  const first = listening(one)
  one.start()
  await until('to be up', () => one.state().state === 'up')
  expect([one.together, first.missed]).toEqual([false, 1])
  const before = frames.length
  one.tell({ kind: 'notice' })
  const two = createBus({ carriage: made().carriage, key: KEY, log: silent })
  const second = listening(two)
  two.start()
  await until('to meet', () => one.together && two.together)
  expect(frames.length).toBeGreaterThan(before)
  await until('both to look', () => first.missed === 2 && second.missed === 2)
  one.tell({ kind: 'people' })
  one.tell({ kind: 'pad', pad: 'x' })
  await until('both messages', () => second.heard.length === 2)
  expect([first.heard, second.heard]).toEqual([[], [{ kind: 'people' }, { kind: 'pad', pad: 'x' }]])
  await one.close()
  await until('the goodbye', () => second.left === 1)
  expect(two.together).toBe(false)
  await two.close()
})

test('BU5, BU13: frames that are lost are noticed by the next one; what does not fit is dropped and counted', async () => {
  const { made } = wire()
  let lost = false
  let waiting = 0
  const one = createBus({
    carriage: made(
      () => lost,
      () => waiting,
    ).carriage,
    key: KEY,
    log: silent,
  })
  const two = createBus({ carriage: made().carriage, key: KEY, log: silent })
  const second = listening(two)
  one.start()
  two.start()
  await until('to meet', () => one.together && two.together)
  const looks = second.missed
  lost = true
  one.tell({ kind: 'notice' })
  const sent = one.state().sent
  await until('it to be said', () => one.state().sent > sent)
  lost = false
  one.tell({ kind: 'people' })
  await until('the next', () => second.heard.length > 0)
  expect(second.heard).toEqual([{ kind: 'people' }])
  expect(second.missed).toBe(looks + 1)
  const event = { type: 'plugin', plugin: 'p', name: 'n', from: null } as const
  one.tell({
    kind: 'event',
    document: 'p/x',
    to: '',
    event: { ...event, payload: 'x'.repeat(MOST.message) },
  })
  waiting = 4 * 1024 * 1024
  one.tell({ kind: 'notice' })
  expect(one.state().dropped).toEqual({ tooLarge: 1, full: 1 })
  waiting = 0
  for (let index = 0; index < 10; index++)
    one.tell({ kind: 'event', document: 'p/x', to: '', event: { ...event, payload: 'x'.repeat(100_000) } })
  await until('more than one frame holds', () => second.heard.length === 11)
  await one.close()
  await two.close()
})

test('BU6, BU7: without its own sign of life it is slow, with it up again; who is silent is gone; one line each way', async () => {
  const { made } = wire()
  let time = 0
  let silence = false
  const lines: string[] = []
  const log = createLog('info', (_level, line) => lines.push(line))
  const part = made(() => silence)
  const one = createBus({ carriage: part.carriage, key: KEY, log, now: () => time, beat: 5 })
  const seen = listening(one)
  const two = createBus({ carriage: made().carriage, key: KEY, log: silent })
  one.start()
  two.start()
  await until('to meet', () => one.together && two.together)
  expect(one.state().state).toBe('up')
  silence = true
  time += 1000
  time += 3001
  await until('to be slow', () => {
    time += 500
    return one.state().state === 'slow'
  })
  await two.close()
  silence = false
  await until('to be up again', () => one.state().state === 'up')
  expect(seen.left).toBeGreaterThan(0)
  part.events()?.down('ECONNRESET')
  part.events()?.down('ECONNREFUSED')
  expect([one.state().state, one.together]).toEqual(['down', false])
  part.events()?.up()
  await until('to be up at last', () => one.state().state === 'up')
  const about = lines.filter((line) => line.includes('Redis')).map((line) => line.includes('does not answer'))
  expect(about).toEqual([false, true, false, true, false])
  await one.close()
})
