/**
 * Attacks of group B of our security goals: other sites that act with a person's cookies. Each test's title begins with
 * the attack's number; what other files try as well is listed in `every.test.ts`. None may be refused in silence.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ADMIN_HEADER } from '../../../shared/admin.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { RawClient } from '../../support/raw-client.ts'
import { routesOf } from '../../support/routes.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
let cookie: string
beforeAll(async () => {
  web = await startWeb({
    users: { admin: { password: 'right horse', is_admin: true } },
    accounts: { enabled: true, signUp: true },
    enableMetrics: true,
  })
  cookie = cookieOf(await ask(web.port, '/p/pad', { headers: BROWSER }))?.pair ?? ''
}, 60_000)
afterAll(() => web?.close())

const own = (): string => `http://127.0.0.1:${web.port}`
/** Origins that are not ours, as browsers say them. */
const FOREIGN = (): readonly string[] => [
  'https://evil.example',
  'null',
  `http://127.0.0.1:${web.port + 1}`,
  `http://127.0.0.1.evil:${web.port}`,
  `https://evil.example/${own()}`,
  `${own()}.evil`,
  'file://',
  '',
]
describe('connections from elsewhere', () => {
  test('Attack B1: a WebSocket of another origin is answered 403, and counted; ours opens', async () => {
    const before = web.sync.stats().rejected['origin'] ?? 0
    for (const origin of FOREIGN()) {
      const client = new RawClient(`ws://127.0.0.1:${web.port}/sync/p/pad`, { headers: { origin, cookie } })
      await client.until(() => client.refused !== null || client.synced, `an answer for ${origin}`)
      expect([origin, client.refused]).toEqual([origin, 403])
    }
    // A browser always says where it comes from: what does not is no browser and may not use its cookies.
    const silent = new RawClient(`ws://127.0.0.1:${web.port}/sync/p/pad`, { headers: { cookie } })
    await silent.until(() => silent.refused === 403)
    expect(web.sync.stats().rejected['origin']).toBe(before + FOREIGN().length + 1)
    const ours = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/pad`, {
      headers: { origin: own(), cookie },
    }).untilSynced()
    await ours.close()
  })

  test.each(['/socket.io/', '/pad/socket.io/', '/socket.io//127.0.0.1:9001/socket.io/'])(
    'Attack B1: neither polls nor upgrades of socket.io at %s come from another origin',
    async (path) => {
      const polls = `${path}?EIO=4&transport=polling`
      for (const origin of FOREIGN()) {
        expect([origin, (await ask(web.port, polls, { headers: { origin, cookie } })).status]).toEqual([
          origin,
          403,
        ])
        const socket = new RawClient(`ws://127.0.0.1:${web.port}${path}?EIO=4&transport=websocket`, {
          headers: { origin, cookie },
        })
        await socket.until(() => socket.refused !== null || socket.closed !== null)
        expect([origin, socket.refused]).toEqual([origin, 403])
      }
      for (const site of ['cross-site', 'same-site'])
        expect((await ask(web.port, polls, { headers: { 'sec-fetch-site': site, cookie } })).status).toBe(403)
      expect((await ask(web.port, polls, { headers: { origin: own(), cookie } })).status).toBe(200)
    },
  )

  test('Attack B1: a session of ours is not gone on with from elsewhere', async () => {
    const opened = await ask(web.port, '/socket.io/?EIO=4&transport=polling', {
      headers: { origin: own(), cookie },
    })
    const { sid } = JSON.parse(opened.text.slice(1)) as { sid: string }
    const poll = `/socket.io/?EIO=4&transport=polling&sid=${sid}`
    const post = (origin: string): Promise<Answer> =>
      ask(web.port, poll, {
        method: 'POST',
        headers: { origin, cookie, 'content-type': 'text/plain' },
        body: '40',
      })
    expect((await post('https://evil.example')).status).toBe(403)
    expect((await post(own())).status).toBe(200)
    const thief = new RawClient(
      `ws://127.0.0.1:${web.port}/socket.io/?EIO=4&transport=websocket&sid=${sid}`,
      {
        headers: { origin: 'https://evil.example', cookie },
      },
    )
    await thief.until(() => thief.refused === 403)
  })
})

test('Attack B1: S31: behind a proxy that forgets the host a session goes on to a WebSocket of the origin its polls proved, and of no other', async () => {
  const proxied = { host: 'upstream:9001', 'sec-fetch-site': 'same-origin' }
  const origin = 'https://pad.example.org'
  const opened = await ask(web.port, '/socket.io/?EIO=4&transport=polling', { headers: proxied })
  expect(opened.status).toBe(200)
  const { sid } = JSON.parse(opened.text.slice(1)) as { sid: string }
  const poll = await ask(web.port, `/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
    method: 'POST',
    headers: { ...proxied, origin, 'content-type': 'text/plain' },
    body: '40',
  })
  expect(poll.status).toBe(200)
  // Browsers say nothing but the origin of a WebSocket.
  const upgrade = (from: string): RawClient =>
    new RawClient(`ws://127.0.0.1:${web.port}/socket.io/?EIO=4&transport=websocket&sid=${sid}`, {
      headers: { host: 'upstream:9001', origin: from },
      sync: false,
    })
  const thief = upgrade('https://evil.example')
  await thief.until(() => thief.refused === 403)
  const ours = upgrade(origin)
  await ours.until(() => ours.ws.readyState === ours.ws.OPEN, 'the upgrade is open')
  ours.ws.terminate()
})

describe('requests from elsewhere', () => {
  const basic = `Basic ${Buffer.from('admin:right horse').toString('base64')}`

  test('Attack B2: what changes something in the administration needs the header that no other site can send', async () => {
    const paths = [
      'api/pads/delete',
      'api/notice',
      'api/settings/save',
      'api/plugins/install',
      'api/people/erase',
    ]
    for (const path of [...paths, 'login', 'logout'])
      for (const headers of [
        { origin: 'https://evil.example', 'content-type': 'application/json' },
        { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
        { origin: 'https://evil.example', 'content-type': 'text/plain' },
        {},
      ] as readonly Record<string, string>[]) {
        const answer = await ask(web.port, `/admin/${path}`, {
          method: 'POST',
          headers: { ...headers, authorization: basic, accept: 'application/json', cookie },
          body: '{"pads":["pad"],"text":"x"}',
        })
        expect([path, answer.status]).toEqual([path, 403])
        expect(JSON.parse(answer.text)).toMatchObject({ error: 'forbidden' })
      }
    // The browser asks first whether another site may send it, and is not told that it may.
    const asked = await ask(web.port, '/admin/api/notice', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': ADMIN_HEADER,
      },
    })
    expect(Object.keys(asked.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test.each([
    ['POST', '/ticket', ''],
    ['POST', '/logout', 'everywhere=1'],
    ['POST', '/login/inkpad/users', 'name=admin&password=right+horse'],
    ['POST', '/login/token', 'token=x'],
    ['POST', '/login/handed', 'code=x'],
    ['POST', '/p/pad/import', 'x'],
    ['POST', '/p/pad/board/import', 'x'],
    ['POST', '/p/pad/board/assets', 'x'],
  ])('Attack B2: %s %s is not taken from another site, and that is said', async (method, path, body) => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${own()}.evil` },
      { 'sec-fetch-site': 'cross-site' },
    ] as readonly Record<string, string>[]) {
      const answer = await ask(web.port, path, {
        method,
        body,
        headers: {
          ...headers,
          cookie,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
      })
      expect([path, headers, answer.status]).toEqual([path, headers, 403])
      expect(answer.text).not.toBe('')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })
})

test('Attack B2: no form and no message of another site is taken anywhere: every address that takes any says no, and gives no cookie', async () => {
  // Callers of the API show a key instead of a cookie, and plugins answer for their own; other methods than POST browsers ask
  // about first, and get no yes.
  const routes = routesOf(web.app).filter(
    ({ method, path }) => method === 'POST' && !path.startsWith('/api/'),
  )
  expect(routes.length).toBeGreaterThan(30)
  const taken: string[] = []
  for (const { method, path } of routes) {
    const address = path.replaceAll(/:\w+/g, 'pad')
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }] as readonly Record<
      string,
      string
    >[]) {
      const answer = await ask(web.port, address, {
        method,
        body: 'a=b',
        headers: { ...headers, cookie, 'content-type': 'application/x-www-form-urlencoded' },
      })
      // An address of the administration asks who it is first.
      const refused = answer.status === 403 || (path.startsWith('/admin/') && answer.status === 401)
      if (!refused || answer.headers['set-cookie'] !== undefined)
        taken.push(`${method} ${address} from ${headers['origin']}: ${answer.status}`)
    }
  }
  expect(taken).toEqual([])
}, 60_000)
