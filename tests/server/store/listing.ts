/** Lists of pads and authors (SPEC-store ST60 to ST63), run on each database. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { PadQuery, Store } from '../../../server/store/store.ts'
import type { Subject } from './contract.ts'

const T0 = 1_700_000_000_000
const ALL: PadQuery = { search: '', order: 'name', descending: false, offset: 0, limit: 50 }
const DIGITS = `(${Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS d`).join(' UNION ALL ')})`
/** A statement that makes 100 000 pads behind the store's back. */
const MANY = `INSERT INTO inkpad_pad (document, name, edited, versions, bytes)
  SELECT 1000000 + n, MANY_NAME, ${T0} + n * 1000, 1 + n % 977, n % 5000 FROM (
    SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
    FROM ${DIGITS} a, ${DIGITS} b, ${DIGITS} c, ${DIGITS} e, ${DIGITS} f
  ) AS numbers`

export function listingContract(title: string, begin: () => Promise<Subject>): void {
  describe(`${title}: lists`, () => {
    let subject: Subject
    let store: Store

    beforeAll(async () => {
      subject = await begin()
      store = subject.another()
      await store.open()
      for (const [index, name] of ['alpha', 'Beta_1', 'gamma', 'beta 100%'].entries())
        await store.create({
          name: `p/${name}`,
          generation: `g${index}`,
          time: T0 + index,
          seed: { author: 'a.inkpad0000server', bytes: new Uint8Array([1, 2, 3]), clients: [1] },
        })
      await store.create({
        name: 'b/alpha',
        generation: 'board',
        time: T0,
        seed: { author: 'a.inkpad0000server', bytes: new Uint8Array([1]), clients: [1] },
      })
    }, 60_000)
    afterAll(async () => {
      await store?.close()
      await subject?.dispose()
    })

    const names = async (query: Partial<PadQuery>): Promise<string[]> =>
      (await store.padPage({ ...ALL, ...query })).pads.map(({ name }) => name)
    const idOf = async (pad: string): Promise<number> => (await store.find(`p/${pad}`))?.id ?? 0

    test('ST60: a pad is in the list as soon as it is made; a board is not', async () => {
      expect(await store.padPage(ALL)).toEqual({
        total: 4,
        pads: ['Beta_1', 'alpha', 'beta 100%', 'gamma'].map((name) => ({
          name,
          edited: expect.any(Number),
          versions: 1,
          bytes: 3,
          authors: [],
          authorCount: 0,
        })),
      })
    })

    test('ST60, ST62: facts are brought up to date; those who wrote are named, the server is nobody', async () => {
      const document = await idOf('gamma')
      for (const [seq, author] of [
        [2, 'a.ada'],
        [3, 'a.bo'],
        [4, 'a.ada'],
      ] as const)
        await store.append([
          { document, seq, author, time: T0 + seq, bytes: new Uint8Array([seq]), clients: [seq * 10] },
        ])
      await store.savePadFacts([
        { document, edited: T0 + 5000, versions: 4, bytes: 99 },
        { document: 424_242, edited: T0, versions: 9, bytes: 9 },
      ])
      expect(await store.padFacts('gamma')).toEqual({
        name: 'gamma',
        edited: T0 + 5000,
        versions: 4,
        bytes: 99,
        authors: ['a.ada', 'a.bo'],
        authorCount: 2,
      })
      expect(await store.padFacts('nothing')).toBeNull()
      expect(await store.padsOfAuthor('a.bo', 10)).toEqual(['gamma'])
    })

    test('ST60: facts of a pad that a version before ours made are added', async () => {
      const document = await idOf('alpha')
      await subject.sql('DELETE FROM inkpad_pad WHERE document = ?', [document])
      await store.savePadFacts([{ document, edited: T0 + 7, versions: 2, bytes: 8 }])
      expect(await store.padFacts('alpha')).toMatchObject({ name: 'alpha', edited: T0 + 7, versions: 2 })
    })

    test('ST61: search in any case, where signs stand for themselves', async () => {
      expect(await names({ search: 'BETA' })).toEqual(['Beta_1', 'beta 100%'])
      expect(await names({ search: 'a_1' })).toEqual(['Beta_1'])
      expect(await names({ search: '0%' })).toEqual(['beta 100%'])
      expect(await names({ search: "'; DROP" })).toEqual([])
    })

    test('ST61: orders, filters and pages', async () => {
      expect(await names({ order: 'edited', descending: true, limit: 2 })).toEqual(['gamma', 'alpha'])
      expect(await names({ order: 'bytes', descending: true, limit: 1 })).toEqual(['gamma'])
      expect(await names({ empty: true })).toEqual(['Beta_1', 'beta 100%'])
      expect(await names({ editedAfter: T0 + 100 })).toEqual(['gamma'])
      expect(await names({ editedBefore: T0 + 100, empty: true, search: '1' })).toEqual([
        'Beta_1',
        'beta 100%',
      ])
      expect(await names({ among: ['alpha', 'nothing'] })).toEqual(['alpha'])
      expect(await names({ among: [] })).toEqual([])
      const second = await store.padPage({ ...ALL, offset: 2, limit: 2 })
      expect([second.total, second.pads.map(({ name }) => name)]).toEqual([4, ['beta 100%', 'gamma']])
    })

    test('ST60: a deleted pad is in no list', async () => {
      await store.remove('p/beta 100%')
      expect(await names({})).toEqual(['Beta_1', 'alpha', 'gamma'])
    })

    test('ST63: authors are listed and forgotten with their tokens', async () => {
      await store.saveAuthor({ id: 'a.ada', name: 'Ada', colour: '1', seen: T0 + 1 })
      await store.saveAuthor({ id: 'a.bo', name: 'Bo', colour: '2', seen: T0 + 2 })
      await store.bindToken('hash', 'a.ada', T0)
      const query = { search: '', order: 'seen', descending: true, offset: 0, limit: 10 } as const
      expect((await store.authorPage(query)).authors.map(({ id }) => id)).toEqual(['a.bo', 'a.ada'])
      expect(await store.authorPage({ ...query, search: 'AD' })).toMatchObject({
        total: 1,
        authors: [{ id: 'a.ada', name: 'Ada', colour: '1' }],
      })
      expect(await store.forgetAuthor('a.ada')).toBe(true)
      expect(await store.forgetAuthor('a.ada')).toBe(false)
      expect(await store.authorOfToken('hash')).toBeNull()
      expect((await store.authorPage(query)).total).toBe(1)
    })

    test('ST61: 100 000 pads in pages, in every order', async () => {
      const name = title === 'MariaDB' ? "CONCAT('many-', n)" : "'many-' || n"
      await subject.sql(MANY.replace('MANY_NAME', name))
      const took: string[] = []
      for (const query of [
        { order: 'edited', descending: true },
        { order: 'versions', descending: true, offset: 50_000 },
        { order: 'name', offset: 99_000 },
        { order: 'bytes', search: 'NY-99' },
        { order: 'edited', editedBefore: T0 + 40_000_000, descending: true },
      ] as const) {
        const start = performance.now()
        const page = await store.padPage({ ...ALL, ...query })
        took.push(`${Math.round(performance.now() - start)} ms`)
        expect(page.pads).toHaveLength(50)
        expect(page.total).toBeGreaterThan(1000)
      }
      process.stdout.write(`100 000 pads, a page (${title}): ${took.join(', ')}\n`)
      const last = await store.padPage({ ...ALL, order: 'edited', descending: true, limit: 1 })
      expect(last).toMatchObject({ total: 100_003, pads: [{ name: 'many-99999' }] })
    }, 180_000)
  })
}
