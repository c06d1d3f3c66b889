/** Chat and values of pads in the store (SPEC-pads P1, P2, P20, P40), run on each database. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { NewChatLine, Store } from '../../../server/store/store.ts'
import type { Subject } from './contract.ts'

const T0 = 1_700_000_000_000
let keys = 0
const line = (text: string, more: Partial<NewChatLine> = {}): NewChatLine => ({
  author: 'a.ada0000000000000',
  name: 'Ada',
  text,
  time: T0,
  key: `key-${++keys}`,
  ...more,
})

export function padsContract(title: string, begin: () => Promise<Subject>): void {
  describe(`${title}: pads`, () => {
    let subject: Subject
    let store: Store
    let other: Store
    const make = (name: string) =>
      store.create({
        name,
        generation: `g ${name}`,
        time: T0,
        seed: { author: 'a.system', bytes: new Uint8Array([1]), clients: [1] },
      })

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

    test('P1: a line is kept with everything it holds, and gets the next number of its pad', async () => {
      await make('p/first')
      await make('p/second')
      const said = line('Ä 😀 \n "quoted" \\ % _ \u202E', { name: 'Bo 😀', time: T0 + 5 })
      expect(await store.addChat('p/first', said)).toEqual({ ...said, id: 0, fresh: true })
      expect((await other.addChat('p/first', line('two')))?.id).toBe(1)
      expect((await other.addChat('p/second', line('elsewhere')))?.id).toBe(0)
      expect((await other.chatBefore('p/first', null, 10))[0]).toEqual({ ...said, id: 0 })
      const long = 'x'.repeat(2000)
      await store.addChat('p/second', line(long))
      expect((await store.chatBefore('p/second', null, 1))[0]?.text).toBe(long)
    })

    test('P1: two servers that write at once number every line once and without gaps', async () => {
      await make('p/busy')
      const all = await Promise.all(
        Array.from({ length: 40 }, async (_, index) =>
          (index % 2 === 0 ? store : other).addChat('p/busy', line(`line ${index}`)),
        ),
      )
      expect(all.map((one) => one?.id ?? -1).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 40 }, (_, i) => i),
      )
      const stored = await store.chatBefore('p/busy', null, 1000)
      expect(stored.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, i) => i))
      expect(new Set(stored.map(({ text }) => text)).size).toBe(40)
    })

    test('P2: the same key of the same author is one line, whoever takes it and however often', async () => {
      await make('p/twice')
      const said = line('once')
      const all = await Promise.all(
        Array.from({ length: 8 }, async (_, index) =>
          (index % 2 === 0 ? store : other).addChat('p/twice', said),
        ),
      )
      expect(all.filter((one) => one?.fresh)).toHaveLength(1)
      expect(all.every((one) => one?.id === 0 && one.text === 'once')).toBe(true)
      expect((await store.addChat('p/twice', { ...said, text: 'other words' }))?.text).toBe('once')
      expect(await store.addChat('p/twice', { ...said, author: 'a.bob0000000000000' })).toMatchObject({
        id: 1,
        fresh: true,
      })
    })

    test('P5: pages of lines before and after another, ascending, never more than asked for', async () => {
      await make('p/pages')
      for (let index = 0; index < 12; index++) await store.addChat('p/pages', line(`${index}`))
      const ids = async (rows: Promise<readonly { id: number }[]>): Promise<number[]> =>
        (await rows).map(({ id }) => id)
      expect(await ids(store.chatBefore('p/pages', null, 5))).toEqual([7, 8, 9, 10, 11])
      expect(await ids(store.chatBefore('p/pages', 7, 5))).toEqual([2, 3, 4, 5, 6])
      expect(await ids(store.chatBefore('p/pages', 2, 5))).toEqual([0, 1])
      expect(await ids(store.chatBefore('p/pages', 0, 5))).toEqual([])
      expect(await ids(store.chatAfter('p/pages', -1, 3))).toEqual([0, 1, 2])
      expect(await ids(store.chatAfter('p/pages', 9, 30))).toEqual([10, 11])
      expect(await ids(store.chatAfter('p/nothing here', -1, 30))).toEqual([])
    })

    test('P1: nothing is kept without a pad, and everything goes with it', async () => {
      expect(await store.addChat('p/never made', line('into the void'))).toBeNull()
      expect(await store.savePadValue('p/never made', { name: 'owner', value: 'x', time: T0 }, true)).toBe(
        false,
      )
      await make('p/gone')
      await store.addChat('p/gone', line('last words'))
      await store.savePadValue('p/gone', { name: 'owner', value: 'a.ada0000000000000', time: T0 }, true)
      await store.remove('p/gone')
      await make('p/gone')
      expect(await store.chatBefore('p/gone', null, 10)).toEqual([])
      expect(await store.padValues('p/gone')).toEqual([])
      const { id } = await make('p/kept')
      await store.addChat('p/kept', line('stays'))
      await store.remove('p/gone')
      expect(await store.chatBefore('p/kept', null, 10)).toHaveLength(1)
      expect(id).toBeGreaterThan(0)
    })

    test('P1: a line that comes while the pad is deleted is kept by nobody', async () => {
      for (let round = 0; round < 10; round++) {
        await make(`p/race ${round}`)
        const [said] = await Promise.all([
          store.addChat(`p/race ${round}`, line('quick')),
          other.remove(`p/race ${round}`),
        ])
        await make(`p/race ${round}`)
        expect(await store.chatBefore(`p/race ${round}`, null, 10)).toEqual([])
        expect(said === null || said.id === 0).toBe(true)
      }
    })

    test('P20: of many who want to own a pad the first one does', async () => {
      await make('p/owned')
      const authors = ['a.1', 'a.2', 'a.3', 'a.4', 'a.5', 'a.6']
      const claims = await Promise.all(
        authors.map(async (value, index) =>
          (index % 2 === 0 ? store : other).savePadValue('p/owned', { name: 'owner', value, time: T0 }, true),
        ),
      )
      expect(claims.filter(Boolean)).toHaveLength(1)
      expect((await store.padValues('p/owned')).map(({ value }) => value)).toEqual([
        authors[claims.indexOf(true)],
      ])
    })

    test('P40: values of a pad are replaced, each by its name, and their time always ascends', async () => {
      await make('p/values')
      await store.savePadValue('p/values', { name: 'settings', value: '{"a":1}', time: T0 + 100 }, false)
      await other.savePadValue('p/values', { name: 'owner', value: 'a.ada', time: T0 }, false)
      await store.savePadValue('p/values', { name: 'settings', value: '{"a":"ü😀"}', time: T0 + 50 }, false)
      const values = await other.padValues('p/values')
      expect(values.map(({ name, value }) => [name, value])).toEqual([
        ['owner', 'a.ada'],
        ['settings', '{"a":"ü😀"}'],
      ])
      expect(values.map(({ time }) => time)).toEqual([T0 + 101, T0 + 102])
    })

    test('P6: one question tells what is new in many pads, and which of them are gone', async () => {
      await make('p/quiet')
      await make('p/loud')
      await store.addChat('p/loud', line('one'))
      await store.addChat('p/loud', line('two'))
      await store.savePadValue('p/loud', { name: 'settings', value: '{}', time: T0 }, false)
      const many = Array.from({ length: 600 }, (_, index) => `p/not there ${index}`)
      const news = await other.padNews(['p/quiet', ...many, 'p/loud', 'p/loud'])
      expect(new Map(news.map((one) => [one.document, one]))).toEqual(
        new Map([
          ['p/quiet', { document: 'p/quiet', chat: -1, changed: 0 }],
          ['p/loud', { document: 'p/loud', chat: 1, changed: T0 }],
        ]),
      )
      expect(await store.padNews([])).toEqual([])
    })

    test('P50: a value of the installation is replaced, and read as it stands', async () => {
      expect(await store.settingNow('notice')).toBeNull()
      await store.saveSetting('notice', 'Down at noon')
      await other.saveSetting('notice', 'Down at one 😀')
      expect(await store.settingNow('notice')).toBe('Down at one 😀')
      expect(await store.setting('notice', () => 'never')).toBe('Down at one 😀')
      await Promise.all([store.saveSetting('race', 'a'), other.saveSetting('race', 'b')])
      expect(['a', 'b']).toContain(await store.settingNow('race'))
    })
  })
}
