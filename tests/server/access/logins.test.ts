/** Signing in (docs/SPEC-access.md): providers of plugins, notes, sessions, cookies, the gate; over a running server. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Close } from '../../../shared/protocol.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { bootOf, pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { RawClient } from '../../support/raw-client.ts'
import type { Web } from '../../support/web.ts'

/**
 * A provider whose "elsewhere" is a made-up address: the test plays the browser that comes back from it. What the query of
 * the callback says is whom it found.
 */
const IDP = `
  const login = ctx.login({
    id: 'idp',
    label: (language) => (language === 'de' ? 'Hochschule' : 'College'),
    silent: true,
    begin: ({ state, secret, silent }) => {
      secrets.set(state, secret)
      return 'https://idp.example/auth?state=' + state + '&prompt=' + (silent ? 'none' : '')
    },
    logout: ({ subject, keep }) => 'https://idp.example/out?hint=' + keep.hint + '&sub=' + subject,
    trouble: () => trouble,
  })
  const secrets = new Map()
  let trouble = null
  ctx.routes.get('/callback', async (request, response) => {
    const { state, sub, error, ...rest } = request.query
    if (error !== undefined) return login.declined(request, response, state)
    const { secret } = await login.returned(request, state)
    if (secret !== secrets.get(state) || secret.length !== 43) throw new Error('another secret')
    const flag = (name) => (rest[name] === undefined ? undefined : rest[name] === 'true')
    await login.signIn(request, response, {
      subject: sub, name: rest.name, groups: rest.groups?.split(','), sid: rest.sid, keep: { hint: 'h1' },
      isAdmin: flag('isAdmin'), readOnly: flag('readOnly'), canCreate: flag('canCreate'),
    }, { state })
  })
  ctx.routes.get('/logout', (request, response) => login.signOut(request, response))
  ctx.routes.post('/backchannel', async (request, response) => {
    response.json({ ended: await login.end({ sid: request.body.sid }) })
  })
  ctx.routes.get('/token', (request, response) => login.signIn(request, response,
    { subject: request.query.sub }, { next: request.query.next }))
  ctx.routes.get('/trouble', (request, response) => { trouble = request.query.is ?? null; response.end() })
  ctx.routes.get('/groups', async (request, response) => {
    const person = await ctx.personOf(request)
    response.json(ctx.signedIn(person))
  })
  ctx.allow((person, pad) => {
    if (!pad.startsWith('staff-')) return undefined
    return ctx.signedIn(person)?.groups.includes('staff') ? undefined : 'none'
  })
`

let stage: PluginStage
let web: Web
beforeAll(async () => {
  stage = pluginStage({ ep_idp: { server: IDP } })
  web = await stage.server()
}, 60_000)
afterAll(() => stage?.end())

/** Headers of our own page's socket. */
const own = (cookie: string, server: Web = web) => ({ cookie, origin: `http://127.0.0.1:${server.port}` })

/** A browser: keeps cookies as one does. */
function browser(server: Web = web) {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  async function go(path: string, options: Parameters<typeof ask>[2] = {}): Promise<Answer> {
    const answer = await ask(server.port, path, {
      ...options,
      headers: { ...BROWSER, ...(jar.size === 0 ? {} : { cookie: cookie() }), ...options.headers },
    })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      if (/Max-Age=0/.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  /** Begins at the provider; gives the state that goes along. */
  async function begin(next = ''): Promise<string> {
    const answer = await go(`/login/ep_idp/idp?next=${encodeURIComponent(next)}`)
    return new URL(String(answer.headers.location)).searchParams.get('state') ?? ''
  }
  return {
    jar,
    cookie,
    go,
    begin,
    /** The whole way. */
    async signIn(sub: string, more: Record<string, string> = {}, next = ''): Promise<Answer> {
      const state = await begin(next)
      return go(`/ep_idp/callback?${new URLSearchParams({ state, sub, ...more }).toString()}`)
    },
    async author(): Promise<string> {
      const client = await new RawClient(`ws://127.0.0.1:${server.port}/sync/p/who`, {
        hello: {},
        headers: own(cookie(), server),
      }).untilSynced()
      await client.close()
      return client.welcome?.me.author ?? ''
    },
    post: (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
      go(path, {
        method: 'POST',
        body: new URLSearchParams(body).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: `http://127.0.0.1:${server.port}`,
          ...headers,
        },
      }),
  }
}

describe('whose account, which author', () => {
  test('L1: a subject is one author on every device, a guest until the first sign-in', async () => {
    const desk = browser()
    await desk.go('/p/who')
    const guest = await desk.author()
    await desk.signIn('ada', { name: 'Ada' })
    expect(await desk.author()).toBe(guest)
    const phone = browser()
    await phone.go('/p/who')
    expect(await phone.author()).not.toBe(guest)
    await phone.signIn('ada', { name: 'Ada' })
    expect(await phone.author()).toBe(guest)
  })

  test('L2: what proved the guest proves the account no more; after signing out the browser is a new guest', async () => {
    const one = browser()
    await one.go('/p/who')
    const token = one.jar.get('token') ?? ''
    const guest = await one.author()
    await one.signIn('bea')
    expect(one.jar.has('token')).toBe(false)
    const thief = browser()
    thief.jar.set('token', token)
    expect(await thief.author()).not.toBe(guest)
    await one.post('/logout', {})
    await one.go('/p/who')
    expect(await one.author()).not.toBe(guest)
  })

  test('L2: a guest of another browser keeps their words when somebody known signs in there', async () => {
    const first = browser()
    await first.signIn('cleo')
    const library = browser()
    await library.go('/p/who')
    const guest = await library.author()
    await library.signIn('cleo')
    expect(await library.author()).toBe(await first.author())
    await library.post('/logout', {})
    expect(await library.author()).toBe(guest)
  })

  test("L3: the provider's name is shown until the person chooses one", async () => {
    const one = browser()
    await one.signIn('dora', { name: 'Dora D.' })
    const name = async () => {
      const client = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/who`, {
        hello: {},
        headers: own(one.cookie()),
      }).untilSynced()
      await client.close()
      return client.welcome?.me.name ?? ''
    }
    expect(await name()).toBe('Dora D.')
    await one.signIn('dora', { name: 'Dora New' })
    expect(await name()).toBe('Dora New')
    const client = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/who`, {
      hello: { name: 'Dee', colour: '3' },
      headers: own(one.cookie()),
    }).untilSynced()
    await client.close()
    await one.signIn('dora', { name: 'Dora Newest' })
    expect(await name()).toBe('Dee')
  })

  test('L4: what a provider says is checked; what cannot be is refused, and the plugin stays on', async () => {
    const one = browser()
    const answer = await one.signIn('x'.repeat(300))
    expect(answer.status).toBe(403)
    expect(one.jar.has('login')).toBe(false)
    expect(web.plugins.list().map(({ state }) => state)).toEqual(['on'])
  })
})

describe('the note that goes along', () => {
  test('Attack B3: L10: a sign-in ends only in the browser that began it; a foreign or made-up state leaves the session alone', async () => {
    const one = browser()
    const state = await one.begin()
    for (const [who, given] of [
      [browser(), state],
      [one, `${state.slice(0, -2)}AA`],
      [one, 'nonsense'],
      [one, ''],
    ] as const) {
      const before = who.jar.get('login')
      const answer = await who.go(`/ep_idp/callback?state=${given}&sub=mallory`)
      expect(answer.status).toBe(400)
      expect(answer.text).toContain('begin it again')
      expect(who.jar.get('login')).toBe(before)
    }
  })

  test('L11: a note is good once; two tabs may sign in at the same time', async () => {
    const one = browser()
    const [left, right] = [await one.begin('p/left'), await one.begin('p/right')]
    const first = await one.go(`/ep_idp/callback?state=${right}&sub=eva`)
    expect(first.headers.location).toBe('../p/right')
    const second = await one.go(`/ep_idp/callback?state=${left}&sub=eva`)
    expect(second.headers.location).toBe('../p/left')
    expect((await one.go(`/ep_idp/callback?state=${left}&sub=eva`)).status).toBe(400)
  })

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'https://evil.example',
    'p/x%0d%0aSet-Cookie:a=b',
    'p/../admin',
    'p/%2e%2e/%2e%2e/x',
    'p//evil',
    'javascript:alert(1)',
    'admin/../x',
    '\tp/x',
  ])('Attack B4: "%s" is no way on', async (next) => {
    const one = browser()
    const answer = await one.signIn('fay', {}, next)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('../')
    const proof = await one.go(`/ep_idp/token?sub=fay&next=${encodeURIComponent(next)}`)
    expect(proof.headers.location).toBe('../')
  })

  test('L13: who arrives with a proof of their own is signed in and sent on', async () => {
    const one = browser()
    const answer = await one.go('/ep_idp/token?sub=gil&next=p%2Froom')
    expect([answer.status, answer.headers.location]).toEqual([303, '../p/room'])
    expect(bootOf(await one.go('/p/room'))['login']).toMatchObject({ as: { name: '' } })
  })
})

describe('sessions', () => {
  test('Attack B5: L20: another secret after each sign-in and none after signing out; the old ones are dead', async () => {
    const one = browser()
    await one.signIn('hal')
    const first = one.jar.get('login') ?? ''
    await one.signIn('hal')
    const second = one.jar.get('login') ?? ''
    expect(second).not.toBe(first)
    const replay = browser()
    replay.jar.set('login', first)
    const me = await one.author()
    expect(await replay.author()).not.toBe(me)
    await one.post('/logout', {})
    expect(one.jar.has('login')).toBe(false)
    replay.jar.set('login', second)
    expect(await replay.author()).not.toBe(me)
  })

  test('L21: its cookie is HttpOnly, and in a frame of another site partitioned; the database has only its hash', async () => {
    const one = browser()
    const state = await one.begin()
    const answer = await one.go(`/ep_idp/callback?state=${state}&sub=ivo`)
    const line = answer.headers['set-cookie']?.find((each) => each.startsWith('login=')) ?? ''
    expect(line).toMatch(/^login=l\.[\w-]{43}; Max-Age=864000; Path=\/; HttpOnly; SameSite=Lax$/)
    const framed = await one.go(`/ep_idp/callback?state=${await one.begin()}&sub=ivo`, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe', host: 'pads.example' },
    })
    expect(framed.headers['set-cookie']?.join('\n')).toMatch(
      /^login-framed=l\.[\w-]{43}; .*HttpOnly; Secure; SameSite=None; Partitioned$/m,
    )
    expect(await web.store.session(one.jar.get('login') ?? '')).toBeNull()
    // A page in the frame leads to another: the browser sends what it keeps for that frame.
    const inside = browser()
    inside.jar.set('token-framed', `t.${'x'.repeat(32)}`)
    const begun = await inside.go('/login/ep_idp/idp', {
      headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe', host: 'pads.example' },
    })
    expect(begun.headers['set-cookie']?.[0]).toMatch(/^login-state-framed=.*Partitioned$/)
  })

  test('L23: signed out everywhere, and by the provider: other browsers are guests, and what they have open hears of it', async () => {
    const [desk, phone, tablet] = [browser(), browser(), browser()]
    await desk.signIn('jo', { sid: 's1' })
    await phone.signIn('jo', { sid: 's2' })
    await tablet.signIn('jo', { sid: 's3' })
    const me = await desk.author()
    const open = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/who`, {
      hello: {},
      headers: own(phone.cookie()),
    }).untilSynced()
    const answer = await desk.go('/ep_idp/backchannel', {
      method: 'POST',
      body: 'sid=s2',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(JSON.parse(answer.text)).toEqual({ ended: 1 })
    expect(await open.untilClosed()).toBe(1012)
    expect(await phone.author()).not.toBe(me)
    expect(await tablet.author()).toBe(me)
    // One of a list, and only of one's own.
    const last = browser()
    await last.signIn('jo')
    const page = await desk.go('/login')
    const hashes = [...page.text.matchAll(/name="session" value="(\w{64})"/g)].map((match) => match[1] ?? '')
    expect(hashes).toHaveLength(2)
    expect(page.text.match(/this one/g)).toHaveLength(1)
    const stranger = browser()
    await stranger.signIn('mallory')
    for (const session of hashes) await stranger.post('/logout', { session })
    expect(await last.author()).toBe(me)
    const gone = await desk.post('/logout', { session: hashes[0] ?? '' })
    expect([gone.status, gone.headers.location]).toEqual([303, 'login'])
    const left = [await last.author(), await tablet.author()].filter((author) => author === me)
    expect(left).toHaveLength(1)
    await desk.post('/logout', { everywhere: '1' })
    expect(await tablet.author()).not.toBe(me)
  })

  test('L24: the page of the account names the browsers; L25: the way out leads to the provider, too', async () => {
    const one = browser()
    await one.signIn('kim', { name: 'Kim <b>' })
    const { text } = await one.go('/login', { headers: { 'user-agent': 'X Firefox/140.0 (Linux)' } })
    expect(text).toContain('Signed in as Kim &#60;b&#62;')
    expect(text).toContain('action="logout"')
    const out = await one.post('/logout', {})
    expect(out.text).toContain('href="https://idp.example/out?hint=h1&#38;sub=kim"')
    const two = browser()
    await two.signIn('kim')
    const script = await two.go('/logout', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${web.port}` },
    })
    expect(JSON.parse(script.text)).toEqual({ to: 'https://idp.example/out?hint=h1&sub=kim' })
    const three = browser()
    await three.signIn('kim')
    expect((await three.go('/ep_idp/logout')).headers.location).toBe(
      'https://idp.example/out?hint=h1&sub=kim',
    )
  })

  test('L26: pages of other sites sign nobody out and send no forms', async () => {
    const one = browser()
    await one.signIn('liv')
    const answer = await one.post('/logout', {}, { origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
    expect(bootOf(await one.go('/p/who'))['login']).toMatchObject({ can: true, as: { name: '' } })
  })
})

describe('what somebody may do', () => {
  test('L30: readOnly reads only, canCreate makes no pads otherwise; plugins ask for groups', async () => {
    await web.write('open', 'text\n')
    const reader = browser()
    await reader.signIn('mia', { readOnly: 'true' })
    expect(bootOf(await reader.go('/p/open'))['readOnly']).toBe(true)
    const user = browser()
    await user.signIn('nia', { canCreate: 'false' })
    expect((await user.go('/p/open')).status).toBe(200)
    expect((await user.go('/p/not-there')).status).toBe(404)
    const staff = browser()
    await staff.signIn('ole', { groups: 'staff,board', isAdmin: 'true' })
    expect((await staff.go('/p/staff-room')).status).toBe(200)
    expect((await user.go('/p/staff-room')).status).toBe(404)
    const student = browser()
    await student.signIn('pia', { groups: 'students' })
    expect((await student.go('/p/staff-room')).status).toBe(403)
    expect((await browser().go('/p/staff-room')).status).toBe(403)
    expect(JSON.parse((await staff.go('/ep_idp/groups')).text)).toMatchObject({
      provider: 'ep_idp/idp',
      groups: ['staff', 'board'],
      isAdmin: true,
    })
  })
})

describe('who they are by now', () => {
  test('L28: whoever signs in again without a group loses at once, on open connections too, what the group gave', async () => {
    await web.write('staff-live', 'text\n')
    const first = browser()
    await first.signIn('quinn', { groups: 'staff' })
    const open = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/staff-live`, {
      hello: {},
      headers: own(first.cookie()),
    }).untilSynced()
    expect(open.welcome?.level).toBe('write')
    // In another browser, so that this one's session goes on.
    await browser().signIn('quinn', { groups: 'students' })
    expect(await open.untilClosed()).toBe(Close.unauthenticated)
  })
})

describe('where signing in is required', () => {
  let closed: Web
  beforeAll(async () => {
    closed = await stage.server({
      requireAuthentication: true,
      users: {
        mira: { password: 'right one', displayname: 'Mira S.', readOnly: true },
        admin: { password: 'secret', is_admin: true },
      },
    })
    await closed.write('notes', 'text\n')
  }, 60_000)

  test('L31: a pad leads to the sign-in, which first tries without asking, then asks, and leads back', async () => {
    const one = browser(closed)
    const pad = await one.go('/p/notes?lang=de')
    expect([pad.status, pad.headers.location]).toEqual([302, '../login?next=p%2Fnotes%3Flang%3Dde'])
    const choice = await one.go('/login?next=p%2Fnotes%3Flang%3Dde')
    expect(choice.headers.location).toBe('login/ep_idp/idp?next=p%2Fnotes%3Flang%3Dde&silent=1')
    const there = new URL(String((await one.go(`/${choice.headers.location}`)).headers.location))
    expect(there.searchParams.get('prompt')).toBe('none')
    const state = there.searchParams.get('state') ?? ''
    const back = await one.go(`/ep_idp/callback?state=${state}&error=login_required`)
    expect(back.headers.location).toBe('../login?next=p%2Fnotes%3Flang%3Dde&tried=1')
    const asked = await one.go('/login?next=p%2Fnotes%3Flang%3Dde&tried=1')
    expect(asked.status).toBe(200)
    expect(asked.text).toContain('Continue with College')
    expect(asked.text).toContain('href="login/ep_idp/idp?next=p%2Fnotes%3Flang%3Dde"')
    expect(asked.text).not.toContain('guest')
    const end = await one.signIn('ada', { name: 'Ada' }, 'p/notes?lang=de')
    expect(end.headers.location).toBe('../p/notes?lang=de')
    expect((await one.go('/p/notes?lang=de')).status).toBe(200)
  })

  test('L32: every door is closed to guests: pages, exports, sockets, boards, read-only links; health and files are not', async () => {
    const one = browser(closed)
    for (const path of [
      '/p/notes',
      '/p/notes/board',
      '/p/notes/export/txt',
      '/p/r.00000000000000000000000000000000',
    ])
      expect([302, 401]).toContain((await one.go(path)).status)
    const script = await one.go('/p/notes', { headers: { accept: 'application/json' } })
    expect(script.status).toBe(401)
    for (const room of ['p/notes', 'b/notes']) {
      const client = new RawClient(`ws://127.0.0.1:${closed.port}/sync/${room}`, { hello: {} })
      expect(await client.untilClosed()).toBe(4401)
    }
    for (const path of ['/health', '/plain.css', '/login?tried=1'])
      expect((await one.go(path)).status).toBe(200)
  })

  test('L33: while no way works it stays closed, with a page that says so', async () => {
    const one = browser(closed)
    const bare = await stage.server({ requireAuthentication: true })
    await ask(bare.port, '/ep_idp/trouble?is=discovery+failed')
    const lost = browser(bare)
    const answer = await lost.go('/login?next=p%2Fnotes')
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('no way to sign in works just now')
    expect(bare.lines.some((line) => line.includes('discovery failed'))).toBe(true)
    expect((await lost.go('/p/notes')).status).toBe(302)
    expect((await one.go('/login?tried=1')).status).toBe(200)
  })

  test('L40: accounts of the settings file sign in by name and password', async () => {
    const one = browser(closed)
    const form = await one.go('/login?tried=1&next=p%2Fnotes')
    expect(form.text).toContain('<form method="post" action="login/inkpad/users">')
    expect(form.text).toMatch(
      /<input [^>]*name="password"[^>]*type="password"[^>]*autocomplete="current-password"/,
    )
    const wrong = await one.post('/login/inkpad/users', { name: 'mira', password: 'wrong', next: 'p/notes' })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain('What was typed is not right.')
    expect(wrong.text).toContain('value="mira"')
    expect(wrong.text).not.toContain('value="wrong"')
    const right = await one.post('/login/inkpad/users', {
      name: 'mira',
      password: 'right one',
      next: 'p/notes',
    })
    expect([right.status, right.headers.location]).toEqual([303, '../../p/notes'])
    const boot = bootOf(await one.go('/p/notes'))
    expect(boot).toMatchObject({ readOnly: true, login: { as: { name: 'Mira S.' }, can: true } })
  })

  test('L41: guessing is slowed down by name, and cannot be sent from other sites', async () => {
    const one = browser(closed)
    const guess = () => one.post('/login/inkpad/users', { name: 'admin', password: 'x' })
    for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(401)
    expect((await guess()).status).toBe(429)
    const right = await one.post('/login/inkpad/users', { name: 'admin', password: 'secret' })
    expect(right.status).toBe(429)
    const foreign = await browser(closed).post(
      '/login/inkpad/users',
      { name: 'mira', password: 'right one' },
      { origin: 'https://evil.example' },
    )
    expect(foreign.status).toBe(403)
  })
})

describe('while the plugin comes and goes', () => {
  test('L27: without its provider a session counts nothing; it counts again when the provider is back', async () => {
    const one = browser()
    await one.signIn('quin', { readOnly: 'true' })
    const me = await one.author()
    const open = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/who`, {
      hello: {},
      headers: own(one.cookie()),
    }).untilSynced()
    await web.plugins.disable('ep_idp')
    expect(await open.untilClosed()).toBe(1012)
    const login = bootOf(await one.go('/p/who'))['login']
    expect(login).toBeUndefined()
    expect(await one.author()).not.toBe(me)
    expect((await one.go('/login/ep_idp/idp')).status).toBe(404)
    await web.plugins.enable('ep_idp')
    expect(await one.author()).toBe(me)
  })
})
