/** A whole document that comes, such as a large board: read, shown and kept without being written anew. */
import { expect, test } from '@jest/globals'
import { IDBFactory } from 'fake-indexeddb'
import * as Y from 'yjs'
import { createInbox } from '../../../client/net/inbox.ts'
import type { Inbox } from '../../../client/net/inbox.ts'
import { createKeeper, FROM_SERVER } from '../../../client/net/keeper.ts'
import { createLedger } from '../../../client/net/ledger.ts'
import { openOffline } from '../../../client/net/offline.ts'
import type { Offline } from '../../../client/net/offline.ts'
import { QuickDecoder } from '../../../client/net/quick-decoder.ts'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { createClock } from '../../support/clock.ts'

interface Tab {
  doc: Y.Doc
  inbox: Inbox
  offline: Offline
  sent: Uint8Array[]
  /** How often the whole state was written anew for the copy. */
  wholes: () => number
}

async function openTab(indexedDB: IDBFactory): Promise<Tab> {
  const env = createClientEnvironment({ clock: createClock(), indexedDB })
  const doc = new Y.Doc()
  let wholes = 0
  const state = (): Uint8Array => {
    wholes++
    return Y.encodeStateAsUpdate(doc)
  }
  const offline = openOffline(env, 'b/a', state, () => {})
  const sent: Uint8Array[] = []
  const provider = { write: (update: Uint8Array) => void sent.push(update), resync() {}, flush() {} }
  const keeper = createKeeper({ env, doc, offline, ledger: createLedger(), provider, readOnly: false })
  await keeper.load(() => {})
  offline.begin('g1', 'write')
  const inbox = createInbox(env, doc, FROM_SERVER, () => {})
  return { doc, inbox, offline, sent, wholes: () => wholes }
}

/** More than the bytes after which a copy is written as one. */
function large(): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let i = 0; i < 300; i++)
      doc.getMap('shapes').set(
        `s${i}`,
        Uint8Array.from({ length: 9000 }, (_, at) => at + i),
      )
  })
  return doc
}

/** The same content, whatever the order in which clients are written. */
function same(a: Y.Doc, b: Y.Doc): boolean {
  const [one, other] = [a, b].map((doc) => doc.getMap<Uint8Array>('shapes'))
  if (!one || !other || one.size !== other.size) return false
  for (const [key, bytes] of one)
    if (Buffer.compare(bytes, other.get(key) ?? new Uint8Array()) !== 0) return false
  return a.getText('text').toJSON() === b.getText('text').toJSON()
}

test('a whole document is kept as it came, and what follows is kept and sent as ever', async () => {
  const factory = new IDBFactory()
  const tab = await openTab(factory)
  const other = large()
  tab.inbox.push(Y.encodeStateAsUpdate(other))
  tab.inbox.flush()
  const before = Y.encodeStateVector(other)
  other.getText('text').insert(0, 'later')
  tab.inbox.push(Y.encodeStateAsUpdate(other, before))
  tab.inbox.flush()
  tab.doc.getText('text').insert(0, 'own, ')
  await tab.offline.flush()
  expect(tab.wholes()).toBe(0)
  expect(tab.sent).toHaveLength(1)
  const again = await openTab(factory)
  expect(same(again.doc, tab.doc)).toBe(true)
  expect(again.doc.getText('text').toJSON()).toBe('own, later')
})

test('what somebody who hears of a whole document writes at once is kept and sent', async () => {
  const factory = new IDBFactory()
  const tab = await openTab(factory)
  tab.doc.getMap('shapes').observe(({ transaction }) => {
    if (!transaction.local) tab.doc.getText('text').insert(0, 'mended ')
  })
  tab.inbox.push(Y.encodeStateAsUpdate(large()))
  tab.inbox.flush()
  await tab.offline.flush()
  expect(tab.sent).toHaveLength(1)
  const again = await openTab(factory)
  expect(same(again.doc, tab.doc)).toBe(true)
  expect(again.doc.getText('text').toJSON()).toBe('mended ')
})

test('several updates of one frame, or one with a gap, are kept as Yjs has them', async () => {
  const factory = new IDBFactory()
  const tab = await openTab(factory)
  const other = new Y.Doc()
  other.getText('text').insert(0, 'one ')
  const first = Y.encodeStateAsUpdate(other)
  const vector = Y.encodeStateVector(other)
  other.getText('text').insert(4, 'two')
  tab.inbox.push(Y.encodeStateAsUpdate(other, vector))
  tab.inbox.flush()
  tab.inbox.push(first)
  tab.inbox.push(Y.encodeStateAsUpdate(new Y.Doc()))
  tab.inbox.flush()
  await tab.offline.flush()
  expect((await openTab(factory)).doc.getText('text').toJSON()).toBe('one two')
})

test('short byte strings share buffers no larger than what came, long ones have their own', () => {
  const read = (lengths: readonly number[]): Uint8Array[] => {
    const written = new Y.Doc()
    const bytes = lengths.map((length, i) => Uint8Array.from({ length }, (_, at) => at * 3 + i))
    written.getArray<Uint8Array>('ink').insert(0, bytes)
    const doc = new Y.Doc()
    // A message holds more than the update.
    const message = new Uint8Array([9, 9, 9, ...Y.encodeStateAsUpdate(written)])
    Y.applyUpdateV2(doc, message.subarray(3), null, QuickDecoder)
    const found = doc.getArray<Uint8Array>('ink').toArray()
    expect(found).toEqual(bytes)
    for (const { buffer } of found) expect(buffer).not.toBe(message.buffer)
    return found
  }
  const many = read(Array.from({ length: 300 }, (_, i) => 50 + (i % 40)))
  expect(new Set(many.map(({ buffer }) => buffer)).size).toBeLessThan(8)
  expect(read([70])[0]?.buffer.byteLength).toBeLessThan(200)
  expect(read([5000, 10])[0]?.buffer.byteLength).toBe(5000)
})
