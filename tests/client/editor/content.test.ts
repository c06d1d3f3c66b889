import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { contentOfDoc, docOf, nodesOf } from '../../../client/editor/content.ts'
import { createSchema, lineAttributes, lineAttrs, marksOf, schema } from '../../../client/editor/schema.ts'
import { extendFormats, flagFormat, coreFormats } from '../../../shared/text/formats.ts'
import { normalise } from '../../../shared/text/lines.ts'
import { anyContent } from '../../support/content.ts'

describe('content and document', () => {
  test('T10: every content survives the way to the document and back', () => {
    fc.assert(
      fc.property(anyContent(), (content) => {
        const doc = docOf(schema, content)
        doc.check()
        expect(contentOfDoc(doc)).toEqual(normalise(content))
      }),
      { numRuns: 300 },
    )
  })

  test('R10: unknown and wrong formats travel in bags', () => {
    const [line] = nodesOf(schema, [
      { insert: 'a', attributes: { bold: 'yes', glow: 3, 'comment-2': true, 'comment-1': true } },
      { insert: '\n', attributes: { header: 9, mood: 'calm', list: 'bullet' } },
    ])
    expect(line?.attrs).toMatchObject({ header: null, list: 'bullet', other: '{"header":9,"mood":"calm"}' })
    expect(line?.firstChild?.marks.map((mark) => [mark.type.name, mark.attrs])).toEqual([
      ['threads', { keys: '{"comment-1":true,"comment-2":true}' }],
      ['other', { keys: '{"bold":"yes","glow":3}' }],
    ])
  })

  test('R14: an inline key on a newline is not shown', () => {
    expect(lineAttrs(schema, { bold: true, header: 2 })).toEqual({ open: false, header: 2, other: '' })
  })

  test('T5: a line before a block embed is open, and so is a text without a final newline', () => {
    const doc = docOf(schema, [{ insert: 'ab' }, { insert: { divider: true } }, { insert: '\ncd' }])
    expect(doc.children.map((node) => [node.type.name, node.attrs['open']])).toEqual([
      ['line', true],
      ['block', false],
      ['line', true],
    ])
  })

  test('T10: wrong attribute values are refused by check', () => {
    for (const attrs of [{ header: '1' }, { list: ['bullet'] }, { other: '{"b":1,"a":2}' }, { indent: 99 }]) {
      expect(() => schema.node('line', attrs).check()).toThrow(RangeError)
    }
    expect(() => schema.node('block', { embed: '' }).check()).toThrow(RangeError)
  })

  test('T3: a plugin adds a format by the table alone', () => {
    const more = createSchema(
      extendFormats(coreFormats, {
        inline: [flagFormat('spoiler')],
        line: [{ name: 'mood', validate: (value) => value === 'calm' }],
      }),
    )
    expect(marksOf(more, { spoiler: true })[0]?.type.name).toBe('spoiler')
    expect(lineAttributes(more.node('line', lineAttrs(more, { mood: 'calm' })))).toEqual({ mood: 'calm' })
  })
})
