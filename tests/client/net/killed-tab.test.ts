/** What a tab that is killed leaves, and what becomes of it at the next visit. */
import { describe, expect, test } from '@jest/globals'
import { IDBFactory } from 'fake-indexeddb'
import * as Y from 'yjs'
import { forgetCopies } from '../../../client/net/forget.ts'
import { openJournal } from '../../../client/net/journal.ts'
import { openOffline } from '../../../client/net/offline.ts'
import { createClientEnvironment, memoryStorage } from '../../support/client-environment.ts'
import { createClock } from '../../support/clock.ts'

/** One browser: what its tabs share. */
function browser() {
  return { indexedDB: new IDBFactory(), storage: memoryStorage() }
}
type Browser = ReturnType<typeof browser>

/** A tab with a copy that keeps every change of its document, and may be killed: then it is never heard of again. */
async function openTab(shared: Browser, room = 'p/a') {
  const clock = createClock()
  const env = createClientEnvironment({ clock, ...shared })
  const doc = new Y.Doc()
  const copy = openOffline(
    env,
    room,
    () => Y.encodeStateAsUpdate(doc),
    () => {},
  )
  const { found } = await copy.load()
  for (const update of found?.updates ?? []) Y.applyUpdate(doc, update)
  doc.on('update', (update, origin) => copy.append(update, origin === 'server' ? 0 : 1, doc.clientID))
  const text = doc.getText('text')
  return { env, clock, copy, doc, found, text, type: (words: string) => text.insert(text.length, words) }
}

/** The same browser when its IndexedDB takes everything and has written nothing when the tab is killed. */
function neverWriting({ indexedDB, storage }: Browser): Browser {
  const stuck = {
    objectStore: () => ({ put() {}, delete() {} }),
    addEventListener() {},
    commit() {},
  } as unknown as IDBTransaction
  const factory = new Proxy(indexedDB, {
    get(target, key) {
      if (key !== 'open') return Reflect.get(target, key) as unknown
      return (name: string, version: number) => {
        const request = target.open(name, version)
        request.addEventListener('success', () => {
          const db = request.result
          const transaction = db.transaction.bind(db)
          db.transaction = (names, mode) => (mode === 'readwrite' ? stuck : transaction(names, mode))
        })
        return request
      }
    },
  })
  return { indexedDB: factory, storage }
}

const endOfTask = () => Promise.resolve()
const entries = ({ storage }: Browser) => Array.from({ length: storage.length }, (_, i) => storage.key(i))

/** A browser with a copy of generation `g1` that says `one `. */
async function browserWithCopy(): Promise<Browser> {
  const shared = browser()
  const tab = await openTab(shared)
  tab.copy.begin('g1', 'write')
  tab.type('one ')
  await tab.copy.destroy()
  return shared
}

/** Types in a tab whose browser writes nothing any more, and kills it. */
async function killed(shared: Browser, ...words: string[]): Promise<void> {
  const tab = await openTab(neverWriting(shared))
  tab.copy.begin('g1', 'write')
  for (const word of words) {
    tab.type(word)
    await endOfTask()
  }
}

describe('what a killed tab leaves', () => {
  test('C5: what IndexedDB took and did not write is there at the next visit, once, and gone from the journal', async () => {
    const shared = await browserWithCopy()
    await killed(shared, 'two ', 'three')
    const second = await openTab(shared)
    expect(second.text.toJSON()).toBe('one two three')
    expect(second.found?.unsaved).toBe(3)
    expect(entries(shared)).toHaveLength(1)
    second.copy.begin('g1', 'write')
    await second.copy.destroy()
    expect(entries(shared)).toEqual([])
    const third = await openTab(shared)
    expect(third.text.toJSON()).toBe('one two three')
    expect(third.found?.unsaved).toBe(3)
    third.copy.begin('g1', 'write')
    third.copy.saved(0, true)
    await third.copy.destroy()
    const last = await openTab(shared)
    expect(last.found).toMatchObject({ unsaved: 0, clients: [] })
  })

  test('C5: a tab that lives keeps what is its own, and what another took over counts once', async () => {
    const shared = await browserWithCopy()
    const first = await openTab(shared)
    first.copy.begin('g1', 'write')
    first.type('two ')
    await endOfTask()
    expect(entries(shared)).toHaveLength(1)
    const second = await openTab(shared)
    second.copy.begin('g1', 'write')
    await first.copy.flush()
    first.clock.advance(1000)
    expect(entries(shared)).toEqual([])
    await second.copy.destroy()
    first.copy.saved(Infinity, true)
    await first.copy.destroy()
    const last = await openTab(shared)
    expect(last.text.toJSON()).toBe('one two ')
    expect(last.found?.updates).toHaveLength(2)
  })

  test('C5: several killed tabs, the same words in IndexedDB already: nothing doubled', async () => {
    const shared = await browserWithCopy()
    await killed(shared, 'two ')
    await killed(shared, 'three ')
    const one = await openTab(shared)
    const other = await openTab(shared)
    for (const tab of [one, other]) {
      tab.copy.begin('g1', 'write')
      tab.copy.rewrite()
      await tab.copy.flush()
    }
    await Promise.all([one.copy.destroy(), other.copy.destroy()])
    const last = await openTab(shared)
    expect(last.text.toJSON()).toBe(one.text.toJSON())
    expect(last.text.toJSON()).toContain('three ')
    expect(last.found?.unsaved).toBe(3)
    expect(entries(shared)).toEqual([])
  })

  test('C11: what is left of another generation, or of another room, is not merged', async () => {
    const shared = await browserWithCopy()
    const stranger = openJournal(createClientEnvironment(shared), 'p/a', 'tab')
    stranger.add({ n: 1, update: Y.encodeStateAsUpdate(new Y.Doc()), changes: 1, client: 1 })
    stranger.write('g0')
    const neighbour = openJournal(createClientEnvironment(shared), 'p/a.b', 'tab')
    neighbour.add({ n: 1, update: new Uint8Array(9), changes: 1, client: 1 })
    neighbour.write('g1')
    const tab = await openTab(shared)
    expect(tab.found?.unsaved).toBe(1)
    expect(tab.found?.updates).toHaveLength(1)
    expect(entries(shared)).toEqual(['inkpad.edits.p/a.b.tab'])
  })

  test('C10: a copy that is given up, or forgotten, leaves nothing in the journal', async () => {
    const shared = await browserWithCopy()
    await killed(shared, 'two ')
    const other = await openTab(shared)
    other.copy.begin('g1', 'write')
    await other.copy.drop(null)
    expect(entries(shared)).toEqual([])
    const again = await browserWithCopy()
    await killed(again, 'two ')
    again.storage.setItem('another', '1')
    await forgetCopies(createClientEnvironment(again))
    expect(entries(again)).toEqual(['another'])
  })
})
