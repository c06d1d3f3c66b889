/** How the copy of this device is written: at once, but neither all at a time nor whole while somebody types. */
import { describe, expect, test } from '@jest/globals'
import { IDBFactory } from 'fake-indexeddb'
import * as Y from 'yjs'
import type { SmallStorage } from '../../../client/net/environment.ts'
import { createKeeper } from '../../../client/net/keeper.ts'
import { createLedger } from '../../../client/net/ledger.ts'
import { openOffline } from '../../../client/net/offline.ts'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { createClock } from '../../support/clock.ts'

/** What a transaction wrote. */
interface Seen {
  puts: number
  ended: boolean
}

/** An IndexedDB whose writing transactions are noted. */
function watched(factory: IDBFactory): { factory: IDBFactory; seen: Seen[] } {
  const seen: Seen[] = []
  const watch = (db: IDBDatabase): void => {
    const transaction = db.transaction.bind(db)
    db.transaction = (names, mode) => {
      const made = transaction(names, mode)
      if (mode !== 'readwrite') return made
      const note: Seen = { puts: 0, ended: false }
      seen.push(note)
      made.addEventListener('complete', () => (note.ended = true))
      const objectStore = made.objectStore.bind(made)
      made.objectStore = (name) => {
        const store = objectStore(name)
        if (name !== 'updates') return store
        const put = store.put.bind(store)
        store.put = (value: unknown) => {
          note.puts++
          return put(value)
        }
        return store
      }
      return made
    }
  }
  const proxy = new Proxy(factory, {
    get(target, key) {
      if (key !== 'open') return Reflect.get(target, key) as unknown
      return (name: string, version: number) => {
        const request = target.open(name, version)
        request.addEventListener('success', () => watch(request.result))
        return request
      }
    },
  })
  return { factory: proxy, seen }
}

/** A tab as a session keeps it, without a network. */
async function openTab(indexedDB: IDBFactory, storage?: SmallStorage | null) {
  const clock = createClock()
  const env = createClientEnvironment({ clock, indexedDB, ...(storage !== undefined && { storage }) })
  const doc = new Y.Doc()
  let wholes = 0
  const state = () => {
    wholes++
    return Y.encodeStateAsUpdate(doc)
  }
  const offline = openOffline(env, 'p/a', state, () => {})
  const sent: Uint8Array[] = []
  const provider = { write: (update: Uint8Array) => void sent.push(update), resync() {}, flush() {} }
  const keeper = createKeeper({ env, doc, offline, ledger: createLedger(), provider, readOnly: false })
  await keeper.load(() => {})
  offline.begin('g1', 'write')
  const text = doc.getText('text')
  const type = async (words: string) => {
    text.insert(text.length, words)
    await Promise.resolve()
  }
  return { env, clock, doc, text, offline, keeper, type, sent, wholes: () => wholes }
}

async function textIn(factory: IDBFactory): Promise<string> {
  const { text } = await openTab(factory)
  return text.toJSON()
}

describe('writing the copy', () => {
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  test.each([
    ['a journal', 2, undefined],
    ['none', 32, null],
    ['a full one', 32, { length: 0, key: () => null, getItem: () => null, setItem: full, removeItem: full }],
  ])(
    'C5: keys in their own tasks are transactions of their own, and beyond some the rest goes together: %s',
    async (_name, most, storage) => {
      const { factory, seen } = watched(new IDBFactory())
      const tab = await openTab(factory, storage)
      // Nothing ends meanwhile: these tasks leave IndexedDB no turn.
      for (let i = 0; i < 100; i++) await tab.type('x')
      expect(seen).toEqual(Array.from({ length: most }, () => ({ puts: 1, ended: false })))
      expect(tab.sent).toHaveLength(100)
      await tab.offline.flush()
      expect(seen.every(({ ended }) => ended)).toBe(true)
      expect(seen.length).toBeLessThan(100)
      expect(seen.reduce((sum, { puts }) => sum + puts, 0)).toBe(100)
      expect(await textIn(factory)).toBe('x'.repeat(100))
    },
  )

  test('C12: nobody who types waits for the whole state: that is written once the keys have a pause', async () => {
    const { factory, seen } = watched(new IDBFactory())
    const tab = await openTab(factory)
    for (let i = 0; i < 10; i++) {
      for (let key = 0; key < 31; key++) await tab.type('x')
      await Promise.all(seen.map(() => new Promise(setImmediate)))
    }
    expect(tab.wholes()).toBe(0)
    tab.clock.advance(1000)
    await tab.offline.flush()
    expect(tab.wholes()).toBe(1)
    expect(await textIn(factory)).toBe('x'.repeat(310))
  })

  test.each(['hidden', 'pagehide'])(
    'C5: a page that goes (%s) writes what would have waited',
    async (how) => {
      const { factory, seen } = watched(new IDBFactory())
      const tab = await openTab(factory)
      const other = new Y.Doc()
      other.getText('text').insert(0, 'from elsewhere')
      Y.applyUpdate(tab.doc, Y.encodeStateAsUpdate(other), { from: 'elsewhere' })
      await tab.offline.flush()
      const written = seen.length
      tab.offline.append(Y.encodeStateAsUpdate(other), 0)
      await Promise.resolve()
      expect(seen).toHaveLength(written)
      if (how === 'hidden') tab.env.setVisible(false)
      else tab.env.fire('pagehide')
      expect(seen).toHaveLength(written + 1)
      await tab.offline.flush()
      tab.env.setVisible(true)
      expect(seen).toHaveLength(written + 1)
    },
  )

  test('C5: a tab under a new client id brings what it wrote under the old one', async () => {
    const tab = await openTab(new IDBFactory())
    const before = tab.doc.clientID
    await tab.type('one')
    tab.keeper.startOver()
    await tab.type('two')
    expect([...tab.keeper.own]).toEqual([before, tab.doc.clientID])
    expect(tab.doc.clientID).not.toBe(before)
  })
})
