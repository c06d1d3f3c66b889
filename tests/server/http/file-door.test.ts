/** Files and pictures of a pad with a password, for programs that keep no cookies (SPEC-access L116, L118): over a running server. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { CLOSED_RULE } from '../../../shared/rule.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { eventsOf, tell } from '../../support/commons.ts'
import { pngFile } from '../../support/picture-files.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const PASSWORD = 'tulips in Mäy: yes'
let web: Web
let owner: RawClient
let picture = ''

const basic = (password: string, name = ''): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
})
const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(web.port, `/p/closed${path}`, { headers })
async function set(password: string | null, level: 'read' | 'none' = 'read'): Promise<void> {
  const before = eventsOf(owner, 'rule').length
  tell(owner, { type: 'ruleSet', rule: { ...CLOSED_RULE, password: level }, password, newLink: false })
  await owner.until(() => eventsOf(owner, 'rule').length > before, 'the rule to be set')
}

beforeAll(async () => {
  web = await startWeb({ importExportRateLimiting: { windowMs: 1000, max: 0 } })
  const cookie = cookieOf(await ask(web.port, '/p/closed', { headers: BROWSER }))?.pair ?? ''
  const headers = { cookie, origin: `http://127.0.0.1:${web.port}` }
  const connect = (document: string): Promise<RawClient> =>
    new RawClient(`ws://127.0.0.1:${web.port}/sync/${document}`, { hello: {}, headers }).untilSynced()
  owner = await connect('p/closed')
  await (await connect('b/closed')).close()
  await owner.until(
    () => owner.welcome?.level === 'own' || eventsOf(owner, 'level').at(-1)?.level === 'own',
    'the maker to own it',
  )
  const brought = await ask(web.port, '/p/closed/pictures', { method: 'POST', headers, body: pngFile(2, 2) })
  picture = `/pictures/${(JSON.parse(brought.text) as { key: string }).key}`
  await set(PASSWORD)
}, 60_000)
afterAll(async () => {
  await owner?.close()
  await web?.close()
})

test('L116: without the password a program is told what to send; a browser is not asked over its page', async () => {
  for (const path of ['/export/txt', '/1/export/html', '/board/export/svg', picture]) {
    const program = await get(path, { accept: 'application/json' })
    expect([path, program.status, program.headers['www-authenticate']]).toEqual([
      path,
      401,
      expect.stringMatching(/^Basic /),
    ])
    expect(JSON.parse(program.text)).toMatchObject({
      error: 'needsPassword',
      message: expect.stringContaining('HTTP Basic'),
    })
    for (const browser of [
      { 'sec-fetch-mode': 'cors' },
      { 'user-agent': 'Mozilla/5.0 (X11)' },
    ] as readonly Record<string, string>[]) {
      const answer = await get(path, { ...BROWSER, ...browser })
      expect([path, answer.status, answer.headers['www-authenticate']]).toEqual([path, 401, undefined])
      expect(answer.text).toContain('Open it in the browser first')
    }
  }
})

test('L116: with it, under any name, files and pictures come; nothing is remembered, and no other door opens', async () => {
  for (const name of ['', 'script', 'admin'])
    for (const path of ['/export/txt', '/board/export/svg', picture]) {
      const answer = await get(path, basic(PASSWORD, name))
      expect([path, answer.status, answer.headers['set-cookie']]).toEqual([path, 200, undefined])
    }
  expect((await get('/export/txt')).status).toBe(401)
  expect((await get('', { ...BROWSER, ...basic(PASSWORD) })).status).toBe(401)
  expect((await get('/export/txt', { authorization: `Bearer ${PASSWORD}` })).status).toBe(401)
  await web.write('other', 'x')
  expect((await ask(web.port, '/p/nowhere-at-all/export/txt', { headers: basic(PASSWORD) })).status).toBe(404)
})

test('L105, L116: more of it comes than tries may be made; wrong ones are slowed down, the same one counts once', async () => {
  for (let times = 0; times < 25; times++)
    expect((await get('/export/txt', basic(PASSWORD))).status).toBe(200)
  for (let times = 0; times < 25; times++)
    expect((await get('/export/txt', basic('the same wrong one'))).status).toBe(401)
  const statuses: number[] = []
  for (let times = 0; times < 12; times++)
    statuses.push((await get('/export/txt', basic(`guess ${times}`))).status)
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
  expect(statuses.at(-1)).toBe(429)
  const failed = await web.audit.page({ kinds: ['failed'], search: 'closed', since: 0, before: 0, limit: 50 })
  expect(failed.length).toBeGreaterThan(5)
  const record = JSON.stringify(failed) + web.lines.join('\n')
  for (const secret of [PASSWORD, 'guess 1', 'the same wrong one']) expect(record).not.toContain(secret)
})

test('L116: another password, or none, ends what the one before opened', async () => {
  await set('daffodils in April')
  // Strangers' guesses have used up the pad's tries, which is another test's matter.
  expect([401, 429]).toContain((await get('/export/txt', basic(PASSWORD))).status)
  await set(null, 'none')
  expect((await get('/export/txt', basic('daffodils in April'))).status).toBe(403)
})

describe('where signing in is required', () => {
  let strict: Web
  const users = {
    admin: { password: 'right horse battery', is_admin: true },
    mira: { password: 'miras own words' },
    old: { hash: '$2b$04$abcdefghijklmnopqrstuuAbCdEfGhIjKlMnOpQrStUvWxYz01234' },
  }
  beforeAll(async () => {
    strict = await startWeb({
      requireAuthentication: true,
      users,
      importExportRateLimiting: { windowMs: 1000, max: 0 },
    })
    await strict.write('notes', 'Words of all\n')
  }, 60_000)
  afterAll(() => strict?.close())
  const file = (headers: Record<string, string> = {}, path = '/export/txt'): Promise<Answer> =>
    ask(strict.port, `/p/notes${path}`, { headers })

  test('L118: an account of the settings file opens files by HTTP Basic, each time one author, without a session', async () => {
    for (const [name, password] of [
      ['mira', 'miras own words'],
      ['admin', 'right horse battery'],
    ] as const) {
      const answer = await file(basic(password, name))
      expect([name, answer.status, answer.text, answer.headers['set-cookie']]).toEqual([
        name,
        200,
        'Words of all\n',
        undefined,
      ])
    }
    const authors = async (): Promise<number> =>
      (await strict.store.findPeople('mira', 20)).filter(({ name }) => name === 'mira').length
    expect(await authors()).toBe(1)
    // The page is for browsers, which sign in with the form.
    const page = await file({ ...BROWSER, ...basic('miras own words', 'mira') }, '')
    expect([page.status, page.headers.location]).toEqual([302, '../login?next=p%2Fnotes'])
  })

  test('L118: without it a program is asked for it; wrong ones are slowed down and recorded, the same one once', async () => {
    const none = await file()
    expect([none.status, none.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Basic /)])
    expect((await file({ 'sec-fetch-mode': 'navigate' })).headers['www-authenticate']).toBeUndefined()
    for (let times = 0; times < 10; times++)
      expect((await file(basic('the same wrong one', 'mira'))).status).toBe(401)
    const statuses: number[] = []
    for (let times = 0; times < 8; times++)
      statuses.push((await file(basic(`guess ${times}`, 'mira'))).status)
    expect(statuses.at(-1)).toBe(429)
    // Who is right already stays in, and so does everybody else.
    expect((await file(basic('miras own words', 'mira'))).status).toBe(200)
    expect((await file(basic('right horse battery', 'admin'))).status).toBe(200)
    const failed = await strict.audit.page({ kinds: ['failed'], search: '', since: 0, before: 0, limit: 50 })
    expect(failed.some(({ target }) => target === 'mira')).toBe(true)
    expect(JSON.stringify(failed) + strict.lines.join()).not.toMatch(/guess|same wrong|miras own/)
  })

  test('L118: where signing in is not required the header says nothing but a pad’s password', async () => {
    const answer = await ask(web.port, '/p/closed/export/txt', {
      headers: basic('right horse battery', 'admin'),
    })
    expect([401, 403]).toContain(answer.status)
    expect(answer.headers['www-authenticate']).toBeUndefined()
  })
})
