/** What an update brings again, and what it brings after that in the same struct. */
import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { applyGuarded } from '../../../../server/sync/guard/apply.ts'
import type { Applied } from '../../../../server/sync/guard/apply.ts'
import { TEXT_LIMITS } from '../../../../server/sync/guard/limits.ts'
import { scanUpdate } from '../../../../server/sync/guard/scan.ts'
import { any, block, deleted, embed, format, item, string, type, update } from '../../../support/updates.ts'
import type { Content, Write } from '../../../support/updates.ts'

/** A text by client 1 with, by client 9, a map in it (clock 0) that has one entry (clock 1). */
function docWithMap(text = 'abc'): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.getText('text').insert(0, text)
  const last = text.length - 1
  Y.applyUpdate(
    doc,
    update([
      block(9, item(type(1), { origin: [1, last] }), item(any('entry'), { parent: [9, 0], sub: 'id' })),
    ]),
  )
  return doc
}

function apply(doc: Y.Doc, bytes: Uint8Array): Applied {
  return applyGuarded(doc, bytes, 'test', { scan: scanUpdate(bytes, TEXT_LIMITS), limits: TEXT_LIMITS })
}

/** What the document shows, as plain values, and the length Yjs counts. */
function contentOf(doc: Y.Doc): unknown {
  const text = doc.getText('text')
  return JSON.parse(JSON.stringify([...text.toDelta(), text.length]))
}

/** What others make of the document: a newcomer, and who had it before and hears of the change. */
function contents(doc: Y.Doc, before: Uint8Array, heard: readonly Uint8Array[]): unknown[] {
  const newcomer = new Y.Doc()
  Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(doc))
  const peer = new Y.Doc()
  for (const bytes of [before, ...heard]) Y.applyUpdate(peer, bytes)
  return [doc, newcomer, peer].map(contentOf)
}

/** Applies structs of client 9 from a clock on, and expects that all see the same afterwards. */
function expectSame(doc: Y.Doc, clock: number, ...structs: Write[]): unknown {
  const before = Y.encodeStateAsUpdate(doc)
  const heard: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => heard.push(bytes))
  expect(apply(doc, update([{ client: 9, clock, structs }]))).toEqual({ ok: true })
  const [mine, ...others] = contents(doc, before, heard)
  for (const other of others) expect(other).toEqual(mine)
  return mine
}

describe('what an update brings again', () => {
  test('G25: a struct that goes on from what is known goes on where that stands, whatever it says', () => {
    const doc = docWithMap()
    const after = expectSame(doc, 1, item(any('again', 'new'), { origin: [1, 0] }))
    // Not in the text: only the second is new, and it replaces the first.
    expect(after).toEqual([{ insert: 'abc' }, { insert: { id: 'new' } }, 4])
  })

  test('G25: a struct that goes on from what is collected is collected too', () => {
    const doc = docWithMap()
    Y.applyUpdate(doc, update([], [{ client: 9, ranges: [[0, 1]] }]))
    expect(expectSame(doc, 1, item(string('xyz'), { origin: [1, 0] }))).toEqual([{ insert: 'abc' }, 3])
    expect(Y.getState(doc.store, 9)).toBe(4)
  })

  test('G25: a struct that goes on from what is known, between two lists, is out of order', () => {
    const crossing = { client: 9, clock: 1, structs: [item(deleted(9), { origin: [1, 0], right: [1, 2] })] }
    const many = Array.from({ length: 20 }, () => item(string('y'), { origin: [1, 1], right: [1, 2] }))
    for (const blocks of [[crossing], [block(7, ...many), crossing]]) {
      expect(apply(docWithMap(), update(blocks))).toEqual({ ok: false, reason: 'order' })
    }
  })

  test('G25: what is known splits nothing by its references', () => {
    const doc = docWithMap('😀')
    const again = [item(type(1), { origin: [1, 0] }), item(any('again'), { parent: [9, 0], sub: 'id' })]
    expect(expectSame(doc, 0, ...again, item(string('!'), { origin: [1, 1] }))).toEqual([
      { insert: '😀!' },
      { insert: { id: 'entry' } },
      4,
    ])
  })

  test('G25, G19: values that go on from a text are looked at where they stand', () => {
    const doc = docWithMap()
    Y.applyUpdate(doc, update([{ client: 9, clock: 2, structs: [item(string('x'), { origin: [1, 0] })] }]))
    const values = item(any(1, 2), { origin: [9, 1] })
    expect(apply(doc, update([{ client: 9, clock: 2, structs: [values] }]))).toEqual({
      ok: false,
      reason: 'content',
    })
  })
})

describe('where structs of an update come to stand', () => {
  /** Structs of client 7 in the document with the map, which the same update deletes. */
  const whileMapGoes = (...structs: Write[]): Applied =>
    apply(docWithMap(), update([block(7, ...structs)], [{ client: 9, ranges: [[0, 1]] }]))

  test('G19: a struct that stays while one of its origins is collected is out of order', () => {
    const x = string('x')
    const outOfOrder = { ok: false, reason: 'order' }
    expect(whileMapGoes(item(x, { origin: [1, 0], right: [9, 1] }))).toEqual(outOfOrder)
    expect(whileMapGoes(item(x, { origin: [1, 0], right: [9, 0] }))).toEqual({ ok: true })
    // The first is collected with the map, the second would stay.
    const first = item(any('x'), { origin: [9, 1], right: [1, 1] })
    expect(whileMapGoes(first)).toEqual({ ok: true })
    expect(whileMapGoes(first, item(x, { origin: [1, 0], right: [7, 0] }))).toEqual(outOfOrder)
  })

  test('G19: an entry of a map is one value, or it is no entry', () => {
    const entry = (content: Content): Applied =>
      apply(docWithMap(), update([block(7, item(content, { origin: [9, 1] }))]))
    expect(entry(any('other'))).toEqual({ ok: true })
    expect(entry(type(1))).toEqual({ ok: true })
    expect(entry(deleted(3))).toEqual({ ok: true })
    for (const content of [
      any('one', 'two'),
      string('s'),
      string('more'),
      embed('{}'),
      format('bold', '1'),
    ]) {
      expect(entry(content)).toEqual({ ok: false, reason: 'content' })
    }
  })
})
