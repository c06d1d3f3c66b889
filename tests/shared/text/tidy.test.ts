import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import type { Insert } from '../../../shared/text/delta.ts'
import { isInlineKey, isLineKey } from '../../../shared/text/formats.ts'
import { needsTidy, tidy } from '../../../shared/text/tidy.ts'

function pad(client: number): { doc: Y.Doc; text: Y.Text } {
  const doc = new Y.Doc()
  doc.clientID = client
  return { doc, text: doc.getText('text') }
}

function merge(...docs: Y.Doc[]): void {
  for (const to of docs) {
    for (const from of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
  }
}

/** Bold without touching newlines, as our writers do. */
function format(text: Y.Text, from: number, to: number, key: string, value: unknown): void {
  const all = text.toJSON()
  for (let at = from; at < Math.min(to, all.length); at += 1) {
    if (all[at] !== '\n') text.format(at, 1, { [key]: value })
  }
}

/** Formats on characters they must not be on. */
function wrong(text: Y.Text): Insert[] {
  return (text.toDelta() as Insert[]).filter(({ insert, attributes = {} }) => {
    const keys = Object.keys(attributes)
    if (typeof insert !== 'string') return false
    return (
      (insert.includes('\n') && keys.some((key) => isInlineKey(key))) ||
      (/[^\n]/.test(insert) && keys.some((key) => isLineKey(key)))
    )
  })
}

describe('tidy', () => {
  test('R14: a run deleted while another un-bolds its middle leaks to the end; tidy takes it back', () => {
    const a = pad(1)
    const b = pad(2)
    a.text.insert(0, 'abcdef\nsecond\nthird\n')
    a.text.format(0, 6, { bold: true })
    merge(a.doc, b.doc)
    a.text.format(2, 2, { bold: null })
    b.text.delete(0, 6)
    merge(a.doc, b.doc)
    expect(a.text.toDelta()).toEqual([{ insert: '\nsecond\nthird\n', attributes: { bold: true } }])
    expect(needsTidy(a.text)).toBe(true)
    expect(tidy(a.text, { origin: 'tidy' })).toBe(true)
    merge(a.doc, b.doc)
    expect(b.text.toDelta()).toEqual([{ insert: '\nsecond\nthird\n' }])
    expect(needsTidy(b.text)).toBe(false)
    expect(tidy(b.text)).toBe(false)
  })

  test('R14: a run of its own after the leak keeps its format', () => {
    const { text } = pad(1)
    text.applyDelta([
      { insert: 'x\n', attributes: { bold: true } },
      { insert: 'y' },
      { insert: 'own', attributes: { bold: true } },
      { insert: '\n' },
    ])
    tidy(text)
    expect(text.toDelta()).toEqual([
      { insert: 'x', attributes: { bold: true } },
      { insert: '\ny' },
      { insert: 'own', attributes: { bold: true } },
      { insert: '\n' },
    ])
  })

  test('R14: one transaction, one write, and none when there is nothing to mend', () => {
    const { doc, text } = pad(1)
    text.applyDelta([
      { insert: 'a\nb\nc\n', attributes: { bold: true, italic: true } },
      { insert: 'd', attributes: { bold: true } },
      { insert: '\n', attributes: { header: 1 } },
    ])
    let updates = 0
    doc.on('update', () => (updates += 1))
    expect(tidy(text)).toBe(true)
    expect(updates).toBe(1)
    expect(tidy(text)).toBe(false)
    expect(updates).toBe(1)
    expect(wrong(text)).toEqual([])
  })

  test('R14: with keepText only the newlines lose the format', () => {
    const { text } = pad(1)
    text.applyDelta([{ insert: 'a\nb\n', attributes: { bold: true } }])
    expect(tidy(text, { keepText: true })).toBe(true)
    expect(text.toDelta()).toEqual([
      { insert: 'a', attributes: { bold: true } },
      { insert: '\n' },
      { insert: 'b', attributes: { bold: true } },
      { insert: '\n' },
    ])
    expect(needsTidy(text, { keepText: true })).toBe(false)
  })

  test('R14: text typed into a line format by a plain writer loses it, the line keeps it', () => {
    const { text } = pad(1)
    text.applyDelta([{ insert: '\n', attributes: { header: 1 } }, { insert: 'next\n' }])
    text.insert(0, 'x', { header: 1 })
    expect(tidy(text)).toBe(true)
    expect(text.toDelta()).toEqual([
      { insert: 'x' },
      { insert: '\n', attributes: { header: 1 } },
      { insert: 'next\n' },
    ])
  })

  test('R14: unknown keys and embeds stay as they are', () => {
    const { text } = pad(1)
    const content = [
      { insert: 'a\n', attributes: { glow: 1 } },
      { insert: { board: { id: 1 } }, attributes: { bold: true } },
      { insert: '\n', attributes: { mood: 'calm' } },
    ]
    text.applyDelta(content)
    expect(tidy(text)).toBe(false)
    expect(text.toDelta()).toEqual(content)
  })

  test('R14: after any concurrent formatting one tidy leaves no leak, and everybody agrees', () => {
    const edit = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      kind: fc.constantFrom('bold', 'plain', 'author', 'delete', 'type', 'enter', 'list', 'nolist', 'sync'),
      at: fc.nat(40),
      length: fc.integer({ min: 1, max: 8 }),
    })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        const pads = [pad(1), pad(2), pad(3)]
        const docs = pads.map(({ doc }) => doc)
        pads[0]?.text.insert(0, 'first line\nsecond line\n\n\nthird line\n')
        merge(...docs)
        for (const { who, kind, at, length } of edits) {
          const text = pads[who]?.text
          if (!text) continue
          const from = Math.min(at, text.length)
          const to = Math.min(from + length, text.length)
          if (kind === 'sync') merge(...docs)
          else if (kind === 'bold') format(text, from, to, 'bold', true)
          else if (kind === 'plain') format(text, from, to, 'bold', null)
          else if (kind === 'author') format(text, from, to, 'author', `a.${who}`)
          else if (kind === 'delete') text.delete(from, to - from)
          else if (kind === 'type') text.insert(from, 'xyz', {})
          else if (kind === 'enter') text.insert(from, '\n', {})
          else {
            const newline = text.toJSON().indexOf('\n', from)
            if (newline >= 0) text.format(newline, 1, { list: kind === 'list' ? 'bullet' : null })
          }
        }
        merge(...docs)
        const server = pad(9)
        merge(server.doc, ...docs)
        const before = wrong(server.text).length > 0
        expect(needsTidy(server.text)).toBe(before)
        expect(tidy(server.text)).toBe(before)
        expect(wrong(server.text)).toEqual([])
        expect(tidy(server.text)).toBe(false)
        merge(server.doc, ...docs)
        for (const { text } of pads) expect(text.toDelta()).toEqual(server.text.toDelta())
      }),
      { numRuns: 150 },
    )
  })
})
