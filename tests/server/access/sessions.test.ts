/** Sessions and notes by themselves: their ends, what stays in memory, what they are worth elsewhere. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { checkIdentity, factsOf, keyOf } from '../../../server/access/login-facts.ts'
import { cleanNext, createStates, STATE_LIFETIME } from '../../../server/access/login-state.ts'
import { watchSessions } from '../../../server/access/ended-sessions.ts'
import { createSessions } from '../../../server/access/sessions.ts'
import { hashToken } from '../../../server/access/tokens.ts'
import type { SessionsParts } from '../../../server/access/sessions.ts'
import { silent } from '../../../server/log.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import type { Store } from '../../../server/store/store.ts'
import { until } from '../../support/wait.ts'

const HOUR = 3_600_000
let folder: string
let store: Store
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkpad-sessions-'))
  store = openSqliteStore(join(folder, 'x.db'), silent)
  await store.open()
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function clock(start = 1_700_000_000_000) {
  let time = start
  return { now: () => time, pass: (ms: number) => (time += ms) }
}

async function account(subject: string) {
  const row = await store.saveAccount({
    id: keyOf('ep_a/a', subject),
    provider: 'ep_a/a',
    subject,
    author: `a.${subject.padEnd(16, '0')}`,
    profile: JSON.stringify(checkIdentity({ subject }).profile),
    seen: 1,
  })
  if (row === null) throw new Error('no account')
  return row
}

const LONGEST = 90 * 24 * HOUR
const sessions = (more: Partial<SessionsParts> = {}) =>
  createSessions({
    store,
    cookiePrefix: '',
    idle: 10 * HOUR,
    longest: LONGEST,
    refresh: HOUR,
    counts: () => true,
    ready: Promise.resolve(),
    ...more,
  })

test('L22: a session ends after its time without use, is made longer by use, and never lasts for ever', async () => {
  const { now, pass } = clock()
  const here = sessions({ now })
  const cookie = `login=${await here.begin(await account('idle'), '', {})}`
  pass(9 * HOUR)
  expect(await here.holder({ cookie })).not.toBeNull()
  pass(9 * HOUR)
  expect(await here.holder({ cookie })).not.toBeNull()
  pass(11 * HOUR)
  expect(await here.holder({ cookie })).toBeNull()

  const used = `login=${await here.begin(await account('used'), '', {})}`
  const began = now()
  while (now() - began < LONGEST - 9 * HOUR) {
    expect(await here.holder({ cookie: used })).not.toBeNull()
    pass(9 * HOUR)
  }
  pass(9 * HOUR)
  expect(await here.holder({ cookie: used })).toBeNull()
})

test('L22: with 0 it lasts a day without use', async () => {
  const { now, pass } = clock()
  const here = sessions({ now, idle: 0, refresh: 100 * HOUR })
  const cookie = `login=${await here.begin(await account('zero'), '', {})}`
  pass(20 * HOUR)
  expect(await here.holder({ cookie })).not.toBeNull()
  pass(20 * HOUR)
  expect(await here.holder({ cookie })).not.toBeNull()
  pass(25 * HOUR)
  expect(await here.holder({ cookie })).toBeNull()
})

test('L23: what another server ended counts for two seconds more', async () => {
  const { now, pass } = clock()
  const here = sessions({ now })
  const there = sessions({ now })
  const row = await account('twice')
  const ticket = await here.begin(row, keyOf('ep_a/a', 'sid'), {})
  expect((await here.holder({ ticket }))?.account.author).toBe(row.author)
  expect(await there.end({ sid: keyOf('ep_a/a', 'sid') })).toEqual({ ended: 1, authors: [row.author] })
  expect(await there.holder({ ticket })).toBeNull()
  expect(await here.holder({ ticket })).not.toBeNull()
  pass(2001)
  expect(await here.holder({ ticket })).toBeNull()
})

test('L22: a use that is noted late brings no session back that another server ended', async () => {
  const { now, pass } = clock()
  const [here, there] = [sessions({ now }), sessions({ now })]
  const secret = await here.begin(await account('late'), '', {})
  const cookie = `login=${secret}`
  pass(HOUR - 500)
  // Known here for two seconds, in which its use is due to be noted.
  expect(await here.holder({ cookie })).not.toBeNull()
  await there.end({ hash: hashToken(secret) })
  pass(600)
  expect(await here.holder({ cookie })).toBeNull()
  expect(await store.session(hashToken(secret))).toBeNull()
})

test('L27: a session waits for the providers of the start, and counts while its own is there', async () => {
  let on = false
  let start = (): void => {}
  const here = sessions({
    counts: () => on,
    ready: new Promise<void>((resolve) => {
      start = () => {
        on = true
        resolve()
      }
    }),
  })
  const row = await account('start')
  const ticket = await here.begin(row, '', {})
  const held = here.holder({ ticket })
  expect(await here.facts(row.author)).toBeNull()
  start()
  expect((await held)?.facts.subject).toBe('start')
  expect((await here.facts(row.author))?.provider).toBe('ep_a/a')
  on = false
  expect(await here.holder({ ticket })).toBeNull()
  expect(here.factsNow(row.author)).toBeNull()
  expect(await here.providerOf(row.author)).toBe('ep_a/a')
})

test('L20: nonsense and the secrets of guests hold no session', async () => {
  const here = sessions()
  for (const ticket of ['', 'l.', `l.${'x'.repeat(42)}`, `t.${'x'.repeat(43)}`, `l.${'x'.repeat(43)}`])
    expect(await here.holder({ ticket, cookie: `login=${ticket}` })).toBeNull()
})

test('L4, L5: what a provider says is checked, and read again as it was', () => {
  const { profile } = checkIdentity({ subject: 's', name: ' Ada\u0007 ', groups: ['a', 'b'], isAdmin: true })
  expect(profile).toEqual({
    name: 'Ada',
    groups: ['a', 'b'],
    isAdmin: true,
    readOnly: false,
    canCreate: true,
  })
  const row = { id: 'x', provider: 'ep_a/a', subject: 's', author: 'a.x', seen: 1 }
  expect(factsOf({ ...row, profile: JSON.stringify(profile) })).toEqual({
    provider: 'ep_a/a',
    subject: 's',
    ...profile,
  })
  // What cannot be read allows less.
  expect(factsOf({ ...row, profile: '{}' })).toMatchObject({
    isAdmin: false,
    readOnly: true,
    canCreate: false,
  })
  for (const bad of [
    { subject: '' },
    { subject: 'a\nb' },
    { subject: 's', groups: [''] },
    { subject: 's', groups: Array.from({ length: 501 }, () => 'g') },
    { subject: 's', keep: 'x'.repeat(17_000) },
    { subject: 's', sid: 'x'.repeat(256) },
  ])
    expect(() => checkIdentity(bad)).toThrow(RangeError)
  expect(keyOf('ep_a/a', 'b')).not.toBe(keyOf('ep_a', 'a b'))
})

test('L10, L12: a note is for one browser, one provider and ten minutes; its secret is the same on every server', async () => {
  const { now, pass } = clock()
  const key = () => Promise.resolve('the key')
  const here = createStates(key, now)
  const there = createStates(key, now)
  const { state, secret } = await here.make({ provider: 'ep_a/a', next: 'p/x', frame: '' }, 'browser')
  expect(await there.read(state, 'ep_a/a', 'browser')).toEqual({
    provider: 'ep_a/a',
    next: 'p/x',
    frame: '',
    secret,
  })
  expect(secret).toHaveLength(43)
  const bad = { code: 'badRequest' }
  await expect(there.read(state, 'ep_b/a', 'browser')).rejects.toMatchObject(bad)
  await expect(there.read(state, 'ep_a/a', 'another')).rejects.toMatchObject(bad)
  await expect(there.read(state, 'ep_a/a', null)).rejects.toMatchObject(bad)
  const other = createStates(() => Promise.resolve('another key'), now)
  await expect(other.read(state, 'ep_a/a', 'browser')).rejects.toMatchObject(bad)
  here.use(state)
  await expect(here.read(state, 'ep_a/a', 'browser')).rejects.toMatchObject(bad)
  expect(() => here.use(state)).toThrow('begin it again')
  pass(STATE_LIFETIME + 1)
  await expect(there.read(state, 'ep_a/a', 'browser')).rejects.toMatchObject(bad)
})

test('L13: a way on leads to a pad of ours', () => {
  for (const next of ['p/a', 'p/a/board', 'p/%C3%A9?lang=de&x=%2F', 'p/r.0?showControls=true'])
    expect(cleanNext(next)).toBe(next)
  for (const next of [
    '',
    'admin',
    '/p/a',
    'p/',
    'p/a#b',
    'p/%',
    'p/a/../b',
    'p/%5c',
    'p/a b',
    7,
    'p/'.padEnd(1100, 'x'),
  ])
    expect(cleanNext(next)).toBe('')
})

test('L23: whose last session ended elsewhere, or by itself, is told to come back; guests and others are not', async () => {
  const { now, pass } = clock()
  const [here, there] = [sessions({ now }), sessions({ now })]
  const names = ['blocked', 'deleted', 'expired', 'stays', 'one of two'] as const
  const rows = new Map<string, Awaited<ReturnType<typeof account>>>()
  const cookies = new Map<string, string>()
  for (const name of names) {
    const row = await account(`watched ${name}`)
    rows.set(name, row)
    cookies.set(name, `login=${await there.begin(row, '', {})}`)
    await here.holder({ cookie: cookies.get(name) ?? '' })
  }
  const row = (name: (typeof names)[number]) => {
    const found = rows.get(name)
    if (found === undefined) throw new Error(name)
    return found
  }
  const people = new Set([...[...rows.values()].map(({ author }) => author), 'a.guest'])
  const out: string[] = []
  const open = new Map<string, string>()
  const ended: string[] = []
  const asked: string[] = []
  const watch = watchSessions({
    store,
    sessions: here,
    sync: {
      authorsHere: () => people,
      sessionsHere: () => open,
      signedOut: (author) => void out.push(author),
      sessionEnded: (hash) => void ended.push(hash),
      recheckAuthor: async (author) => void asked.push(author),
    },
    log: silent,
    every: 3_600_000,
    now,
  })
  await watch.look()
  expect(out).toEqual([])
  pass(6 * HOUR)
  for (const name of ['stays', 'one of two'] as const) await there.begin(row(name), '', {})
  await there.end({ account: row('blocked').id })
  await there.end({ account: row('deleted').id })
  await store.removeAccount(row('deleted').id)
  pass(5 * HOUR)
  await watch.look()
  expect(out.sort()).toEqual([row('blocked').author, row('deleted').author, row('expired').author].sort())
  // What was remembered of them counts no more, so they do not come back by it.
  expect(await here.holder({ cookie: cookies.get('blocked') ?? '' })).toBeNull()
  expect([ended, asked]).toEqual([[], []])
  out.length = 0
  people.delete(row('blocked').author)
  people.delete(row('expired').author)
  await watch.look()
  expect(out).toEqual([])
  watch.close()
})

test('L23: of somebody with several sessions only the connections of the one that ended come back', async () => {
  const { now, pass } = clock()
  const there = sessions({ now })
  const row = await account('two browsers')
  const [one, two] = [await there.begin(row, '', {}), await there.begin(row, '', {})].map(hashToken)
  const { watch, ended, out } = watched(now, new Map([one, two].map((hash) => [hash ?? '', row.author])))
  await watch.look()
  expect(ended).toEqual([])
  await there.end({ hash: one ?? '' })
  await watch.look()
  expect([ended, out]).toEqual([[one], []])
  pass(11 * HOUR)
  ended.length = 0
  await watch.look()
  expect(ended).toContain(two)
  watch.close()
})

test('L28: who signed in elsewhere since the last look, or just before the first, is asked again once', async () => {
  const { now, pass } = clock()
  const there = sessions({ now })
  const [old, fresh] = [await account('signed in long ago'), await account('signed in just now')]
  for (const one of [old, fresh]) await there.begin(one, '', {})
  await store.saveAccount({ ...fresh, seen: now() - 1000 })
  const { watch, asked } = watched(now, new Map(), [old.author, fresh.author])
  await watch.look()
  expect(asked).toEqual([fresh.author])
  pass(60_000)
  await watch.look()
  expect(asked).toEqual([fresh.author])
  await store.saveAccount({ ...old, profile: '{}', seen: now() })
  await watch.look()
  await watch.look()
  expect(asked).toEqual([fresh.author, old.author])
  watch.close()
})

test('BU33: a hint of another server is a look at once, also one that comes during a look', async () => {
  const { now } = clock()
  const there = sessions({ now })
  const row = await account('hinted')
  const secret = hashToken(await there.begin(row, '', {}))
  const { watch, ended } = watched(now, new Map([[secret, row.author]]))
  watch.hint()
  watch.hint()
  await there.end({ hash: secret })
  watch.hint()
  await until('the end of the session', () => ended.length > 0)
  watch.close()
})

/** Sessions that are watched, without looks by themselves, and what came of it. */
function watched(
  now: () => number,
  open: ReadonlyMap<string, string>,
  authors: readonly string[] = [...open.values()],
) {
  const out: string[] = []
  const ended: string[] = []
  const asked: string[] = []
  const watch = watchSessions({
    store,
    sessions: sessions({ now }),
    sync: {
      authorsHere: () => new Set(authors),
      sessionsHere: () => open,
      signedOut: (author) => void out.push(author),
      sessionEnded: (hash) => void ended.push(hash),
      recheckAuthor: async (author) => void asked.push(author),
    },
    log: silent,
    every: 3_600_000,
    now,
  })
  return { watch, out, ended, asked }
}
