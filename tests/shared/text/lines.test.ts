import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Content } from '../../../shared/text/delta.ts'
import {
  coreFormats,
  extendFormats,
  inlineFormat,
  isInlineKey,
  isLineKey,
  isValidFormat,
  manyFormat,
  sameAttributes,
} from '../../../shared/text/formats.ts'
import { stableJson } from '../../../shared/text/json.ts'
import { contentLength, contentOf, linesOf, normalise } from '../../../shared/text/lines.ts'
import { anyContent } from '../../support/content.ts'

const shape = (content: Content): unknown =>
  linesOf(content).map((line) => [
    line.inserts
      .map(({ insert }) => (typeof insert === 'string' ? insert : Object.keys(insert)[0]))
      .join('+'),
    line.open ? 'open' : 'closed',
    line.block ? 'block' : 'text',
  ])

describe('lines', () => {
  test('T2: lines and back give the same content', () => {
    fc.assert(
      fc.property(anyContent(), (content) => {
        expect(contentOf(linesOf(content))).toEqual(normalise(content))
        expect(contentLength(normalise(content))).toBe(contentLength(content))
      }),
      { numRuns: 300 },
    )
  })

  test('T5: an empty text is one open empty line', () => {
    expect(linesOf([])).toEqual([{ inserts: [], attributes: {}, open: true, block: false }])
  })

  test('T5: the final newline belongs to the last line, a text without it ends open', () => {
    expect(shape([{ insert: 'a\n\nb' }])).toEqual([
      ['a', 'closed', 'text'],
      ['', 'closed', 'text'],
      ['b', 'open', 'text'],
    ])
    expect(shape([{ insert: 'a\n' }])).toEqual([['a', 'closed', 'text']])
  })

  test('T6: a block embed and its newline are one line; unknown embeds are inline', () => {
    expect(
      shape([
        { insert: 'a' },
        { insert: { divider: true } },
        { insert: { board: { id: 'b' } } },
        { insert: '\nx' },
        { insert: { unheard: 1 } },
        { insert: 'y\n' },
      ]),
    ).toEqual([
      ['a', 'open', 'text'],
      ['divider', 'open', 'block'],
      ['board', 'closed', 'block'],
      ['x+unheard+y', 'closed', 'text'],
    ])
  })

  test('T2: line formats come from the newline', () => {
    const lines = linesOf([{ insert: 'a' }, { insert: '\n\n', attributes: { header: 1, list: null } }])
    expect(lines.map((line) => line.attributes)).toEqual([{ header: 1 }, { header: 1 }])
  })
})

describe('formats', () => {
  test('T3: names are inline, line or unknown', () => {
    expect(['bold', 'comment-7', 'suggest-x', 'author'].every((key) => isInlineKey(key))).toBe(true)
    expect(['header', 'code-block', 'start'].every((key) => isLineKey(key))).toBe(true)
    expect(
      ['comment-', 'glow', '__proto__', 'constructor'].some((key) => isInlineKey(key) || isLineKey(key)),
    ).toBe(false)
  })

  test('T4: values are scalars from a small set', () => {
    expect(isValidFormat('header', 6)).toBe(true)
    expect(isValidFormat('header', 7)).toBe(false)
    expect(isValidFormat('header', '1')).toBe(false)
    expect(isValidFormat('list', 'checked')).toBe(true)
    expect(isValidFormat('bold', false)).toBe(false)
    expect(isValidFormat('code-block', 'c++')).toBe(true)
    expect(isValidFormat('code-block', '"><script>')).toBe(false)
    expect(isValidFormat('glow', true)).toBe(false)
  })

  test('T3: a plugin adds and the base stays', () => {
    const more = extendFormats(coreFormats, {
      inline: [manyFormat('note-', (value) => value === 1)],
      blocks: ['poll'],
    })
    expect(inlineFormat('note-4', more)?.validate(1)).toBe(true)
    expect(inlineFormat('note-4')).toBeUndefined()
    expect(more.blocks.has('poll') && !coreFormats.blocks.has('poll')).toBe(true)
  })

  test('T4: attributes are equal whatever their order', () => {
    expect(sameAttributes({ a: 1, b: 2 }, { b: 2, a: 1, c: null })).toBe(true)
    expect(sameAttributes(undefined, {})).toBe(true)
    expect(sameAttributes({ a: 1 }, { a: 2 })).toBe(false)
    expect(stableJson({ b: { d: 1, c: [{ z: 1, y: 2 }] }, a: null })).toBe(
      '{"a":null,"b":{"c":[{"y":2,"z":1}],"d":1}}',
    )
  })
})
