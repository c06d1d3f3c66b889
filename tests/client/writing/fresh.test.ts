import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { clocksOf, freshStretches } from '../../../client/writing/authors/fresh.ts'

function seenBy(doc: Y.Doc): string {
  return btoa(String.fromCharCode(...Y.encodeStateVector(doc)))
}

test('W13: what came after the visit is new, also within what was there; what is gone is not', () => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, 'old words\n')
  const clocks = clocksOf(seenBy(doc))
  if (!clocks) throw new Error('no clocks')
  const all = () => true
  expect(freshStretches(text, clocks, all, 9)).toEqual([])
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  other.getText('text').insert(4, 'new ')
  other.getText('text').insert(14, 'more\n')
  text.insert(0, 'own ')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  expect(text.toString()).toBe('own old new words\nmore\n')
  expect(freshStretches(text, clocks, (client) => client !== doc.clientID, 9)).toEqual([
    { from: 8, to: 12 },
    { from: 18, to: 23 },
  ])
  expect(freshStretches(text, clocks, all, 9)[0]).toEqual({ from: 0, to: 4 })
  expect(freshStretches(text, clocks, all, 1)).toHaveLength(1)
  text.delete(8, 4)
  expect(freshStretches(text, clocks, (client) => client !== doc.clientID, 9)).toEqual([{ from: 14, to: 19 }])
})

test('W13: what is kept may be damaged', () => {
  expect(clocksOf('§')).toBeNull()
  expect(clocksOf(btoa('\xff\xff\xff'))).toBeNull()
})
