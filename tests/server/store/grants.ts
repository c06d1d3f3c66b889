/** What every store must do with what people may do in pads (SPEC-store ST100 to ST104); run by `sqlite.test.ts` and `mariadb.test.ts`. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { MyPadsQuery } from '../../../server/store/grant-store.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Subject } from './contract.ts'

const NOW = 1_700_000_000_000
const LINK = `k.${'0123456789abcdef'.repeat(2)}`

export function grantsContract(title: string, begin: () => Promise<Subject>): void {
  describe(`${title}: who may do what`, () => {
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

    let pads = 0
    async function newPad(owner: string | null, name = `pad ${++pads}`): Promise<string> {
      await store.create({
        name: `p/${name}`,
        generation: 'g',
        time: NOW,
        seed: { author: 'a.system', bytes: new Uint8Array([1]), clients: [] },
      })
      if (owner !== null)
        await store.savePadValue(`p/${name}`, { name: 'owner', value: owner, time: NOW }, true)
      return name
    }
    const mine = async (who: readonly string[], more: Partial<MyPadsQuery> = {}) => {
      const query = { search: '', order: 'name', descending: false, offset: 0, limit: 50 } as const
      return store.myPads({ ...query, who, kind: 'own', ...more })
    }
    const names = async (who: readonly string[], more: Partial<MyPadsQuery> = {}) =>
      (await mine(who, more)).pads.map(({ name }) => name)

    test('ST104: another read-only id takes the place of the one there is; other servers see that something changed', async () => {
      const pad = await newPad('a.ada')
      const first = await store.readOnlyId(pad, () => 'r.first')
      const changed = async (): Promise<number> => (await other.padNews([`p/${pad}`]))[0]?.changed ?? -1
      const before = await changed()
      expect(await store.replaceReadOnlyId(pad, 'r.second', NOW)).toBe(true)
      expect(await other.padOfReadOnlyId(first)).toBeNull()
      expect(await other.padOfReadOnlyId('r.second')).toBe(pad)
      expect(await other.readOnlyId(pad, () => 'r.third')).toBe('r.second')
      expect(await changed()).toBeGreaterThan(before)
      expect(await store.replaceReadOnlyId('no such pad', 'r.fourth', NOW)).toBe(false)
      await store.remove(`p/${pad}`)
      expect(await other.padOfReadOnlyId('r.second')).toBeNull()
    })

    test('ST100, ST101: rule, owner and lists change together, and go with the pad', async () => {
      const pad = await newPad('a.ada')
      expect(await names(['a.ada'])).toEqual([pad])
      const grants = [
        { who: 'a.bo', level: 3 },
        { who: 'g:team', level: 1 },
        { who: LINK, level: 1 },
      ]
      expect(await store.saveRule(pad, { rule: '{"one":1}', time: NOW, grants })).toBe(true)
      expect(await other.padOfLink(LINK)).toBe(pad)
      expect(await names(['a.bo'], { kind: 'shared' })).toEqual([pad])
      expect(await names(['a.cy', 'g:team'], { kind: 'shared' })).toEqual([pad])
      expect(await names(['a.bo'])).toEqual([])

      await other.saveRule(pad, { rule: '{"two":2}', time: NOW, owner: 'a.bo', grants: [] })
      const values = await store.padValues(`p/${pad}`)
      expect(Object.fromEntries(values.map(({ name, value }) => [name, value]))).toEqual({
        owner: 'a.bo',
        rule: '{"two":2}',
      })
      expect([await names(['a.ada']), await names(['a.bo'])]).toEqual([[], [pad]])
      expect(await names(['a.cy', 'g:team'], { kind: 'shared' })).toEqual([])
      expect(await store.padOfLink(LINK)).toBeNull()

      await store.remove(`p/${pad}`)
      expect(await names(['a.bo'])).toEqual([])
      expect(await store.saveRule(pad, { rule: '{}', time: NOW, grants })).toBe(false)
    })

    test('ST100: other servers see from the time of the values that the rule changed', async () => {
      const pad = await newPad('a.ada')
      const before = (await other.padNews([`p/${pad}`]))[0]?.changed ?? 0
      await store.saveRule(pad, { rule: '{}', time: NOW, grants: [] })
      expect((await other.padNews([`p/${pad}`]))[0]?.changed).toBeGreaterThan(before)
    })

    test('ST101: pads of older versions stand in the lists of their owners', async () => {
      const pad = await newPad('a.old')
      await subject.sql(`DELETE FROM inkpad_grant WHERE who = 'a.old'`)
      expect(await names(['a.old'])).toEqual([])
      await subject.sql('DELETE FROM inkpad_migration WHERE step >= 19')
      const later = subject.another()
      await later.open()
      await later.close()
      expect(await names(['a.old'])).toEqual([pad])
    })

    test('ST102: lists are searched, sorted, paged; a pad that comes by two ways is listed once', async () => {
      for (const name of ['List b%', 'List a', 'List c']) {
        const pad = await newPad('a.lena', name)
        const time = NOW + name.charCodeAt(5)
        await store.saveVisit(pad, 'a.lena', time)
      }
      expect(await names(['a.lena'])).toEqual(['List a', 'List b%', 'List c'])
      expect(await names(['a.lena'], { descending: true, limit: 1, offset: 1 })).toEqual(['List b%'])
      expect(await mine(['a.lena'], { search: 'b%' })).toMatchObject({
        total: 1,
        pads: [{ name: 'List b%' }],
      })
      expect((await mine(['a.lena'], { kind: 'recent', order: 'seen', limit: 1 })).total).toBe(3)
      expect(await names(['a.lena'], { kind: 'recent', order: 'seen' })).toEqual([
        'List a',
        'List b%',
        'List c',
      ])
      const grants = [
        { who: 'a.max', level: 1 },
        { who: 'g:team', level: 3 },
      ]
      await store.saveRule('List a', { rule: '{}', time: NOW, grants })
      expect((await mine(['a.max', 'g:team'], { kind: 'shared' })).total).toBe(1)
      expect(await names([], { kind: 'shared' })).toEqual([])
    })

    test('ST103: who knew a password is kept until they are forgotten; nobody is proved by the password of another pad', async () => {
      const [pad, second] = [await newPad('a.ada'), await newPad('a.ada')]
      expect(await store.passOf(pad, 'a.guest')).toBe('')
      await store.savePass(pad, 'a.guest', 'first')
      expect([await other.passOf(pad, 'a.guest'), await other.passOf(second, 'a.guest')]).toEqual([
        'first',
        '',
      ])
      await store.savePass(pad, 'a.ada', 'first')
      await store.forgetAuthor('a.guest')
      expect(await store.passOf(pad, 'a.guest')).toBe('')
      expect(await names(['a.ada'], { search: pad })).toEqual([pad])
    })

    test('ST103: people with an account are found by part of their name', async () => {
      for (const [id, name] of [
        ['a.find1', 'Mara Weber'],
        ['a.find2', 'Tamara_K'],
        ['a.find3', 'Jo'],
      ] as const) {
        await store.saveAuthor({ id, name, colour: '1', seen: NOW })
        if (id !== 'a.find2')
          await store.saveAccount({
            id: `acc ${id}`,
            provider: 'p',
            subject: id,
            author: id,
            profile: '{}',
            seen: NOW,
          })
      }
      expect(await store.findPeople('MARA', 10)).toEqual([{ author: 'a.find1', name: 'Mara Weber' }])
      expect(await store.findPeople('_', 10)).toEqual([])
    })
  })
}
