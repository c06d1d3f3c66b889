/** S17, S20, S33: when rows are committed, and which of them together. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Journal } from '../../../server/sync/journal.ts'
import type { JournalRoom, Unsaved } from '../../../server/sync/journal-room.ts'
import { DEFAULT_LIMITS } from '../../../server/sync/types.ts'
import { StoreDown } from '../../../server/store/store.ts'
import type { LogRow, Store } from '../../../server/store/store.ts'

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] })
})

afterEach(() => {
  jest.useRealTimers()
})

/** A journal over a database that answers when it is told to. */
function stage() {
  const commits: LogRow[][] = []
  let answer: { resolve: () => void; reject: (error: Error) => void } | null = null
  const store = {
    append: async (rows: readonly LogRow[]) => {
      commits.push([...rows])
      return new Promise<void>((resolve, reject) => {
        answer = { resolve, reject }
      })
    },
  } as unknown as Store
  const quiet = () => {}
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const journal = new Journal({ store, log, limits: DEFAULT_LIMITS, committed: quiet, changed: quiet })

  function room(document: number, due = 0) {
    const unsaved: Unsaved[] = []
    let head = 0
    const made: JournalRoom & { edit: () => void } = {
      name: `p/${document}`,
      due,
      unsaved,
      unsavedBytes: 0,
      committed(count) {
        unsaved.splice(0, count)
        journal.left(count, count)
      },
      readTail: async () => {},
      storeChanged() {},
      edit() {
        const row = { document, seq: ++head, author: 'a', time: 0, bytes: Uint8Array.of(1) }
        unsaved.push({ row, received: performance.now() })
        journal.add(made, 1)
      },
    }
    return made
  }
  return {
    journal,
    room,
    commits,
    sizes: () => commits.map((rows) => rows.length),
    later: (ms: number) => jest.advanceTimersByTimeAsync(ms),
    done: async (error?: Error) => {
      if (error) answer?.reject(error)
      else answer?.resolve()
      await jest.advanceTimersByTimeAsync(0)
    },
  }
}

test('S17: a lone edit is committed at once, and what arrives in the same turn with it', async () => {
  const { room, later, commits, journal } = stage()
  room(2).edit()
  room(1).edit()
  await later(0)
  expect(commits.map((rows) => rows.map(({ document }) => document))).toEqual([[1, 2]])
  journal.stop()
})

test('S17: one transaction is in flight, and all that comes meanwhile is the next one', async () => {
  const { room, later, done, sizes, journal } = stage()
  const one = room(1)
  one.edit()
  await later(0)
  for (let i = 0; i < 5; i++) {
    one.edit()
    await later(4)
  }
  expect(sizes()).toEqual([1])
  await done()
  expect(sizes()).toEqual([1, 5])
  journal.stop()
})

test('S20: a room that may not tell yet lets more rows come to its commit, but not for longer than 10 ms', async () => {
  const { room, later, done, sizes, journal } = stage()
  await later(1000)
  const crowd = room(1, performance.now() + 8)
  crowd.edit()
  await later(3)
  crowd.edit()
  expect(sizes()).toEqual([])
  await later(4)
  expect(sizes()).toEqual([2])
  await done()
  const far = room(2, performance.now() + 1000)
  far.edit()
  await later(9)
  expect(sizes()).toEqual([2])
  await later(1)
  expect(sizes()).toEqual([2, 1])
  journal.stop()
})

test('S20: nobody waits for a crowd: a small room’s edit is committed at once and takes theirs along', async () => {
  const { room, later, sizes, journal } = stage()
  await later(1000)
  room(1, performance.now() + 9).edit()
  await later(1)
  expect(sizes()).toEqual([])
  room(2).edit()
  await later(0)
  expect(sizes()).toEqual([2])
  journal.stop()
})

test('S33: while the database is away new edits do not shorten the wait for the next try', async () => {
  const { room, later, done, sizes, journal } = stage()
  const one = room(1)
  one.edit()
  await later(0)
  await done(new StoreDown('away'))
  expect(journal.down).toBe(true)
  one.edit()
  await later(99)
  expect(sizes()).toEqual([1])
  await later(1)
  expect(sizes()).toEqual([1, 2])
  await done()
  expect(journal.down).toBe(false)
  expect(journal.rows).toBe(0)
  journal.stop()
})
