import { describe, expect, test } from '@jest/globals'
import type { Presence } from '../../../shared/protocol.ts'
import type { Status } from '../../../client/net/types.ts'
import { othersOf } from '../../../client/pad/others.ts'
import { bannerFor, mustWarn, statusText } from '../../../client/pad/status-text.ts'

const base: Status = { state: 'saved', unsaved: 0, kept: true, store: 'ok' }
const say = (change: Partial<Status>, mayWrite = true) => statusText({ ...base, ...change }, mayWrite).key

describe('status in words', () => {
  test('"Saved" is said only when everything is durable', () => {
    expect(say({})).toBe('status.saved')
    expect(say({ state: 'saving', unsaved: 1 })).toBe('status.saving')
    expect(say({ store: 'down' })).toBe('status.store')
    expect(say({ store: 'readonly' }, false)).toBe('status.store')
    expect(say({ state: 'loading' })).toBe('status.loading')
    expect(say({ state: 'refused' })).toBe('status.refused')
  })

  test('offline says how many changes there are and where they are', () => {
    expect(say({ state: 'offline' })).toBe('status.offline')
    expect(statusText({ ...base, state: 'offline', unsaved: 3 }, true)).toMatchObject({
      key: 'status.offlineKept',
      count: 3,
    })
    expect(say({ state: 'offline', unsaved: 3, kept: false })).toBe('status.offlineLoose')
  })

  test('readers are told so, but a broken line comes first', () => {
    expect(say({}, false)).toBe('status.readonly')
    expect(say({ state: 'offline' }, false)).toBe('status.offline')
  })

  test('the browser asks before leaving only when something would be lost', () => {
    expect(mustWarn({ ...base, unsaved: 2, kept: false })).toBe(true)
    expect(mustWarn({ ...base, unsaved: 2 })).toBe(false)
    expect(mustWarn({ ...base, kept: false })).toBe(false)
  })

  test('banners speak of the line first, then of the database', () => {
    expect(bannerFor(base)).toBe('none')
    expect(bannerFor({ ...base, state: 'offline', store: 'down' })).toBe('offline')
    expect(bannerFor({ ...base, state: 'offline', unsaved: 1, kept: false })).toBe('offlineLoose')
    expect(bannerFor({ ...base, store: 'down' })).toBe('down')
    expect(bannerFor({ ...base, store: 'readonly' })).toBe('readonly')
    expect(bannerFor({ ...base, state: 'refused', store: 'down' })).toBe('none')
  })
})

describe('people of a pad', () => {
  const person = (author: string, name: string) => ({ author, name, colour: '1' })

  test('who is here comes first, two tabs are one person, oneself is left out', () => {
    const people = new Map(
      [person('a.me', 'Me'), person('a.b', 'Bo'), person('a.a', 'Al'), person('a.x', '')].map((p) => [
        p.author,
        p,
      ]),
    )
    const user = (author: string) => ({ user: { ...person(author, 'Old name'), color: '#c0392b' } })
    const presence = new Map<number, Presence>([
      [1, user('a.b')],
      [2, user('a.b')],
      [3, user('a.new')],
      [4, {}],
    ])
    expect(othersOf('a.me', people, presence).map(({ author, name, here }) => [author, name, here])).toEqual([
      ['a.b', 'Bo', true],
      ['a.new', 'Old name', true],
      ['a.a', 'Al', false],
      ['a.x', '', false],
    ])
  })
})
