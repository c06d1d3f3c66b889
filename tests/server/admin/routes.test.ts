/** The administration over real HTTP (docs/SPEC-admin.md). */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { ADMIN_HEADER, ADMIN_NAMESPACE } from '../../../shared/admin.ts'
import type { AdminPads, AdminSessionRow, Overview, Vitals } from '../../../shared/admin.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { pluginFolder } from '../../support/plugin-folder.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const OWN = { [ADMIN_HEADER]: '1', 'content-type': 'application/json', accept: 'application/json' }
const BASIC = `Basic ${Buffer.from('admin:right horse').toString('base64')}`

const folder = pluginFolder({ ep_here: {} })
let web: Web
let cookie = ''

beforeAll(async () => {
  web = await startWeb(
    {
      users: { admin: { password: 'right horse', is_admin: true }, user: { password: 'x' } },
      gdprAuthorErasure: { enabled: true },
    },
    { plugins: { bundled: folder.found() } },
  )
  await web.write('notes', 'Hello\n')
  await web.write('plans', 'World\n')
  const answer = await post('login', { name: 'admin', password: 'right horse' })
  cookie = cookieOf(answer)?.pair ?? ''
})
afterAll(async () => {
  await web.close()
  folder.remove()
})

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(web.port, `/admin/${path}`, { headers: { accept: 'application/json', cookie, ...headers } })
const post = (path: string, body: unknown, headers: Record<string, string> = OWN): Promise<Answer> =>
  ask(web.port, `/admin/${path}`, {
    method: 'POST',
    headers: { cookie, ...headers },
    body: JSON.stringify(body),
  })
async function told<T>(answer: Promise<Answer>): Promise<T> {
  const { status, text } = await answer
  expect([status, text]).toEqual([200, expect.any(String)])
  return JSON.parse(text) as T
}

test('A1: the page is there, never in a frame, never kept', async () => {
  expect((await ask(web.port, '/admin')).headers.location).toBe('admin/')
  const { status, headers, text } = await ask(web.port, '/admin/', { headers: BROWSER })
  expect(status).toBe(200)
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['cache-control']).toBe('no-store')
  expect(text).toContain('../assets/admin-4d.js')
})

test('A1, A2: signing in gives a cookie for here alone; without it nothing is told', async () => {
  const answer = await post('login', { name: 'admin', password: 'right horse' }, { ...OWN, cookie: '' })
  expect(cookieOf(answer)?.line).toMatch(/^inkpad-admin=[^;]+; Max-Age=43200; HttpOnly; SameSite=Strict$/)
  expect(await told(get('session'))).toEqual({ exists: true, user: 'admin' })
  expect(await told(get('session', { cookie: '' }))).toEqual({ exists: true, user: null })
  for (const path of [
    'overview',
    'pads',
    'people',
    'plugins',
    'log',
    'settings',
    'live',
    'checkup',
    'sessions',
  ])
    expect([path, (await get(`api/${path}`, { cookie: '' })).status]).toEqual([path, 401])
  expect((await post('login', { name: 'user', password: 'x' })).status).toBe(401)
  expect((await post('login', { name: 'admin' })).status).toBe(400)
  const out = await post('logout', {}, { ...OWN, cookie: cookieOf(answer)?.pair ?? '' })
  expect(out.headers['set-cookie']?.[0]).toContain('Max-Age=0')
})

test('A2: what changes something needs the header that no form can send', async () => {
  const { [ADMIN_HEADER]: _own, ...foreign } = OWN
  for (const path of ['login', 'logout', 'api/pads/delete', 'api/notice'])
    expect([path, (await post(path, { pads: ['notes'] }, foreign)).status]).toEqual([path, 403])
  expect((await post('api/notice', { text: 'x' }, { ...foreign, authorization: BASIC })).status).toBe(403)
})

test('A4: HTTP Basic signs in, as a proxy passes it on', async () => {
  expect((await get('api/overview', { cookie: '', authorization: BASIC })).status).toBe(200)
  const wrong = `Basic ${Buffer.from('admin:wrong').toString('base64')}`
  expect((await get('api/overview', { cookie: '', authorization: wrong })).status).toBe(401)
})

test('A10, A11: the overview knows the store, its round trip and the pads', async () => {
  expect(await told<Overview>(get('api/overview'))).toMatchObject({
    version: '9.8.7',
    store: { kind: 'sqlite', state: 'ok', ping: expect.any(Number), durability: [] },
    bus: { state: 'none', servers: 0, delay: null },
    pads: 2,
    onlyPolling: false,
    failedPlugins: [],
  })
})

test('A12: a live connection with a token gets how the server is; without one it is ended', async () => {
  const sockets: Socket[] = []
  const open = (token: unknown): Socket => {
    const socket = io(`http://127.0.0.1:${web.port}${ADMIN_NAMESPACE}`, {
      auth: { token },
      transports: ['polling'],
      reconnection: false,
      forceNew: true,
    })
    sockets.push(socket)
    return socket
  }
  try {
    const { token } = await told<{ token: string }>(get('api/live'))
    const vitals: Vitals[] = []
    const live = open(token)
    let changes = 0
    live.on('vitals', (one: Vitals) => vitals.push(one))
    live.on('plugins', () => (changes += 1))
    let ended = false
    open('session.x.y.z.w').on('disconnect', () => (ended = true))
    const client = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/notes`).untilSynced()
    await until('somebody is seen', () => vitals.some((one) => one.people === 1 && one.webSockets === 1))
    await until('the stranger is gone', () => ended)
    client.doc.getText('text').insert(0, 'x')
    expect((await told<Overview>(get('api/overview'))).busiest).toEqual([
      expect.objectContaining({ name: 'notes', here: 1 }),
    ])
    await until('an edit is seen', () => vitals.some((one) => one.edits > 0 && one.saved !== null))
    await client.close()
    expect(changes).toBe(0)
    await web.plugins.disable('ep_here')
    await until('a change of plugins is told', () => changes === 1)
  } finally {
    for (const socket of sockets) socket.disconnect()
  }
})

test('A5, A8: sessions are listed and ended; the live connection of one that ended closes', async () => {
  const other = cookieOf(
    await post('login', { name: 'admin', password: 'right horse' }, { ...OWN, cookie: '' }),
  )
  const headers = { cookie: other?.pair ?? '', 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/145.0' }
  const { token } = await told<{ token: string }>(get('api/live', headers))
  const live = io(`http://127.0.0.1:${web.port}${ADMIN_NAMESPACE}`, {
    auth: { token },
    transports: ['polling'],
    reconnection: false,
    forceNew: true,
  })
  try {
    let seen = false
    let closed = false
    live.on('vitals', () => (seen = true))
    live.on('disconnect', () => (closed = true))
    await until('it is live', () => seen)
    const list = () => told<{ sessions: AdminSessionRow[] }>(get('api/sessions'))
    const { sessions } = await list()
    expect(sessions.filter(({ own }) => own)).toHaveLength(1)
    const id = createHash('sha256')
      .update(headers.cookie.split('=')[1] ?? '')
      .digest('hex')
    expect(sessions.find((one) => one.id === id)).toMatchObject({ name: 'admin', own: false })
    expect(closed).toBe(false)
    expect(await told(post('api/sessions/end', { id }))).toEqual({ ended: true })
    expect((await get('api/overview', headers)).status).toBe(401)
    await until('the live connection is closed', () => closed)
    expect(await told(post('api/sessions/end', { id }))).toEqual({ ended: false })
    await post('login', { name: 'admin', password: 'right horse' }, { ...OWN, cookie: '' })
    const { ended } = await told<{ ended: number }>(post('api/sessions/end-others', {}))
    expect(ended).toBeGreaterThanOrEqual(1)
    expect((await list()).sessions).toEqual([expect.objectContaining({ own: true })])
  } finally {
    live.disconnect()
  }
})

test('A20, A21: pads are searched, sorted and deleted', async () => {
  await web.write('to delete', 'x')
  const page = await told<AdminPads>(get('api/pads?search=E&order=name&descending=false'))
  expect(page.pads.map(({ name }) => name)).toEqual(['notes', 'to delete'])
  expect((await get('api/pads?order=colour')).status).toBe(400)
  expect((await get('api/pads?page=-1')).status).toBe(400)
  expect(await told(post('api/pads/delete', { pads: ['to delete', 'nothing'] }))).toEqual({ removed: 1 })
  expect((await post('api/pads/delete', { pads: [] })).status).toBe(400)
  expect((await told<AdminPads>(get('api/pads?search=delete'))).total).toBe(0)
  expect(await told(post('api/pads/compact', { pad: 'notes' }))).toEqual({ packed: 0 })
  expect((await post('api/pads/compact', { pad: 'none' })).status).toBe(404)
})

test('A30, A31: people are listed with their pads, and erased', async () => {
  const page = await ask(web.port, '/p/notes', { headers: { ...BROWSER, 'sec-fetch-dest': 'document' } })
  const client = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/notes`, {
    headers: { cookie: cookieOf(page)?.pair ?? '', origin: `http://127.0.0.1:${web.port}` },
    hello: { name: 'Ada Lovelace' },
  }).untilSynced()
  client.doc.getText('text').insert(0, 'words ')
  await client.untilSaved()
  const found = await told<{ people: { id: string; name: string; here: boolean }[] }>(
    get('api/people?search=lovelace'),
  )
  expect(found.people).toEqual([expect.objectContaining({ name: 'Ada Lovelace', here: true })])
  const author = found.people[0]?.id ?? ''
  expect(await told(get(`api/people/pads?author=${author}`))).toEqual({ pads: ['notes'] })
  await told(post('api/people/erase', { author }))
  expect((await told<{ people: unknown[] }>(get('api/people?search=lovelace'))).people).toEqual([])
  expect((await post('api/people/erase', { author })).status).toBe(404)
  expect((await post('api/people/erase', { author: '../x' })).status).toBe(404)
  await client.close()
})

test('A40: no setting is shown where showSettingsInAdminPage is false, and none can be edited', async () => {
  const closed = await startWeb({
    users: { admin: { password: 'right horse', is_admin: true } },
    showSettingsInAdminPage: false,
  })
  try {
    const answer = await ask(closed.port, '/admin/api/settings', {
      headers: { accept: 'application/json', authorization: BASIC },
    })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({ settings: [], text: null })
  } finally {
    await closed.close()
  }
})

test('A40: settings are shown with who decided them, secrets hidden', async () => {
  const { text } = await get('api/settings')
  expect(text).not.toContain('right horse')
  const { settings } = JSON.parse(text) as { settings: { key: string; value: unknown; kind: string }[] }
  expect(settings).toContainEqual(
    expect.objectContaining({ key: 'gdprAuthorErasure.enabled', value: true, kind: 'file' }),
  )
  expect(settings).toContainEqual(expect.objectContaining({ key: 'title', kind: 'default' }))
})

test('A41: the file is checked and written, secrets covered; what is wrong or outdated is refused', async () => {
  const { text } = await told<{ text: string }>(get('api/settings'))
  expect(text).not.toContain('right horse')
  const wrong = await told<{ faults: { line: number; key: string }[] }>(
    post('api/settings/check', { text: '{\n "port": "many"\n}' }),
  )
  expect(wrong.faults).toEqual([expect.objectContaining({ line: 2, key: 'port' })])
  expect((await post('api/settings/save', { text: '{"port": "many"}', before: text })).status).toBe(400)
  expect((await post('api/settings/save', { text, before: 'something else' })).status).toBe(400)
  const next = text.replace('{', '{ "title": "Our pads",')
  await told(post('api/settings/save', { text: next, before: text }))
  expect((await told<{ text: string }>(get('api/settings'))).text).toBe(next)
})

test('A13: the log’s last lines, after the one that is known', async () => {
  await post('login', { name: 'admin', password: 'not it' })
  const { lines } = await told<{ lines: { id: number; message: string; facts: string }[] }>(get('api/log'))
  const last = lines.at(-1)
  expect(last?.message).toBe('a wrong password for the administration')
  expect(JSON.stringify(lines)).not.toContain('not it')
  expect(await told(get(`api/log?after=${last?.id}`))).toEqual({ lines: [] })
})

test('A message to all pads reaches an open one', async () => {
  const client = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/plans`, {
    hello: { name: 'Bo' },
  }).untilSynced()
  expect(await told(post('api/notice', { text: 'Back at noon' }))).toEqual({ text: 'Back at noon' })
  await client.until(() =>
    client.events.some((event) => event.type === 'notice' && event.text === 'Back at noon'),
  )
  await told(post('api/notice', { text: '' }))
  await client.close()
})
