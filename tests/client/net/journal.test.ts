/** The journal of the last changes by itself. */
import { describe, expect, test } from '@jest/globals'
import { IDBFactory } from 'fake-indexeddb'
import { openJournal } from '../../../client/net/journal.ts'
import { createClientEnvironment, memoryStorage } from '../../support/client-environment.ts'
import { createClock } from '../../support/clock.ts'

/** One browser: what its tabs share. */
function browser() {
  return { indexedDB: new IDBFactory(), storage: memoryStorage() }
}
type Browser = ReturnType<typeof browser>

const entries = ({ storage }: Browser) => Array.from({ length: storage.length }, (_, i) => storage.key(i))

describe('the journal', () => {
  const rowOf = (n: number, size = 9) => ({
    n,
    update: new Uint8Array(size).fill(200),
    changes: 1,
    client: 7,
  })

  test('C5: it gives back what it got, and nothing of what is in the store', () => {
    const shared = browser()
    const clock = createClock()
    const mine = openJournal(createClientEnvironment({ clock, ...shared }), 'p/ü', 'tab')
    for (const n of [1, 2, 3]) mine.add(rowOf(n))
    mine.settle(1)
    mine.write('g')
    const other = openJournal(createClientEnvironment(shared), 'p/ü', 'other')
    expect(other.read()).toEqual([{ tab: 'tab', generation: 'g', rows: [rowOf(2), rowOf(3)] }])
    mine.settle(3)
    clock.advance(999)
    // A key in the meantime takes its place.
    mine.add(rowOf(4))
    mine.write('g')
    clock.advance(1000)
    expect(other.read()[0]?.rows).toEqual([rowOf(4)])
    mine.settle(4)
    clock.advance(1000)
    expect(entries(shared)).toEqual([])
    mine.write('g')
    expect(entries(shared)).toEqual([])
  })

  test('C5: what another tab wrote since it was read stays', () => {
    const shared = browser()
    const mine = openJournal(createClientEnvironment(shared), 'p/a', 'tab')
    const other = openJournal(createClientEnvironment(shared), 'p/a', 'other')
    mine.add(rowOf(1))
    mine.write('g')
    other.read()
    mine.add(rowOf(2))
    mine.write('g')
    other.taken()
    expect(other.read()[0]?.rows).toHaveLength(2)
    other.taken()
    expect(entries(shared)).toEqual([])
  })

  test('C5: at most 32 KiB; beyond, nothing more until the store has everything', () => {
    const shared = browser()
    const clock = createClock()
    const mine = openJournal(createClientEnvironment({ clock, ...shared }), 'p/a', 'tab')
    const other = openJournal(createClientEnvironment(shared), 'p/a', 'other')
    const numbers = () => other.read().flatMap(({ rows }) => rows.map(({ n }) => n))
    mine.add(rowOf(1))
    mine.write('g')
    mine.add(rowOf(2, 32 * 1024))
    mine.add(rowOf(3))
    mine.write('g')
    expect(numbers()).toEqual([1])
    mine.settle(2)
    mine.add(rowOf(4))
    mine.write('g')
    expect(numbers()).toEqual([1])
    mine.settle(4)
    clock.advance(1000)
    expect(numbers()).toEqual([])
    mine.add(rowOf(5))
    mine.write('g')
    expect(numbers()).toEqual([5])
  })

  test('C12: storage that is missing, full or holds nonsense is only forgetful', () => {
    const broken = () => {
      throw new Error('no storage')
    }
    const storage = {
      get length(): number {
        return broken()
      },
      key: broken,
      getItem: broken,
      setItem: broken,
      removeItem: broken,
    }
    for (const one of [null, storage]) {
      const env = createClientEnvironment({ storage: one })
      const journal = openJournal(env, 'p/a', 'tab')
      journal.add(rowOf(1))
      journal.write('g')
      expect(journal.read()).toEqual([])
      journal.settle(1)
      journal.close()
      journal.taken()
      journal.drop()
      journal.prune()
      expect(env.reports).toEqual([])
    }
    const shared = browser()
    const values = [
      '',
      '1',
      '1 {}',
      '1 ["g"]',
      '1 ["g",[[1,1,1]]]',
      '1 ["g",[[1,1,1,"%"]]]',
      '1 ["g",[[-1,1,1,""]]]',
    ]
    values.forEach((value, i) => shared.storage.setItem(`inkpad.edits.p/a.t${i}`, value))
    const journal = openJournal(createClientEnvironment(shared), 'p/a', 'tab')
    expect(journal.read()).toEqual([])
    journal.taken()
    expect(entries(shared)).toEqual([])
  })

  test('C12: entries nobody comes back for are bounded in number and age', () => {
    const shared = browser()
    const clock = createClock()
    const env = createClientEnvironment({ clock, ...shared })
    shared.storage.setItem('another', '1')
    for (let i = 0; i < 50; i++) {
      const journal = openJournal(env, `p/${i}`, 'tab')
      journal.add(rowOf(1))
      journal.write('g')
      clock.advance(1)
    }
    const mine = openJournal(env, 'p/a', 'tab')
    mine.prune()
    expect(entries(shared)).toHaveLength(41)
    expect(entries(shared)).not.toContain('inkpad.edits.p/9.tab')
    expect(entries(shared)).toContain('inkpad.edits.p/10.tab')
    clock.advance(91 * 86_400_000)
    mine.prune()
    expect(entries(shared)).toEqual(['another'])
  })
})
