import { expect, test } from '@jest/globals'
import { contentOfMarkdown } from '../../../client/writing/markdown/markdown.ts'
import { looksLikeMarkdown } from '../../../client/writing/markdown/looks.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import { normalise } from '../../../shared/text/lines.ts'

const read = (...lines: string[]) => normalise(contentOfMarkdown(lines.join('\n'), coreFormats, 1_000_000))

test('W5: Markdown becomes formats of ours', () => {
  expect(
    read('# Head', '', 'One **bold** and *slanted* `co<b>de` ~~gone~~', 'goes on', '', 'Two', '', '> said'),
  ).toEqual([
    { insert: 'Head' },
    { insert: '\n', attributes: { header: 1 } },
    { insert: 'One ' },
    { insert: 'bold', attributes: { bold: true } },
    { insert: ' and ' },
    { insert: 'slanted', attributes: { italic: true } },
    { insert: ' ' },
    { insert: 'co<b>de', attributes: { code: true } },
    { insert: ' ' },
    { insert: 'gone', attributes: { strike: true } },
    { insert: ' goes on\n\nTwo\nsaid' },
    { insert: '\n', attributes: { blockquote: true } },
  ])
})

test('W5: lists with levels, numbers and boxes; code with its language; dividers; addresses', () => {
  expect(
    read(
      '- a',
      '  - b',
      '',
      '3. c',
      '',
      '- [x] d',
      '- [ ] e',
      '',
      '```js',
      'f  g',
      '```',
      '---',
      '<https://h.org>',
    ),
  ).toEqual([
    { insert: 'a' },
    { insert: '\n', attributes: { list: 'bullet' } },
    { insert: 'b' },
    { insert: '\n', attributes: { list: 'bullet', indent: 1 } },
    { insert: 'c' },
    { insert: '\n', attributes: { list: 'ordered', start: 3 } },
    { insert: 'd' },
    { insert: '\n', attributes: { list: 'checked' } },
    { insert: 'e' },
    { insert: '\n', attributes: { list: 'unchecked' } },
    { insert: 'f  g' },
    { insert: '\n', attributes: { 'code-block': 'js' } },
    { insert: { divider: true } },
    { insert: '\n' },
    { insert: 'https://h.org', attributes: { link: 'https://h.org' } },
    { insert: '\n' },
  ])
})

test('W5: markup and addresses that run something are words', () => {
  const content = read('<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y>')
  expect(content.map(({ insert }) => insert).join('')).toBe(
    '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y>\n',
  )
  expect(content.every(({ attributes }) => attributes === undefined)).toBe(true)
})

test.each([
  ['# Title\n\ntext', true],
  ['see [this](https://a.org)', true],
  ['- one\n- two\n\n> said', true],
  ['**Note** this', true],
  ['| a | b |\n|---|---|\n| 1 | 2 |', true],
  ['- one\n- two', false],
  ['1. first\n2. second', false],
  ['5 * 3 * 2 #tag', false],
  ['a plain line', false],
  ['#include <stdio.h>', false],
])('W5: whether %j looks like Markdown: %j', (text, wanted) => {
  expect(looksLikeMarkdown(text)).toBe(wanted)
})
