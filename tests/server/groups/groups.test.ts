/** Groups, their pads and sessions over the HTTP API, and what they open (docs/SPEC-groups.md); over a running server. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createMembers } from '../../../server/groups/members.ts'
import { silent } from '../../../server/log.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { RawClient } from '../../support/raw-client.ts'
import { API_KEY, startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({ embedding: { frameAncestors: 'https://course.example' } })
}, 60_000)
afterAll(() => web?.close())

interface Told {
  code: number
  message: string
  data: unknown
}

async function call(name: string, parameters: Record<string, string> = {}, server = web): Promise<Told> {
  const answer = await ask(server.port, `/api/1.2.14/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ apikey: API_KEY, ...parameters }).toString(),
  })
  return JSON.parse(answer.text) as Told
}

/** One value of what was answered. */
async function made(name: string, parameters: Record<string, string> = {}, server = web): Promise<string> {
  const { code, data, message } = await call(name, parameters, server)
  expect([name, code, message]).toEqual([name, 0, 'ok'])
  return String(Object.values(data as Record<string, unknown>)[0])
}

const soon = (): string => String(Math.floor(Date.now() / 1000) + 3600)

/** A group with a pad, and somebody with a session of it. */
async function course(server = web): Promise<{
  group: string
  pad: string
  author: string
  session: string
  cookie: string
}> {
  const group = await made('createGroup', {}, server)
  const pad = await made(
    'createGroupPad',
    { groupID: group, padName: 'notes', text: 'Of the course' },
    server,
  )
  const author = await made('createAuthor', { name: 'Ada' }, server)
  const session = await made(
    'createSession',
    { groupID: group, authorID: author, validUntil: soon() },
    server,
  )
  return { group, pad, author, session, cookie: `sessionID=${session}` }
}

const open = (pad: string, cookie = '', server = web): Promise<Answer> =>
  ask(server.port, `/p/${encodeURIComponent(pad)}`, {
    headers: { ...BROWSER, ...(cookie === '' ? {} : { cookie }) },
  })

function socket(pad: string, cookie: string, server = web): RawClient {
  return new RawClient(`ws://127.0.0.1:${server.port}/sync/p/${encodeURIComponent(pad)}`, {
    hello: {},
    headers: { cookie, origin: `http://127.0.0.1:${server.port}` },
  })
}

async function sessionsOf(author: string): Promise<string[]> {
  const { data } = await call('listSessionsOfAuthor', { authorID: author })
  return Object.keys(data as Record<string, unknown>)
}

describe('what other systems make', () => {
  test('G1: ids have Etherpad’s forms', async () => {
    const { group, pad, author, session } = await course()
    expect(group).toMatch(/^g\.[a-zA-Z0-9]{16}$/)
    expect(pad).toBe(`${group}$notes`)
    expect(author).toMatch(/^a\.[a-zA-Z0-9]{16}$/)
    expect(session).toMatch(/^s\.[0-9a-f]{32}$/)
  })

  test('G2: a name of another system is one group and one author for ever; a newer name of the author counts', async () => {
    const group = await made('createGroupIfNotExistsFor', { groupMapper: 'course 7' })
    expect(await made('createGroupIfNotExistsFor', { groupMapper: 'course 7' })).toBe(group)
    expect(await made('createGroupIfNotExistsFor', { groupMapper: 'course 8' })).not.toBe(group)
    const author = await made('createAuthorIfNotExistsFor', { authorMapper: '7', name: 'Ada' })
    expect(await made('createAuthorIfNotExistsFor', { authorMapper: '7' })).toBe(author)
    expect((await call('getAuthorName', { authorID: author })).data).toBe('Ada')
    await made('createAuthorIfNotExistsFor', { authorMapper: '7', name: 'Ada L.' })
    expect((await call('getAuthorName', { authorID: author })).data).toBe('Ada L.')
    expect((await call('listAllGroups')).data).toEqual({ groupIDs: expect.arrayContaining([group]) })
  })

  test('G3: a group’s pads are listed, made once, and go with it and its sessions', async () => {
    const { group, pad, session, cookie } = await course()
    expect((await call('listPads', { groupID: group })).data).toEqual({ padIDs: [pad] })
    expect(await call('createGroupPad', { groupID: group, padName: 'notes' })).toEqual({
      code: 1,
      message: 'padName does already exist',
      data: null,
    })
    expect((await call('createGroupPad', { groupID: group, padName: 'a/b' })).message).toBe(
      'padID did not match requirements',
    )
    const writer = await socket(pad, cookie).untilSynced()
    expect(writer.text).toBe('Of the course\n')
    expect((await call('deleteGroup', { groupID: group })).code).toBe(0)
    await writer.untilClosed()
    expect((await call('listPads', { groupID: group })).message).toBe('groupID does not exist')
    expect((await call('getSessionInfo', { sessionID: session })).message).toBe('sessionID does not exist')
    expect((await open(pad, cookie)).status).toBe(403)
  })

  test('G3: of two who make a pad at once one does; its text stays', async () => {
    const group = await made('createGroup')
    const answers = await Promise.all(
      ['first', 'second'].map((text) => call('createGroupPad', { groupID: group, padName: 'one', text })),
    )
    expect(answers.map(({ code }) => code).sort((a, b) => a - b)).toEqual([0, 1])
    const winner = answers[0]?.code === 0 ? 'first\n' : 'second\n'
    expect(await web.sync.withDocument(`p/${group}$one`, (doc) => doc.getText('text').toJSON())).toBe(winner)
  })

  test('G4: faults have Etherpad’s words', async () => {
    const { group, author } = await course()
    const missing = `g.${'0'.repeat(16)}`
    const faults: [string, Record<string, string>, string][] = [
      ['deleteGroup', { groupID: missing }, 'groupID does not exist'],
      ['createSession', { groupID: missing, authorID: author, validUntil: soon() }, 'groupID does not exist'],
      ['createSession', { groupID: group, authorID: 'a.x', validUntil: soon() }, 'authorID does not exist'],
      ['createSession', { groupID: group, authorID: author, validUntil: 'x' }, 'validUntil is not a number'],
      [
        'createSession',
        { groupID: group, authorID: author, validUntil: '-1' },
        'validUntil is a negative number',
      ],
      [
        'createSession',
        { groupID: group, authorID: author, validUntil: '9999999999.5' },
        'validUntil is a float value',
      ],
      ['createSession', { groupID: group, authorID: author, validUntil: '100' }, 'validUntil is in the past'],
      ['deleteSession', { sessionID: 's.x' }, 'sessionID does not exist'],
      ['getPublicStatus', { padID: 'nowhere' }, 'padID does not exist'],
      ['getAuthorName', { authorID: 'a.x' }, 'authorID does not exist'],
    ]
    for (const [name, given, message] of faults)
      expect([name, given, await call(name, given)]).toEqual([name, given, { code: 1, message, data: null }])
    // Milliseconds, as one client sends them, are a time far away.
    expect(
      (await call('createSession', { groupID: group, authorID: author, validUntil: String(Date.now()) }))
        .code,
    ).toBe(0)
  })

  test('G5: sessions are told by id, by group and by author', async () => {
    const { group, author, session } = await course()
    const facts = { groupID: group, authorID: author, validUntil: expect.any(Number) }
    expect((await call('getSessionInfo', { sessionID: session })).data).toEqual(facts)
    expect((await call('listSessionsOfGroup', { groupID: group })).data).toEqual({ [session]: facts })
    expect((await call('listSessionsOfAuthor', { authorID: author })).data).toEqual({ [session]: facts })
    expect((await call('deleteSession', { sessionID: session })).code).toBe(0)
    expect((await call('listSessionsOfGroup', { groupID: group })).data).toBeNull()
  })
})

test('G25: deletions, what opens to everybody, and calls without the key are recorded', async () => {
  const { group, pad } = await course()
  await call('setPublicStatus', { padID: pad, publicStatus: 'true' })
  await call('deleteGroup', { groupID: group })
  await ask(web.port, '/api/1/createGroup?apikey=nobodys')
  const rows = await web.audit.page({ kinds: [], search: '', since: 0, before: 0, limit: 4 })
  expect(rows.map(({ kind, who, target, facts }) => [kind, who, target, facts])).toEqual([
    ['failed', '', 'createGroup', '{"provider":"api"}'],
    ['delete', 'HTTP API', group, '{}'],
    ['delete', 'HTTP API', pad, '{}'],
    ['permission', 'HTTP API', pad, '{"public":true}'],
  ])
  expect(JSON.stringify(rows)).not.toContain('nobodys')
})

describe('what a session opens', () => {
  test('G10, G11: a pad of a group opens for its members alone, who are the session’s author there', async () => {
    const { pad, author, cookie } = await course()
    expect((await open(pad)).status).toBe(403)
    expect((await open(pad, `sessionID=s.${'0'.repeat(32)}`)).status).toBe(403)
    expect((await open(pad, (await course()).cookie)).status).toBe(403)
    const page = await open(pad, cookie)
    expect([page.status, page.text.includes('Of the course')]).toEqual([200, true])
    // Whoever comes by a session is no guest besides.
    expect(page.headers['set-cookie']).toBeUndefined()
    const writer = await socket(pad, cookie).untilSynced()
    expect(writer.welcome?.me).toMatchObject({ author, name: 'Ada' })
    writer.type('x')
    await writer.untilSaved()
    await writer.close()
    const stranger = socket(pad, '')
    expect(await stranger.untilClosed()).toBe(4401)
    expect((await ask(web.port, `/p/${pad}/export/txt`)).status).toBe(403)
    expect((await ask(web.port, `/p/${pad}/export/txt`, { headers: { cookie } })).text).toContain(
      'Of the course',
    )
  })

  test('G11: of several sessions in one cookie, quoted or encoded, the one of the pad’s group counts', async () => {
    const [one, two] = [await course(), await course()]
    for (const value of [
      `${two.session},${one.session}`,
      `"${two.session},${one.session}"`,
      `${two.session}%2C%20${one.session}`,
      `nonsense,${one.session}`,
    ])
      expect([value, (await open(one.pad, `sessionID=${value}`)).status]).toEqual([value, 200])
  })

  test('G12: a pad of a group is made by a member only; elsewhere a session is nothing', async () => {
    const { group, author, cookie } = await course()
    expect((await open(`${group}$fresh`)).status).toBe(403)
    const maker = await socket(`${group}$fresh`, cookie).untilSynced()
    expect(maker.welcome?.me.author).toBe(author)
    await maker.close()
    const elsewhere = await socket('plain', cookie).untilSynced()
    expect(elsewhere.welcome?.me.author).not.toBe(author)
    await elsewhere.close()
  })

  test('G12: public pads open for everybody, and close again for whoever has them open', async () => {
    const { pad } = await course()
    expect((await call('getPublicStatus', { padID: pad })).data).toEqual({ publicStatus: false })
    await call('setPublicStatus', { padID: pad, publicStatus: 'true' })
    expect((await call('getPublicStatus', { padID: pad })).data).toEqual({ publicStatus: true })
    expect((await open(pad)).status).toBe(200)
    const stranger = await socket(pad, '').untilSynced()
    await call('setPublicStatus', { padID: pad, publicStatus: 'false' })
    expect(await stranger.untilClosed()).toBe(4401)
    await web.write('plain-one', 'x')
    expect((await call('setPublicStatus', { padID: 'plain-one', publicStatus: 'true' })).message).toBe(
      'You can only get/set the publicStatus of pads that belong to a group',
    )
  })

  test('G12: a read-only link of a group’s pad is for members, too', async () => {
    const { pad, cookie } = await course()
    const link = await web.store.readOnlyId(pad, () => `r.${'1234'.repeat(8)}`)
    expect((await open(link)).status).toBe(403)
    const page = await open(link, cookie)
    expect([page.status, page.text.includes('Of the course')]).toEqual([200, true])
    const reader = await socket(link, cookie).untilSynced()
    expect(reader.welcome?.level).toBe('read')
    await reader.close()
  })

  test('G14: a session that is deleted closes what it opened', async () => {
    const { pad, session, cookie } = await course()
    const writer = await socket(pad, cookie).untilSynced()
    await call('deleteSession', { sessionID: session })
    expect(await writer.untilClosed()).toBe(4401)
    expect((await open(pad, cookie)).status).toBe(403)
  })

  test('G14: a session that is over makes nobody an author, and opens nothing', async () => {
    const { group, pad, author } = await course()
    const id = `s.${'ab'.repeat(16)}`
    await web.store.addGroupSession({ id, group, author, validUntil: 2_000_000_000 })
    let seconds = 1_999_999_999
    const members = createMembers({
      store: web.store,
      log: silent,
      cookiePrefix: '',
      requireSession: false,
      now: () => seconds * 1000,
    })
    await web.store.removeGroupSession((await sessionsOf(author)).find((one) => one !== id) ?? '')
    expect(await members.authorOf(`sessionID=${id}`, pad)).toBe(author)
    expect(await members.groupPass({ author }, pad)).toBe(true)
    seconds += 1
    expect(await members.authorOf(`sessionID=${id}`, pad)).toBeNull()
    expect(await members.groupPass({ author }, pad)).toBe(false)
  })

  test('G12: requireSession leaves pads of groups alone open', async () => {
    const closed = await startWeb({ requireSession: true })
    try {
      const { pad, cookie } = await course(closed)
      expect((await open('plain', '', closed)).status).toBe(403)
      expect((await open('plain', cookie, closed)).status).toBe(403)
      expect((await open(pad, cookie, closed)).status).toBe(200)
      await call('setPublicStatus', { padID: pad, publicStatus: 'true' }, closed)
      expect((await open(pad, '', closed)).status).toBe(403)
      expect(await socket('plain', '', closed).untilClosed()).toBe(4401)
    } finally {
      await closed.close()
    }
  }, 60_000)
})

describe('how a browser comes by a session', () => {
  test('G13: auth_session keeps it in a cookie of ours beside those that are there, and leads to the pad', async () => {
    const [one, two] = [await course(), await course()]
    const first = await ask(
      web.port,
      `/auth_session?sessionID=${one.session}&padName=${encodeURIComponent(one.pad)}&lang=de`,
      { headers: BROWSER },
    )
    expect([first.status, first.headers.location]).toEqual([302, `p/${encodeURIComponent(one.pad)}?lang=de`])
    const [line = ''] = first.headers['set-cookie'] ?? []
    expect(line).toBe(`sessionID=${one.session}; Path=/; HttpOnly; SameSite=Lax`)
    const second = await ask(
      web.port,
      `/p/${encodeURIComponent(two.pad)}?auth_session=${two.session}&showChat=false`,
      { headers: { ...BROWSER, cookie: line.split(';')[0] ?? '' } },
    )
    expect(second.headers.location).toBe(`../p/${encodeURIComponent(two.pad)}?showChat=false`)
    const cookie = (second.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
    expect(cookie).toBe(`sessionID=${two.session}%2C${one.session}`)
    for (const { pad } of [one, two]) expect((await open(pad, cookie)).status).toBe(200)
  })

  test('G13: in a frame of another site its cookie is partitioned; with groupID the name is whole', async () => {
    const { group, session } = await course()
    const { headers } = await ask(
      web.port,
      `/auth_session?sessionID=${session}&groupID=${group}&padName=notes`,
      {
        headers: {
          ...BROWSER,
          host: 'pad.example.org',
          'sec-fetch-dest': 'iframe',
          'sec-fetch-site': 'cross-site',
          referer: 'https://course.example/',
        },
      },
    )
    expect(headers.location).toBe(`p/${encodeURIComponent(`${group}$notes`)}`)
    expect(headers['set-cookie']).toEqual([
      `sessionID-framed=${session}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned`,
    ])
    const page = await open(`${group}$notes`, `sessionID-framed=${session}`)
    expect(page.status).toBe(200)
  })

  test.each([
    ['sessionID=s.x%0d%0aSet-Cookie:a=b&padName=x', 302],
    ['sessionID=javascript:1&padName=x', 302],
    ['padName=//evil.example', 400],
    ['padName=a/b', 400],
    ['padName=', 400],
    ['padName=..', 400],
  ])('G13: auth_session?%s keeps nothing and leads nowhere else', async (query, status) => {
    const answer = await ask(web.port, `/auth_session?${query}`, { headers: BROWSER })
    expect(answer.status).toBe(status)
    expect(answer.headers['set-cookie']).toBeUndefined()
    if (status === 302) expect(answer.headers.location).toBe('p/x')
  })
})
