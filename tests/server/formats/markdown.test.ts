import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { canFlank, escapeMarkdown } from '../../../server/formats/markdown-text.ts'
import type { Attributes, Content, Insert } from '../../../shared/text/delta.ts'
import { sourceOf, textOf } from './sources.ts'

const md = (content: Content): string => textOf('md', sourceOf(content))
const line = (text: string, attributes: Attributes = {}): Insert[] =>
  text === '' ? [{ insert: '\n', attributes }] : [{ insert: text }, { insert: '\n', attributes }]
const bold = { bold: true }

describe('F22: words stay words', () => {
  test.each([
    ['# title', String.raw`\# title`],
    ['- item', String.raw`\- item`],
    ['+ item', String.raw`\+ item`],
    ['12. item', String.raw`12\. item`],
    ['3) item', String.raw`3\) item`],
    ['> said', String.raw`\> said`],
    ['---', String.raw`\---`],
    ['===', String.raw`\===`],
    ['```', '\\`\\`\\`'],
    ['*a* _b_ ~~c~~ `d`', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\`'],
    ['[a](b) ![c](d) [^1] [x]', String.raw`\[a\](b) !\[c\](d) \[^1\] \[x\]`],
    ['<b>&amp;&#1; R&D a & b', String.raw`\<b\>\&amp;\&#1; R\&D a & b`],
    ['a | b', String.raw`a \| b`],
    ['back\\slash', String.raw`back\\slash`],
    ['    code?', '&nbsp;&nbsp;&nbsp;&nbsp;code?'],
    ['\tcode?', '&nbsp;&nbsp;&nbsp;&nbsp;code?'],
    ['a\rb\u2028c\u0000', 'a b c&nbsp;'],
    ['2. $5 and $6', String.raw`2\. $5 and $6`],
  ])('%j', (text, written) => {
    expect(md(line(text))).toBe(`${written}\n`)
  })

  test('no sign that can begin a block or a span is left without its backslash, and it reads back', () => {
    const signs = fc
      .array(fc.constantFrom(...'\\`*_[]<>~|#+-=:.)1a &;!{}"\'字'.split('')), { maxLength: 20 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(signs, (text) => {
        const written = escapeMarkdown(text, true, true)
        const bare = written.replace(/\\[!-/:-@[-`{-~]/g, '§')
        expect(bare).not.toMatch(/[`*_[\]<>~|\\]|&(?!nbsp;)[#A-Za-z]/)
        expect(bare).not.toMatch(/^(?:&nbsp;)*(?:[#+\-=:]|\d{1,9}[.)])/)
        expect(written).not.toMatch(/^[ \t]|[ \t]$/)
        const read = written.replace(/&nbsp;/g, ' ').replace(/\\([!-/:-@[-`{-~])/g, '$1')
        expect(read).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

describe('F23: emphasis that every reader sees', () => {
  test.each<[string, Content, string]>([
    [
      'in a word',
      [{ insert: 'un' }, { insert: 'be', attributes: bold }, { insert: 'lievable' }],
      'un**be**lievable',
    ],
    ['spaces outside', [{ insert: 'a' }, { insert: ' b ', attributes: bold }, { insert: 'c' }], 'a **b** c'],
    ['only spaces', [{ insert: 'a' }, { insert: '  ', attributes: bold }, { insert: 'c' }], 'a  c'],
    [
      'signs beside a word',
      [{ insert: 'a' }, { insert: '(b)', attributes: bold }, { insert: 'c' }],
      'a<strong>(b)</strong>c',
    ],
    [
      'neighbours',
      [
        { insert: 'a', attributes: bold },
        { insert: 'b', attributes: { italic: true } },
      ],
      '**a**<em>b</em>',
    ],
    [
      'behind an address',
      [{ insert: 'www.a.org/' }, { insert: 'b', attributes: bold }],
      'www.a.org/<strong>b</strong>',
    ],
    ['struck and bold', [{ insert: 'x', attributes: { ...bold, strike: true } }], '~~**x**~~'],
    ['code', [{ insert: '`a`', attributes: { code: true } }], '`` `a` ``'],
    [
      'no picture',
      [{ insert: 'look!' }, { insert: 'a', attributes: { link: 'https://a.org/' } }],
      'look\\![a](https://a.org/)',
    ],
    ['bold code', [{ insert: 'a', attributes: { ...bold, code: true } }], '**`a`**'],
    [
      'a link in bold words',
      [
        { insert: 'see ', attributes: bold },
        { insert: 'it', attributes: { ...bold, link: 'https://a.org/?a=(1)' } },
      ],
      '**see** [**it**](https://a.org/?a=%281%29)',
    ],
  ])('%s', (_name, inserts, written) => {
    expect(md([...inserts, { insert: '\n' }])).toBe(`${written}\n`)
  })

  test('a delimiter never opens before a space nor closes behind one', () => {
    expect(canFlank('a', ' b', '')).toBe(false)
    expect(canFlank('a', 'b ', '')).toBe(false)
    expect(canFlank('*', 'b', '')).toBe(false)
  })
})

describe('F24: blocks', () => {
  test('lines end with a hard break, an empty line parts paragraphs', () => {
    expect(md([...line('a'), ...line('b'), ...line(''), ...line('c')])).toBe('a\\\nb\n\nc\n')
  })

  test('lists of two kinds stay two, and numbers that jump begin a new list', () => {
    const list = [
      ...line('a', { list: 'bullet' }),
      ...line('b', { list: 'unchecked' }),
      ...line('c', { list: 'ordered', start: 3 }),
      ...line('d', { list: 'ordered', start: 7 }),
    ]
    expect(md(list)).toBe('- a\n\n* [ ] b\n\n3. c\n\n7) d\n')
  })

  test('lists inside items stand below their words', () => {
    const list = [
      ...line('a', { list: 'ordered', start: 10 }),
      ...line('b', { list: 'bullet', indent: 1 }),
      ...line('c', { list: 'bullet', indent: 2 }),
    ]
    expect(md(list)).toBe('10. a\n    - b\n      - c\n')
  })

  test('a fence is longer than any in the code, and a divider is no front matter', () => {
    expect(md(line('````', { 'code-block': 'md' }))).toBe('`````md\n````\n`````\n')
    expect(md([{ insert: { divider: true } }, { insert: '\n' }])).toBe('***\n')
  })

  test('a heading ends where its line ends', () => {
    expect(md(line('C #', { header: 2 }))).toBe('## C \\#\n')
  })
})
