/** Updates read quickly are the updates Yjs reads. */
import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { QuickDecoder } from '../../../client/net/quick-decoder.ts'

const KEYS = [
  '',
  'a',
  'V3kd0-_x9Q',
  'x'.repeat(31),
  'x'.repeat(32),
  'x'.repeat(200),
  'ß',
  'a😀b',
  'щ'.repeat(20),
]

test('S1: keys of any length and script are read as they were written, one after the other', () => {
  const written = new Y.Doc()
  const shapes = written.getMap<Y.Map<unknown>>('shapes')
  for (const [i, key] of KEYS.entries()) {
    const map = new Y.Map<unknown>()
    for (const inner of KEYS) map.set(`${inner}${i}`, inner)
    shapes.set(key, map)
  }
  written.getText('text').insert(0, KEYS.join(' '), { bold: true })
  const read = new Y.Doc()
  Y.applyUpdateV2(read, Y.encodeStateAsUpdate(written), null, QuickDecoder)
  expect(read.getMap('shapes').toJSON()).toEqual(shapes.toJSON())
  expect(read.getText('text').toDelta()).toEqual(written.getText('text').toDelta())
})

test('S1: an update that ends in a word is refused, as ever', () => {
  const doc = new Y.Doc()
  doc.getMap('shapes').set('V3kd0-_x9Q', 1)
  const whole = Y.encodeStateAsUpdate(doc)
  for (let length = 1; length < whole.length; length++)
    expect(() => Y.applyUpdateV2(new Y.Doc(), whole.subarray(0, length), null, QuickDecoder)).toThrow()
})
