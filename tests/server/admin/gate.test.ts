/** Who may administer (docs/SPEC-admin.md A1 to A5). */
import { expect, test } from '@jest/globals'
import type { Request, Response } from 'express'
import { createAdminGate, signedInName } from '../../../server/admin/gate.ts'
import type { AdminGate } from '../../../server/admin/gate.ts'
import { IDLE } from '../../../server/admin/sessions.ts'
import type { AdminSessionStore } from '../../../server/admin/sessions.ts'
import { noAudit } from '../../../server/audit/audit.ts'
import { AppError } from '../../../server/errors.ts'
import { silent } from '../../../server/log.ts'
import { loadSettings } from '../../../server/settings/load.ts'
import type { SessionRow } from '../../../server/store/login-store.ts'

let time = 1_700_000_000_000

/** What the database keeps, for tests of the gate; sessions.test.ts has a real one. */
function sessionsInMemory(): AdminSessionStore {
  const rows = new Map<string, SessionRow>()
  return {
    session: async (hash) => rows.get(hash) ?? null,
    sessions: async (_account, now) => [...rows.values()].filter(({ ends }) => ends > now),
    saveSession: async (row) => void rows.set(row.hash, row),
    touchSession: async (hash, seen, ends) => {
      const row = rows.get(hash)
      if (row !== undefined) rows.set(hash, { ...row, seen, ends })
      return row !== undefined
    },
    endSessions: async (which) => {
      const row = 'hash' in which ? rows.get(which.hash) : undefined
      if (row !== undefined) rows.delete(row.hash)
      return row === undefined ? [] : [row]
    },
    removeOldSessions: async () => 0,
  }
}

function gateWith(
  env: Record<string, string> = { ADMIN_PASSWORD: 'right horse' },
  store = sessionsInMemory(),
): AdminGate {
  const { settings } = loadSettings({ args: [], env, root: '/nonexistent' })
  return createAdminGate({
    settings,
    log: silent,
    key: async () => 'key',
    store,
    audit: noAudit,
    signedIn: { possible: () => false, of: async () => null, still: async () => false },
    now: () => time,
  })
}

interface Ask {
  cookie?: string
  authorization?: string
  browser?: string
  address?: string
}

function ask({ cookie, authorization, browser, address = '127.0.0.1' }: Ask = {}): Request {
  const headers: Record<string, string> = {}
  if (cookie !== undefined) headers['cookie'] = cookie
  if (authorization !== undefined) headers['authorization'] = authorization
  if (browser !== undefined) headers['user-agent'] = browser
  return {
    headers,
    get: (name: string) => headers[name.toLowerCase()],
    socket: { remoteAddress: address },
    secure: false,
  } as unknown as Request
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'ok'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

function cookieOf(gate: AdminGate, value: string | null): string {
  const set: string[] = []
  const response = { append: (_name: string, header: string) => set.push(header) } as unknown as Response
  gate.cookie(ask(), response, value)
  return set[0] ?? ''
}

test('A1: without an administrator nobody signs in', () => {
  expect(gateWith({}).exists).toBe(false)
  expect(gateWith({ USER_PASSWORD: 'x' }).exists).toBe(false)
  expect(codeOf(() => gateWith({}).signIn(ask(), 'admin', ''))).toBe('unauthenticated')
})

test('A5, A7: a session is good by its secret alone, ends without use, and not beyond another password', async () => {
  const store = sessionsInMemory()
  const gate = gateWith(undefined, store)
  const value = await gate.enter(ask(), gate.signIn(ask(), 'admin', 'right horse'))
  expect((await gate.who(ask({ cookie: `a=b; inkpad-admin=${value}` })))?.shown).toBe('admin')
  expect(await gate.who(ask({ cookie: `inkpad-admin=${value}x` }))).toBeNull()
  const changed = gateWith({ ADMIN_PASSWORD: 'another' }, store)
  expect(await changed.who(ask({ cookie: `inkpad-admin=${value}` }))).toBeNull()
  time += IDLE
  expect(await gate.who(ask({ cookie: `inkpad-admin=${value}` }))).toBeNull()
})

test('A5: signing in makes a new session and ends the one this browser had; signing out ends it', async () => {
  const gate = gateWith()
  const account = gate.signIn(ask(), 'admin', 'right horse')
  const first = await gate.enter(ask(), account)
  const second = await gate.enter(ask({ cookie: `inkpad-admin=${first}` }), account)
  expect(second).not.toBe(first)
  expect(await gate.who(ask({ cookie: `inkpad-admin=${first}` }))).toBeNull()
  expect((await gate.who(ask({ cookie: `inkpad-admin=${second}` })))?.shown).toBe('admin')
  await gate.signOut(ask({ cookie: `inkpad-admin=${second}` }))
  expect(await gate.who(ask({ cookie: `inkpad-admin=${second}` }))).toBeNull()
})

test('A6: kept are the browser and a part of the address, as far as the settings allow', async () => {
  const from = ask({ address: '203.0.113.77', browser: 'x'.repeat(500) })
  const kept = async (env: Record<string, string>) => {
    const gate = gateWith({ ADMIN_PASSWORD: 'right horse', ...env })
    await gate.enter(from, gate.signIn(from, 'admin', 'right horse'))
    const [session] = await gate.sessions.list()
    return { address: session?.address, browser: session?.browser }
  }
  const browser = 'x'.repeat(200)
  expect(await kept({ IP_LOGGING: 'full' })).toEqual({ address: '203.0.113.0', browser })
  expect(await kept({ IP_LOGGING: 'truncated' })).toEqual({ address: '203.0.113.0', browser })
  expect(await kept({ IP_LOGGING: 'anonymous' })).toEqual({ address: '', browser })
})

test('A1, A5: the token of the live connection is no session, and is worth as much as the session it is of', async () => {
  const gate = gateWith()
  const account = gate.signIn(ask(), 'admin', 'right horse')
  const secret = await gate.enter(ask(), account)
  const cookie = `inkpad-admin=${secret}`
  const by = await gate.who(ask({ cookie }))
  const live = await gate.sessions.liveToken(account, by?.session ?? null)
  expect(await gate.who(ask({ cookie: `inkpad-admin=${live}` }))).toBeNull()
  expect(await gate.sessions.liveHolder(secret)).toBeNull()
  expect(await gate.sessions.liveHolder(`${live}x`)).toBeNull()
  const holder = await gate.sessions.liveHolder(live)
  expect(holder).toEqual({ name: 'admin', session: by?.session })
  if (holder === null) throw new Error('no holder')
  expect(await gate.still(holder)).toBe(true)
  await gate.signOut(ask({ cookie }))
  expect(await gate.still(holder)).toBe(false)
  time += 10 * 60_000
  expect(await gate.sessions.liveHolder(live)).toBeNull()
})

test('A2: the cookie is for our pages alone, below where it was given', () => {
  expect(cookieOf(gateWith(), 'x')).toBe('inkpad-admin=x; Max-Age=43200; HttpOnly; SameSite=Strict')
  expect(cookieOf(gateWith(), null)).toContain('Max-Age=0')
})

test('A3: after five wrong tries each further one waits twice as long, also for the right password', () => {
  const gate = gateWith()
  for (let tries = 0; tries < 5; tries += 1)
    expect(codeOf(() => gate.signIn(ask(), 'admin', 'wrong'))).toBe('unauthenticated')
  expect(codeOf(() => gate.signIn(ask(), 'admin', 'right horse'))).toBe('tooFast')
  time += 1000
  expect(codeOf(() => gate.signIn(ask(), 'admin', 'wrong'))).toBe('unauthenticated')
  time += 1999
  expect(codeOf(() => gate.signIn(ask(), 'admin', 'right horse'))).toBe('tooFast')
  time += 1
  expect(codeOf(() => gate.signIn(ask(), 'admin', 'right horse'))).toBe('ok')
  expect(codeOf(() => gate.signIn(ask(), 'admin', 'wrong'))).toBe('unauthenticated')
})

test('A3: a stranger who guesses makes nobody else wait', () => {
  const gate = gateWith()
  const stranger = ask({ address: '203.0.113.7' })
  for (let tries = 0; tries < 20; tries += 1) codeOf(() => gate.signIn(stranger, 'admin', 'wrong'))
  expect(codeOf(() => gate.signIn(stranger, 'admin', 'right horse'))).toBe('tooFast')
  expect(codeOf(() => gate.signIn(ask({ address: '198.51.100.4' }), 'admin', 'right horse'))).toBe('ok')
})

test('A4: HTTP Basic as a proxy passes it on; the same wrong header is one try', async () => {
  const gate = gateWith()
  expect((await gate.who(ask({ authorization: basic('admin:right horse') })))?.shown).toBe('admin')
  for (let tries = 0; tries < 20; tries += 1)
    expect(await gate.who(ask({ authorization: basic('admin:of the proxy') }))).toBeNull()
  expect(codeOf(() => gate.signIn(ask(), 'admin', 'right horse'))).toBe('ok')
  for (const header of ['Basic', 'Basic ???', basic('nocolon'), 'Bearer x'])
    expect(await gate.who(ask({ authorization: header }))).toBeNull()
})

test('A1, AC32: an account of the settings stays an administrator; who signed in elsewhere while their session is there', async () => {
  const gate = gateWith()
  const still = (name: string) => gate.still({ name, session: null })
  expect([await still('admin'), await still('nobody')]).toEqual([true, false])
  expect(await still(signedInName('of somebody'))).toBe(false)
})
