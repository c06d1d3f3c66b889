/** The list of one's pads (SPEC-access L114). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { MyPadsPage } from '../../../shared/my-pads.ts'
import { CLOSED_RULE } from '../../../shared/rule.ts'
import { eventsOf, tell } from '../../support/commons.ts'
import { jarBrowser } from '../../support/cookie-jar.ts'
import type { JarBrowser } from '../../support/cookie-jar.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
let mara: JarBrowser
let ben: JarBrowser

const signIn = async (name: string): Promise<JarBrowser> => {
  const browser = jarBrowser(web.port)
  await browser.post('/login/inkpad/users', { name, password: `${name} has a password` })
  return browser
}
const open = (document: string, { jar }: JarBrowser): Promise<RawClient> =>
  new RawClient(`ws://127.0.0.1:${web.port}/sync/${document}`, {
    hello: {},
    headers: {
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      origin: `http://127.0.0.1:${web.port}`,
    },
  }).untilSynced()
const list = async (browser: JarBrowser, query = ''): Promise<MyPadsPage> =>
  JSON.parse((await browser.get(`/my-pads/list?${query}`, { accept: 'application/json' })).text) as MyPadsPage
const names = async (browser: JarBrowser, query = ''): Promise<string[]> =>
  (await list(browser, query)).pads.map(({ name }) => name)
const remove = (browser: JarBrowser, pad: string, more: Record<string, string> = {}) =>
  browser.post('/my-pads/delete', { pad }, more)

beforeAll(async () => {
  web = await startWeb({
    users: Object.fromEntries(['mara', 'ben'].map((name) => [name, { password: `${name} has a password` }])),
  })
  ;[mara, ben] = [await signIn('mara'), await signIn('ben')]
  for (const pad of ['Alpha', 'Beta']) {
    const client = await open(`p/${pad}`, mara)
    await client.until(() => eventsOf(client, 'level').at(-1)?.level === 'own', 'mara to own it')
    await client.close()
  }
}, 60_000)
afterAll(() => web?.close())

test('L114: the page is for whoever is signed in, and leads there', async () => {
  const stranger = await jarBrowser(web.port).get('/my-pads')
  expect([stranger.status, stranger.headers.location]).toEqual([302, 'login?next=my-pads'])
  const page = await mara.get('/my-pads')
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('"name": "mara"')])
  expect((await jarBrowser(web.port).get('/my-pads/list')).status).toBe(401)
  const after = await jarBrowser(web.port).post('/login/inkpad/users', {
    name: 'mara',
    password: 'mara has a password',
    next: 'my-pads',
  })
  expect(after.headers.location).toBe('../../my-pads')
})

test('L114: owned, given by others, opened lately; searched and sorted; each row says what the gate says now', async () => {
  expect(await names(mara, 'order=name')).toEqual(['Alpha', 'Beta'])
  expect(await names(mara, 'order=name&descending=1')).toEqual(['Beta', 'Alpha'])
  expect(await names(mara, 'search=LPH')).toEqual(['Alpha'])
  expect(await names(ben)).toEqual([])
  const visit = await open('p/Beta', ben)
  const end = Date.now() + 15_000
  while (!(await names(ben, 'kind=recent')).includes('Beta') && Date.now() < end);
  expect((await list(ben, 'kind=recent')).pads[0]?.level).toBe('write')

  const owner = await open('p/Beta', mara)
  const author = visit.welcome?.me.author ?? ''
  tell(owner, {
    type: 'ruleSet',
    rule: { ...CLOSED_RULE, people: { [author]: 'read' } },
    password: null,
    newLink: false,
  })
  await owner.until(() => eventsOf(owner, 'rule').length > 0, 'the rule to be set')
  expect((await list(ben, 'kind=shared')).pads).toMatchObject([{ name: 'Beta', level: 'read' }])
  tell(owner, { type: 'ruleSet', rule: CLOSED_RULE, password: null, newLink: false })
  await owner.until(() => eventsOf(owner, 'rule').length > 1, 'the rule to be set')
  expect(await names(ben, 'kind=shared')).toEqual([])
  expect((await list(ben, 'kind=recent')).pads).toMatchObject([{ name: 'Beta', level: 'none', edited: 0 }])
})

test('L114: who owns a pad deletes it, from our own pages only, and it is recorded', async () => {
  const json = { 'content-type': 'application/json' }
  const send = (browser: JarBrowser, pad: string, origin?: string) =>
    fetch(`http://127.0.0.1:${web.port}/my-pads/delete`, {
      method: 'POST',
      body: JSON.stringify({ pad }),
      headers: {
        ...json,
        origin: origin ?? `http://127.0.0.1:${web.port}`,
        cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
  expect((await send(ben, 'Alpha')).status).toBe(403)
  expect((await send(mara, 'Alpha', 'https://evil.example')).status).toBe(403)
  expect((await remove(mara, '__proto__')).status).toBe(403)
  expect((await send(mara, 'Alpha')).status).toBe(200)
  expect(await web.store.find('p/Alpha')).toBeNull()
  expect(await names(mara)).toEqual(['Beta'])
  const rows = await web.audit.page({ kinds: ['delete'], search: '', since: 0, before: 0, limit: 5 })
  expect(rows).toMatchObject([{ who: 'mara', target: 'Alpha' }])
})
