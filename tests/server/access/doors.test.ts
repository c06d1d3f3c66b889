/** Who may do what, at every door (SPEC-access L100 to L109): rule by rule, person by person, over real pages and sockets. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { io } from 'socket.io-client'
import type { Level } from '../../../shared/access.ts'
import { allows } from '../../../shared/access.ts'
import { Close, Message } from '../../../shared/protocol.ts'
import { CLOSED_RULE, OPEN_RULE } from '../../../shared/rule.ts'
import type { PadRule, RuleView } from '../../../shared/rule.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { eventsOf, tell } from '../../support/commons.ts'
import { jarBrowser } from '../../support/cookie-jar.ts'
import type { JarBrowser } from '../../support/cookie-jar.ts'
import { chequer } from '../../support/png.ts'
import { jsonMessage, RawClient } from '../../support/raw-client.ts'
import { StoreDown } from '../../../server/store/store.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const PASSWORD = 'open, sesame'
const users = Object.fromEntries(
  ['mara', 'ben', 'cy'].map((name) => [name, { password: `${name} has a password` }]),
)

let web: Web
const people: Record<string, { browser: JarBrowser; author: string }> = {}

const cookie = (name: string): string =>
  name === 'nobody'
    ? ''
    : [...(people[name]?.browser.jar ?? [])].map(([key, value]) => `${key}=${value}`).join('; ')
const headers = (name: string): Record<string, string> =>
  cookie(name) === '' ? {} : { cookie: cookie(name) }
const open = (document: string, name: string): RawClient =>
  new RawClient(`ws://127.0.0.1:${web.port}/sync/${document}`, {
    hello: {},
    headers: { ...headers(name), origin: `http://127.0.0.1:${web.port}` },
  })

beforeAll(async () => {
  web = await startWeb({ users })
  for (const name of ['mara', 'ben', 'cy', 'guest', 'knows']) {
    const browser = jarBrowser(web.port)
    await browser.get('/p/open')
    if (Object.hasOwn(users, name))
      await browser.post('/login/inkpad/users', { name, password: `${name} has a password` })
    people[name] = { browser, author: '' }
    const client = await open('p/open', name).untilSynced()
    people[name] = { browser, author: client.welcome?.me.author ?? '' }
    await client.close()
  }
  // What a provider with groups says of somebody.
  const account = await web.store.accountOfAuthor(people['ben']?.author ?? '')
  if (account === null) throw new Error('ben has no account')
  const profile = { ...(JSON.parse(account.profile) as object), groups: ['team'] }
  await web.store.saveAccount({ ...account, profile: JSON.stringify(profile) })
}, 60_000)
afterAll(() => web?.close())

/** Makes a pad of mara's with this rule; gives the owner's connection and what she is told. */
async function pad(
  name: string,
  rule: PadRule,
  password: string | null = null,
): Promise<{ client: RawClient; view: RuleView }> {
  const client = await open(`p/${name}`, 'mara').untilSynced()
  const board = await open(`b/${name}`, 'mara').untilSynced()
  await client.until(
    () => client.welcome?.level === 'own' || eventsOf(client, 'level').at(-1)?.level === 'own',
    'mara to own it',
  )
  await board.close()
  tell(client, { type: 'ruleSet', rule, password, newLink: false })
  await client.until(() => eventsOf(client, 'rule').length > 0, 'the rule to be set')
  const view = eventsOf(client, 'rule').at(-1)?.view
  if (view === undefined) throw new Error('no view')
  return { client, view }
}

/** Every door of a pad: what it gives at a level. */
const DOORS: Record<string, (name: string, who: string) => Promise<Level | 'closed'>> = {
  page: async (name, who) =>
    readable((await ask(web.port, `/p/${name}`, { headers: { ...BROWSER, ...headers(who) } })).status),
  'the page of its board': async (name, who) =>
    readable((await ask(web.port, `/p/${name}/board`, { headers: { ...BROWSER, ...headers(who) } })).status),
  'export of the text': async (name, who) =>
    readable((await ask(web.port, `/p/${name}/export/txt`, { headers: headers(who) })).status),
  'export of the board': async (name, who) =>
    readable((await ask(web.port, `/p/${name}/board/export/svg`, { headers: headers(who) })).status),
  'a revision of the text': async (name, who) =>
    readable((await ask(web.port, `/p/${name}/1/export/html`, { headers: headers(who) })).status),
  'when it was written': async (name, who) =>
    readable((await ask(web.port, `/p/${name}/written?at=1-1`, { headers: headers(who) })).status),
  'import of a text': async (name, who) =>
    writable(
      (await send(`/p/${name}/import?mode=append`, who, 'multipart/form-data; boundary=x', FORM)).status,
    ),
  'import of a board': async (name, who) =>
    writable((await send(`/p/${name}/board/import`, who, 'multipart/form-data; boundary=x', FORM)).status),
  pictures: async (name, who) => {
    const statuses: number[] = []
    for (const place of ['board/assets', 'pictures'])
      statuses.push(
        (await ask(web.port, `/p/${name}/${place}/${'a'.repeat(64)}`, { headers: headers(who) })).status,
      )
    expect(statuses[0]).toBe(statuses[1])
    return statuses[0] === 404 ? 'read' : 'closed'
  },
  'a new picture': async (name, who) =>
    writable((await send(`/p/${name}/board/assets`, who, 'image/png', chequer())).status),
  'a new picture of the text': async (name, who) =>
    writable((await send(`/p/${name}/pictures`, who, 'image/png', chequer())).status),
  chat: (name, who) => chat(name, who),
  'the text over a WebSocket': (name, who) => socket(`p/${name}`, who),
  'the board over a WebSocket': (name, who) => socket(`b/${name}`, who),
  'the text over socket.io': (name, who) => polling(`p/${name}`, who),
  'the board over socket.io': (name, who) => polling(`b/${name}`, who),
}
const FORM = [
  '--x',
  'Content-Disposition: form-data; name="file"; filename="a.txt"',
  'Content-Type: text/plain',
  '',
  'more',
  '--x--',
  '',
].join('\r\n')

const send = (path: string, who: string, type: string, body: string | Uint8Array) =>
  ask(web.port, path, {
    method: 'POST',
    headers: { ...headers(who), 'content-type': type, origin: `http://127.0.0.1:${web.port}` },
    body,
  })
const REFUSED = [302, 401, 403]
const readable = (status: number): 'read' | 'closed' => (REFUSED.includes(status) ? 'closed' : 'read')
const writable = (status: number): 'write' | 'closed' => (REFUSED.includes(status) ? 'closed' : 'write')

async function socket(document: string, who: string): Promise<Level | 'closed'> {
  const client = open(document, who)
  await client.until(() => client.welcome !== null || client.closed !== null, 'an answer')
  const { welcome, closed } = client
  if (closed !== null) {
    expect(closed.code).toBe(Close.unauthenticated)
    return 'closed'
  }
  await client.close()
  return welcome?.level ?? 'closed'
}

let lines = 0
async function chat(name: string, who: string): Promise<Level | 'closed'> {
  const client = open(`p/${name}`, who)
  await client.until(() => client.welcome !== null || client.closed !== null, 'an answer')
  tell(client, { type: 'chat', text: 'hello', key: `line${++lines}` })
  const heard = (): boolean => eventsOf(client, 'chat').length > 0
  await client.until(
    () => heard() || eventsOf(client, 'refused').length > 0 || client.closed !== null,
    'the line to be taken or not',
    10_000,
  )
  const may = heard()
  await client.close()
  return may ? 'comment' : 'closed'
}

async function polling(room: string, who: string): Promise<Level | 'closed'> {
  const client = io(`http://127.0.0.1:${web.port}`, {
    path: '/socket.io/',
    transports: ['polling'],
    query: { room, v: '1' },
    forceNew: true,
    reconnection: false,
    extraHeaders: { ...headers(who), origin: `http://127.0.0.1:${web.port}` },
  })
  try {
    return await new Promise<Level | 'closed'>((resolve, reject) => {
      client.on('connect', () => client.emit('m', jsonMessage(Message.hello, { v: 1, client: 1 })))
      client.on('close', (code: number) =>
        code === Close.unauthenticated ? resolve('closed') : reject(new Error(String(code))),
      )
      client.on('connect_error', reject)
      client.on('m', (data: ArrayBuffer | Buffer) => {
        const text = Buffer.from(data as ArrayBuffer).toString('utf8')
        const level = /"level":"(\w+)"/.exec(text)?.[1]
        if (level !== undefined) resolve(level as Level)
      })
    })
  } finally {
    client.disconnect()
  }
}

/** What a door that only opens or not says to a level. */
function expected(door: string, level: Level, who = ''): Level | 'closed' {
  if (who === 'nobody' && /import of a board|new picture/.test(door)) return 'closed'
  if (door === 'chat') return allows(level, 'comment') ? 'comment' : 'closed'
  if (/over/.test(door)) return allows(level, 'read') ? level : 'closed'
  if (/import|new picture/.test(door)) return allows(level, 'write') ? 'write' : 'closed'
  return allows(level, 'read') ? 'read' : 'closed'
}

const closed: PadRule = { ...CLOSED_RULE, readLink: true }
/** What each rule gives to whom, beside its owner. */
const RULES: readonly {
  name: string
  rule: () => PadRule
  password?: string
  levels: Record<'nobody' | 'guest' | 'knows' | 'cy' | 'ben', Level>
}[] = [
  {
    name: 'everybody-writes',
    rule: () => OPEN_RULE,
    levels: { nobody: 'write', guest: 'write', knows: 'write', cy: 'write', ben: 'write' },
  },
  {
    name: 'everybody-reads',
    rule: () => ({ ...OPEN_RULE, everybody: 'read' }),
    levels: { nobody: 'read', guest: 'read', knows: 'read', cy: 'read', ben: 'read' },
  },
  {
    name: 'everybody-comments',
    rule: () => ({ ...OPEN_RULE, everybody: 'comment', signedIn: 'write' }),
    levels: { nobody: 'comment', guest: 'comment', knows: 'comment', cy: 'write', ben: 'write' },
  },
  {
    name: 'signed-in',
    rule: () => ({ ...closed, signedIn: 'write' }),
    levels: { nobody: 'none', guest: 'none', knows: 'none', cy: 'write', ben: 'write' },
  },
  {
    name: 'named',
    rule: () => ({
      ...closed,
      signedIn: 'write',
      people: { [people['cy']?.author ?? '']: 'read', [people['guest']?.author ?? '']: 'write' },
    }),
    levels: { nobody: 'none', guest: 'write', knows: 'none', cy: 'read', ben: 'write' },
  },
  {
    name: 'group',
    rule: () => ({ ...closed, groups: { team: 'write' } }),
    levels: { nobody: 'none', guest: 'none', knows: 'none', cy: 'none', ben: 'write' },
  },
  {
    name: 'password',
    rule: () => ({ ...closed, password: 'write' }),
    password: PASSWORD,
    levels: { nobody: 'none', guest: 'none', knows: 'write', cy: 'none', ben: 'none' },
  },
  {
    name: 'nobody-else',
    rule: () => closed,
    levels: { nobody: 'none', guest: 'none', knows: 'none', cy: 'none', ben: 'none' },
  },
]

describe.each(RULES)('the rule $name', ({ name, rule, password, levels }) => {
  let view: RuleView

  beforeAll(async () => {
    ;({ view } = await pad(name, rule(), password ?? null))
    if (password !== undefined) {
      const wrong = await people['knows']?.browser.post(`/p/${name}/password`, { password: 'wrong one' })
      expect(wrong?.status).toBe(401)
      const right = await people['knows']?.browser.post(`/p/${name}/password`, { password })
      expect([right?.status, right?.headers.location]).toEqual([303, `../../p/${name}`])
    }
    // Who is in which group is remembered for two seconds.
    const end = Date.now() + 15_000
    while ((await socket(`p/${name}`, 'ben')) !== expected('over', levels.ben) && Date.now() < end);
  }, 60_000)

  test.each(Object.keys(DOORS))('L100 to L105: %s', async (door) => {
    for (const [who, level] of [...Object.entries(levels), ['mara', 'own'] as const])
      expect([who, await DOORS[door]?.(name, who)]).toEqual([who, expected(door, level, who)])
  })

  test('L103: without a level there is no secret link', () => {
    expect([view.rule.link, view.link]).toEqual(['none', null])
  })
})

const level = (client: RawClient): Level | undefined =>
  eventsOf(client, 'level').at(-1)?.level ?? client.welcome?.level
const view = async (client: RawClient): Promise<RuleView | undefined> => {
  const before = eventsOf(client, 'rule').length
  tell(client, { type: 'rule' })
  await client.until(() => eventsOf(client, 'rule').length > before, 'the rule to be told')
  return eventsOf(client, 'rule').at(-1)?.view
}
const set = async (client: RawClient, rule: PadRule, newLink = false): Promise<RuleView | undefined> => {
  const before = eventsOf(client, 'rule').length
  tell(client, { type: 'ruleSet', rule, password: null, newLink })
  await client.until(() => eventsOf(client, 'rule').length > before, 'the rule to be set')
  return eventsOf(client, 'rule').at(-1)?.view
}

test('L103: the secret link opens every door for whoever has it, shows no name, and is worthless once there is another', async () => {
  const { client, view: first } = await pad('linked', { ...closed, link: 'write' })
  const link = first.link ?? ''
  expect(link).toMatch(/^k\.[0-9a-f]{32}$/)
  for (const door of Object.keys(DOORS)) {
    expect([door, await DOORS[door]?.(link, 'guest')]).toEqual([door, expected(door, 'write')])
    expect([door, await DOORS[door]?.('linked', 'guest')]).toEqual([door, 'closed'])
  }
  const page = await ask(web.port, `/p/${link}`, { headers: BROWSER })
  expect(page.text).not.toContain('linked')
  const guest = await open(`p/${link}`, 'guest').untilSynced()
  expect(guest.welcome?.pad).toBe(link)
  const next = await set(client, { ...closed, link: 'write' }, true)
  expect(next?.link).not.toBe(link)
  expect(await guest.untilClosed()).toBe(Close.unauthenticated)
  expect((await ask(web.port, `/p/${link}`, { headers: BROWSER })).status).toBe(404)
  expect(web.lines.filter((line) => line.includes(link))).toEqual([])
})

test('L104: the read-only link reads while the rule says so, and whoever is named has no more', async () => {
  const { client } = await pad('read-link', { ...closed, people: { [people['cy']?.author ?? '']: 'none' } })
  const id = await web.store.readOnlyId('read-link', () => `r.${'0'.repeat(31)}1`)
  expect([await socket(`p/${id}`, 'guest'), await socket(`p/${id}`, 'mara')]).toEqual(['read', 'read'])
  expect(await socket(`p/${id}`, 'cy')).toBe('closed')
  await set(client, closed)
  expect(await socket(`p/${id}`, 'cy')).toBe('read')
  await set(client, CLOSED_RULE)
  expect(await socket(`p/${id}`, 'guest')).toBe('closed')
})

test('L105, L106: who may not read is led to the password, else to sign in, else refused', async () => {
  await pad('asks', { ...closed, password: 'read' }, PASSWORD)
  await pad('signs', { ...closed, signedIn: 'read' })
  const asks = await ask(web.port, '/p/asks?lang=de', { headers: { ...BROWSER, ...headers('guest') } })
  expect([asks.status, asks.text]).toEqual([401, expect.stringContaining('action="../p/asks/password"')])
  const signs = await ask(web.port, '/p/signs', { headers: { ...BROWSER, ...headers('guest') } })
  expect([signs.status, signs.headers.location]).toEqual([302, '../login?next=p%2Fsigns'])
  const refused = await ask(web.port, '/p/nobody-else', { headers: { ...BROWSER, ...headers('cy') } })
  expect(refused.status).toBe(403)
  expect(refused.text).not.toContain('Welcome to Inkpad')
})

test('L105: tries are limited, and a ticket proves where no cookie does', async () => {
  await pad('tried', { ...closed, password: 'read' }, PASSWORD)
  const given = await ask(web.port, '/ticket', {
    method: 'POST',
    headers: { origin: `http://127.0.0.1:${web.port}` },
  })
  const { ticket } = JSON.parse(given.text) as { ticket: string }
  const post = (fields: Record<string, string>) =>
    send(
      '/p/tried/password',
      'nobody',
      'application/x-www-form-urlencoded',
      new URLSearchParams(fields).toString(),
    )
  expect((await post({ ticket, password: '', tried: '1' })).status).toBe(401)
  const right = await post({ ticket, password: PASSWORD, next: 'p/tried?lang=de' })
  expect(right.status).toBe(303)
  const to = right.headers.location ?? ''
  expect(to).toMatch(/^\.\.\/\.\.\/p\/tried\?lang=de&pass=/)
  expect((await ask(web.port, to.slice(5), { headers: BROWSER })).status).toBe(200)
  expect((await ask(web.port, to.slice(5).replace('tried', 'asks'), { headers: BROWSER })).status).toBe(401)
  const socketOf = new RawClient(`ws://127.0.0.1:${web.port}/sync/p/tried`, { hello: { ticket } })
  expect((await socketOf.untilSynced()).welcome?.level).toBe('read')
  expect((await post({ ticket, password: '', tried: '1' })).status).toBe(303)
  const statuses = new Set<number>()
  for (let tries = 0; tries < 12; tries++) statuses.add((await post({ ticket, password: 'no' })).status)
  expect(statuses).toEqual(new Set([401, 429]))
})

test('L107: the whole rule is the owner\u2019s to see and to change', async () => {
  const { client, view: own } = await pad('told', {
    ...OPEN_RULE,
    link: 'read',
    people: { [people['cy']?.author ?? '']: 'read' },
  })
  expect(own).toMatchObject({ mine: true, own: true, people: [{ name: 'cy' }] })
  const ben = await open('p/told', 'ben').untilSynced()
  expect(await view(ben)).toMatchObject({
    mine: false,
    link: null,
    people: [],
    owner: 'mara',
    rule: { people: {}, link: 'read' },
  })
  tell(ben, { type: 'ruleSet', rule: OPEN_RULE, password: null, newLink: false })
  tell(ben, { type: 'rulePeople', search: 'mara' })
  await ben.until(() => eventsOf(ben, 'refused').length > 1, 'both to be refused')
  expect(eventsOf(ben, 'refused').map(({ why }) => why)).toEqual(['notOwner', 'notOwner'])
  tell(client, { type: 'rulePeople', search: 'BE' })
  await client.until(() => eventsOf(client, 'rulePeople').length > 0, 'people to be found')
  expect(eventsOf(client, 'rulePeople')[0]?.people).toEqual([{ author: people['ben']?.author, name: 'ben' }])
})

test('L108: a change reaches every open tab at once; what is sent after it is not taken', async () => {
  const { client } = await pad('live', OPEN_RULE)
  const tabs = await Promise.all(
    ['p/live', 'p/live', 'b/live'].map((document) => open(document, 'guest').untilSynced()),
  )
  const [first, second] = tabs
  first?.type('kept')
  await first?.untilSaved()
  await set(client, { ...OPEN_RULE, everybody: 'read' })
  for (const tab of tabs) await tab.until(() => level(tab) === 'read', 'to read')
  await set(client, closed)
  second?.type('lost')
  for (const tab of tabs) expect(await tab.untilClosed()).toBe(Close.unauthenticated)
  expect(client.text).toContain('kept')
  expect(client.text).not.toContain('lost')
  expect(await socket('p/live', 'guest')).toBe('closed')
})

test('L109: the owner gives the pad to somebody who is known, and writes on', async () => {
  const { client } = await pad('given', { ...closed, people: { [people['ben']?.author ?? '']: 'read' } })
  const ben = await open('p/given', 'ben').untilSynced()
  tell(client, { type: 'ruleOwner', author: 'a.0123456789abcdef' })
  await client.until(() => eventsOf(client, 'refused').length > 0, 'nobody to get it')
  tell(client, { type: 'ruleOwner', author: people['ben']?.author ?? '' })
  await ben.until(() => level(ben) === 'own', 'ben to own it')
  await client.until(() => level(client) === 'write', 'mara to write')
  expect(await view(ben)).toMatchObject({
    mine: true,
    rule: { people: { [people['mara']?.author ?? '']: 'write' } },
  })
  expect(
    (await web.audit.page({ kinds: [], search: '', since: 0, before: 0, limit: 5 })).map(({ kind }) => kind),
  ).toContain('permission')
})

test('L112: while nobody can know a pad\u2019s rule its page comes with nothing of it, and every other door is closed', async () => {
  let away = false
  const other = await startWeb(
    {},
    {
      change: (store) => ({
        ...store,
        padValues: async (document) => {
          if (away) throw new StoreDown('told to be away')
          return store.padValues(document)
        },
      }),
    },
  )
  try {
    await other.write('secret', 'Nobody sees this\n')
    away = true
    const page = await ask(other.port, '/p/secret', { headers: BROWSER })
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('Nobody sees this')
    for (const path of ['/p/secret/export/txt', '/p/secret/board/export/svg'])
      expect((await ask(other.port, path)).status).toBe(503)
    const client = new RawClient(`ws://127.0.0.1:${other.port}/sync/p/secret`, { hello: {} })
    expect(await client.untilClosed()).toBe(Close.tryLater)
  } finally {
    await other.close()
  }
})
