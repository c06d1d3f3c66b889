import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { buildDocument } from '../../../server/sync/document.ts'
import type { StoredDocument } from '../../../server/store/store.ts'

/** A board with two shapes as a room opens it. */
function opened(): Y.Doc {
  const source = new Y.Doc()
  const shapes = source.getMap<Y.Map<unknown>>('shapes')
  source.transact(() => {
    for (const id of ['one', 'two']) shapes.set(id, new Y.Map<unknown>([['g', [1, 2]]]))
  })
  const stored: StoredDocument = {
    id: 1,
    name: 'b/a',
    generation: 'g',
    created: 0,
    head: 1,
    snapshot: { seq: 1, bytes: Y.encodeStateAsUpdate(source) },
    tail: [],
    clients: new Map(),
  }
  return buildDocument(stored)
}

function shape(doc: Y.Doc, id: string): Y.Map<unknown> {
  const found = doc.getMap<Y.Map<unknown>>('shapes').get(id)
  if (!found) throw new Error(`${id} is not there`)
  return found
}

test('S45: shapes share the lists of who listens to them, also those that come later', () => {
  const doc = opened()
  const peer = new Y.Doc()
  peer.getMap('shapes').set('later', new Y.Map())
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer))
  doc.getMap('shapes').set('own', new Y.Map())
  const lists = ['one', 'two', 'later', 'own'].map((id) => shape(doc, id)._eH)
  expect(new Set(lists).size).toBe(1)
  expect(doc.getMap('shapes')._eH).not.toBe(lists[0])
})

test('S45: whoever listens to one shape fails at once; to all of them, or to the document, hears as ever', () => {
  const doc = opened()
  expect(() => shape(doc, 'one').observe(() => {})).toThrow(TypeError)
  expect(() => shape(doc, 'one').observeDeep(() => {})).toThrow(TypeError)
  const heard: (string | number)[][] = []
  doc.getMap('shapes').observeDeep((events) => heard.push(...events.map(({ path }) => path)))
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  shape(doc, 'two').set('g', [3, 4])
  expect(heard).toEqual([['two']])
  expect(updates).toHaveLength(1)
  doc.getMap('shapes').delete('one')
  expect(doc.getMap('shapes').toJSON()).toEqual({ two: { g: [3, 4] } })
})
