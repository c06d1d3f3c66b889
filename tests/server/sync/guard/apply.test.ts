import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { applyGuarded } from '../../../../server/sync/guard/apply.ts'
import type { Applied } from '../../../../server/sync/guard/apply.ts'
import { BOARD_LIMITS, TEXT_LIMITS } from '../../../../server/sync/guard/limits.ts'
import type { GuardLimits } from '../../../../server/sync/guard/limits.ts'
import { scanUpdate } from '../../../../server/sync/guard/scan.ts'
import { processorMs } from '../../../support/processor.ts'
import { any, block, item, string, type, update } from '../../../support/updates.ts'
import type { Write } from '../../../support/updates.ts'

function docOf(text: string): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.getText('text').insert(0, text)
  return doc
}

function apply(doc: Y.Doc, bytes: Uint8Array, limits: GuardLimits = TEXT_LIMITS, time?: number): Applied {
  const scan = scanUpdate(bytes, limits)
  return applyGuarded(doc, bytes, 'test', { scan, limits, ...(time && { time }) })
}

describe('applyGuarded', () => {
  test('G17: an update that fits is applied', () => {
    const doc = docOf('abc')
    expect(apply(doc, update([block(9, item(string('x'), { origin: [1, 2] }))]))).toEqual({ ok: true })
    expect(doc.getText('text').toString()).toBe('abcx')
  })

  test('G17: what stays pending breaks the document', () => {
    const missing = update([block(9, item(string('x'), { origin: [8, 0] }))])
    expect(apply(docOf('abc'), missing)).toEqual({ ok: false, reason: 'pending' })
    const early = update([], [{ client: 1, ranges: [[2, 5]] }])
    expect(apply(docOf('abc'), early)).toEqual({ ok: false, reason: 'pending' })
  })

  test('G17: an exception breaks the document and is handed on', () => {
    expect(applyGuarded(docOf('abc'), Uint8Array.of(1, 1, 9, 0), 'test')).toMatchObject({
      ok: false,
      reason: 'threw',
    })
  })

  test('G17: a listener that throws breaks the document', () => {
    const doc = docOf('abc')
    doc.on('update', () => {
      throw new Error('a listener')
    })
    const result = apply(doc, update([block(9, item(string('x')))]))
    expect(result).toMatchObject({ ok: false, reason: 'threw' })
  })

  test('G18: an update that takes too long is stopped', () => {
    const doc = new Y.Doc()
    doc.clientID = 1
    const text = doc.getText('text')
    for (let i = 0; i < 3000; i++) text.insert(0, 'a')
    // Each goes between the start and the end of the text, so that Yjs searches all of it.
    const structs = Array.from({ length: 3000 }, () => item(string('x'), { parent: 'text' }))
    const ms = processorMs(() =>
      expect(apply(doc, update([block(99, ...structs)]), TEXT_LIMITS, 50)).toMatchObject({
        ok: false,
        reason: 'time',
      }),
    )
    expect(ms).toBeLessThan(1500)
    expect(apply(docOf('still here'), update([block(9, item(string('x')))]))).toEqual({ ok: true })
  })

  const inherited = (map: number): Uint8Array =>
    update([
      block(
        9,
        item(type(map), { parent: 'text', right: [1, 0] }),
        item(string('a'), { parent: [9, 0] }),
        item(any(1), { origin: [9, 1] }),
      ),
    ])

  test('G19: values in the list of a text are found after applying', () => {
    const neighbour = update([block(9, item(any(1), { origin: [1, 0] }))])
    expect(apply(docOf('abc'), neighbour)).toEqual({ ok: false, reason: 'content' })
    expect(apply(docOf('abc'), inherited(2))).toEqual({ ok: false, reason: 'content' })
  })

  test('G19: values in an array inside a text are at home', () => {
    expect(apply(docOf('abc'), inherited(0))).toEqual({ ok: true })
  })

  test('G19: values in a root text nobody has asked for yet', () => {
    const doc = docOf('abc')
    const cell = { parent: 'cell/t/r/c' }
    apply(doc, update([block(8, item(string('a'), cell))]))
    const bytes = update([block(9, item(any(1), { origin: [8, 0] }))])
    expect(apply(doc, bytes)).toEqual({ ok: false, reason: 'content' })
  })

  test('G19: a struct that is not between its origins is found after applying', () => {
    const crossed = (structs: Write[]): Applied => apply(docOf('abcdef'), update([block(9, ...structs)]))
    const one = item(string('x'), { origin: [1, 4], right: [1, 1] })
    expect(crossed([one])).toEqual({ ok: false, reason: 'order' })
    const many = Array.from({ length: 20 }, () => item(string('y'), { origin: [1, 1], right: [1, 2] }))
    expect(crossed(many)).toEqual({ ok: true })
    expect(crossed([...many, one])).toEqual({ ok: false, reason: 'order' })
  })

  test('G19: types that go deeper with every update are found after applying', () => {
    const doc = docOf('abc')
    apply(doc, update([block(9, item(type(1), { parent: 'shapes', sub: 'a' }))]), BOARD_LIMITS)
    const deeper = (clock: number): Write => item(type(1), { parent: [9, clock], sub: 'a' })
    const results = Array.from({ length: 17 }, (_, i) => {
      const bytes = update([{ client: 9, clock: i + 1, structs: [deeper(i)] }])
      return apply(doc, bytes, BOARD_LIMITS)
    })
    expect(results.slice(0, 16).every((result) => result.ok)).toBe(true)
    expect(results[16]).toEqual({ ok: false, reason: 'nesting' })
  })

  test('G24: Yjs still has the insides the guard looks at', () => {
    const { version } = JSON.parse(readFileSync('node_modules/yjs/package.json', 'utf8')) as {
      version: string
    }
    // Another version: read its `encoding.js`, `structs/*.js` and `Transaction.js` against the guard, run the fuzz
    // with FUZZ_ROUNDS=100000, then change this line.
    expect(version).toBe('13.6.33')
    const doc = docOf('abc')
    expect(doc.store.pendingStructs).toBeNull()
    expect(doc.store.pendingDs).toBeNull()
    expect(doc._transactionCleanups).toEqual([])
    const structs = doc.store.clients.get(1) ?? []
    expect(Y.findIndexSS(structs, 2)).toBe(0)
    const first = structs[0]
    expect(first).toBeInstanceOf(Y.Item)
    expect(first instanceof Y.Item && first.content).toBeInstanceOf(Y.ContentString)
    expect(first instanceof Y.Item && first.parent).toBe(doc.getText('text'))
    expect(Y.findRootTypeKey(doc.getText('text'))).toBe('text')
    expect(doc.getText('text')._item).toBeNull()
    Y.applyUpdate(
      doc,
      update([block(9, item(string('x'), { origin: [8, 0] }))], [{ client: 7, ranges: [[0, 1]] }]),
    )
    expect(doc.store.pendingStructs).not.toBeNull()
    expect(doc.store.pendingDs).not.toBeNull()
  })
})
