import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../client/admin/findings.ts'
import type { Facts } from '../../../client/admin/findings.ts'

const WELL: Facts = {
  page: { protocol: 'https:', host: 'pads.example', pathname: '/pad/', secureContext: true, cookies: true },
  ways: { webSocket: true, liveSocket: true, polling: true },
  headers: { policy: "default-src 'none'; frame-ancestors *", frameOptions: '' },
  ahead: 120,
  server: {
    time: 0,
    forwarded: { 'x-forwarded-for': '10.0.0.1', 'x-forwarded-proto': 'https' },
    trustProxy: true,
    secure: true,
    host: 'pads.example',
    publicURL: 'https://pads.example/pad',
    frameAncestors: ['*'],
    cookieSameSite: 'None',
    store: { kind: 'sqlite', state: 'ok', ping: 2, durability: [] },
    converters: ['/usr/bin/soffice'],
  },
}

interface Change {
  page?: Partial<Facts['page']>
  ways?: Partial<Facts['ways']>
  headers?: Partial<Facts['headers']>
  server?: Partial<Facts['server']>
  ahead?: number
}

const changed = (change: Change): Facts => ({
  page: { ...WELL.page, ...change.page },
  ways: { ...WELL.ways, ...change.ways },
  headers: { ...WELL.headers, ...change.headers },
  server: { ...WELL.server, ...change.server },
  ahead: change.ahead ?? WELL.ahead,
})

/** Findings that are not as they are when all is well. */
const unlike = (change: Change) => {
  const well = judge(WELL)
  return judge(changed(change))
    .filter(({ said }, index) => said !== well[index]?.said)
    .map(({ said, state }) => `${state} ${said}`)
}

describe('the check-up', () => {
  test('A52: when all is well, it says so of everything', () => {
    expect(judge(WELL).map(({ state }) => state)).toEqual(judge(WELL).map(() => 'good'))
    expect(judge(WELL).some(({ fix }) => fix !== undefined)).toBe(false)
  })

  test.each<[string, Change, string[]]>([
    ['no WebSocket', { ways: { webSocket: false, liveSocket: false } }, ['care check.webSocketNone']],
    ['one WebSocket', { ways: { webSocket: false } }, ['note check.webSocketHalf']],
    ['no polling', { ways: { polling: false } }, ['bad check.pollingNone']],
    ['another address', { page: { host: 'other.example' } }, ['care check.addressOther']],
    ['another path', { page: { pathname: '/' } }, ['care check.addressOther']],
    [
      'another Host, and nothing said of it',
      { server: { publicURL: null, host: '127.0.0.1:9001' } },
      ['care check.hostOther'],
    ],
    ['HTTPS that the server does not see', { server: { secure: false } }, ['care check.httpsUnknown']],
    [
      'no HTTPS',
      { page: { protocol: 'http:', secureContext: false } },
      ['care check.httpsNone', 'note check.framesEveryNoCookies'],
    ],
    [
      'no HTTPS on one machine',
      { page: { protocol: 'http:', secureContext: true } },
      ['note check.httpsLocal', 'note check.framesEveryNoCookies'],
    ],
    ['a proxy that is not believed', { server: { trustProxy: false } }, ['care check.proxyNotTrusted']],
    ['no proxy', { server: { trustProxy: false, forwarded: {} } }, ['note check.proxyNone']],
    ['belief without a proxy', { server: { forwarded: {} } }, ['note check.proxyTrusted']],
    ['no cookies', { page: { cookies: false } }, ['bad check.cookiesNone']],
    ['a policy that does not arrive', { headers: { policy: '' } }, ['bad check.framesGone']],
    [
      'a header of the proxy against frames',
      { headers: { frameOptions: 'DENY' } },
      ['note check.framesOldHeader'],
    ],
    ['no frames at all', { server: { frameAncestors: ["'none'"] } }, ['note check.framesNobody']],
    ['no frames wanted', { server: { frameAncestors: ["'self'"] } }, ['note check.framesOwn']],
    [
      'frames without cookies',
      { server: { frameAncestors: ['https://a.example'], cookieSameSite: 'Lax' } },
      ['note check.framesNoCookies'],
    ],
    ['a clock a little off', { ahead: -20_000 }, ['note check.clockOff']],
    ['a clock far off', { ahead: 600_000 }, ['care check.clockOff']],
    ['no database', { server: { store: { ...WELL.server.store, ping: null } } }, ['bad check.databaseNone']],
    [
      'a full journal',
      { server: { store: { ...WELL.server.store, state: 'down' } } },
      ['bad check.databaseNone'],
    ],
    [
      'a slow database',
      { server: { store: { ...WELL.server.store, ping: 80 } } },
      ['care check.databaseSlow'],
    ],
    [
      'a database that forgets',
      { server: { store: { ...WELL.server.store, durability: ['fsync is off'] } } },
      ['care check.databaseNotDurable'],
    ],
    ['no converters', { server: { converters: [] } }, ['note check.convertersNone']],
  ])('A52: %s is told', (_what, change, told) => {
    expect(unlike(change)).toEqual(told)
  })

  test('A52: what is wrong or could be better comes with what to do', () => {
    const all: Change[] = [
      { ways: { webSocket: false, liveSocket: false, polling: false } },
      { server: { secure: false, trustProxy: false } },
      { page: { cookies: false }, headers: { policy: '' }, ahead: 1e6 },
      {
        ways: { liveSocket: false, webSocket: false },
        server: { store: { ...WELL.server.store, ping: null } },
      },
    ]
    const bad = all
      .flatMap((change) => judge(changed(change)))
      .filter(({ state }) => state === 'bad' || state === 'care')
    expect(bad.length).toBeGreaterThan(7)
    for (const { title, fix } of bad) expect([title, typeof fix]).toEqual([title, 'string'])
  })
})
