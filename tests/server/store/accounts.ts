/** What every store must do with accounts of our own and with what happened (SPEC-store ST110 to ST114). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { AuditEntry } from '../../../server/store/audit-store.ts'
import type { UserRow } from '../../../server/store/user-store.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Subject } from './contract.ts'

const NOW = 1_700_000_000_000
const userRow = (name: string, more: Partial<UserRow> = {}): UserRow => ({
  id: `u.${name}`,
  name,
  key: name.toLowerCase(),
  version: 1,
  created: NOW,
  seen: 0,
  admin: false,
  blocked: false,
  proof: '{"hash":"é"}',
  ...more,
})
const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  time: NOW,
  kind: 'login',
  who: 'Ada 😀',
  id: 'a.ada',
  address: '203.0.113.0',
  target: '',
  facts: '{}',
  ...more,
})

export function accountsContract(title: string, begin: () => Promise<Subject>): void {
  describe(`${title}: accounts of our own, and what happened`, () => {
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

    test('ST110: a name belongs to one account, also of many who take it at once', async () => {
      const ada = userRow('Ada')
      expect(await store.addUser(ada)).toBe(true)
      expect(await other.user(ada.id)).toEqual(ada)
      expect(await other.userNamed('ada')).toEqual(ada)
      expect(await other.userNamed('Ada')).toBeNull()
      const rows = Array.from({ length: 6 }, (_, at) => userRow('Race', { id: `u.race${at}` }))
      const given = await Promise.all(rows.map((row, at) => (at % 2 === 0 ? store : other).addUser(row)))
      expect(given.filter(Boolean)).toHaveLength(1)
      expect((await store.userNamed('race'))?.id).toBe(rows[given.indexOf(true)]?.id)
    })

    test('ST111: of two who change an account from the same version one is told that it did not happen', async () => {
      const bob = userRow('Bob')
      await store.addUser(bob)
      const next = { ...bob, version: 2, admin: true, blocked: true, seen: NOW + 1, proof: '{}' }
      const given = await Promise.all([store.changeUser(next), other.changeUser({ ...next, seen: NOW + 2 })])
      expect(given.filter(Boolean)).toHaveLength(1)
      expect(await store.user(bob.id)).toEqual({ ...next, seen: NOW + (given[0] ? 1 : 2) })
      expect(await store.changeUser({ ...next, version: 2 })).toBe(false)
      expect(await other.removeUser(bob.id)).toBe(true)
      expect(await other.removeUser(bob.id)).toBe(false)
      expect(await store.changeUser({ ...next, version: 3 })).toBe(false)
      expect(await store.user(bob.id)).toBeNull()
    })

    test('ST110: accounts are listed by part of their name, in the order asked for', async () => {
      await store.addUser(userRow('List One', { seen: NOW + 1 }))
      await store.addUser(userRow('List Two', { seen: NOW + 3 }))
      await store.addUser(userRow('list_three', { seen: NOW + 2 }))
      const base = { search: 'LIST', order: 'seen', descending: true, offset: 0, limit: 2 } as const
      const { users, total } = await other.userPage(base)
      expect([users.map(({ name }) => name), total]).toEqual([['List Two', 'list_three'], 3])
      const rest = await other.userPage({ ...base, order: 'name', descending: false, offset: 2 })
      expect(rest.users.map(({ name }) => name)).toEqual(['list_three'])
      expect((await other.userPage({ ...base, search: 't_t' })).users.map(({ name }) => name)).toEqual([
        'list_three',
      ])
    })

    test('ST112: an account of a provider goes with its sessions', async () => {
      const account = {
        id: 'account',
        provider: 'p',
        subject: 's',
        author: 'a.gone',
        profile: '{}',
        seen: NOW,
      }
      await store.saveAccount(account)
      await store.saveSession({
        hash: 'h',
        account: 'account',
        sid: '',
        created: NOW,
        seen: NOW,
        ends: NOW + 1e6,
        about: '{}',
      })
      expect(await other.removeAccount('account')).toBe(true)
      expect(await store.session('h')).toBeNull()
      expect(await store.accountOfAuthor('a.gone')).toBeNull()
      expect(await other.removeAccount('account')).toBe(false)
    })

    test('ST115: of many authors it is told how many living sessions they have, and of many sessions which live', async () => {
      const profile = '{}'
      for (const name of ['in', 'out'])
        await store.saveAccount({
          id: name,
          provider: 'p',
          subject: name,
          author: `a.${name}`,
          profile,
          seen: NOW,
        })
      const base = { account: 'in', sid: '', created: NOW, seen: NOW, about: '{}' }
      await store.saveSession({ ...base, hash: 'one', ends: NOW + 10 })
      await store.saveSession({ ...base, hash: 'two', ends: NOW + 20 })
      const asked = ['a.in', 'a.out', 'a.guest', ...Array.from({ length: 600 }, (_, at) => `a.${at}`)]
      const living = async (now: number) =>
        [...(await other.livingSessions(asked, now))]
          .map(([author, { sessions, seen }]) => [author, sessions, seen] as const)
          .sort(([, one], [, two]) => two - one)
      expect(await living(NOW)).toEqual([
        ['a.in', 2, NOW],
        ['a.out', 0, NOW],
      ])
      expect(await living(NOW + 10)).toEqual([
        ['a.in', 1, NOW],
        ['a.out', 0, NOW],
      ])
      expect(await other.livingSessions([], NOW)).toEqual(new Map())
      const hashes = ['one', 'two', 'none', ...Array.from({ length: 600 }, (_, at) => `none ${at}`)]
      expect([...(await other.livingHashes(hashes, NOW))].sort()).toEqual(['one', 'two'])
      expect(await other.livingHashes(hashes, NOW + 10)).toEqual(new Set(['two']))
      expect(await other.livingHashes([], NOW)).toEqual(new Set())
    })

    test('ST113: what happened is read newest first, by kind, time and part of who, target or address', async () => {
      await store.addAudit([])
      await store.addAudit([
        entry({ time: NOW + 1 }),
        entry({ time: NOW + 2, kind: 'export', target: 'plan_A', facts: '{"format":"docx"}' }),
      ])
      await other.addAudit([
        entry({ time: NOW + 3, kind: 'delete', who: 'Bob', address: '', target: 'planXA' }),
      ])
      const all = { kinds: [], search: '', since: 0, before: 0, limit: 10 }
      const rows = await store.auditPage(all)
      expect(rows.map(({ kind }) => kind)).toEqual(['delete', 'export', 'login'])
      expect(rows[1]).toEqual({
        ...entry({ time: NOW + 2, kind: 'export', target: 'plan_A', facts: '{"format":"docx"}' }),
        number: rows[1]?.number,
      })
      const kindsOf = async (query: object) =>
        (await other.auditPage({ ...all, ...query })).map((row) => row.kind)
      expect(await kindsOf({ kinds: ['login', 'export'] })).toEqual(['export', 'login'])
      expect(await kindsOf({ search: 'PLAN_a' })).toEqual(['export'])
      expect(await kindsOf({ search: 'bob' })).toEqual(['delete'])
      expect(await kindsOf({ search: '203.0' })).toEqual(['export', 'login'])
      expect(await kindsOf({ since: NOW + 2 })).toEqual(['delete', 'export'])
      expect(await kindsOf({ before: rows[0]?.number, limit: 1 })).toEqual(['export'])
    })

    test('ST114: the old and the too many go, oldest first', async () => {
      const all = { kinds: [], search: '', since: 0, before: 0, limit: 1000 }
      await store.trimAudit(NOW + 1e9, 1000)
      expect(await other.auditPage(all)).toEqual([])
      await store.addAudit(Array.from({ length: 20 }, (_, at) => entry({ time: NOW + at })))
      expect(await other.trimAudit(NOW + 5, 1000)).toBe(5)
      expect(await other.trimAudit(0, 10)).toBe(5)
      expect((await store.auditPage(all)).map(({ time }) => time - NOW)).toEqual(
        Array.from({ length: 10 }, (_, at) => 19 - at),
      )
      expect(await store.trimAudit(0, 10)).toBe(0)
    })
  })
}
