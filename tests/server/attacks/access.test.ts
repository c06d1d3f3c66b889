/**
 * Attacks of group A of our security goals: reading, writing or naming what one may not. Each test's title begins with
 * the attack's number; what other files try as well is listed in `every.test.ts`. None may be refused in silence.
 */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { io } from 'socket.io-client'
import * as Y from 'yjs'
import { Close, Message, Sync } from '../../../shared/protocol.ts'
import { DEFAULT_TIMES } from '../../../server/sync/types.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { pngFile } from '../../support/picture-files.ts'
import { awarenessMessage, jsonMessage, RawClient, syncMessage } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import { until } from '../../support/wait.ts'
import { API_KEY, startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const ADMIN = { password: 'right horse', is_admin: true }
const MIRA = { password: 'right one' }

let web: Web
let closed: Web
beforeAll(async () => {
  web = await startWeb({ users: { admin: ADMIN } })
  closed = await startWeb({
    requireAuthentication: true,
    users: { admin: ADMIN, mira: MIRA },
    apiKeyInQuery: false,
  })
}, 60_000)
afterAll(async () => {
  await Promise.all([web?.close(), closed?.close()])
})

const socketOf = (name: string, cookie = '', server = web): RawClient =>
  new RawClient(`ws://127.0.0.1:${server.port}/sync/p/${encodeURIComponent(name)}`, {
    hello: {},
    headers: cookie === '' ? {} : { cookie, origin: `http://127.0.0.1:${server.port}` },
  })

const page = (path: string, headers: Record<string, string> = {}, server = web): Promise<Answer> =>
  ask(server.port, path, { headers: { ...BROWSER, ...headers } })

/** What a pad says, hashed: equal state vectors would prove nothing. */
async function hashOf(pad: string, server = web): Promise<string> {
  const text = await server.sync.withDocument(`p/${pad}`, (doc) =>
    JSON.stringify(doc.getText('text').toDelta()),
  )
  return createHash('sha256')
    .update(text ?? 'no pad')
    .digest('hex')
}

/** A pad that is known by its secret name, and its read-only link. */
async function secretPad(name: string): Promise<string> {
  await web.write(name, 'Readable text\n')
  return web.store.readOnlyId(name, () => `r.${createHash('md5').update(name).digest('hex')}`)
}

describe('what a reader tries', () => {
  test.each(['an update', 'a step 2', 'an update in parts'])(
    'Attack A1: a reader who sends %s is closed with 4403, and nothing changed',
    async (what) => {
      const name = `zebra ${what}`.replaceAll(' ', '-')
      const link = await secretPad(name)
      const before = await hashOf(name)
      const reader = await socketOf(link).untilSynced()
      expect(reader.welcome?.level).toBe('read')
      const doc = new Y.Doc()
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(reader.doc))
      doc.getText('text').insert(0, 'FORGED')
      const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(reader.doc))
      if (what === 'an update in parts') {
        const message = syncMessage(Sync.update, update)
        const half = Math.floor(message.length / 2)
        reader.send(new Uint8Array([Message.part, 1, ...message.subarray(0, half)]))
        reader.send(new Uint8Array([Message.part, 0, ...message.subarray(half)]))
      } else reader.write(update, what === 'a step 2' ? Sync.step2 : Sync.update)
      expect(await reader.untilClosed()).toBe(Close.forbidden)
      expect(await hashOf(name)).toBe(before)
      expect((await page(`/p/${link}`)).text).not.toContain('FORGED')
    },
  )

  test('Attack A1: a reader who speaks for others’ cursors is not heard', async () => {
    const link = await secretPad('zebra-cursors')
    const writer = await socketOf('zebra-cursors').untilSynced()
    const reader = await socketOf(link).untilSynced()
    writer.say(writer.doc.clientID, 1, { mark: 'own' })
    await reader.until(
      () => reader.presence.get(writer.doc.clientID)?.['mark'] === 'own',
      'the writer is seen',
    )
    reader.send(awarenessMessage([[writer.doc.clientID, 99, JSON.stringify({ mark: 'forged' })]]))
    const other = await socketOf('zebra-cursors').untilSynced()
    writer.say(writer.doc.clientID, 2, { mark: 'again' })
    await other.until(
      () => other.presence.get(writer.doc.clientID)?.['mark'] === 'again',
      'the writer goes on',
    )
    expect([...other.presence.values()].map((state) => state?.['mark'])).not.toContain('forged')
    await Promise.all([writer.close(), reader.close(), other.close()])
  })

  test('Attack A3: nothing a reader gets holds the name that lets write: pages, files, faults, messages', async () => {
    const name = 'zebra-by-which-one-writes'
    const link = await secretPad(name)
    const gets: Answer[] = []
    for (const path of [
      '',
      '/board',
      '/timeslider',
      ...['txt', 'html', 'md', 'json', 'etherpad', 'docx', 'nothing'].map((type) => `/export/${type}`),
      '/1/export/html',
      '/999999/export/txt',
      '/x/export/txt',
      '/board/export/svg',
      '/board/export/json',
      '/board/assets/none',
      '/import',
    ])
      for (const accept of [BROWSER.accept, 'application/json'])
        gets.push(await page(`/p/${link}${path}`, { accept }))
    gets.push(
      await ask(web.port, `/p/${link}/import`, {
        method: 'POST',
        headers: { 'content-type': 'x' },
        body: 'x',
      }),
    )
    const told = gets.map(({ text, headers }) => text + JSON.stringify(headers)).join('\n')
    expect(gets.filter(({ status }) => status === 200).length).toBeGreaterThan(12)
    const reader = await socketOf(link).untilSynced()
    const said = reader.seen.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('\n')
    reader.write(Y.encodeStateAsUpdate(new Y.Doc()))
    reader.send(jsonMessage(Message.event, { type: 'nonsense' }))
    await reader.untilClosed()
    for (const where of [told, said, JSON.stringify(reader.welcome), String(reader.closed?.reason)])
      expect(where).not.toMatch(/zebra|writes/)
  })
})

describe('what names another pad', () => {
  test('Attack A2: a message that names another pad changes that one in no way', async () => {
    await web.write('target', 'Of others\n')
    const before = await hashOf('target')
    const one = await socketOf('own-pad').untilSynced()
    for (const event of [
      { type: 'person', name: 'x', pad: 'target', document: 'p/target' },
      { type: 'chat', pad: 'target', document: 'p/target', text: 'hi', key: 'k' },
    ])
      one.send(jsonMessage(Message.event, event))
    one.type('mine')
    await one.until(() => one.closed !== null || (one.sent > 0 && one.durable >= one.sent), 'an answer')
    expect(await hashOf('target')).toBe(before)
    expect(await web.store.chatBefore('p/target', null, 10)).toEqual([])
    await one.close()
    // A second hello, for another pad, on a connection that has one.
    const twice = await socketOf('own-pad').untilSynced()
    twice.send(jsonMessage(Message.hello, { v: 1, client: 5, room: 'p/target', pad: 'target' }))
    expect(await twice.untilClosed()).toBe(Close.badData)
    expect(await hashOf('target')).toBe(before)
  })

  test('Attack A2, A6: two rooms in one handshake are none', async () => {
    const socket = io(`http://127.0.0.1:${web.port}`, {
      transports: ['polling'],
      query: { room: 'p/own-pad', v: '1' },
      auth: { room: 'p/target' },
      forceNew: true,
      reconnection: false,
    })
    const code = await new Promise((resolve) => socket.on('close', resolve))
    socket.disconnect()
    expect(code).toBe(Close.badData)
  })

  test.each([
    ['foo', 404],
    ['FOO', 404],
    ['Foo%20', 302],
    ['Foo%00', 400],
    ['Foo%2e', 404],
    ['%46oo%2F..', 400],
    ['Fo\u006f\u0301', 302],
    ['__proto__', 404],
    ['constructor', 404],
    ['toString', 404],
  ])('Attack A4: %s is never the pad "Foo"', async (name, status) => {
    if ((await web.store.find('p/Foo')) === null) await web.write('Foo', 'Only of this one\n')
    const path = `/p/${name.replace(/[^\x21-\x7e]/gu, (sign) => encodeURIComponent(sign))}`
    const shown = await page(path)
    expect(shown.text).not.toContain('Only of this one')
    const file = await ask(web.port, `${path}/export/txt`)
    expect(file.status).toBe(status)
    expect(file.text).not.toContain('Only of this one')
    if (status === 404) expect(await web.store.find(`p/${decodeURIComponent(name)}`)).toBeNull()
  })

  test('Attack A4: a name of ten thousand characters is none', async () => {
    const path = `/p/${'o'.repeat(10_000)}`
    expect((await page(path)).status).toBe(400)
    const long = socketOf('o'.repeat(10_000))
    await long.until(() => long.refused === 404)
    expect(await socketOf('o'.repeat(200)).untilClosed()).toBe(Close.badData)
  })

  test('Attack A5: nothing is made over what is there: a pad twice, a pad of the name of a link', async () => {
    const call = (name: string, query: string): Promise<Answer> =>
      ask(web.port, `/api/1/${name}?apikey=${API_KEY}&${query}`)
    const group = (JSON.parse((await call('createGroup', '')).text) as { data: { groupID: string } }).data
      .groupID
    await call('createGroupPad', `groupID=${group}&padName=one&text=first`)
    const again = JSON.parse((await call('createGroupPad', `groupID=${group}&padName=one&text=second`)).text)
    expect(again).toEqual({ code: 1, message: 'padName does already exist', data: null })
    expect(await web.sync.withDocument(`p/${group}$one`, (doc) => doc.getText('text').toJSON())).toBe(
      'first\n',
    )
    for (const kind of ['r', 'k']) {
      const nobodys = `${kind}.${'e'.repeat(32)}`
      expect((await page(`/p/${nobodys}`)).status).toBe(404)
      expect(await socketOf(nobodys).untilClosed()).toBe(Close.deleted)
      expect(await web.store.find(`p/${nobodys}`)).toBeNull()
    }
  })

  test('Attack A6: what is named twice is refused, and what an address says counts before any parameter', async () => {
    const twice = await ask(web.port, `/api/1/listPads?apikey=${API_KEY}&groupID=g.1&groupID=g.2`)
    expect(JSON.parse(twice.text)).toMatchObject({ code: 1, message: 'groupID is given twice' })
    await web.write('shown', 'Shown text\n')
    await web.write('hidden', 'Hidden text\n')
    const file = await ask(web.port, '/p/shown/export/txt?pad=hidden&padID=hidden&room=p/hidden')
    expect([file.status, file.text]).toEqual([200, 'Shown text\n'])
  })

  test('Attack A7: what belongs to a pad is found beside that pad alone', async () => {
    await web.write('with-picture', 'x\n')
    await web.write('without', 'x\n')
    const person = cookieOf(await page('/p/with-picture'))?.pair ?? ''
    const board = await new RawClient(`ws://127.0.0.1:${web.port}/sync/b/with-picture`, {
      hello: {},
    }).untilSynced()
    const brought = await ask(web.port, '/p/with-picture/board/assets', {
      method: 'POST',
      headers: { cookie: person, origin: `http://127.0.0.1:${web.port}`, accept: 'application/json' },
      body: pngFile(2, 2),
    })
    const { key } = JSON.parse(brought.text) as { key: string }
    expect((await ask(web.port, `/p/with-picture/board/assets/${key}`)).status).toBe(200)
    for (const pad of ['without', 'With-Picture', 'nowhere'])
      expect((await ask(web.port, `/p/${pad}/board/assets/${key}`)).status).toBe(404)
    await board.close()
    // Of a pad it is told when its own parts were written, and nothing of another's.
    const writer = await socketOf('with-picture').untilSynced()
    writer.type('by nobody else')
    await writer.untilSaved()
    const written = async (pad: string): Promise<unknown> =>
      JSON.parse(
        (
          await ask(web.port, `/p/${pad}/written?at=${writer.doc.clientID}-0`, {
            headers: { accept: 'application/json' },
          })
        ).text,
      )
    expect(await written('with-picture')).not.toEqual(await written('without'))
    await writer.close()
    for (const revision of ['2', '999999999999'])
      expect((await ask(web.port, `/p/without/${revision}/export/txt`)).status).toBeGreaterThanOrEqual(400)
  })
})

/** Signs in with the form of the closed server. */
async function signIn(name: string, password: string): Promise<string> {
  const answer = await ask(closed.port, '/login/inkpad/users', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: `http://127.0.0.1:${closed.port}`,
    },
    body: new URLSearchParams({ name, password }).toString(),
  })
  const lines = answer.headers['set-cookie'] ?? []
  return lines.map((line) => line.split(';')[0] ?? '').join('; ')
}

describe('who may no longer', () => {
  test('Attack A7: nobody ends somebody else’s session by its name', async () => {
    const [mira, admin] = [await signIn('mira', 'right one'), await signIn('admin', 'right horse')]
    const secret = /login=([^;]+)/.exec(admin)?.[1] ?? ''
    const named = createHash('sha256').update(secret).digest('hex')
    await ask(closed.port, '/logout', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: `http://127.0.0.1:${closed.port}`,
        cookie: mira,
      },
      body: `session=${named}`,
    })
    expect((await page('/p/still-in', { cookie: admin }, closed)).status).toBe(200)
  })

  test('Attack A8: who signed out somewhere else is out here within two seconds, and what they send then is not taken', async () => {
    const cookie = await signIn('mira', 'right one')
    const writer = await socketOf('of-mira', cookie, closed).untilSynced()
    writer.type('in time ')
    await writer.untilSaved()
    const before = await hashOf('of-mira', closed)
    const out = ask(closed.port, '/logout', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: `http://127.0.0.1:${closed.port}`,
        cookie,
      },
      body: 'everywhere=1',
    })
    expect((await out).status).toBe(200)
    writer.type('too late')
    await writer.until(() => writer.closed !== null, 'closed')
    expect(await hashOf('of-mira', closed)).toBe(before)
    expect(await socketOf('of-mira', cookie, closed).untilClosed()).toBe(Close.unauthenticated)
  })

  test('Attack A8, A9: a level that falls without a word to us is seen at the next look, every minute at the latest', async () => {
    expect(DEFAULT_TIMES.recheck).toBeLessThanOrEqual(60_000)
    const server = await startServer({ times: { ...DEFAULT_TIMES, sweep: 10, recheck: 50 } })
    try {
      const ada = server.people.add('Ada')
      const client = await new RawClient(`${server.url}/p/expires`, {
        hello: { ticket: ada.token },
      }).untilSynced()
      server.access.levels.set('expires', 'none')
      expect(await client.untilClosed()).toBe(Close.unauthenticated)
    } finally {
      await server.stop()
    }
  })
})

describe('the administrator’s door', () => {
  test.each([
    '/admin/api/overview',
    '/Admin/api/overview',
    '/ADMIN/API/overview',
    '//admin/api/overview',
    '/./admin/api/overview',
    '/p/../admin/api/overview',
    '/%61dmin/api/overview',
    '/admin%2fapi%2foverview',
    '/admin/api%2foverview',
    '/admin/%61pi/overview',
    '/admin/api/overview/',
    '/admin/api//overview',
    '/admin/api/overview%00',
    '/admin/api/overview;x',
    '\\admin\\api\\overview',
  ])('Attack A10: %s tells nothing', async (path) => {
    const answer = await ask(web.port, path, { headers: { accept: 'application/json' } })
    expect([path, [400, 401, 404].includes(answer.status)]).toEqual([path, true])
    expect(answer.text).toMatch(/"error"|Bad Request|^$/)
    expect(answer.text).not.toContain('"store"')
  })

  test.each([
    'Bearer eyJhbGciOiJub25lIn0.eyJhZG1pbiI6dHJ1ZX0.',
    'Bearer x',
    'Basic',
    'Basic YWRtaW46',
    'Digest x',
  ])('Attack A11: "%s" is no administrator and no caller of the API', async (authorization) => {
    const headers = { authorization, accept: 'application/json' }
    expect((await ask(web.port, '/admin/api/overview', { headers })).status).toBe(401)
    expect((await ask(web.port, '/api/1/createGroup', { headers })).status).toBe(401)
  })

  test('Attack A12: the key of the API opens no other door; kept out of addresses it is refused there, and is in no log', async () => {
    for (const path of ['/admin/api/overview', '/metrics', '/p/g.aaaaaaaaaaaaaaaa$x'])
      for (const name of ['apikey', 'api_key', 'token', 'auth_session'])
        expect((await ask(web.port, `${path}?${name}=${API_KEY}`)).status).toBeGreaterThanOrEqual(300)
    const refused = await ask(closed.port, `/api/1/createGroup?apikey=${API_KEY}`)
    expect([refused.status, JSON.parse(refused.text)]).toEqual([
      401,
      { code: 4, message: 'no or wrong API Key', data: null },
    ])
    const taken = await ask(closed.port, '/api/1/createGroup', { headers: { authorization: API_KEY } })
    expect(taken.status).toBe(200)
    const lines = [...web.lines, ...closed.lines].join('\n')
    expect(lines).not.toContain(API_KEY)
    expect(lines).toContain('without the right key was refused')
  })
})

test('Attack A8: nobody is taken for somebody by a cookie that was never given', async () => {
  const first = cookieOf(await page('/p/own-pad'))
  const forged = `${first?.pair.slice(0, -2) ?? ''}xx`
  const [one, other] = [await socketOf('own-pad', first?.pair).untilSynced(), socketOf('own-pad', forged)]
  await other.untilSynced()
  expect(other.welcome?.me.author).not.toBe(one.welcome?.me.author)
  await until('both are there', () => one.welcome !== null && other.welcome !== null)
  await Promise.all([one.close(), other.close()])
})

test('Attack B5: A5: an administrator’s cookie is another after each sign-in, and dead after signing out', async () => {
  const own = { 'x-inkpad-admin': '1', 'content-type': 'application/json', accept: 'application/json' }
  const signedIn = async (): Promise<string> => {
    const answer = await ask(web.port, '/admin/login', {
      method: 'POST',
      headers: own,
      body: JSON.stringify({ name: 'admin', password: ADMIN.password }),
    })
    return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
  }
  const overview = async (cookie: string): Promise<number> =>
    (await ask(web.port, '/admin/api/overview', { headers: { ...own, cookie } })).status
  const [one, other] = [await signedIn(), await signedIn()]
  expect(one).not.toBe(other)
  expect([await overview(one), await overview(other)]).toEqual([200, 200])
  const out = await ask(web.port, '/admin/logout', {
    method: 'POST',
    headers: { ...own, cookie: one },
    body: '{}',
  })
  expect(out.status).toBe(200)
  expect([await overview(one), await overview(other)]).toEqual([401, 200])
})
