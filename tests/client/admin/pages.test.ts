/** @jest-environment jsdom */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { createApi, explain, Refusal } from '../../../client/admin/api.ts'
import { bytes, span, when } from '../../../client/admin/format.ts'
import { joinLines, LINES } from '../../../client/admin/live.ts'
import { readDrafts } from '../../../client/admin/plugin-form.tsx'
import type { AdminPluginSetting } from '../../../client/admin/plugin-types.ts'
import { prefixOf, PROXIES, proxyBlock } from '../../../client/admin/proxy.ts'
import { reportOf } from '../../../client/admin/report.ts'
import { offsetOf } from '../../../client/admin/settings-file.tsx'
import { secondsOf } from '../../../client/admin/sign-in.tsx'
import { readAdminBoot } from '../../../client/admin/start.tsx'
import type { Field } from '../../../shared/plugin.ts'
import type { LogLine, Overview, Vitals } from '../../../shared/admin.ts'

const spaces = (text: string) => text.replaceAll(/\s/g, ' ')

describe('requests', () => {
  const real = globalThis.fetch
  afterEach(() => {
    globalThis.fetch = real
  })
  const answering = (status: number, body: unknown) => {
    const asked: { path: string; init: RequestInit }[] = []
    globalThis.fetch = async (path, init) => {
      asked.push({ path: String(path), init: init ?? {} })
      return { ok: status < 400, status, json: async () => body } as Response
    }
    return asked
  }

  test('A2: what changes something carries the header of our own page', async () => {
    const asked = answering(200, { text: 'x' })
    const api = createApi(() => {})
    expect(await api.post<{ text: string }>('api/notice', { text: 'x' })).toEqual({ text: 'x' })
    expect(asked[0]?.init.method).toBe('POST')
    expect(new Headers(asked[0]?.init.headers).get('X-Inkpad-Admin')).not.toBeNull()
    await api.get('api/pads', { search: 'a&b', page: 2, descending: true })
    expect(asked[1]?.path).toBe('api/pads?search=a%26b&page=2&descending=true')
  })

  test('A53: the end of a session is noticed; a wrong password is none', async () => {
    answering(401, { error: 'unauthenticated', message: 'no' })
    const ended = jest.fn()
    const api = createApi(ended)
    await expect(api.post('login', {})).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(ended).toHaveBeenCalledTimes(0)
    await expect(api.get('api/pads')).rejects.toBeInstanceOf(Refusal)
    expect(ended).toHaveBeenCalledTimes(1)
  })

  test('a refusal is told in words: those of the server where it knows more', async () => {
    answering(400, { error: 'badRequest', message: 'port must be a number' })
    const api = createApi(() => {})
    const error = await api.post('api/settings/save').catch((reason: unknown) => reason)
    expect(explain(error)).toBe('port must be a number')
    globalThis.fetch = async () => Promise.reject(new TypeError('network'))
    expect(explain(await api.get('x').catch((reason: unknown) => reason))).toContain('cannot be reached')
    expect(explain(new Error('anything'))).toContain('in the log')
  })
})

describe('figures', () => {
  test('sizes and spans stand in the unit that fits', () => {
    expect([0, 630, 2400, 99_400, 999_600, 2_400_000, 25e9].map((value) => spaces(bytes(value)))).toEqual([
      '0 kB',
      '0.6 kB',
      '2.4 kB',
      '99 kB',
      '1 MB',
      '2.4 MB',
      '25 GB',
    ])
    expect([5000, 119_000, 7_200_000, 30 * 3_600_000, 12 * 86_400_000].map(span)).toEqual([
      '5 seconds',
      '1 minute',
      '2 hours',
      '30 hours',
      '12 days',
    ])
  })

  test("today's events have a time, older ones a distance", () => {
    const noon = new Date(2026, 4, 20, 12, 0).getTime()
    expect(when(noon - 3_600_000, noon)).toMatch(/^11:00/)
    expect(when(noon - 86_400_000, noon)).toBe('Yesterday')
  })
})

test('lines of the log are joined once each, the oldest go', () => {
  const line = (id: number): LogLine => ({ id, time: id, level: 'info', message: String(id), facts: '' })
  const first = [1, 2, 3].map(line)
  expect(joinLines(first, [2, 3].map(line))).toBe(first)
  expect(joinLines(first, [3, 4].map(line)).map(({ id }) => id)).toEqual([1, 2, 3, 4])
  const many = joinLines(
    [],
    Array.from({ length: LINES + 5 }, (_, index) => line(index + 1)),
  )
  expect([many.length, many[0]?.id]).toEqual([LINES, 6])
})

describe("a plugin's form", () => {
  const setting = (key: string, field: Partial<Field> & { type: Field['type']; default: unknown }) =>
    ({
      key,
      field: { scope: 'server', label: key, ...field },
      value: field.default,
      source: 'default',
      fixed: null,
    }) as AdminPluginSetting
  const all = [
    setting('many', { type: 'number', default: 3, min: 1, max: 9 }),
    setting('where', { type: 'url', default: '' }),
    setting('on', { type: 'switch', default: false }),
    setting('text', { type: 'text', default: 'a' }),
  ]

  test('only what was changed is sent, as what it is; null takes back', () => {
    expect(readDrafts(all, { many: '5', on: true, text: null })).toEqual({
      values: { many: 5, on: true, text: null },
      problems: {},
    })
    expect(readDrafts(all, {})).toEqual({ values: {}, problems: {} })
  })

  test('what is wrong is told where it is', () => {
    const { problems } = readDrafts(all, { many: '10', where: 'example.org', on: 'perhaps' })
    expect(problems['many']).toBe('A number from 1 to 9 is needed.')
    expect(problems['where']).toContain('https://')
    expect(Object.keys(problems)).toEqual(['many', 'where', 'on'])
  })
})

describe("a proxy's block", () => {
  test.each(PROXIES)('%s passes upgrades and tells the prefix', (proxy) => {
    const root = proxyBlock(proxy, '/')
    const below = proxyBlock(proxy, '/pad/', '10.0.0.5:9001')
    expect(root).toContain('127.0.0.1:9001')
    expect(root).not.toContain('Prefix')
    expect(below).toContain('10.0.0.5:9001')
    expect(below).toMatch(/X-Forwarded-Prefix \/pad/)
    if (proxy === 'nginx' || proxy === 'apache') expect(root).toMatch(/Upgrade/i)
  })

  test('characters of a prefix mean themselves in patterns', () => {
    expect(proxyBlock('apache', '/a.b/')).toContain(String.raw`^/a\.b/(.*)`)
    expect(prefixOf('/pad/admin/')).toBe('/pad/')
    expect(prefixOf('/admin/')).toBe('/')
  })
})

test('a report on health names no pad and nobody', () => {
  const now: Vitals = {
    time: 1e12,
    people: 2,
    webSockets: 2,
    polling: 0,
    openPads: 1,
    edits: 3,
    saved: 4,
    memory: 5,
    processor: 0.1,
    late: 1,
  }
  const overview: Overview = {
    title: 'Pads',
    version: '1.2.3',
    node: 'v20',
    started: 1e12,
    store: { kind: 'sqlite', state: 'ok', ping: 1, durability: [] },
    bus: { state: 'none', servers: 0, delay: null },
    memoryLimit: 1e9,
    pads: 7,
    now,
    day: [{ ...now, people: 9 }],
    busiest: [{ name: 'secret-plans', here: 1, edits: 1 }],
    lately: [{ id: 1, time: 1e12, level: 'warn', message: 'slow', facts: '{"pad":"secret-plans"}' }],
    failedPlugins: ['ep_x'],
    onlyPolling: false,
  }
  const report = reportOf(overview, 'a browser')
  expect(report).not.toContain('secret-plans')
  expect(JSON.parse(report)).toMatchObject({
    version: '1.2.3',
    mostInADay: { people: 9 },
    failedPlugins: ['ep_x'],
  })
})

test('a fault of the settings file is found in its text', () => {
  const text = '{\n  "port": "x"\n}'
  expect(text.slice(offsetOf(text, 2, 11))).toBe('"x"\n}')
  expect(offsetOf(text, 1, 1)).toBe(0)
  expect(offsetOf(text, 99, 1)).toBe(text.length)
  expect(offsetOf(text, 3, 99)).toBe(text.length)
})

test('the door counts the seconds that the server names', () => {
  expect(secondsOf('Too many wrong tries. Try again in 17 seconds.')).toBe(17)
  expect(secondsOf('later')).toBe(5)
  expect(secondsOf('99999')).toBe(600)
})

test('a page without its data still shows the door', () => {
  expect(readAdminBoot('{')).toEqual({
    title: 'Inkpad',
    version: '',
    exists: true,
    elsewhere: false,
  })
  expect(readAdminBoot('{"title":"Riverside","version":"2","exists":false,"elsewhere":true}')).toEqual({
    title: 'Riverside',
    version: '2',
    exists: false,
    elsewhere: true,
  })
})
