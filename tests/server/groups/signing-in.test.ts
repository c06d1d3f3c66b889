/** Sessions of groups where everybody has to sign in (SPEC-groups G15): over a running server, with cookies as browsers send them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Close } from '../../../shared/protocol.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { jarBrowser } from '../../support/cookie-jar.ts'
import { RawClient } from '../../support/raw-client.ts'
import { API_KEY, startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
/** Cookies of somebody who is signed in; of somebody who may read only. */
let mira = ''
let reader = ''
let pad = ''
let author = ''
let session = ''

async function made(name: string, parameters: Record<string, string> = {}): Promise<string> {
  const { text } = await ask(web.port, `/api/1.2.14/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ apikey: API_KEY, ...parameters }).toString(),
  })
  const { data } = JSON.parse(text) as { data: Record<string, unknown> | null }
  return String(Object.values(data ?? {})[0])
}

async function signIn(name: string): Promise<string> {
  const browser = jarBrowser(web.port)
  const answer = await browser.post('/login/inkpad/users', { name, password: `${name} has a password` })
  expect(answer.status).toBe(303)
  return [...browser.jar].map(([key, value]) => `${key}=${value}`).join('; ')
}

beforeAll(async () => {
  web = await startWeb({
    requireAuthentication: true,
    users: {
      mira: { password: 'mira has a password' },
      reader: { password: 'reader has a password', readOnly: true },
    },
  })
  ;[mira, reader] = [await signIn('mira'), await signIn('reader')]
  const group = await made('createGroup')
  pad = await made('createGroupPad', { groupID: group, padName: 'notes', text: 'Of the course' })
  author = await made('createAuthor', { name: 'Ada' })
  session = await made('createSession', {
    groupID: group,
    authorID: author,
    validUntil: String(Math.floor(Date.now() / 1000) + 3600),
  })
}, 60_000)
afterAll(() => web?.close())

const both = (cookie: string): string => `${cookie}; sessionID=${session}`
const get = (path: string, cookie: string): Promise<Answer> =>
  ask(web.port, path, { headers: { ...BROWSER, ...(cookie === '' ? {} : { cookie }) } })
const page = (cookie: string): Promise<Answer> => get(`/p/${encodeURIComponent(pad)}`, cookie)
const socket = (cookie: string, name = pad): RawClient =>
  new RawClient(`ws://127.0.0.1:${web.port}/sync/p/${encodeURIComponent(name)}`, {
    hello: {},
    headers: { cookie, origin: `http://127.0.0.1:${web.port}` },
  })

describe('where everybody has to sign in', () => {
  test('G15: a session alone signs nobody in: its pad leads to signing in and from there back, other doors are closed', async () => {
    const answer = await page(`sessionID=${session}`)
    expect([answer.status, answer.headers.location]).toEqual([
      302,
      `../login?next=${encodeURIComponent(`p/${encodeURIComponent(pad)}`)}`,
    ])
    expect((await get(`/p/${encodeURIComponent(pad)}/export/txt`, `sessionID=${session}`)).status).toBe(401)
    expect(await socket(`sessionID=${session}`).untilClosed()).toBe(Close.unauthenticated)
    const kept = await get(`/auth_session?sessionID=${session}&padName=${encodeURIComponent(pad)}`, '')
    expect([kept.status, kept.headers.location]).toEqual([302, `p/${encodeURIComponent(pad)}`])
  })

  test('G15: who is signed in opens a group’s pad with a session of it, and is its author there; without one it stays closed', async () => {
    expect((await page(mira)).status).toBe(403)
    const answer = await page(both(mira))
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('Of the course')])
    expect((await get(`/p/${encodeURIComponent(pad)}/export/txt`, both(mira))).text).toBe('Of the course\n')
    const member = await socket(both(mira)).untilSynced()
    expect([member.welcome?.me.author, member.welcome?.me.name, member.welcome?.level]).toEqual([
      author,
      'Ada',
      'write',
    ])
    await member.close()
    const elsewhere = await socket(both(mira), 'plain').untilSynced()
    expect(elsewhere.welcome?.me.author).not.toBe(author)
    await elsewhere.close()
  })

  test('G15: what the account may do counts with the session too, and whose account it is nobody is told', async () => {
    const [one, other] = [await socket(both(mira)).untilSynced(), await socket(both(reader)).untilSynced()]
    expect(other.welcome?.level).toBe('read')
    const said = [one, other].flatMap(({ seen }) =>
      seen.map(({ bytes }) => Buffer.from(bytes).toString('latin1')),
    )
    const own = await socket(mira, 'plain').untilSynced()
    for (const message of said) {
      expect(message).not.toContain('through')
      expect(message).not.toContain(own.welcome?.me.author)
    }
    await Promise.all([one.close(), other.close(), own.close()])
  })

  test('G15: signing out closes what the session opened', async () => {
    const cookie = await signIn('mira')
    const writer = await socket(both(cookie)).untilSynced()
    const out = await ask(web.port, '/logout', {
      method: 'POST',
      headers: {
        cookie,
        origin: `http://127.0.0.1:${web.port}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: '',
    })
    expect(out.status).toBe(200)
    expect(await writer.untilClosed()).toBe(Close.restart)
    expect(await socket(both(cookie)).untilClosed()).toBe(Close.unauthenticated)
  })
})
