/** What every store must do with accounts and sessions (SPEC-store ST63, ST80 to ST83); run by `sqlite.test.ts` and `mariadb.test.ts`. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { AccountRow, SessionRow } from '../../../server/store/login-store.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Subject } from './contract.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const NOW = 1_700_000_000_000

const accountRow = (subject: string, more: Partial<AccountRow> = {}): AccountRow => ({
  id: hash(`idp ${subject}`),
  provider: 'ep_idp/idp',
  subject,
  author: `a.${subject}`,
  profile: '{"name":"Ada 😀"}',
  seen: NOW,
  ...more,
})
const sessionRow = (name: string, account: string, more: Partial<SessionRow> = {}): SessionRow => ({
  hash: hash(name),
  account,
  sid: '',
  created: NOW,
  seen: NOW,
  ends: NOW + 1000,
  about: '{}',
  ...more,
})

export function loginsContract(title: string, begin: () => Promise<Subject>): void {
  describe(`${title}: people who sign in`, () => {
    let subject: Subject
    let store: Store
    let other: Store

    beforeAll(async () => {
      subject = await begin()
      store = subject.another()
      other = subject.another()
      await Promise.all([store.open(), other.open()])
    }, 60_000)
    afterAll(async () => {
      await Promise.all([store?.close(), other?.close()])
      await subject?.dispose()
    })

    test('ST80: an account keeps the author of its first time; its profile follows', async () => {
      const row = accountRow('ada')
      expect(await store.account(row.id)).toBeNull()
      expect(await store.saveAccount(row)).toEqual(row)
      const again = await other.saveAccount({ ...row, author: 'a.other', profile: '{}', seen: NOW + 1 })
      expect(again).toEqual({ ...row, profile: '{}', seen: NOW + 1 })
      expect(await store.account(row.id)).toEqual(again)
      expect(await store.accountOfAuthor('a.ada')).toEqual(again)
      expect(await store.accountOfAuthor('a.other')).toBeNull()
      // The same words once more change nothing and fail nowhere.
      expect(await other.saveAccount({ ...row, profile: '{}', seen: NOW + 1 })).toEqual(again)
    })

    test('ST80: of many who make it at once one author stands; an author of another account is refused', async () => {
      const rows = Array.from({ length: 8 }, (_, index) =>
        accountRow('race', { author: `a.race${index}`, seen: NOW + index }),
      )
      const given = await Promise.all(
        rows.map((row, index) => (index % 2 === 0 ? store : other).saveAccount(row)),
      )
      const standing = await store.account(rows[0]?.id ?? '')
      expect(new Set(given.map((one) => one?.author))).toEqual(new Set([standing?.author]))
      expect(await store.saveAccount(accountRow('thief', { author: standing?.author ?? '' }))).toBeNull()
      expect(await other.account(accountRow('thief').id)).toBeNull()
    })

    test('ST81: tokens of the author prove nothing any more', async () => {
      await store.bindToken(hash('token'), 'a.guest', NOW)
      await store.bindToken(hash('of another'), 'a.somebody', NOW)
      await store.saveAccount(accountRow('guest'))
      expect(await other.authorOfToken(hash('token'))).toBeNull()
      expect(await other.authorOfToken(hash('of another'))).toBe('a.somebody')
    })

    test('ST82: a session is kept, moved and ended: one, those of an account, those of a name', async () => {
      const ours = accountRow('sessions').id
      const theirs = accountRow('others').id
      const one = sessionRow('one', ours, { about: '{"keep":"é"}' })
      await store.saveSession(one)
      expect(await other.session(one.hash)).toEqual(one)
      await other.saveSession({ ...one, account: theirs, seen: NOW + 5, ends: NOW + 2000 })
      expect(await store.session(one.hash)).toEqual({ ...one, seen: NOW + 5, ends: NOW + 2000 })
      expect(await other.touchSession(one.hash, NOW + 6, NOW + 3000)).toBe(true)
      expect(await store.session(one.hash)).toEqual({ ...one, seen: NOW + 6, ends: NOW + 3000 })
      await store.saveSession(sessionRow('two', ours, { sid: hash('sid') }))
      await store.saveSession(sessionRow('three', theirs, { sid: hash('sid') }))
      await store.saveSession(sessionRow('four', ours))

      expect(await other.endSessions({ hash: one.hash })).toMatchObject([{ hash: one.hash, account: ours }])
      expect(await other.endSessions({ hash: one.hash })).toEqual([])
      expect(await other.touchSession(one.hash, NOW + 7, NOW + 4000)).toBe(false)
      expect(await store.session(one.hash)).toBeNull()
      expect(await other.endSessions({ sid: '' })).toEqual([])
      const named = await store.endSessions({ sid: hash('sid') })
      expect(named.map(({ account }) => account).sort()).toEqual([ours, theirs].sort())
      expect(await store.endSessions({ account: ours })).toHaveLength(1)
      expect(await other.session(hash('four'))).toBeNull()
    })

    test('ST83: sessions are listed, used last first; those that ended are not, and go', async () => {
      const { id } = accountRow('list')
      await store.saveSession(sessionRow('old', id, { seen: NOW, ends: NOW + 10 }))
      await store.saveSession(sessionRow('middle', id, { seen: NOW + 1, ends: NOW + 900 }))
      await store.saveSession(sessionRow('new', id, { seen: NOW + 2, ends: NOW + 900 }))
      const listed = await other.sessions(id, NOW + 10)
      expect(listed.map((row) => row.hash)).toEqual([hash('new'), hash('middle')])
      expect(await other.removeOldSessions(NOW + 10)).toBeGreaterThanOrEqual(1)
      expect(await store.session(hash('old'))).toBeNull()
      expect(await store.session(hash('middle'))).not.toBeNull()
    })

    test('ST63: forgetting an author takes account and sessions along', async () => {
      const row = accountRow('gone')
      await store.saveAuthor({ id: row.author, name: 'Gone', colour: '1', seen: NOW })
      await store.saveAccount(row)
      await store.saveSession(sessionRow('gone', row.id))
      expect(await other.forgetAuthor(row.author)).toBe(true)
      expect(await store.account(row.id)).toBeNull()
      expect(await store.session(hash('gone'))).toBeNull()
    })
  })
}
