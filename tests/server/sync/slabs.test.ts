import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { applyUpdate } from '../../../server/sync/slabs.ts'
import { wholeUpdate } from '../../../server/sync/whole-update.ts'
import { step2 } from '../../../server/sync/wire.ts'

function drawn(lengths: readonly number[]): Y.Doc {
  const doc = new Y.Doc()
  const shapes = doc.getMap<Y.Map<Uint8Array>>('shapes')
  doc.transact(() => {
    for (const [i, length] of lengths.entries())
      shapes.set(
        `s${i}`,
        new Y.Map<Uint8Array>([['h', Uint8Array.from({ length }, (_, at) => (i + at) % 251)]]),
      )
  })
  return doc
}

function ink(doc: Y.Doc, id: string): Uint8Array {
  const bytes = doc.getMap<Y.Map<Uint8Array>>('shapes').get(id)?.get('h')
  if (!bytes) throw new Error(`${id} is not there`)
  return bytes
}

test('S45: strokes of an open board lie together in small buffers, none of which is the message they came in', () => {
  const lengths = Array.from({ length: 500 }, (_, i) => 40 + (i % 60))
  const update = Y.encodeStateAsUpdate(drawn(lengths))
  const doc = new Y.Doc()
  applyUpdate(doc, update, 'log')
  expect(Y.encodeStateAsUpdate(doc)).toEqual(update)
  const buffers = new Set(lengths.map((_, i) => ink(doc, `s${i}`).buffer))
  const bytes = lengths.reduce((sum, length) => sum + length, 0)
  expect(buffers.size).toBeLessThanOrEqual(Math.ceil(bytes / 4000))
  for (const buffer of buffers) expect(buffer.byteLength).toBeLessThanOrEqual(4096)
  expect(buffers).not.toContain(update.buffer)
})

test('S45: a long byte string has a buffer of its own, and what comes later goes on in the one that has room', () => {
  const source = drawn([10, 5000])
  const doc = new Y.Doc()
  applyUpdate(doc, Y.encodeStateAsUpdate(source))
  expect(ink(doc, 's1').buffer.byteLength).toBe(5000)
  const before = Y.encodeStateVector(source)
  source
    .getMap<Y.Map<Uint8Array>>('shapes')
    .set('later', new Y.Map<Uint8Array>([['h', Uint8Array.of(7, 8, 9)]]))
  applyUpdate(doc, Y.encodeStateAsUpdate(source, before))
  expect(ink(doc, 'later')).toEqual(Uint8Array.of(7, 8, 9))
  expect(ink(doc, 'later').buffer).toBe(ink(doc, 's0').buffer)
  expect(ink(doc, 's0')).toEqual(ink(source, 's0'))
})

test.each([0, 1, 60_000, 10_000_000])(
  'S22: the whole document in one message is the same whatever size was expected (%i)',
  (expected) => {
    for (const lengths of [[], [20], [90, 30], Array.from({ length: 900 }, () => 61)]) {
      const doc = drawn(lengths)
      const made = wholeUpdate(doc, expected)
      const plain = step2(Y.encodeStateAsUpdate(doc))
      expect(Buffer.compare(made.message, plain.message)).toBe(0)
      expect(Buffer.compare(made.frame, plain.frame)).toBe(0)
    }
  },
)

test('S22: the message holds no more memory than it needs when much less came than was expected', () => {
  const { frame } = wholeUpdate(drawn([30]), 1_000_000)
  expect(frame.buffer.byteLength).toBeLessThan(100_000)
})
