import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { countedAddress } from '../../../server/sync/address.ts'
import { originAllowed } from '../../../server/sync/origin.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

const request = (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage

const RULES = { trustProxy: false, allowedOrigins: ['https://meet.example.org'] }
const PROXY = { ...RULES, trustProxy: true }
const HOST = { host: 'pad.example.org' }

test.each([
  ['our own', { ...HOST, origin: 'https://pad.example.org' }, RULES, true],
  [
    'our own with the default port written out',
    { host: 'pad.example.org:443', origin: 'https://pad.example.org' },
    RULES,
    true,
  ],
  [
    'our own, rewritten Host, the browser says so',
    { host: 'pad:9001', origin: 'https://pad.example.org', 'sec-fetch-site': 'same-origin' },
    RULES,
    true,
  ],
  [
    'on the list',
    { ...HOST, origin: 'https://meet.example.org', 'sec-fetch-site': 'cross-site' },
    RULES,
    true,
  ],
  [
    'forwarded, trusted',
    { host: 'pad:9001', origin: 'https://pad.example.org', 'x-forwarded-host': 'pad.example.org' },
    PROXY,
    true,
  ],
  [
    'forwarded, not trusted',
    { host: 'pad:9001', origin: 'https://pad.example.org', 'x-forwarded-host': 'pad.example.org' },
    RULES,
    false,
  ],
  ['foreign', { ...HOST, origin: 'https://evil.example' }, RULES, false],
  ['a suffix of ours', { ...HOST, origin: 'https://pad.example.org.evil' }, RULES, false],
  ['another port', { ...HOST, origin: 'https://pad.example.org:8443' }, RULES, false],
  ['null', { ...HOST, origin: 'null' }, RULES, false],
  [
    'null though the browser says same-origin',
    { ...HOST, origin: 'null', 'sec-fetch-site': 'same-origin' },
    RULES,
    false,
  ],
  ['a file', { ...HOST, origin: 'file://' }, RULES, false],
  ['nonsense', { ...HOST, origin: 'pad.example.org' }, RULES, false],
] as const)('S31, S32: origin %s', (_, headers, rules, allowed) => {
  expect(originAllowed(request(headers), 'websocket', rules)).toBe(allowed)
  expect(originAllowed(request(headers), 'polling', rules)).toBe(allowed)
})

test.each([
  ['websocket', {}, true],
  ['websocket', { cookie: 'token=x' }, false],
  ['polling', { cookie: 'token=x' }, true],
  ['polling', { cookie: 'token=x', 'sec-fetch-site': 'same-origin' }, true],
  ['polling', { 'sec-fetch-site': 'cross-site' }, false],
  ['polling', { 'sec-fetch-site': 'same-site' }, false],
] as const)('S32: no origin, %s %j', (kind, headers, allowed) => {
  expect(originAllowed(request({ ...HOST, ...headers }), kind, RULES)).toBe(allowed)
})

test.each([
  [{}, '127.0.0.1', false, null],
  [{}, '::ffff:192.168.1.5', false, null],
  [{}, '203.0.113.9', false, '203.0.113.9'],
  [{}, '2001:db8:1:2::99', false, '2001:db8:1:2'],
  [{ 'x-forwarded-for': '203.0.113.9' }, '127.0.0.1', false, null],
  [{ 'x-forwarded-for': '1.1.1.1, 203.0.113.9' }, '127.0.0.1', true, '203.0.113.9'],
  [{ 'x-forwarded-for': '10.0.0.7' }, '127.0.0.1', true, '10.0.0.7'],
  [{ 'x-forwarded-for': 'nonsense' }, '127.0.0.1', true, null],
] as const)('S29: the address of %j from %s, trusted %s', (headers, from, trusted, counted) => {
  expect(countedAddress(request(headers, from), trusted)).toBe(counted)
})

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  await server.stop()
})

test.each(['https://evil.example', 'null', 'http://127.0.0.1.evil', 'http://127.0.0.1:1'])(
  'S32: a WebSocket from %s is refused with 403',
  async (origin) => {
    const client = new RawClient(`${server.url}/p/pad`, { headers: { origin } })
    await client.until(() => client.refused === 403)
  },
)

test.each(['https://evil.example', 'null'])('S32: a poll from %s is refused with 403', async (origin) => {
  const url = `http://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=polling`
  expect((await fetch(url, { headers: { origin } })).status).toBe(403)
  expect((await fetch(url)).status).toBe(200)
})
