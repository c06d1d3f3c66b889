/** Who may administer (docs/SPEC-admin.md A1 to A5). */
import { expect, test } from '@jest/globals'
import type { Request, Response } from 'express'
import { createAdminGate, signedInName } from '../../../server/admin/gate.ts'
import type { AdminGate } from '../../../server/admin/gate.ts'
import { createEnded } from '../../../server/admin/ended.ts'
import { createAdminSessions, SESSION } from '../../../server/admin/sessions.ts'
import type { AdminSessions } from '../../../server/admin/sessions.ts'
import { noAudit } from '../../../server/audit/audit.ts'
import { AppError } from '../../../server/errors.ts'
import { silent } from '../../../server/log.ts'
import { loadSettings } from '../../../server/settings/load.ts'

let time = 1_700_000_000_000

function gateWith(env: Record<string, string> = { ADMIN_PASSWORD: 'right horse' }): AdminGate {
  const { settings } = loadSettings({ args: [], env, root: '/nonexistent' })
  return createAdminGate({
    settings,
    log: silent,
    key: async () => 'key',
    audit: noAudit,
    signedIn: { possible: () => false, of: async () => null, still: async () => false },
    now: () => time,
  })
}

interface Ask {
  cookie?: string
  authorization?: string
  address?: string
}

function ask({ cookie, authorization, address = '127.0.0.1' }: Ask = {}): Request {
  const headers: Record<string, string> = {}
  if (cookie !== undefined) headers['cookie'] = cookie
  if (authorization !== undefined) headers['authorization'] = authorization
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

test('A1: a session lasts twelve hours, and not beyond another password', async () => {
  const gate = gateWith()
  const value = await gate.sessions.begin(gate.signIn(ask(), 'admin', 'right horse'))
  expect((await gate.who(ask({ cookie: `a=b; inkpad-admin=${value}` })))?.shown).toBe('admin')
  expect(await gate.who(ask({ cookie: `inkpad-admin=${value}x` }))).toBeNull()
  expect(
    await gateWith({ ADMIN_PASSWORD: 'another' }).who(ask({ cookie: `inkpad-admin=${value}` })),
  ).toBeNull()
  time += SESSION
  expect(await gate.who(ask({ cookie: `inkpad-admin=${value}` }))).toBeNull()
})

test('A1: the token of the live connection is no session, and a session no such token', async () => {
  const gate = gateWith()
  const account = gate.signIn(ask(), 'admin', 'right horse')
  const live = await gate.sessions.liveToken(account)
  expect(await gate.sessions.holder(live, 'live')).toBe('admin')
  expect(await gate.who(ask({ cookie: `inkpad-admin=${live}` }))).toBeNull()
  expect(await gate.sessions.holder(await gate.sessions.begin(account), 'live')).toBeNull()
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
  expect([await gate.still('admin'), await gate.still('nobody')]).toEqual([true, false])
  expect(await gate.still(signedInName('of somebody'))).toBe(false)
})

test('A5: a session that was signed out is dead on every server, others live; it is forgotten when it would have ended', async () => {
  const kept = new Map<string, string>()
  const store = {
    settingNow: async (key: string) => kept.get(key) ?? null,
    saveSetting: async (key: string, value: string) => void kept.set(key, value),
  }
  const account = { name: 'admin', password: 'right horse' }
  const server = (): AdminSessions =>
    createAdminSessions(
      async () => 'key',
      () => account,
      () => time,
      createEnded(store, () => time),
    )
  const [here, there] = [server(), server()]
  const [one, other] = [await here.begin(account), await here.begin(account)]
  expect([await here.holder(one), await there.holder(one)]).toEqual(['admin', 'admin'])
  await here.end(one)
  await here.end('session.made-up.99.nonce.signature')
  expect([await here.holder(one), await here.holder(other)]).toEqual([null, 'admin'])
  time += 2001
  expect([await there.holder(one), await there.holder(other)]).toEqual([null, 'admin'])
  expect(Object.keys(JSON.parse(kept.get('admin-ended') ?? '{}') as object)).toHaveLength(1)
  time += SESSION
  await here.end(await here.begin(account))
  expect(Object.keys(JSON.parse(kept.get('admin-ended') ?? '{}') as object)).toHaveLength(1)
})

test('A5: while the database is away what was signed out here stays so', async () => {
  const away = async (): Promise<never> => Promise.reject(new Error('told to be away'))
  const account = { name: 'admin', password: 'right horse' }
  const ended = createEnded({ settingNow: away, saveSetting: away }, () => time)
  const sessions = createAdminSessions(
    async () => 'key',
    () => account,
    () => time,
    ended,
  )
  const one = await sessions.begin(account)
  expect(await sessions.holder(one)).toBe('admin')
  await expect(sessions.end(one)).rejects.toThrow('told to be away')
  expect(await sessions.holder(one)).toBeNull()
})
