/** Jitsi's token: what is checked of it, and what it opens on a real server (docs/SPEC-access.md L60 to L63). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import path from 'node:path'
import { findBundled } from '../../server/plugins/find.ts'
import { jarBrowser } from '../../tests/support/cookie-jar.ts'
import { bootOf, pluginStage } from '../../tests/support/plugin-web.ts'
import type { PluginStage } from '../../tests/support/plugin-web.ts'
import type { Web } from '../../tests/support/web.ts'
import { faultOf, personOf } from './token.ts'

const SECRET = 'a secret of 24 characters'
const WISHES = { appId: 'jitsi', secret: SECRET, stay: 24 }
const NOW = Date.UTC(2026, 0, 1)

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token as jitsi-keycloak makes it, changed by `more`; signed by hand, so that wrong ones can be made. */
function token(
  more: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  secret = SECRET,
): string {
  const content = {
    iss: 'jitsi',
    aud: 'jitsi',
    sub: '*',
    room: 'Standup',
    nbf: NOW / 1000 - 60,
    exp: NOW / 1000 + 300,
    context: { user: { name: 'Ada', email: 'Ada@Example.org' } },
    ...more,
  }
  const signed = `${part({ alg: 'HS256', typ: 'JWT', ...header })}.${part(content)}`
  const hash = header['alg'] === 'HS512' ? 'sha512' : 'sha256'
  const signature =
    header['alg'] === 'none' ? '' : createHmac(hash, secret).update(signed).digest('base64url')
  return `${signed}.${signature}`
}
const user = (fields: Record<string, unknown>) => ({ context: { user: fields } })

describe('L62: what a token says', () => {
  test.each([
    ['the pad of its room', 'Standup', {}, 'standup'],
    ['capitals do not count', 'sTANDUP', { room: 'standUP' }, 'standup'],
    ['every pad, for all rooms', 'Anything', { room: '*' }, '*'],
    ['several audiences', 'standup', { aud: ['other', 'jitsi'] }, 'standup'],
  ])('%s', async (_what, pad, more, opens) => {
    expect(await personOf(token(more), pad, WISHES, NOW)).toEqual({
      subject: 'email:ada@example.org',
      name: 'Ada',
      pads: { [opens]: NOW + 24 * 3_600_000 },
    })
  })

  test('who it is says the e-mail address, else the id', async () => {
    const who = async (fields: Record<string, unknown>) =>
      (await personOf(token(user(fields)), 'standup', WISHES, NOW)).subject
    expect(await who({ id: 'u1', email: 'a@b.c' })).toBe('email:a@b.c')
    expect(await who({ id: 'email:a@b.c' })).toBe('id:email:a@b.c')
    await expect(who({ name: 'Nobody' })).rejects.toThrow('names nobody')
    await expect(who({ id: 7 })).rejects.toThrow('names nobody')
  })

  test.each([
    ['another room', token({ room: 'other' })],
    ['a room that only begins so', token({ room: 'stand' })],
    ['no room', token({ room: undefined })],
    ['a room that is no text', token({ room: ['standup'] })],
    ['another issuer', token({ iss: 'other' })],
    ['another audience', token({ aud: 'other' })],
    ['no audience', token({ aud: undefined })],
    ['too old', token({ exp: NOW / 1000 - 31 })],
    ['without an end', token({ exp: undefined })],
    ['not yet', token({ nbf: NOW / 1000 + 31 })],
    ['another secret', token({}, {}, 'another secret of them')],
    ['no signature', token({}, { alg: 'none' })],
    ['another algorithm', token({}, { alg: 'HS512' })],
    [
      'changed',
      token().replace(/\.[\w-]+\./, `.${part({ iss: 'jitsi', aud: 'jitsi', room: '*', exp: NOW })}.`),
    ],
    ['nothing', ''],
    ['nonsense', 'a.b.c'],
  ])('Attack A11: L62: a token of %s is refused', async (_what, given) => {
    await expect(personOf(given, 'standup', WISHES, NOW)).rejects.toThrow()
  })

  test('L60: without a secret nothing is on; secrets that everybody knows or can guess are none', () => {
    expect(faultOf({ appId: '', secret: '' })).toBe('')
    expect(faultOf({ appId: 'jitsi', secret: '' })).toBe('')
    expect(faultOf({ appId: '', secret: SECRET })).toContain('JWT_APP_ID')
    expect(faultOf({ appId: 'jitsi', secret: 'my_jitsi_app_secret' })).toContain('examples')
    expect(faultOf({ appId: 'jitsi', secret: 'fifteen letters' })).toContain('16')
    expect(faultOf({ appId: 'jitsi', secret: SECRET })).toBeNull()
  })
})

describe('on a server', () => {
  let stage: PluginStage
  let closed: Web
  let open: Web
  let off: Web
  beforeAll(async () => {
    stage = pluginStage({})
    const plugins = {
      bundled: findBundled(path.resolve('plugins'), '1.2.3', () => {}).filter(
        ({ facts }) => facts.name === 'ep_jitsi_token',
      ),
    }
    const env = { JWT_APP_ID: 'jitsi', JWT_APP_SECRET: SECRET }
    const users = { mira: { password: 'right one', displayname: 'Mira' } }
    closed = await stage.server({ requireAuthentication: true, users }, { plugins, env })
    open = await stage.server({}, { plugins, env })
    off = await stage.server({}, { plugins })
  }, 60_000)
  afterAll(() => stage?.end())

  /** Good now. */
  const fresh = (more: Record<string, unknown> = {}): string =>
    token({ nbf: Date.now() / 1000 - 60, exp: Date.now() / 1000 + 300, ...more })
  const asOf = (answer: Parameters<typeof bootOf>[0]) =>
    (bootOf(answer)['login'] as { as: { name: string } | null } | undefined)?.as?.name ?? null

  test('L61: a token in the query is taken out of the address at once, and signs in', async () => {
    const one = jarBrowser(closed.port)
    const first = await one.get(`/p/Standup?showChat=false&jwt=${fresh()}&lang=de`)
    expect([first.status, first.headers.location]).toEqual([303, '../p/Standup?showChat=false&lang=de'])
    expect(first.headers['cache-control']).toBe('no-store')
    expect(asOf(await one.get('/p/Standup?showChat=false&lang=de'))).toBe('Ada')
    const board = await jarBrowser(closed.port).get(`/p/Standup/board?jwt=${fresh()}`)
    expect(board.headers.location).toBe('../../p/Standup/board')
    expect(closed.lines.join('\n')).not.toMatch(/eyJ[\w-]+\./)
  })

  test('L61: a token of the fragment comes as a form of our own page, from a pad or from the way to sign in', async () => {
    const one = jarBrowser(closed.port)
    const answer = await one.post('/login/token', { token: fresh(), next: 'p/standup?lang=de' })
    expect([answer.status, answer.headers.location]).toEqual([303, '../p/standup?lang=de'])
    expect(asOf(await one.get('/p/standup'))).toBe('Ada')
    const foreign = jarBrowser(closed.port)
    const refused = await foreign.post(
      '/login/token',
      { token: fresh(), next: 'p/standup' },
      { origin: 'https://evil.example' },
    )
    expect(refused.status).toBe(403)
    expect(foreign.jar.has('login')).toBe(false)
    for (const next of ['https://evil.example', '//evil.example', 'admin/', ''])
      expect(
        (await foreign.post('/login/token', { token: fresh({ room: '*' }), next })).headers.location,
      ).toMatch(/^\.\.\/(admin\/)?$/)
    expect(foreign.jar.has('login')).toBe(false)
  })

  test('L62: a token that is not right is taken out of the address, too, and opens nothing', async () => {
    for (const wrong of [fresh({ room: 'other' }), fresh({ exp: 1 }), 'nonsense', '']) {
      const one = jarBrowser(closed.port)
      const answer = await one.get(`/p/standup?jwt=${wrong}`)
      expect([answer.status, answer.headers.location]).toEqual([303, '../p/standup'])
      expect((await one.get('/p/standup')).headers.location).toBe('../login?next=p%2Fstandup')
    }
    const twice = await jarBrowser(closed.port).get(`/p/standup?jwt=${fresh()}&jwt=x`)
    expect(twice.headers.location).toBe('../p/standup')
  })

  test('L63: it opens the rooms of its tokens and nothing else; where pads are open it is a name', async () => {
    const one = jarBrowser(closed.port)
    await one.get(`/p/standup?jwt=${fresh()}`)
    expect((await one.get('/p/standup')).status).toBe(200)
    expect((await one.get('/p/payroll')).status).toBe(403)
    expect((await one.get('/p/standup-2/board')).status).toBe(403)
    await one.get(`/p/retro?jwt=${fresh({ room: 'RETRO' })}`)
    expect([(await one.get('/p/retro')).status, (await one.get('/p/standup')).status]).toEqual([200, 200])
    const all = jarBrowser(closed.port)
    await all.get(`/p/retro?jwt=${fresh({ room: '*', ...user({ id: 'root' }) })}`)
    expect((await all.get('/p/payroll')).status).toBe(200)
    const free = jarBrowser(open.port)
    await free.get(`/p/standup?jwt=${fresh()}`)
    expect(asOf(await free.get('/p/another'))).toBe('Ada')
  })

  test('L63: who is signed in by another way stays who they are', async () => {
    const one = jarBrowser(closed.port)
    await one.post('/login/inkpad/users', { name: 'mira', password: 'right one' })
    const answer = await one.get(`/p/standup?jwt=${fresh()}`)
    expect(answer.headers.location).toBe('../p/standup')
    expect(asOf(await one.get('/p/standup'))).toBe('Mira')
  })

  test('L60: without a secret a token is nothing, and leaves the address all the same', async () => {
    const one = jarBrowser(off.port)
    expect((await one.get(`/p/standup?jwt=${fresh()}`)).headers.location).toBe('../p/standup')
    expect(asOf(await one.get('/p/standup'))).toBeNull()
  })
})
