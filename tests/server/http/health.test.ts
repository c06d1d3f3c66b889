import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { noBus } from '../../../server/bus/no-bus.ts'
import type { BusState } from '../../../server/bus/types.ts'
import { createHealth } from '../../../server/http/health.ts'
import type { HealthParts } from '../../../server/http/health.ts'
import { StoreDown } from '../../../server/store/store.ts'
import type { Store } from '../../../server/store/store.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const up: HealthParts = {
  store: { ping: async () => {} },
  opened: () => true,
  rooms: () => 'ok',
  closing: () => false,
}
const down = { ping: () => Promise.reject(new StoreDown('gone')) }

describe('judgement', () => {
  test.each<[string, Partial<HealthParts>, string]>([
    ['all is well', {}, 'pass'],
    ['not opened yet', { opened: () => false }, 'fail'],
    ['the database does not answer', { store: down }, 'warn'],
    ['rooms wait for it', { rooms: () => 'down' }, 'warn'],
    ['rooms are read-only', { rooms: () => 'readonly' }, 'fail'],
    ['going down', { closing: () => true }, 'fail'],
  ])('Health: %s', async (_name, parts, status) => {
    expect((await createHealth({ ...up, ...parts })()).status).toBe(status)
  })

  test('BU7, Health: Redis is told where there is one; without its answer pads work, so it is a warning', async () => {
    const of = (state: BusState['state'], delay: number | null) =>
      createHealth({ ...up, bus: () => ({ ...noBus.state(), state, delay }) })()
    expect(await of('none', null)).toEqual({ status: 'pass' })
    expect(await of('up', 1.6)).toEqual({
      status: 'pass',
      checks: { 'redis:responseTime': [{ status: 'pass', observedValue: 2, observedUnit: 'ms' }] },
    })
    for (const state of ['down', 'slow'] as const)
      expect(await of(state, null)).toEqual({
        status: 'warn',
        output: 'Redis does not answer; servers see what others did a second later',
        checks: { 'redis:responseTime': [{ status: 'warn' }] },
      })
    expect((await createHealth({ ...up, store: down, bus: () => noBus.state() })()).output).toContain(
      'database',
    )
  })

  test('Health: a database that hangs is waited for one second at most', async () => {
    jest.useFakeTimers()
    try {
      const health = createHealth({ ...up, store: { ping: () => new Promise(() => {}) } })
      const answer = health()
      await jest.advanceTimersByTimeAsync(1000)
      expect((await answer).status).toBe('warn')
    } finally {
      jest.useRealTimers()
    }
  })

  test('Health: the database is asked once in two seconds', async () => {
    let pings = 0
    let now = 0
    const ping = async () => void pings++
    const health = createHealth({ ...up, store: { ping }, now: () => now })
    await Promise.all([health(), health(), health()])
    expect(pings).toBe(1)
    now = 2000
    await health()
    expect(pings).toBe(2)
  })
})

describe('with the store away', () => {
  let web: Web | null = null
  afterEach(async () => {
    await web?.close()
    web = null
  })
  const gone = (): Promise<never> => Promise.reject(new StoreDown('gone'))
  let away = true
  const flaky = (store: Store): Store =>
    new Proxy(store, {
      get(target, key: keyof Store) {
        const value = target[key]
        if (typeof value !== 'function' || !away || key === 'close')
          return typeof value === 'function' ? value.bind(target) : value
        return gone
      },
    })

  test('Health: says warn, pads still come (without their text), the known cookie is kept', async () => {
    away = false
    web = await startWeb({}, { change: flaky })
    await web.write('notes', 'the text\n')
    const cookie = cookieOf(await ask(web.port, '/p/notes', { headers: BROWSER }))?.pair ?? ''
    away = true
    const restarted = await startWeb({}, { change: flaky })
    const health = await ask(restarted.port, '/health')
    const page = await ask(restarted.port, '/p/notes', { headers: { ...BROWSER, cookie } })
    const reader = await ask(restarted.port, `/p/r.${'a'.repeat(32)}`, { headers: BROWSER })
    const ticket = await ask(restarted.port, '/ticket', { method: 'POST' })
    await restarted.close()
    expect([health.status, health.headers['content-type']]).toEqual([
      200,
      'application/health+json; charset=utf-8',
    ])
    expect(JSON.parse(health.text)).toMatchObject({ status: 'warn' })
    expect(page.status).toBe(200)
    expect(page.text).toContain('cannot be shown right now')
    expect(page.headers['set-cookie']).toBeUndefined()
    expect([reader.status, reader.headers['retry-after']]).toEqual([503, '5'])
    expect(ticket.status).toBe(503)
  })
})

test('Health: the version is told only with exposeVersion', async () => {
  const shy = await startWeb()
  const open = await startWeb({ exposeVersion: true })
  const answers = await Promise.all([shy, open].map((one) => ask(one.port, '/health')))
  await Promise.all([shy.close(), open.close()])
  expect(answers.map(({ text }) => JSON.parse(text) as unknown)).toEqual([
    { status: 'pass' },
    { status: 'pass', releaseId: '9.8.7' },
  ])
})
