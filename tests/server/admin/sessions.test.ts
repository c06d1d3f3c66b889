/** Sessions of administrators by themselves, on a real database and with a clock of the test's (docs/SPEC-admin.md A5 to A8). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { endOtherSessions, endSession, listSessions } from '../../../server/admin/session-list.ts'
import { createAdminSessions, IDLE, MOST, SESSION } from '../../../server/admin/sessions.ts'
import type { AdminSessions, AdminSessionStore } from '../../../server/admin/sessions.ts'
import { hashToken } from '../../../server/access/tokens.ts'
import { silent } from '../../../server/log.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import type { Store } from '../../../server/store/store.ts'

const MINUTE = 60_000
const FROM = { browser: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0', address: '203.0.113.0' }
const ADMIN = { name: 'admin', password: 'right horse' }

let folder: string
let store: Store
/** Each test is a day after the one before, so that none sees sessions of another. */
let time = 1_700_000_000_000
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkpad-admin-sessions-'))
  store = openSqliteStore(join(folder, 'x.db'), silent)
  await store.open()
})
afterAll(async () => {
  await store?.close()
  rmSync(folder, { recursive: true, force: true })
})

function server({
  at = store,
  accounts = [ADMIN],
}: { at?: AdminSessionStore; accounts?: { name: string; password: string }[] } = {}): AdminSessions {
  return createAdminSessions({
    store: at,
    key: async () => 'key',
    account: (name) => accounts.find((one) => one.name === name),
    now: () => time,
  })
}

const nameOf = async (on: AdminSessions, secret: string): Promise<string | null> =>
  (await on.holder(secret))?.name ?? null

/** The same store, which can be away, and counts what is asked of it. */
function sometimesAway() {
  const state = { away: false, touched: 0 }
  const gone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (state.away) throw new Error('told to be away')
    return work()
  }
  const at: AdminSessionStore = {
    session: (hash) => gone(() => store.session(hash)),
    sessions: (account, now) => gone(() => store.sessions(account, now)),
    saveSession: (row) => gone(() => store.saveSession(row)),
    touchSession: (hash, seen, ends) => {
      state.touched += 1
      return gone(() => store.touchSession(hash, seen, ends))
    },
    endSessions: (which) => gone(() => store.endSessions(which)),
    removeOldSessions: (now) => gone(() => store.removeOldSessions(now)),
  }
  return { state, at }
}

test('A5: of two servers with one database both know a session; ended on one it is over there at once, on the other in two seconds', async () => {
  time += 2 * SESSION
  const [here, there] = [server(), server()]
  const [one, other] = [await here.begin(ADMIN, FROM), await here.begin(ADMIN, FROM)]
  expect([await nameOf(here, one), await nameOf(there, one)]).toEqual(['admin', 'admin'])
  await here.endSecret(one)
  await here.endSecret(`d.${'x'.repeat(43)}`)
  expect([await nameOf(here, one), await nameOf(here, other)]).toEqual([null, 'admin'])
  time += 1500
  expect([await nameOf(there, one), await nameOf(there, other)]).toEqual([null, 'admin'])
})

test('A5: the database has the secret’s hash alone, and nothing of a password; a made-up secret is none', async () => {
  time += 2 * SESSION
  const here = server()
  const secret = await here.begin(ADMIN, FROM)
  const row = await store.session(hashToken(secret))
  expect(row).toMatchObject({ hash: expect.stringMatching(/^[\da-f]{64}$/) })
  expect(JSON.stringify(row)).not.toContain(secret.slice(2))
  expect(JSON.stringify(row)).not.toContain(ADMIN.password)
  for (const wrong of ['', 'd.', `${secret}x`, `l.${secret.slice(2)}`, hashToken(secret)])
    expect([wrong, await here.holder(wrong)]).toEqual([wrong, null])
})

test('A5, A7: a use that is noted late does not bring a session back that another server ended', async () => {
  time += 2 * SESSION
  const [here, there] = [server(), server()]
  const one = await here.begin(ADMIN, FROM)
  time += MINUTE
  // Known there, and its use due to be noted within the second for which it need not ask again.
  expect(await nameOf(there, one)).toBe('admin')
  time += MINUTE - 500
  expect(await nameOf(there, one)).toBe('admin')
  await here.endSecret(one)
  time += 600
  expect(await nameOf(there, one)).toBeNull()
  expect(await store.session(hashToken(one))).toBeNull()
})

test('A6: what stands of each: whose, since when, used when, from where; one’s own is marked', async () => {
  time += 2 * SESSION
  const here = server()
  const begun = time
  const own = hashToken(await here.begin(ADMIN, FROM))
  const secret = await here.begin(ADMIN, { browser: 'curl/8', address: '' })
  time += 5 * MINUTE
  await here.holder(secret)
  expect(await listSessions(here, { shown: 'admin', account: ADMIN, session: own })).toEqual([
    expect.objectContaining({ id: hashToken(secret), own: false, browser: '', address: '', seen: time }),
    {
      id: own,
      name: 'admin',
      begun,
      seen: begun,
      ends: begun + IDLE,
      browser: 'Firefox, Linux',
      address: '203.0.113.0',
      own: true,
    },
  ])
})

test('A6: its use is noted once a minute at most, however often it asks', async () => {
  time += 2 * SESSION
  const { state, at } = sometimesAway()
  const here = server({ at })
  const one = hashToken(await here.begin(ADMIN, FROM))
  for (let second = 1; second <= 180; second += 1) {
    time += 1000
    expect(await here.alive(one)).toBe(true)
  }
  expect(state.touched).toBe(3)
})

test('A6: there are so many at most; one more ends the one used longest ago', async () => {
  time += 2 * SESSION
  const here = server()
  const first = await here.begin(ADMIN, FROM)
  time += 1
  const second = await here.begin(ADMIN, FROM)
  time += 1
  for (let more = 2; more < MOST; more += 1) await here.begin(ADMIN, FROM)
  time += MINUTE
  expect(await nameOf(here, first)).toBe('admin')
  const last = await here.begin(ADMIN, FROM)
  expect(await here.list()).toHaveLength(MOST)
  expect(await Promise.all([first, second, last].map((one) => nameOf(here, one)))).toEqual([
    'admin',
    null,
    'admin',
  ])
})

test('A7: without use it ends after two hours; with it, or with a live connection, after twelve', async () => {
  time += 2 * SESSION
  const here = server()
  const begun = time
  const [idle, used, watched] = [
    await here.begin(ADMIN, FROM),
    await here.begin(ADMIN, FROM),
    await here.begin(ADMIN, FROM),
  ]
  while (time < begun + SESSION - 10 * MINUTE) {
    time += 10 * MINUTE
    expect([await nameOf(here, used), await here.alive(hashToken(watched))]).toEqual(['admin', true])
    if (time === begun + IDLE) expect(await nameOf(here, idle)).toBeNull()
  }
  time = begun + SESSION - 1
  expect([await nameOf(here, used), await here.alive(hashToken(watched))]).toEqual(['admin', true])
  time += 1
  expect([await nameOf(here, used), await here.alive(hashToken(watched))]).toEqual([null, false])
  expect(await here.list()).toEqual([])
})

test('A7: another password, or no account any more, ends sessions and takes them off the list', async () => {
  time += 2 * SESSION
  const here = server()
  const one = await here.begin(ADMIN, FROM)
  for (const accounts of [[{ ...ADMIN, password: 'another' }], []]) {
    const later = server({ accounts })
    expect([await later.holder(one), await later.list()]).toEqual([null, []])
  }
  expect(await here.list()).toHaveLength(1)
})

test('A7: while the database is away what is known counts, what is unknown opens nothing, and what ended here stays so', async () => {
  time += 2 * SESSION
  const { state, at } = sometimesAway()
  const here = server({ at })
  const [known, other, ended] = [
    await here.begin(ADMIN, FROM),
    await here.begin(ADMIN, FROM),
    await here.begin(ADMIN, FROM),
  ]
  expect([await nameOf(here, known), await nameOf(here, ended)]).toEqual(['admin', 'admin'])
  state.away = true
  time += IDLE - 1
  expect(await nameOf(here, known)).toBe('admin')
  await expect(here.holder(other)).rejects.toThrow('told to be away')
  await expect(here.begin(ADMIN, FROM)).rejects.toThrow('told to be away')
  await expect(here.endSecret(ended)).rejects.toThrow('told to be away')
  expect([await nameOf(here, ended), await here.alive(hashToken(ended))]).toEqual([null, false])
  state.away = false
  time += 2 * MINUTE
  // Used meanwhile, which only this server knows.
  expect([await nameOf(here, known), await nameOf(here, other)]).toEqual(['admin', null])
})

test('A8: one is ended, and all others; both are recorded, and nothing else is ended', async () => {
  time += 2 * SESSION
  const here = server()
  const [own, one, two] = [
    hashToken(await here.begin(ADMIN, FROM)),
    hashToken(await here.begin(ADMIN, FROM)),
    hashToken(await here.begin(ADMIN, FROM)),
  ]
  const ofSomebody = { hash: 'of somebody', account: 'x', sid: '', created: time, seen: time, about: '{}' }
  await store.saveSession({ ...ofSomebody, ends: time + SESSION })
  const recorded: unknown[] = []
  const asking = {
    by: { shown: 'admin', account: ADMIN, session: own },
    record: (event: unknown) => void recorded.push(event),
  }
  expect(await endSession(here, one, asking)).toBe(true)
  expect([await endSession(here, one, asking), await endSession(here, 'of somebody', asking)]).toEqual([
    false,
    false,
  ])
  expect(await store.session('of somebody')).not.toBeNull()
  expect(await endOtherSessions(here, asking)).toBe(1)
  expect(await Promise.all([own, one, two].map((id) => here.alive(id)))).toEqual([true, false, false])
  expect(await endOtherSessions(here, asking)).toBe(0)
  expect(recorded).toEqual([
    { kind: 'logout', target: 'admin', facts: { provider: 'admin', other: true } },
    { kind: 'logout', facts: { provider: 'admin', other: true, ended: 1 } },
  ])
})
