import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import * as Y from 'yjs'
import { cutUpdate } from '../../../client/net/cut.ts'
import { LIMITS } from '../../../shared/protocol.ts'

/** Applies the pieces in order to a copy of `known`; each must fit at once. */
function joined(pieces: readonly Uint8Array[], known: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, known)
  for (const piece of pieces) {
    Y.applyUpdate(doc, piece)
    expect(doc.store.pendingStructs).toBe(null)
    expect(doc.store.pendingDs).toBe(null)
  }
  return doc
}

const deltaOf = (doc: Y.Doc): unknown => doc.getText('text').toDelta()

const WORDS = [
  'one ',
  'zwei\n',
  'trois — ',
  '四 ',
  '🖋️',
  'x',
  'a long enough word to be cut somewhere in it\n',
]

interface Step {
  who: number
  at: number
  word: number
  what: 'insert' | 'bold' | 'delete' | 'map' | 'sync'
  times: number
}

const step = fc.record<Step>({
  who: fc.nat(2),
  at: fc.nat(10_000),
  word: fc.nat(WORDS.length - 1),
  what: fc.constantFrom('insert', 'insert', 'insert', 'bold', 'delete', 'map', 'sync'),
  times: fc.integer({ min: 1, max: 20 }),
})

function play(docs: readonly Y.Doc[], { who, at, word, what, times }: Step): void {
  const doc = docs[who % docs.length]
  if (doc === undefined) return
  const text = doc.getText('text')
  // Nobody of ours writes inside a character (R4), and Yjs replaces both halves of one that is cut.
  const words = text.toJSON()
  const edge = (place: number): number => (/[\udc00-\udfff]/.test(words[place] ?? '') ? place - 1 : place)
  const from = edge(at % (text.length + 1))
  const length = edge(Math.min(from + times, text.length)) - from
  if (what === 'insert')
    text.insert(from, (WORDS[word] ?? '').repeat(times), word === 5 ? { bold: true } : {})
  else if (what === 'bold') text.format(from, length, { bold: true })
  else if (what === 'delete') text.delete(from, length)
  else if (what === 'map') doc.getMap('shapes').set(`k${word}`, new Y.Map([['ink', new Uint8Array(times)]]))
  else for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
}

test('C18: whatever several people wrote, the pieces in order are the update, each fits at once, none is too large', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.array(step, { minLength: 5, maxLength: 80 }),
      fc.integer({ min: 160, max: 2000 }),
      (before, after, most) => {
        const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
        for (const each of before) play(docs, each)
        for (const doc of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[0] ?? doc))
        const server = new Y.Doc()
        const [one] = docs
        if (one === undefined) return
        Y.applyUpdate(server, Y.encodeStateAsUpdate(one))
        for (const each of after) play(docs, each)
        for (const doc of docs) Y.applyUpdate(one, Y.encodeStateAsUpdate(doc))
        const update = Y.encodeStateAsUpdate(one, Y.encodeStateVector(server))
        const pieces = cutUpdate(update, most)
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(most)
        const end = joined(pieces, Y.encodeStateAsUpdate(server))
        expect(deltaOf(end)).toEqual(deltaOf(one))
        expect(end.getMap('shapes').toJSON()).toEqual(one.getMap('shapes').toJSON())
        expect(Y.encodeStateVector(end)).toEqual(Y.encodeStateVector(one))
      },
    ),
    { numRuns: 150 },
  )
})

test('C18: a long text is cut at the ends of its lines and never inside a character', () => {
  const doc = new Y.Doc()
  const lines = `${'🖋️'.repeat(70)}\n`.repeat(2000) + '🖋️'.repeat(200_000)
  doc.getText('text').insert(0, lines)
  const update = Y.encodeStateAsUpdate(doc)
  const pieces = cutUpdate(update)
  expect(pieces.length).toBeGreaterThan(7)
  for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(LIMITS.part)
  expect(
    joined(pieces, new Uint8Array([0, 0]))
      .getText('text')
      .toJSON(),
  ).toBe(lines)
  const first = new Y.Doc()
  Y.applyUpdate(first, pieces[0] ?? update)
  expect(first.getText('text').toJSON().endsWith('\n')).toBe(true)
})

test('C18: a small update stays as it is, and what cannot be cut goes alone', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getText('text').insert(0, 'small')
  const [small = new Uint8Array()] = updates
  expect(cutUpdate(small)).toEqual([small])
  doc.getMap('shapes').set('ink', new Uint8Array(600_000))
  const pieces = cutUpdate(Y.encodeStateAsUpdate(doc))
  expect(pieces.length).toBe(2)
  expect(joined(pieces, new Uint8Array([0, 0])).getMap('shapes').size).toBe(1)
})

test('C18: ten megabytes in sixty thousand places are cut in a moment', () => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  doc.transact(() => {
    for (let i = 0; i < 60_000; i++) text.insert(i % 2 === 0 ? 0 : text.length, `${'word '.repeat(30)}\n`)
  })
  const update = Y.encodeStateAsUpdate(doc)
  expect(update.length).toBeGreaterThan(9_000_000)
  const start = performance.now()
  const pieces = cutUpdate(update)
  const took = performance.now() - start
  expect(took).toBeLessThan(10_000)
  expect(pieces.length).toBeLessThan(60)
})
