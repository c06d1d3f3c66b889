/**
 * T8: what every answer says to browsers. The routes are read from the application, so one that is new is asked as well;
 * it has to answer with one of the sets of headers below.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ADMIN_HEADER } from '../../../shared/admin.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { routesOf } from '../../support/routes.ts'
import type { Web } from '../../support/web.ts'

let stage: PluginStage
let web: Web
beforeAll(async () => {
  stage = pluginStage({
    ep_own: {
      server: `ctx.routes.get('/data', (request, response) => response.json({}))
        ctx.routes.get('/page', (request, response) => response.type('html').send('<p>x</p>'))
        ctx.routes.get('/broken', () => { throw new Error('on purpose') })`,
    },
  })
  web = await stage.server({ users: { admin: { password: 'right horse', is_admin: true } } })
  await web.write('there', 'Words')
}, 60_000)
afterAll(() => stage?.end())

/** What may stand for a parameter; others get `x`. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  pad: ['there', 'nowhere', 'a$b', `r.${'0'.repeat(32)}`],
  type: ['html', 'txt', 'svg', 'nothing'],
  rev: ['1', 'x'],
  version: ['1.2.14', '7'],
  name: ['createGroup', 'pad-1a.js', 'x'],
}

/** The path with each choice of samples. */
function filled(path: string): readonly string[] {
  const found = /:(\w+)/.exec(path)
  if (found === null) return [path]
  const [whole, name = ''] = found
  return (SAMPLES[name] ?? ['x']).flatMap((sample) => filled(path.replace(whole, encodeURIComponent(sample))))
}

const NOTHING_ELSE =
  "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; " +
  "require-trusted-types-for 'script'; trusted-types ProseMirrorClipboard inkpad-worker inkpad-painter inkpad-finder"
const page = (ancestors: string): Record<string, string> => ({
  'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; ${NOTHING_ELSE}; frame-ancestors ${ancestors}`,
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), display-capture=(), browsing-topics=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
})
const data = (policy: string): Record<string, string> => ({
  'content-security-policy': policy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
})
const CLOSED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Every set of security headers that an answer may have. */
const SETS: Readonly<Record<string, Record<string, string>>> = {
  'a page of ours': page("'self'"),
  'a page that nobody frames': page("'none'"),
  // Without a referrer browsers send forms from nowhere, which is what ours are told apart by.
  'a page of signing in': { ...page("'self'"), 'referrer-policy': 'same-origin' },
  // It must not lose sight of the frame that opened it.
  'a page of a pop-up': {
    ...page("'self'"),
    'cross-origin-opener-policy': 'unsafe-none',
    'referrer-policy': 'same-origin',
  },
  'the empty page that tells who may frame': data(
    "default-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'self'",
  ),
  'data or a file': data(CLOSED),
  // What a pad lets read everybody may fetch; nothing runs in it, whoever wrote it.
  'a file to take along': { 'access-control-allow-origin': '*', ...data(`${CLOSED}; sandbox`) },
  'the service worker': data("default-src 'none'; connect-src 'self'"),
}

const RELEVANT =
  /^(content-security-policy|cross-origin-|permissions-policy|referrer-policy|x-content-type|x-frame|access-control|x-powered)/

async function setOf(method: string, path: string, headers: Record<string, string>): Promise<string> {
  const answer = await ask(web.port, path, { method, headers })
  const own = Object.entries(answer.headers).filter(([name]) => RELEVANT.test(name))
  const given = Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)))
  const found = Object.entries(SETS).find(([, set]) => JSON.stringify(set) === JSON.stringify(given))
  const html = answer.headers['content-type']?.startsWith('text/html') === true
  if (
    html &&
    found !== undefined &&
    !found[0].includes('page') &&
    answer.headers['content-disposition'] === undefined
  )
    return `${answer.status} a page with the headers of data`
  return found?.[0] ?? `${answer.status} ${JSON.stringify(given)}`
}

const BASIC = `Basic ${Buffer.from('admin:right horse').toString('base64')}`

describe('T8', () => {
  test('every route the application has answers with headers we chose, signed in or not', async () => {
    const routes = routesOf(web.app)
    expect(routes.length).toBeGreaterThan(60)
    for (const part of [
      '/p/:pad',
      '/admin/api/pads',
      '/login',
      '/api/:version/:name',
      '/p/:pad/export/:type',
    ])
      expect(routes.map(({ path }) => path)).toContain(part)
    const wrong: string[] = []
    const seen = new Set<string>()
    for (const { method, path } of routes)
      for (const one of filled(path))
        for (const headers of [
          BROWSER,
          { accept: 'application/json', authorization: BASIC, [ADMIN_HEADER]: '1' },
        ]) {
          const set = await setOf(method, one, headers)
          seen.add(set)
          if (SETS[set] === undefined) wrong.push(`${method} ${one}: ${set}`)
        }
    expect(wrong).toEqual([])
    // Each of the sets is in use, and a policy that is looser than these would be another set.
    expect([...seen].sort()).toEqual(Object.keys(SETS).sort())
  }, 60_000)

  test('so do routes of plugins, their failures, what is nowhere, and polls of socket.io, refused ones too', async () => {
    for (const [path, set] of [
      ['/ep_own/data', 'data or a file'],
      ['/plugin/ep_own/data', 'data or a file'],
      ['/ep_own/broken', 'a page of ours'],
      ['/ep_own/nothing', 'a page of ours'],
      ['/nowhere', 'a page of ours'],
      ['/p//x', 'a page of ours'],
      ['/socket.io/?EIO=4&transport=polling', 'data or a file'],
      ['/pad/socket.io/?EIO=4&transport=polling', 'data or a file'],
      ['/socket.io/?EIO=4&transport=polling&sid=none', 'data or a file'],
      ['/socket.io/?EIO=9', 'data or a file'],
    ] as const)
      expect([path, await setOf('GET', path, BROWSER)]).toEqual([path, set])
    expect(
      await setOf('GET', '/socket.io/?EIO=4&transport=polling', { origin: 'https://evil.example' }),
    ).toBe('data or a file')
  })

  test('no policy has a loose end: nothing inline, nothing evaluated, no other host, Trusted Types everywhere', () => {
    for (const set of Object.values(SETS)) {
      const policy = set['content-security-policy'] ?? ''
      expect(policy).toMatch(/^default-src 'none'/)
      expect(policy).not.toMatch(/unsafe|https?:|\*\.|strict-dynamic/)
      if (policy.includes('script-src')) expect(policy).toContain("require-trusted-types-for 'script'")
    }
  })

  test('over https, and only then, browsers are told to stay there', async () => {
    const trusting = await stage.server({ trustProxy: true })
    const over = (proto: string) =>
      ask(trusting.port, '/p/there', { headers: { ...BROWSER, 'x-forwarded-proto': proto } })
    expect((await over('https')).headers['strict-transport-security']).toBe('max-age=15552000')
    expect((await over('http')).headers['strict-transport-security']).toBeUndefined()
    const plain = await ask(web.port, '/', { headers: { ...BROWSER, 'x-forwarded-proto': 'https' } })
    expect(plain.headers['strict-transport-security']).toBeUndefined()
  })
})
