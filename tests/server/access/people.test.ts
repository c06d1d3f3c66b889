import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { tokenCookie, tokensIn } from '../../../server/access/cookies.ts'
import { createHues } from '../../../server/access/hues.ts'
import { createPeople } from '../../../server/access/people.ts'
import { hashToken, isToken, newAuthorId, newReadOnlyId, newToken } from '../../../server/access/tokens.ts'
import { silent } from '../../../server/log.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import type { Store } from '../../../server/store/store.ts'
import { isPersonColour } from '../../../shared/colour.ts'
import { isAuthorId, isReadOnlyId, SYSTEM_AUTHOR } from '../../../shared/ids.ts'

let folder: string
let store: Store
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkpad-people-'))
  store = openSqliteStore(join(folder, 'x.db'), silent)
  await store.open()
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const HOUR = 3_600_000
const people = (more: { now?: () => number; colour?: string; store?: Store } = {}) =>
  createPeople({ store, log: silent, cookiePrefix: 'x-', colour: null, ...more })

describe('guests', () => {
  test('Guests: a new guest has an id, a colour, no name, and is known by cookie and by ticket', async () => {
    const { person, token } = await people().createGuest()
    expect(isAuthorId(person.author)).toBe(true)
    expect(isPersonColour(person.colour)).toBe(true)
    expect(person.name).toBe('')
    for (const credentials of [
      { cookie: `a=b; x-token=${token}` },
      { cookie: `x-token-framed=${token}` },
      { ticket: token },
    ]) {
      expect(await people().identify(credentials)).toEqual(person)
    }
  })

  test('Guests: nothing, nonsense and unknown tokens prove nothing', async () => {
    for (const credentials of [
      {},
      { cookie: '' },
      { cookie: 'token=t.x' },
      { ticket: '' },
      { ticket: newToken() },
      { ticket: `t.${'x'.repeat(10_000)}` },
    ])
      expect(await people().identify(credentials)).toBeNull()
  })

  test('Guests: an unknown cookie does not hide a good ticket', async () => {
    const { person, token } = await people().createGuest()
    expect(await people().identify({ cookie: `x-token=${newToken()}`, ticket: token })).toEqual(person)
  })

  test('Guests: twelve guests in a row have twelve hues; the setting gives everybody the same colour', async () => {
    const here = people()
    const colours: string[] = []
    for (let at = 0; at < 12; at++) colours.push((await here.createGuest()).person.colour)
    expect(new Set(colours).size).toBe(12)
    expect((await here.createGuest()).person.colour).toBe(colours[0])
    expect((await people({ colour: '#ff9900' }).createGuest()).person.colour).toBe('#ff9900')
  })

  test('Guests: the order of hues differs from server to server', () => {
    const first = createHues((below) => below - 1)
    const second = createHues(() => 0)
    expect([first([]), first([]), second([]), second([])]).toEqual(['12', '11', '1', '2'])
  })

  test('Guests: a hue nobody near has goes before all others, then one that the fewest have', () => {
    const next = createHues(() => 0)
    expect(next(['1', '2', '#ff9900', 'nonsense'])).toBe('3')
    const crowd = Array.from({ length: 12 }, (_, index) => String(index + 1)).filter((hue) => hue !== '3')
    expect(next(crowd)).toBe('3')
    expect(next([...crowd, '3', ...crowd.filter((hue) => hue !== '8')])).toBe('8')
  })

  test('Guests: another name and colour are known at once, and elsewhere after half a minute', async () => {
    let now = Date.now()
    const here = people({ now: () => now })
    const there = people({ now: () => now })
    const { person, token } = await here.createGuest()
    await there.identify({ ticket: token })
    expect(await here.update(person.author, 'Maya', '3')).toEqual({
      author: person.author,
      name: 'Maya',
      colour: '3',
    })
    expect(await here.identify({ ticket: token })).toMatchObject({ name: 'Maya' })
    now += 30_001
    expect(await there.people([person.author])).toEqual([
      { author: person.author, name: 'Maya', colour: '3' },
    ])
  })

  test('Guests: a visit is noted once a day, and a failing note hurts nobody', async () => {
    let now = Date.now()
    const here = people({ now: () => now })
    const { person, token } = await here.createGuest()
    now += 25 * HOUR
    await here.identify({ ticket: token })
    await store.ping()
    expect((await store.authors([person.author]))[0]?.seen).toBe(now)
    const failing = { ...bound(store), saveAuthor: () => Promise.reject(new Error('disk full')) }
    now += 25 * HOUR
    expect(await people({ now: () => now, store: failing }).identify({ ticket: token })).toMatchObject(person)
  })

  test('People: unknown authors have no name and always the same colour', async () => {
    const unknown = newAuthorId()
    const [first, system] = await people().people([unknown, SYSTEM_AUTHOR])
    expect(first).toEqual((await people().people([unknown]))[0])
    expect(first).toMatchObject({ author: unknown, name: '' })
    expect(isPersonColour(system?.colour)).toBe(true)
  })
})

/** The store's methods as own properties. */
function bound(from: Store): Store {
  return new Proxy({} as Store, {
    get: (_target, key: keyof Store) => {
      const value = from[key]
      return typeof value === 'function' ? value.bind(from) : value
    },
    ownKeys: () => ['authorOfToken', 'bindToken', 'authors', 'saveAuthor'],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
}

describe('cookies', () => {
  const settings = { prefix: '', sameSite: 'Lax', lifetime: 60_000 } as const
  const token = newToken()

  test.each([
    [settings, { secure: false, foreign: false }, 'token=T; Max-Age=60; Path=/; HttpOnly; SameSite=Lax'],
    [
      settings,
      { secure: true, foreign: false },
      'token=T; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
    ],
    [settings, { secure: false, foreign: true }, 'token=T; Max-Age=60; Path=/; HttpOnly; SameSite=Lax'],
    [
      settings,
      { secure: true, foreign: true },
      'token-framed=T; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=None; Partitioned',
    ],
    [
      { ...settings, sameSite: 'None', prefix: 'ep_' } as const,
      { secure: true, foreign: false },
      'ep_token=T; Max-Age=60; Path=/; HttpOnly; SameSite=None; Secure',
    ],
    [
      { ...settings, sameSite: 'None' } as const,
      { secure: false, foreign: false },
      'token=T; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
    ],
    [
      { ...settings, sameSite: 'Strict' } as const,
      { secure: true, foreign: false },
      'token=T; Max-Age=60; Path=/; HttpOnly; SameSite=Strict; Secure',
    ],
  ])('D6: %j in %j makes %s', (given, frame, line) => {
    expect(tokenCookie(token, given, frame)).toBe(line.replace('=T;', `=${token};`))
  })

  test('D6: only our own cookies are read, at most four, and no endless header', () => {
    expect(tokensIn(undefined, '')).toEqual([])
    expect(tokensIn(`token=${token}`, 'ep_')).toEqual([])
    expect(tokensIn(`token=no; mytoken=${token}; token=${token}`, '')).toEqual([token])
    expect(tokensIn(Array.from({ length: 9 }, () => `token=${token}`).join('; '), '')).toHaveLength(4)
    expect(tokensIn(`${'x'.repeat(20_000)}; token=${token}`, '')).toEqual([])
  })

  test('D6: ids and tokens have their forms', () => {
    expect(isToken(newToken())).toBe(true)
    expect(isReadOnlyId(newReadOnlyId())).toBe(true)
    expect(hashToken('t.a')).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(Array.from({ length: 100 }, newAuthorId)).size).toBe(100)
  })
})
