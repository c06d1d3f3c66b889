/** Accounts of our own over HTTP: signing in with and without a second factor, one's own page, administrators (SPEC-access AC1 to AC34). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { io } from 'socket.io-client'
import { hashToken } from '../../../server/access/tokens.ts'
import { ADMIN_NAMESPACE } from '../../../shared/admin.ts'
import { codeOf, stepAt } from '../../../server/accounts/totp.ts'
import { ask } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { jarBrowser } from '../../support/cookie-jar.ts'
import type { JarBrowser } from '../../support/cookie-jar.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const PASSWORD = 'right horse battery'
const ADA = 'blue kettle on fire'
const WHERE = '/login/inkpad/accounts'
let web: Web
beforeAll(async () => {
  web = await startWeb({
    accounts: { enabled: true, signUp: true },
    users: { admin: { password: PASSWORD, is_admin: true } },
  })
})
afterAll(() => web?.close())

const browser = () => jarBrowser(web.port)
const field = ({ text }: Answer, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
const signUp = (name: string, password: string, who = browser()) =>
  who.post('/account/new', { name, new: password, again: password }).then(() => who)
const enter = (who: JarBrowser, name: string, password: string) => who.post(WHERE, { name, password })
const isIn = async (who: JarBrowser) => (await who.get('/login')).text.includes('logout')
const authorOf = async ({ jar }: JarBrowser): Promise<string | null> => {
  const session = await web.store.session(hashToken(jar.get('login') ?? ''))
  return session === null ? null : ((await web.store.account(session.account))?.author ?? null)
}
async function admin(path: string, body?: object): Promise<Record<string, unknown> & { status: number }> {
  const answer = await ask(web.port, `/admin/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`,
      'x-inkpad-admin': '1',
      'content-type': 'application/json',
      accept: 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { ...(JSON.parse(answer.text) as object), status: answer.status }
}
type Listed = { id: string; name: string; factor: boolean; given: boolean; admin: boolean; blocked: boolean }
const listed = async (name: string): Promise<Listed> => {
  const { accounts } = (await admin(`accounts?search=${encodeURIComponent(name)}`)) as unknown as {
    accounts: Listed[]
  }
  const found = accounts.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no account ${name}`)
  return found
}
const happened = async (search: string) =>
  (await web.audit.page({ kinds: [], search, since: 0, before: 0, limit: 50 })).map(
    ({ kind, facts }) => `${kind} ${facts}`,
  )

test('AC1, AC34: who makes an account is signed in, and is one author in every browser', async () => {
  const one = await signUp('Ada', ADA)
  expect(await isIn(one)).toBe(true)
  const two = browser()
  expect((await enter(two, '  ADA ', ADA)).status).toBe(303)
  expect(await isIn(two)).toBe(true)
  expect(await authorOf(one)).toMatch(/^a\.\w{16}$/)
  expect(await authorOf(two)).toBe(await authorOf(one))
  expect(await happened('Ada')).toEqual(
    expect.arrayContaining([expect.stringContaining('signed up'), expect.stringContaining('login')]),
  )
})

test('AC2, AC10: taken names, names of others in charge, and bad passwords are refused with a reason, what was typed stays', async () => {
  const refused = async (name: string, password: string, again = password) => {
    const answer = await browser().post('/account/new', { name, new: password, again })
    expect(answer.status).toBe(400)
    expect(answer.headers['set-cookie']?.join() ?? '').not.toContain('login=l.')
    expect(answer.text).not.toContain(password)
    return /class="wrong">([^<]*)/.exec(answer.text)?.[1]
  }
  expect(await refused('ａｄａ', ADA)).toMatch(/taken/)
  expect(await refused('Admin', ADA)).toMatch(/taken/)
  expect(await refused('Bea', 'too short')).toMatch(/10 characters/)
  expect(await refused('Bea', 'password1234')).toMatch(/easy to guess/)
  expect(await refused('Bea', ADA, 'blue kettle on ice')).toMatch(/not the same/)
  expect(await refused('\u200b', ADA)).toMatch(/can be seen/)
})

test('AC12: a wrong password and a name of nobody get the same answer', async () => {
  const answers = await Promise.all([
    enter(browser(), 'Ada', 'not her password'),
    enter(browser(), 'Nemo', 'not her password'),
  ])
  const [known, unknown] = answers.map(({ status, text }) => [
    status,
    text.replaceAll(/value="(Ada|Nemo)"/g, '').replaceAll(/name="(next|popup)" value="[^"]*"/g, ''),
  ])
  expect(known).toEqual(unknown)
  expect(known?.[0]).toBe(401)
})

test('AC13: wrong tries are slowed down for names that exist and names that do not; others are not', async () => {
  await signUp('Slow', 'a kettle of slow fish')
  for (const name of ['Slow', 'Nobody here']) {
    for (let tries = 0; tries < 5; tries++)
      expect((await enter(browser(), name, 'wrong wrong')).status).toBe(401)
    // Within the second that it lasts at first: it is asked before anything is hashed.
    expect((await enter(browser(), name, 'a kettle of slow fish')).status).toBe(429)
  }
  expect((await enter(browser(), 'Ada', ADA)).status).toBe(303)
})

test('B2: forms of other sites change nothing', async () => {
  const ada = browser()
  await enter(ada, 'Ada', ADA)
  const foreign = { origin: 'https://evil.example' }
  for (const path of ['/account/new', '/account/password', '/account/factor', '/account/factor/off', WHERE])
    expect([
      path,
      (await ada.post(path, { current: ADA, name: 'Ada', password: ADA }, foreign)).status,
    ]).toEqual([path, 403])
  expect((await browser().post('/account/password', { current: ADA })).status).toBe(401)
  expect((await browser().get('/account')).headers.location).toBe('login')
})

test("AC30, B6: the account's page stands in no frame, whoever may frame pads", async () => {
  const framed = await startWeb({
    accounts: { enabled: true, signUp: true },
    embedding: { frameAncestors: ['https://meet.example'] },
  })
  try {
    const who = jarBrowser(framed.port)
    await who.post('/account/new', { name: 'Fay', new: ADA, again: ADA })
    const policies = async (path: string) => String((await who.get(path)).headers['content-security-policy'])
    expect(await policies('/login')).toContain('https://meet.example')
    expect(await policies('/account')).toMatch(/frame-ancestors '(self|none)'/)
    const begun = await who.post('/account/factor', { current: ADA })
    expect(begun.text).toContain('class="qr"')
    expect(String(begun.headers['content-security-policy'])).toMatch(/frame-ancestors '(self|none)'/)
    expect(begun.headers['cache-control']).toMatch(/no-store/)
  } finally {
    await framed.close()
  }
})

test('AC14, AC31, L20: another password ends all other sessions and opens from then on; who signs in gets a new secret', async () => {
  const [here, there] = [await signUp('Carla', 'first kettle of all'), browser()]
  await enter(there, 'Carla', 'first kettle of all')
  const before = there.jar.get('login')
  await enter(there, 'Carla', 'first kettle of all')
  expect(there.jar.get('login')).not.toBe(before)
  const set = (current: string, next: string) =>
    here.post('/account/password', { current, new: next, again: next })
  expect((await set('not it at all', 'second kettle of all')).status).toBe(401)
  expect((await set('first kettle of all', 'first kettle of all')).text).toContain('password you have')
  expect((await set('first kettle of all', 'second kettle of all')).text).toContain('is changed')
  expect([await isIn(here), await isIn(there)]).toEqual([true, false])
  expect((await enter(browser(), 'Carla', 'first kettle of all')).status).toBe(401)
  expect((await enter(browser(), 'Carla', 'second kettle of all')).status).toBe(303)
})

test('AC20 to AC24: the second factor from its setting up to its end', async () => {
  const dora = await signUp('Dora', 'kettle of many factors')
  const password = 'kettle of many factors'
  const begun = await dora.post('/account/factor', { current: password })
  expect(begun.text).toMatch(/<svg class="qr" role="img"/)
  expect(begun.text).not.toMatch(/src="http|style=/)
  const secret = /class="key">([A-Z2-7 ]{39})</.exec(begun.text)?.[1]?.replaceAll(' ', '') ?? ''
  const wrong = await dora.post('/account/factor/confirm', { step: field(begun, 'step'), code: '000000' })
  expect([wrong.status, field(wrong, 'step')]).toEqual([401, field(begun, 'step')])
  expect((await listed('Dora')).factor).toBe(false)
  const now = stepAt(Date.now())
  const confirmed = await dora.post('/account/factor/confirm', {
    step: field(begun, 'step'),
    code: codeOf(secret, now),
  })
  const codes = [...confirmed.text.matchAll(/<code>([\w-]{19})<\/code>/g)].map((match) => match[1] ?? '')
  expect(codes).toHaveLength(10)
  expect((await listed('Dora')).factor).toBe(true)

  // The password alone opens nothing; the code that set it up is used, the next one works once.
  const phone = browser()
  const asked = await enter(phone, 'Dora', password)
  expect([asked.status, await isIn(phone)]).toEqual([200, false])
  const step = field(asked, 'step')
  const withCode = (who: JarBrowser, note: string, code: string) => who.post(WHERE, { step: note, code })
  expect((await withCode(phone, step, codeOf(secret, now))).status).toBe(401)
  const code = codeOf(secret, now + 1)
  const twice = await Promise.all([withCode(phone, step, code), withCode(browser(), step, code)])
  expect(twice.filter(({ status }) => status === 303)).toHaveLength(1)
  expect((await withCode(browser(), step, code)).status).toBe(400)
  const again = await enter(browser(), 'Dora', password)
  expect((await withCode(browser(), field(again, 'step'), code)).status).toBe(401)

  // A recovery code, once.
  const lost = browser()
  const note = field(await enter(lost, 'Dora', password), 'step')
  expect((await withCode(lost, note, (codes[0] ?? '').toUpperCase())).status).toBe(303)
  const next = field(await enter(browser(), 'Dora', password), 'step')
  expect((await withCode(browser(), next, codes[0] ?? '')).status).toBe(401)

  // Turned off with password and code; then the password is enough.
  expect((await lost.post('/account/factor/off', { current: password, code: 'nothing' })).status).toBe(401)
  const off = await lost.post('/account/factor/off', { current: password, code: codes[1] ?? '' })
  expect(off.text).toContain('factor is off')
  expect((await enter(browser(), 'Dora', password)).status).toBe(303)
  const record = JSON.stringify(
    await web.audit.page({ kinds: [], search: '', since: 0, before: 0, limit: 1000 }),
  )
  for (const secretThing of [secret, code, password, codes[0] ?? '-', step])
    expect(record + web.lines.join()).not.toContain(secretThing)
})

test('AC24: after five wrong codes the next ones wait, whatever they are', async () => {
  const eva = await signUp('Eva', 'kettle with five tries')
  const begun = await eva.post('/account/factor', { current: 'kettle with five tries' })
  const secret = /class="key">([A-Z2-7 ]{39})</.exec(begun.text)?.[1]?.replaceAll(' ', '') ?? ''
  const now = stepAt(Date.now())
  await eva.post('/account/factor/confirm', { step: field(begun, 'step'), code: codeOf(secret, now) })
  const phone = browser()
  const step = field(await enter(phone, 'Eva', 'kettle with five tries'), 'step')
  for (let tries = 0; tries < 5; tries++)
    expect((await phone.post(WHERE, { step, code: '1' })).status).toBe(401)
  expect((await phone.post(WHERE, { step, code: codeOf(secret, now + 1) })).status).toBe(429)
  expect(await isIn(phone)).toBe(false)
})

test('AC14, AC32: an administrator makes an account with a password that opens once, to choose another', async () => {
  const { password } = (await admin('accounts/add', { name: 'Frida' })) as unknown as { password: string }
  const frida = browser()
  const asked = await enter(frida, 'Frida', password)
  expect([asked.status, await isIn(frida)]).toEqual([200, false])
  const step = field(asked, 'step')
  const choose = (chosen: string) => frida.post(WHERE, { step, new: chosen, again: chosen })
  expect((await choose('password1234')).status).toBe(400)
  expect((await choose('kettle that is mine')).status).toBe(303)
  expect(await isIn(frida)).toBe(true)
  expect((await enter(browser(), 'Frida', password)).status).toBe(401)
  expect((await choose('kettle that is thine')).status).toBe(400)
  expect(await happened('Frida')).toEqual(expect.arrayContaining(['account {"did":"made","admin":false}']))
})

test('AC32, A8: blocking, roles and deleting end sessions at once; a blocked person hears it when the password is right', async () => {
  const gerda = await signUp('Gerda', 'kettle behind bars')
  const author = await authorOf(gerda)
  const { id } = await listed('Gerda')
  await admin('accounts/rights', { id, blocked: true })
  expect(await isIn(gerda)).toBe(false)
  expect((await enter(browser(), 'Gerda', 'kettle behind bars')).text).toContain('is blocked')
  expect((await enter(browser(), 'Gerda', 'kettle before bars')).text).not.toContain('is blocked')
  await admin('accounts/rights', { id, blocked: false, admin: true })
  await enter(gerda, 'Gerda', 'kettle behind bars')
  const asAdmin = await gerda.get('/admin/api/overview')
  expect(asAdmin.status).toBe(200)
  await admin('accounts/rights', { id, admin: false })
  expect((await gerda.get('/admin/api/overview')).status).toBe(401)
  await enter(gerda, 'Gerda', 'kettle behind bars')
  expect((await gerda.get('/admin/api/overview')).status).toBe(401)
  expect(await happened('Gerda')).toEqual(
    expect.arrayContaining(['role {"did":"administrator"}', 'role {"did":"no administrator"}']),
  )
  await admin('accounts/delete', { id })
  expect(await isIn(gerda)).toBe(false)
  expect((await admin('accounts/delete', { id })).status).toBe(404)
  const heir = await signUp('Gerda', 'kettle of the heirs')
  expect(await authorOf(heir)).not.toBe(author)
})

test('AC32, A12: the live connection of an administrator ends when they are one no more', async () => {
  const jo = await signUp('Jo', 'kettle of live steam')
  const { id } = await listed('Jo')
  await admin('accounts/rights', { id, admin: true })
  await enter(jo, 'Jo', 'kettle of live steam')
  const { token } = JSON.parse((await jo.get('/admin/api/live')).text) as { token: string }
  const socket = io(`http://127.0.0.1:${web.port}${ADMIN_NAMESPACE}`, {
    auth: { token },
    transports: ['websocket'],
  })
  try {
    await new Promise((resolve) => socket.once('vitals', resolve))
    const over = new Promise((resolve) => socket.once('disconnect', resolve))
    await admin('accounts/rights', { id, admin: false })
    expect(await over).toBe('io server disconnect')
  } finally {
    socket.disconnect()
  }
}, 60_000)

test('AC33: an administrator by account cannot lock themselves out', async () => {
  const hilda = await signUp('Hilda', 'kettle of the house')
  const { id } = await listed('Hilda')
  await admin('accounts/rights', { id, admin: true })
  await enter(hilda, 'Hilda', 'kettle of the house')
  const headers = { 'x-inkpad-admin': '1', 'content-type': 'application/json' }
  const cookie = [...hilda.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  for (const [path, body] of [
    ['rights', { id, admin: false }],
    ['rights', { id, blocked: true }],
    ['delete', { id }],
  ] as const) {
    const answer = await ask(web.port, `/admin/api/accounts/${path}`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(400)
  }
  expect(await listed('Hilda')).toMatchObject({ admin: true, blocked: false })
})

test('AC32, L23: an administrator ends the sessions of anybody who is signed in', async () => {
  const ina = await signUp('Ina', 'kettle of the guests')
  const author = await authorOf(ina)
  expect(await admin('people/sign-out', { author })).toMatchObject({ ended: 1 })
  expect(await isIn(ina)).toBe(false)
  expect(await admin('people/sign-out', { author: 'a.0000000000000000' })).toMatchObject({ ended: 0 })
  await enter(ina, 'Ina', 'kettle of the guests')
  expect(await authorOf(ina)).toBe(author)
})

test('AC1: without the setting there is neither form nor page, and the administration says how to turn it on', async () => {
  const plain = await startWeb({ users: { admin: { password: PASSWORD, is_admin: true } } })
  try {
    const who = jarBrowser(plain.port)
    expect((await who.post(WHERE, { name: 'Ada', password: ADA })).status).toBe(404)
    expect((await who.get('/account')).status).toBe(404)
    expect((await who.get('/account/new')).status).toBe(404)
    const answer = await ask(plain.port, '/admin/api/accounts', {
      headers: { authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}` },
    })
    expect(JSON.parse(answer.text)).toMatchObject({ enabled: false, accounts: [] })
  } finally {
    await plain.close()
  }
})
