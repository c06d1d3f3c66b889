import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ask, BROWSER } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb()
})
afterAll(() => web.close())

const CHANGING = [
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'set-cookie',
  'last-modified',
  'etag',
]

async function headersOf(port: number, path: string, method = 'GET'): Promise<Record<string, unknown>> {
  const { status, headers } = await ask(port, path, { method, headers: BROWSER })
  const kept = Object.entries(headers).filter(([name]) => !CHANGING.includes(name))
  return { status, ...Object.fromEntries(kept.sort(([a], [b]) => a.localeCompare(b))) }
}

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; " +
  "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; " +
  "require-trusted-types-for 'script'; trusted-types ProseMirrorClipboard inkpad-worker inkpad-painter inkpad-finder; frame-ancestors 'self'"
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
const ALWAYS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }
const PAGE = {
  ...ALWAYS,
  'cache-control': 'no-store',
  'content-encoding': 'br',
  'content-security-policy': PAGE_POLICY,
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), display-capture=(), browsing-topics=()',
  vary: 'Accept-Encoding',
}
const DATA = {
  ...ALWAYS,
  'content-security-policy': DATA_POLICY,
  'cross-origin-resource-policy': 'same-origin',
}
const HOURS = { 'cache-control': 'public, max-age=21600' }

test.each<[string, string, Record<string, unknown>]>([
  ['GET', '/', { status: 200, ...PAGE }],
  ['GET', '/p/x', { status: 200, ...PAGE }],
  ['GET', '/nothing', { status: 404, ...PAGE }],
  ['GET', '/p/x/', { status: 404, ...PAGE }],
  ['GET', '/p/a$b', { status: 400, ...PAGE }],
  ['GET', '/p/a%20b', { status: 302, ...DATA, 'cache-control': 'no-store', location: 'a_b' }],
  [
    'GET',
    '/health',
    {
      status: 200,
      ...DATA,
      'cache-control': 'no-store',
      'content-type': 'application/health+json; charset=utf-8',
    },
  ],
  [
    'POST',
    '/ticket',
    {
      status: 200,
      ...DATA,
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    },
  ],
  ['GET', '/robots.txt', { status: 200, ...DATA, ...HOURS, 'content-type': 'text/plain; charset=utf-8' }],
  [
    'GET',
    '/early.js',
    {
      status: 200,
      ...DATA,
      ...HOURS,
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'br',
      vary: 'Accept-Encoding',
    },
  ],
  [
    'GET',
    '/plain.css',
    {
      status: 200,
      ...DATA,
      ...HOURS,
      'content-encoding': 'br',
      'content-type': 'text/css; charset=utf-8',
      vary: 'Accept-Encoding',
    },
  ],
  [
    'GET',
    '/manifest.json',
    {
      status: 200,
      ...DATA,
      ...HOURS,
      'content-type': 'application/manifest+json; charset=utf-8',
    },
  ],
  [
    'GET',
    '/favicon.ico',
    {
      status: 200,
      ...DATA,
      ...HOURS,
      'content-type': 'image/svg+xml; charset=utf-8',
    },
  ],
  [
    'GET',
    '/assets/home-2b.js',
    {
      status: 200,
      ...DATA,
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    },
  ],
  [
    'GET',
    '/sw.js',
    {
      status: 200,
      ...DATA,
      'accept-ranges': 'bytes',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'none'; connect-src 'self'",
      'content-type': 'text/javascript; charset=utf-8',
    },
  ],
  [
    'GET',
    '/framed',
    {
      status: 200,
      ...DATA,
      'cache-control': 'no-store',
      'content-encoding': 'br',
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'self'",
      'content-type': 'text/html; charset=utf-8',
      vary: 'Accept-Encoding',
    },
  ],
  [
    'GET',
    '/framed.js',
    {
      status: 200,
      ...DATA,
      ...HOURS,
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'Accept-Encoding',
    },
  ],
  ['GET', '/metrics', { status: 404, ...PAGE }],
  ['GET', '/stats/prometheus', { status: 404, ...PAGE }],
  ['POST', '/p/x', { status: 404, ...PAGE }],
  [
    'OPTIONS',
    '/ticket',
    {
      status: 200,
      ...DATA,
      allow: 'POST',
      'content-type': 'text/plain',
    },
  ],
])('T8: headers of %s %s', async (method, path, expected) => {
  expect(await headersOf(web.port, path, method)).toEqual(expected)
})

describe('framing', () => {
  test.each<[readonly string[] | string | undefined, string, string]>([
    [undefined, "'self'", 'same-origin'],
    [[], "'self'", 'same-origin'],
    ['https://meet.example.org', "'self' https://meet.example.org", 'cross-origin'],
    ["'self' https://meet.example.org", "'self' https://meet.example.org", 'cross-origin'],
    ['*', '*', 'cross-origin'],
    ["'none'", "'none'", 'same-origin'],
  ])(
    'Attack B6, EM1: embedding.frameAncestors %j lets %s frame a page, and the page in front of it',
    async (frameAncestors, sources, resource) => {
      const own = await startWeb(frameAncestors === undefined ? {} : { embedding: { frameAncestors } })
      const answers = await Promise.all(
        ['/p/x', '/p/x/board', '/', '/nothing', '/framed'].map((path) => headersOf(own.port, path)),
      )
      await own.close()
      for (const headers of answers)
        expect(String(headers['content-security-policy']).split('; ').at(-1)).toBe(
          `frame-ancestors ${sources}`,
        )
      expect(answers[0]?.['cross-origin-resource-policy']).toBe(resource)
    },
  )

  test('T8: no answer has X-Frame-Options, X-Powered-By or CORS headers', async () => {
    for (const path of ['/', '/p/x', '/health', '/assets/pad-1a.js', '/nothing']) {
      const { headers } = await ask(web.port, path, {
        headers: { ...BROWSER, origin: 'https://evil.example' },
      })
      expect(Object.keys(headers)).not.toContain('x-frame-options')
      expect(Object.keys(headers)).not.toContain('x-powered-by')
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})
