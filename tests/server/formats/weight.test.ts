import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { putContent } from '../../../server/formats/into-pad.ts'
import { weightOf } from '../../../server/formats/weight.ts'
import { Refusal } from '../../../server/formats/read/refusal.ts'
import { writeContent } from '../../../shared/text/table/value.ts'
import { anyContent } from '../../support/content.ts'

test('F72: a document is never lighter nor heavier than what is said before it is made', () => {
  fc.assert(
    fc.property(anyContent(30), (content) => {
      const doc = new Y.Doc()
      writeContent(doc.getText('text'), 0, content)
      const size = Y.encodeStateAsUpdate(doc).length
      const { least, most } = weightOf(content)
      expect(least).toBeLessThanOrEqual(size)
      expect(most).toBeGreaterThanOrEqual(size)
    }),
    { numRuns: 300 },
  )
})

test('F72: what is larger than a document may be is refused without being made; what fits to the byte is taken', () => {
  const line = [{ insert: 'w', attributes: { author: 'a.abcdabcdabcdabcd' } }, { insert: '\n' }]
  const many = Array.from({ length: 1_000_000 }, (_, at) => line[at % 2] ?? { insert: '' })
  const doc = new Y.Doc()
  let changes = 0
  doc.on('update', () => (changes += 1))
  expect(() => putContent(doc, many, 'append', 10_000_000)).toThrow(Refusal)
  expect([changes, weightOf(many).least]).toEqual([0, expect.any(Number)])
  expect(weightOf(many).least).toBeGreaterThan(10_000_000)
  const few = [{ insert: 'w'.repeat(1000) }, { insert: '\n' }]
  const trial = new Y.Doc()
  trial.clientID = 1
  writeContent(trial.getText('text'), 0, few)
  const size = Y.encodeStateAsUpdate(trial).length
  // Ids of clients take five bytes at most.
  expect(() => putContent(doc, few, 'append', size - 20)).toThrow(Refusal)
  putContent(doc, few, 'append', size + 20)
  expect(doc.getText('text').length).toBe(1001)
})
