/** The administration reached by accounts that have no password here: a hash alone, or a provider's word alone (SPEC-access L35, L42). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hashSync } from 'bcryptjs'
import { ADMIN_HEADER } from '../../../shared/admin.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import type { Web } from '../../support/web.ts'

const HASH = hashSync('of the hash', 4)

/** A provider that believes what the address says. */
const PROVIDER = `
  const login = ctx.login({ id: 'idp', label: () => 'College', begin: () => 'https://idp.example/' })
  ctx.routes.get('/arrive', (request, response) => login.signIn(request, response,
    { subject: request.query.sub, name: request.query.sub, isAdmin: request.query.admin === 'true' }, { next: 'admin/' }))
`

let stage: PluginStage
beforeAll(() => {
  stage = pluginStage({ ep_idp: { server: PROVIDER } })
})
afterAll(() => stage?.end())

const cookiesOf = (headers: { 'set-cookie'?: string[] }): string =>
  (headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').join('; ')

/** What the door says to this browser, and what the overview does. */
async function reaches(
  web: Web,
  cookie: string,
): Promise<{ exists: boolean; user: string | null; overview: number }> {
  const headers = { accept: 'application/json', ...(cookie === '' ? {} : { cookie }) }
  const session = await ask(web.port, '/admin/session', { headers })
  const overview = await ask(web.port, '/admin/api/overview', { headers })
  return {
    ...(JSON.parse(session.text) as { exists: boolean; user: string | null }),
    overview: overview.status,
  }
}

describe('an account with a hash alone', () => {
  let web: Web
  beforeAll(async () => {
    web = await stage.server({
      users: { boss: { hash: HASH, is_admin: true }, clerk: { hash: hashSync('of the clerk', 4) } },
    })
  }, 60_000)

  async function signIn(name: string, password: string): Promise<string> {
    const { headers } = await ask(web.port, '/login/inkpad/users', {
      method: 'POST',
      headers: {
        ...BROWSER,
        'content-type': 'application/x-www-form-urlencoded',
        origin: `http://127.0.0.1:${web.port}`,
      },
      body: new URLSearchParams({ name, password, next: 'admin/' }).toString(),
    })
    return cookiesOf(headers)
  }

  test('L42, L35: it signs in with the form and administers, also what changes something; others do not', async () => {
    expect(await reaches(web, '')).toEqual({ exists: true, user: null, overview: 401 })
    const boss = await signIn('boss', 'of the hash')
    expect(await reaches(web, boss)).toEqual({ exists: true, user: expect.any(String), overview: 200 })
    const notice = await ask(web.port, '/admin/api/notice', {
      method: 'POST',
      headers: { cookie: boss, 'content-type': 'application/json', [ADMIN_HEADER]: '1' },
      body: JSON.stringify({ text: 'Soon' }),
    })
    expect([notice.status, JSON.parse(notice.text)]).toEqual([200, { text: 'Soon' }])
    expect(await reaches(web, await signIn('clerk', 'of the clerk'))).toMatchObject({ overview: 401 })
    expect(await reaches(web, await signIn('boss', 'wrong'))).toMatchObject({ user: null, overview: 401 })
  })

  test('L42: the hash itself is no password, neither for the form nor for the administration’s own door', async () => {
    expect(await reaches(web, await signIn('boss', HASH))).toMatchObject({ overview: 401 })
    const basic = `Basic ${Buffer.from(`boss:${HASH}`).toString('base64')}`
    const answer = await ask(web.port, '/admin/api/overview', {
      headers: { authorization: basic, accept: 'application/json' },
    })
    expect(answer.status).toBe(401)
  })
})

describe('somebody whom a provider alone calls an administrator', () => {
  test('L35: they administer without any account here, while their session lasts; whom it does not call so does not', async () => {
    const web = await stage.server({ requireAuthentication: true })
    const boss = cookiesOf(
      (await ask(web.port, '/ep_idp/arrive?sub=mia&admin=true', { headers: BROWSER })).headers,
    )
    expect(await reaches(web, boss)).toEqual({ exists: true, user: 'mia', overview: 200 })
    const other = cookiesOf((await ask(web.port, '/ep_idp/arrive?sub=noa', { headers: BROWSER })).headers)
    expect(await reaches(web, other)).toMatchObject({ user: null, overview: 401 })
    await ask(web.port, '/logout', {
      method: 'POST',
      headers: {
        cookie: boss,
        origin: `http://127.0.0.1:${web.port}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'everywhere=1',
    })
    expect(await reaches(web, boss)).toMatchObject({ user: null, overview: 401 })
  }, 60_000)
})
