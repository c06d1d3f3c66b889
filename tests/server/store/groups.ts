/** What every store must do with groups and their sessions (SPEC-store ST120 to ST124); run by `sqlite.test.ts` and `mariadb.test.ts`. */
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Store } from '../../../server/store/store.ts'
import type { Subject } from './contract.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const groupId = () => `g.${randomBytes(8).toString('hex')}`
const sessionId = () => `s.${randomBytes(16).toString('hex')}`
const NOW = 1_700_000_000

export function groupsContract(title: string, begin: () => Promise<Subject>): void {
  describe(`${title}: groups`, () => {
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

    test('ST120: groups are there until they are removed, and come in byte order', async () => {
      const ids = [groupId(), groupId(), groupId()].sort()
      for (const id of ids) await store.addGroup(id, NOW)
      expect(await other.group(ids[0] ?? '')).toBe(true)
      expect(await other.group(groupId())).toBe(false)
      expect(await other.groups('', 10)).toEqual(ids)
      expect(await other.groups(ids[0] ?? '', 1)).toEqual([ids[1]])
      expect(await store.removeGroup(ids[1] ?? '')).toBe(true)
      expect(await store.removeGroup(ids[1] ?? '')).toBe(false)
      expect(await store.groups('', 10)).toEqual([ids[0], ids[2]])
    })

    test('ST121: a name of another system stands for one group and one author, also when two ask at once', async () => {
      const name = hash('course 7')
      expect(await store.mapped('group', name)).toBeNull()
      const [one, two] = await Promise.all([
        store.mapGroup(name, groupId(), NOW),
        other.mapGroup(name, groupId(), NOW),
      ])
      expect(two).toBe(one)
      expect(await store.mapped('group', name)).toBe(one)
      expect(await store.mapped('author', name)).toBeNull()
      expect(await store.groups('', 100)).toContain(one)
      const author = (id: string) => ({ id, name: 'Ada', colour: '3', seen: NOW })
      const [a, b] = await Promise.all([
        store.mapAuthor(name, author('a.1111111111111111')),
        other.mapAuthor(name, author('a.2222222222222222')),
      ])
      expect(b).toBe(a)
      expect(await store.authors(['a.1111111111111111', 'a.2222222222222222'])).toEqual([author(a)])
      // What it was called goes with the group.
      await store.removeGroup(one)
      expect(await store.mapped('group', name)).toBeNull()
      expect(await store.mapped('author', name)).toBe(a)
    })

    test('ST122: a session lets its author into its group until its time; it goes with the group', async () => {
      const group = groupId()
      const session = { id: sessionId(), group, author: 'a.ada', validUntil: NOW + 10 }
      expect(await store.addGroupSession(session)).toBe(false)
      await store.addGroup(group, NOW)
      expect(await store.addGroupSession(session)).toBe(true)
      expect(await other.groupSession(session.id)).toEqual(session)
      expect(await other.inGroup(group, 'a.ada', NOW)).toBe(true)
      expect(await other.inGroup(group, 'a.ada', NOW + 10)).toBe(false)
      expect(await other.inGroup(group, 'a.bob', NOW)).toBe(false)
      expect(await other.inGroup(groupId(), 'a.ada', NOW)).toBe(false)
      const asked = ['a.ada', 'a.bob', ...Array.from({ length: 600 }, (_, at) => `a.nobody${at}`)]
      expect(await other.memberships(asked, NOW)).toEqual(new Set([`a.ada ${group}`]))
      expect(await other.memberships(asked, NOW + 10)).toEqual(new Set())
      expect(await other.memberships([], NOW)).toEqual(new Set())
      const more = { ...session, id: sessionId(), author: 'a.bob', validUntil: 9e15 }
      await store.addGroupSession(more)
      expect(await store.groupSessions({ group }, 10)).toEqual(
        [session, more].sort((a, b) => (a.id < b.id ? -1 : 1)),
      )
      expect(await store.groupSessions({ author: 'a.bob' }, 10)).toEqual([more])
      expect(await store.removeGroupSession(session.id)).toBe(true)
      expect(await store.removeGroupSession(session.id)).toBe(false)
      expect(await store.inGroup(group, 'a.ada', NOW)).toBe(false)
      await store.removeGroup(group)
      expect(await store.groupSession(more.id)).toBeNull()
    })

    test('ST124: forgetting an author forgets what others call them, and their sessions', async () => {
      const [group, name] = [groupId(), hash('somebody to forget')]
      await store.addGroup(group, NOW)
      const author = { id: 'a.forgetforgetforg', name: 'Eve', colour: '4', seen: NOW }
      expect(await store.mapAuthor(name, author)).toBe(author.id)
      await store.addGroupSession({ id: sessionId(), group, author: author.id, validUntil: NOW + 10 })
      expect(await other.forgetAuthor(author.id)).toBe(true)
      expect(await store.mapped('author', name)).toBeNull()
      expect(await store.inGroup(group, author.id, NOW)).toBe(false)
      expect(await store.groupSessions({ author: author.id }, 10)).toEqual([])
    })

    test('ST123: sessions that ended long ago are removed, some at a time', async () => {
      const group = groupId()
      await store.addGroup(group, NOW)
      for (const validUntil of [NOW - 3, NOW - 2, NOW - 1, NOW])
        await store.addGroupSession({ id: sessionId(), group, author: 'a.old', validUntil })
      expect(await store.removeOldGroupSessions(NOW, 2)).toBe(2)
      expect(await store.removeOldGroupSessions(NOW, 2)).toBe(1)
      expect(await store.removeOldGroupSessions(NOW, 2)).toBe(0)
      expect((await store.groupSessions({ group }, 10)).map(({ validUntil }) => validUntil)).toEqual([NOW])
    })
  })
}
