/** What every store must do with values of plugins (SPEC-store ST70, ST71); run by `sqlite.test.ts` and `mariadb.test.ts`. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Store } from '../../../server/store/store.ts'
import type { Subject } from './contract.ts'

export function pluginValuesContract(title: string, begin: () => Promise<Subject>): void {
  describe(`${title}: values of plugins`, () => {
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

    test("ST70: a value is saved, seen by another server, changed and removed, and is its plugin's own", async () => {
      expect(await store.pluginValue('ep_a', 'k')).toBeNull()
      await store.savePluginValue('ep_a', 'k', '{"a":"😀"}')
      await store.savePluginValue('ep_b', 'k', '2')
      await store.savePluginValue('', 'k', '3')
      expect(await other.pluginValue('ep_a', 'k')).toBe('{"a":"😀"}')
      await other.savePluginValue('ep_a', 'k', '5')
      expect(await store.pluginValue('ep_a', 'k')).toBe('5')
      expect(await store.removePluginValue('ep_a', 'k')).toBe(true)
      expect(await other.removePluginValue('ep_a', 'k')).toBe(false)
      expect(await other.pluginValue('ep_a', 'k')).toBeNull()
      expect(await other.pluginValue('ep_b', 'k')).toBe('2')
      expect(await other.pluginValue('', 'k')).toBe('3')
    })

    test('ST70: of many who save at once one value stands, and each saves in the end', async () => {
      const values = Array.from({ length: 12 }, (_, index) => String(index))
      await Promise.all(
        values.map((value, index) =>
          (index % 2 === 0 ? store : other).savePluginValue('ep_a', 'race', value),
        ),
      )
      expect(values).toContain(await store.pluginValue('ep_a', 'race'))
      await store.savePluginValue('ep_a', 'race', 'last')
      expect(await other.pluginValue('ep_a', 'race')).toBe('last')
    })

    test('ST70: a value of 1 MB fits, keys of 200 characters fit, others are refused as our mistake', async () => {
      const large = JSON.stringify('é'.repeat(500_000))
      const key = '😀'.repeat(200)
      await store.savePluginValue('ep_a', key, large)
      expect(await other.pluginValue('ep_a', key)).toBe(large)
      for (const bad of ['', `${key}x`, 'a ', 'a\0', '\ud800'])
        await expect(store.savePluginValue('ep_a', bad, '1')).rejects.toThrow(RangeError)
    })

    test('ST71: keys by prefix in byte order, page by page; values by prefix', async () => {
      const keys = ['pad/A', 'pad/a', 'pad/b', 'pad/É', 'pad/é', 'pad/😀', 'pae', 'pa', 'pad/a/1']
      for (const key of keys) await store.savePluginValue('ep_list', key, JSON.stringify(key))
      await store.savePluginValue('ep_other', 'pad/c', '1')
      const sorted = keys
        .filter((key) => key.startsWith('pad/'))
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      expect(await other.pluginKeys('ep_list', 'pad/', '', 1000)).toEqual(sorted)
      expect(await other.pluginKeys('ep_list', 'pad/', '', 2)).toEqual(sorted.slice(0, 2))
      expect(await other.pluginKeys('ep_list', 'pad/', sorted[1] ?? '', 2)).toEqual(sorted.slice(2, 4))
      expect(await other.pluginKeys('ep_list', '', '', 1000)).toHaveLength(keys.length)
      expect(await other.pluginValues('ep_list', 'pad/')).toEqual(
        sorted.map((key) => ({ key, value: JSON.stringify(key) })),
      )
    })

    test('ST71: removing a plugin leaves the values of others', async () => {
      await store.savePluginValue('ep_gone', 'a', '1')
      await store.savePluginValue('ep_gone', 'b', '2')
      await store.savePluginValue('ep_gone2', 'a', '3')
      await store.removePluginValues('ep_gone')
      expect(await other.pluginKeys('ep_gone', '', '', 10)).toEqual([])
      expect(await other.pluginKeys('ep_gone2', '', '', 10)).toEqual(['a'])
    })
  })
}
