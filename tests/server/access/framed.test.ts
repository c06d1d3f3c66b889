/** Signing in inside a frame (docs/SPEC-access.md L50 to L55), over a running server; the browser's part is played. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { jarBrowser } from '../../support/cookie-jar.ts'
import type { JarBrowser } from '../../support/cookie-jar.ts'
import { bootOf, pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import type { Answer } from '../../support/ask.ts'
import type { Web } from '../../support/web.ts'

const IDP = `
  const login = ctx.login({
    id: 'idp', label: 'College', silent: true,
    begin: ({ state, silent }) => 'https://idp.example/auth?state=' + state + '&prompt=' + (silent ? 'none' : ''),
  })
  ctx.routes.get('/callback', async (request, response) => {
    const { state, sub } = request.query
    if (sub === undefined) return login.declined(request, response, state)
    await login.signIn(request, response, { subject: sub, name: sub, sid: 'at-' + sub }, { state })
  })
  ctx.routes.get('/gone', async (request, response) => response.json(await login.end({ sid: request.query.sid })))
`

let stage: PluginStage
let closed: Web
let open: Web
beforeAll(async () => {
  stage = pluginStage({ ep_idp: { server: IDP } })
  const embedding = { frameAncestors: '*' }
  closed = await stage.server({ requireAuthentication: true, embedding })
  open = await stage.server({ users: { mira: { password: 'right one' } }, embedding })
}, 60_000)
afterAll(() => stage?.end())

const FOREIGN = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe', host: 'pads.example' }
/** A page in a frame of another site: its cookies are its own. */
const framed = (web: Web = closed): JarBrowser => jarBrowser(web.port, FOREIGN)
/** A window of its own. */
const window = (web: Web = closed): JarBrowser => jarBrowser(web.port, { host: 'pads.example' })

/** What the page's script reads. */
function part({ text }: Answer) {
  const read = (pattern: RegExp): string => (pattern.exec(text)?.[1] ?? '').replaceAll('&#38;', '&')
  return {
    silent: read(/data-silent="([^"]*)"/),
    again: read(/data-again="([^"]*)"/),
    popup: read(/data-popup target="_blank" href="([^"]*)"/),
  }
}

/** Goes the pop-up's way to its end; gives where it ends. */
async function popUp(one: JarBrowser, address: string, sub: string): Promise<string> {
  const to = String((await one.get(`/${address}`)).headers.location)
  const state = new URL(String((await one.get(`/${to}`)).headers.location)).searchParams.get('state') ?? ''
  const end = await one.get(`/ep_idp/callback?${new URLSearchParams({ state, sub }).toString()}`)
  return String(end.headers.location)
}

const me = async (one: JarBrowser) =>
  bootOf(await one.get('/p/room'))['login'] as { as: { name: string } | null }

test('L50: in a frame it is tried without asking, by a page of ours and once; what is left is a button', async () => {
  const one = framed()
  expect((await one.get('/p/room')).headers.location).toBe('../login?next=p%2Froom')
  const first = await one.get('/login?next=p%2Froom')
  expect(first.status).toBe(200)
  expect(part(first).silent).toBe('login/ep_idp/idp?next=p%2Froom&silent=1')
  const there = new URL(String((await one.get(`/${part(first).silent}`)).headers.location))
  expect(there.searchParams.get('prompt')).toBe('none')
  const back = await one.get(`/ep_idp/callback?state=${there.searchParams.get('state')}`)
  const second = await one.get(`/login?next=p%2Froom&tried=1`)
  expect(back.headers.location).toBe('../login?next=p%2Froom&tried=1')
  expect(part(second)).toMatchObject({ silent: '', popup: expect.stringMatching(/^login\?popup=/) })
  // No way leads the frame itself to the provider, which would not stand in one.
  expect(second.text).not.toContain('href="login/ep_idp')
})

test('L50: a frame that keeps no cookie is not sent to a provider it could not come back from', async () => {
  const answer = await framed().get('/login/ep_idp/idp?next=p%2Froom&silent=1')
  expect([answer.status, answer.headers.location]).toEqual([303, '../../login?next=p%2Froom&tried=1'])
})

test('L51: without https the page asks again once it knows that it stands in a frame', async () => {
  const answer = await jarBrowser(closed.port).get('/login?next=p%2Froom&tried=1&framed=1')
  expect(part(answer).popup).toMatch(/^login\?popup=/)
  const script = await window().get('/login.js')
  expect(script.headers['content-type']).toContain('javascript')
  expect(answer.text).toContain('<script src="login.js"></script>')
})

test('L52, L53: the pop-up signs in and hands over a code, with which the frame gets a session of its own', async () => {
  const [frame, popup] = [framed(), window()]
  const choice = part(await frame.get('/login?next=p%2Froom&tried=1'))
  const end = await popUp(popup, choice.popup, 'ada')
  const code = /^\.\.\/login\/handed#([\w.-]+)$/.exec(end)?.[1] ?? ''
  const handed = await popup.get('/login/handed')
  expect(handed.text).toContain('data-handed')
  expect(handed.headers['cross-origin-opener-policy']).toBe('unsafe-none')
  const redeemed = await frame.post('/login/handed', { code, next: 'p/room' })
  expect([redeemed.status, redeemed.headers.location]).toEqual([303, '../p/room'])
  expect(redeemed.headers['set-cookie']?.join('\n')).toMatch(
    /^login-framed=l\..*Secure; SameSite=None; Partitioned$/m,
  )
  expect((await me(frame)).as?.name).toBe('ada')
  expect(frame.jar.get('login-framed')).not.toBe(popup.jar.get('login'))
  // Once, and what the provider ends is over in both.
  const again = framed()
  again.jar.set('login-state-framed', frame.jar.get('login-state-framed') ?? '')
  expect((await again.post('/login/handed', { code, next: 'p/room' })).status).toBe(400)
  expect((await window().get('/ep_idp/gone?sid=at-ada')).text).toBe('2')
})

test('Attack B3: L53: a code is worth nothing in another frame, from another page, or made up', async () => {
  const [frame, thief] = [framed(), framed()]
  const choice = part(await frame.get('/login?tried=1'))
  const code = (await popUp(window(), choice.popup, 'bea')).split('#')[1] ?? ''
  await thief.get('/login?tried=1')
  expect((await thief.post('/login/handed', { code })).status).toBe(400)
  expect((await frame.post('/login/handed', { code }, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await frame.post('/login/handed', { code: 'x.y' })).status).toBe(400)
  expect((await frame.post('/login/handed', {})).status).toBe(400)
  expect([...frame.jar.keys(), ...thief.jar.keys()]).not.toContain('login-framed')
  expect((await window().get('/login?popup=made.up')).status).toBe(400)
  // The victim's frame takes no session of somebody else's pop-up either, and no way leads elsewhere.
  const end = await frame.post('/login/handed', { code, next: 'https://evil.example' })
  expect([end.status, end.headers.location]).toEqual([303, '../'])
})

test('L53: who is signed in already hands over at once; who declines is asked again, for the same frame', async () => {
  const [frame, popup] = [framed(), window()]
  const { popup: address } = part(await frame.get('/login?tried=1&next=p%2Froom'))
  const to = String((await popup.get(`/${address}`)).headers.location)
  const state = new URL(String((await popup.get(`/${to}`)).headers.location)).searchParams.get('state') ?? ''
  const declined = String((await popup.get(`/ep_idp/callback?state=${state}`)).headers.location)
  const choice = await popup.get(`/${declined.slice(3)}`)
  expect(choice.headers['cross-origin-opener-policy']).toBe('unsafe-none')
  expect(choice.text).toContain('Continue with College')
  await popUp(popup, address, 'cleo')
  const at = String((await popup.get(`/${declined.slice(3)}`)).headers.location)
  expect(at).toMatch(/^login\/handed#/)
  await frame.post('/login/handed', { code: at.split('#')[1] ?? '', next: 'p/room' })
  expect((await me(frame)).as?.name).toBe('cleo')
})

test('L54: forms work in the frame itself; in a pop-up they hand over, too', async () => {
  const frame = framed(open)
  const choice = await frame.get('/login?next=p%2Froom&tried=1')
  expect(choice.text).toContain('action="login/inkpad/users"')
  expect(choice.text).toContain('Go on as a guest')
  const inside = { ...FOREIGN, 'sec-fetch-site': 'same-origin' }
  const fields = { name: 'mira', password: 'right one', next: 'p/room' }
  const wrong = await frame.post('/login/inkpad/users', { ...fields, password: 'x' }, inside)
  expect(wrong.status).toBe(401)
  expect(part(wrong).popup).toContain('login?popup=')
  const right = await frame.post('/login/inkpad/users', fields, inside)
  expect(right.headers.location).toBe('../../p/room')
  expect(frame.jar.has('login-framed')).toBe(true)
  const other = framed(open)
  const note =
    new URLSearchParams(part(await other.get('/login?tried=1')).popup.split('?')[1]).get('popup') ?? ''
  const popup = window(open)
  expect((await popup.get(`/login?popup=${note}`)).text).toContain(`name="popup" value="${note}"`)
  const end = await popup.post('/login/inkpad/users', { ...fields, popup: note })
  const code = String(end.headers.location).split('#')[1] ?? ''
  await other.post('/login/handed', { code, next: 'p/room' })
  expect((await me(other)).as?.name).toBe('mira')
})
