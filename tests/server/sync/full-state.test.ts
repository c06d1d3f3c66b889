import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { FullState } from '../../../server/sync/full-state.ts'
import { update } from '../../../server/sync/wire.ts'

/** A document, and the answers somebody who joins gets. */
function written(): { doc: Y.Doc; state: FullState; type: (words: string) => void } {
  const doc = new Y.Doc()
  const state = new FullState()
  doc.on('update', (bytes: Uint8Array) => state.add(update(bytes)))
  return { doc, state, type: (words) => doc.getText('text').insert(0, words) }
}

test('S22: the answer is made once for many who join, with the edits of a moment after it', () => {
  const { doc, state, type } = written()
  type('before ')
  const [first] = state.get(doc, 1000)
  expect(state.get(doc, 9000)).toEqual([first])
  type('one ')
  type('two ')
  expect(state.get(doc, 1050)).toHaveLength(3)
  expect(state.get(doc, 1050)[0]).toBe(first)
})

test('S22: edits that are older than a moment stand in the answer itself', () => {
  const { doc, state, type } = written()
  type('x')
  state.get(doc, 1000)
  type('a heading ')
  const [whole, ...more] = state.get(doc, 1102)
  expect(more).toEqual([])
  const joined = new Y.Doc()
  Y.applyUpdate(joined, whole?.message.subarray(-Y.encodeStateAsUpdate(doc).length) ?? new Uint8Array())
  expect(joined.getText('text').toString()).toBe('a heading x')
})

test('S22: the answer for a large text is made again more rarely', () => {
  const { doc, state, type } = written()
  type('m'.repeat(4096 * 400))
  state.get(doc, 0)
  type('z')
  expect(state.get(doc, 450)).toHaveLength(2)
  expect(state.get(doc, 550)).toHaveLength(1)
})
