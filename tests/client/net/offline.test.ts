import { describe, expect, test } from '@jest/globals'
import { IDBFactory } from 'fake-indexeddb'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { copyName, createStores, DATABASE, STORES, VERSION } from '../../../client/net/copies.ts'
import { ask, openDatabase } from '../../../client/net/database.ts'
import { forgetCopies } from '../../../client/net/forget.ts'
import { openOffline } from '../../../client/net/offline.ts'
import { pruneCopies } from '../../../client/net/prune.ts'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { createClock } from '../../support/clock.ts'

const after = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

function openRaw(factory: IDBFactory) {
  return openDatabase(factory, DATABASE, VERSION, createStores, after)
}

/** A tab with a copy that keeps every change of its document. */
async function openTab(indexedDB: IDBFactory | null, room = 'p/a') {
  const clock = createClock()
  const env = createClientEnvironment({ clock, indexedDB })
  const doc = new Y.Doc()
  let told = 0
  const copy = openOffline(
    env,
    room,
    () => Y.encodeStateAsUpdate(doc),
    () => told++,
  )
  const loaded = await copy.load()
  for (const update of loaded.found?.updates ?? []) Y.applyUpdate(doc, update)
  let newest = 0
  doc.on('update', (update, origin) => {
    newest = copy.append(update, origin === 'server' ? 0 : 1, doc.clientID)
  })
  const text = doc.getText('text')
  return {
    env,
    clock,
    copy,
    doc,
    text,
    loaded,
    told: () => told,
    newest: () => newest,
    type: (words: string) => text.insert(text.length, words),
  }
}

async function rowsOf(factory: IDBFactory) {
  const db = await openRaw(factory)
  const counts = await db.run(STORES, 'readonly', async (w) => {
    const all: Record<string, number> = {}
    for (const name of STORES) all[name] = await ask(w.store(name).count())
    return all
  })
  db.close()
  return counts
}

/** An IndexedDB that fails as `broken` says: it does not open, or has no room for another row. */
function breakable(factory: IDBFactory, broken: () => string | null): IDBFactory {
  return new Proxy(factory, {
    get(target, key) {
      if (key !== 'open') return Reflect.get(target, key) as unknown
      return (name: string, version: number) => {
        if (broken() === 'open') throw new DOMException('no', 'UnknownError')
        const request = target.open(name, version)
        request.addEventListener('success', () => fillUp(request.result, broken))
        return request
      }
    },
  })
}

function fillUp(db: IDBDatabase, broken: () => string | null): void {
  const transaction = db.transaction.bind(db)
  db.transaction = (names, mode) => {
    const made = transaction(names, mode)
    const objectStore = made.objectStore.bind(made)
    made.objectStore = (name) => {
      const store = objectStore(name)
      if (broken() !== 'quota') return store
      store.put = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
      return store
    }
    return made
  }
}

describe('copy on this device', () => {
  test('C6: a pad opened before is there again, with its generation', async () => {
    const factory = new IDBFactory()
    const first = await openTab(factory)
    expect(first.loaded.found).toBeNull()
    first.copy.begin('g1', 'write')
    first.type('hello ')
    first.type('there')
    await first.copy.destroy()
    const second = await openTab(factory)
    expect(second.loaded.found?.generation).toBe('g1')
    expect(second.text.toJSON()).toBe('hello there')
    await second.copy.destroy()
  })

  test('C5: unsaved changes are counted at the next visit until they are acknowledged', async () => {
    const factory = new IDBFactory()
    const first = await openTab(factory)
    first.copy.begin('g1', 'write')
    first.type('one ')
    first.copy.saved(first.newest(), false)
    first.type('two ')
    first.type('three')
    await first.copy.destroy()

    const second = await openTab(factory)
    expect(second.loaded.found?.unsaved).toBe(2)
    second.type('!')
    await second.copy.destroy()

    const third = await openTab(factory)
    expect(third.loaded.found?.unsaved).toBe(2)
    expect(third.loaded.found?.clients).toEqual([first.doc.clientID])
    third.copy.begin('g1', 'write')
    third.type('?')
    third.copy.saved(0, true)
    await third.copy.destroy()

    const fourth = await openTab(factory)
    expect(fourth.loaded.found?.unsaved).toBe(1)
    expect(fourth.text.toJSON()).toBe('one two three?')
    await fourth.copy.destroy()
  })

  test('C13: two tabs write, compact and acknowledge in any order; nothing is lost, nothing stays marked', async () => {
    const action = fc.record({
      tab: fc.nat(1),
      what: fc.constantFrom('type', 'type', 'type', 'remote', 'flush', 'saved', 'rewrite'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const factory = new IDBFactory()
        const tabs = [await openTab(factory), await openTab(factory)]
        for (const tab of tabs) tab.copy.begin('g1', 'write')
        const all = new Y.Doc()
        for (const { doc } of tabs) doc.on('update', (update) => Y.applyUpdate(all, update))
        let letter = 0
        for (const { tab: index, what } of actions) {
          const tab = tabs[index]
          const other = tabs[1 - index]
          if (tab === undefined || other === undefined) continue
          if (what === 'type') tab.type(`${letter++} `)
          else if (what === 'remote') Y.applyUpdate(tab.doc, Y.encodeStateAsUpdate(other.doc), 'server')
          else if (what === 'flush') await tab.copy.flush()
          else if (what === 'saved') tab.copy.saved(tab.newest(), true)
          else tab.copy.rewrite()
        }
        for (const tab of tabs) tab.copy.saved(tab.newest(), true)
        await Promise.all(tabs.map((tab) => tab.copy.destroy()))
        const later = await openTab(factory)
        expect(later.text.toDelta()).toEqual(all.getText('text').toDelta())
        expect(later.loaded.found?.unsaved ?? 0).toBe(0)
        await later.copy.destroy()
      }),
      { numRuns: 25 },
    )
  })

  test('C12: many updates become one row', async () => {
    const factory = new IDBFactory()
    const tab = await openTab(factory)
    tab.copy.begin('g1', 'write')
    for (let i = 0; i < 301; i++) tab.type('x')
    await tab.copy.flush()
    expect(await rowsOf(factory)).toMatchObject({ updates: 1, pads: 1, unsaved: 301 })
    tab.type('y')
    tab.copy.saved(tab.newest(), false)
    await tab.copy.destroy()
    expect(await rowsOf(factory)).toMatchObject({ updates: 2, unsaved: 0 })
    const later = await openTab(factory)
    expect(later.text.toJSON()).toBe(`${'x'.repeat(301)}y`)
    await later.copy.destroy()
  })

  test('C12: without IndexedDB everything works in memory', async () => {
    const tab = await openTab(null)
    expect(tab.copy.kept).toBe(false)
    tab.copy.begin('g1', 'write')
    tab.type('hello')
    await tab.copy.flush()
    await tab.copy.drop(null)
    await tab.copy.destroy()
    expect(tab.env.reports).toEqual([])
  })

  test.each(['open', 'quota'])(
    'C12: %s failing: kept is false, and true again with nothing missing',
    async (how) => {
      const factory = new IDBFactory()
      let broken: string | null = null
      const tab = await openTab(breakable(factory, () => broken))
      tab.copy.begin('g1', 'write')
      tab.type('one ')
      await tab.copy.flush()
      expect(tab.copy.kept).toBe(true)
      broken = how
      if (how === 'open') await evict(factory)
      tab.type('two ')
      await tab.copy.flush()
      expect([tab.copy.kept, tab.told()]).toEqual([false, 1])
      tab.type('three')
      broken = null
      tab.clock.advance(5000)
      await tab.copy.flush()
      expect([tab.copy.kept, tab.told()]).toEqual([true, 2])
      await tab.copy.destroy()
      const later = await openTab(factory)
      expect(later.text.toJSON()).toBe('one two three')
      expect(later.loaded.found?.unsaved).toBe(how === 'open' ? 2 : 3)
      await later.copy.destroy()
    },
  )

  test('C10: a given-up copy leaves its text for the next visit, until it is discarded', async () => {
    const factory = new IDBFactory()
    const tab = await openTab(factory)
    tab.copy.begin('g1', 'write')
    tab.type('mine')
    await tab.copy.flush()
    await tab.copy.drop({ text: 'mine', reason: 'generation', at: 5 })
    await tab.copy.destroy()
    const later = await openTab(factory)
    expect(later.loaded.found).toBeNull()
    expect(later.loaded.recovered).toMatchObject({ text: 'mine', reason: 'generation', at: 5 })
    later.copy.discardRecovered()
    await later.copy.destroy()
    const last = await openTab(factory)
    expect(last.loaded.recovered).toBeNull()
    await last.copy.destroy()
  })

  test('C12: copies are bounded: the least recently used go first, unsaved ones stay, orphans go', async () => {
    const factory = new IDBFactory()
    const db = await openRaw(factory)
    const keep: string[] = []
    await db.run(STORES, 'readwrite', (w) => {
      for (let i = 0; i < 80; i++) {
        const room = `p/${i}`
        const key = [copyName(room, 'g'), 't', 1]
        w.store('pads').put({ room, generation: 'g', level: 'write', used: i, bytes: 10 })
        w.store('updates').put({ key, bytes: new Uint8Array(10) })
        if (i < 5) w.store('unsaved').put({ key, changes: 1, client: 1 })
        if (i < 5 || i >= 20) keep.push(room)
      }
      w.store('updates').put({ key: [copyName('p/70', 'older'), 't', 1], bytes: new Uint8Array(10) })
    })
    await pruneCopies(db, { now: 100, spare: null, hard: false })
    const rooms = await db.run(STORES, 'readonly', (w) => ask(w.store('pads').getAllKeys()))
    expect(new Set(rooms)).toEqual(new Set(keep))
    const rows = await db.run(STORES, 'readonly', (w) => ask(w.store('updates').count()))
    expect(rows).toBe(keep.length)
    await pruneCopies(db, { now: 100, spare: copyName('p/50', 'g'), hard: true })
    expect(await db.run(STORES, 'readonly', (w) => ask(w.store('pads').count()))).toBe(6)
    db.close()
    await forgetCopies(createClientEnvironment({ indexedDB: factory }))
    expect(await rowsOf(factory)).toEqual({ updates: 0, unsaved: 0, pads: 0, recovered: 0 })
  })
})

/** What a browser does that clears its storage. */
async function evict(factory: IDBFactory): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = factory.deleteDatabase(DATABASE)
    request.addEventListener('success', () => resolve())
    request.addEventListener('error', () => reject(new Error('delete')))
  })
}
