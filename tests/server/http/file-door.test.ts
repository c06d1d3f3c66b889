/** Files and pictures of a pad with a password, for programs that keep no cookies (SPEC-access L116): over a running server. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
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
}, 30_000)
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
