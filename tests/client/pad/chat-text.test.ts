/** What stands in a line of the chat (SPEC-pads P10, P12). */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { chatParts, mentions } from '../../../client/pad/chat-text.ts'
import { safeLink } from '../../../shared/text/links.ts'

const links = (text: string): string[] =>
  chatParts(text, '').flatMap((part) => (part.kind === 'link' ? [`${part.text} -> ${part.href}`] : []))

describe('links', () => {
  test.each([
    ['see https://example.org/a?b=c#d.', 'https://example.org/a?b=c#d -> https://example.org/a?b=c#d'],
    ['(https://example.org)', 'https://example.org -> https://example.org'],
    [
      'https://en.wikipedia.org/wiki/Ink_(disambiguation), yes',
      'https://en.wikipedia.org/wiki/Ink_(disambiguation) -> https://en.wikipedia.org/wiki/Ink_(disambiguation)',
    ],
    ['www.example.org/ü!', 'www.example.org/ü -> https://www.example.org/ü'],
    ['ask ada@example.org.', 'ada@example.org -> mailto:ada@example.org'],
    ['HTTP://EXAMPLE.ORG?', 'HTTP://EXAMPLE.ORG -> HTTP://EXAMPLE.ORG'],
    ['“https://example.org”', 'https://example.org -> https://example.org'],
  ])('P10: %s', (text, link) => {
    expect(links(text)).toEqual([link])
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'x@',
    'http:/x',
    'a.b',
    '@ada',
    'ht tp://x',
  ])('P10: %s is text', (text) => {
    expect(chatParts(text, '')).toEqual([{ kind: 'text', text }])
  })

  test('P10: whatever is written, the parts are the line, and every link is one that is allowed', () => {
    const pieces = fc.constantFrom(
      'https://',
      'www.',
      'mailto:',
      'javascript:',
      'a@b.c',
      '(',
      ')',
      '.',
      ' ',
      'Ada',
      '@',
      '😀',
      '\n',
      '\u202e',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (some) => {
        const text = some.join('')
        const parts = chatParts(text, 'Ada')
        expect(parts.map((part) => part.text).join('')).toBe(text)
        for (const part of parts) if (part.kind === 'link') expect(safeLink(part.href)).toBe(part.href)
      }),
    )
  })
})

describe('mentions', () => {
  test.each([
    ['Ada, look', 'Ada', true],
    ['hey @ada!', 'Ada', true],
    ['for ADA', 'ada', true],
    ['Adana', 'Ada', false],
    ['canada', 'Ada', false],
    ['Mira Solberg says', 'Mira Solberg', true],
    ['@J', 'J', true],
    ['J', 'J', false],
    ['what? (c++)', 'c++', true],
    ['Ärger', 'Är', false],
    ['anything', '', false],
    ['anything', '  ', false],
    ['日本 さん', '日本', true],
  ])('P12: "%s" for %s: %s', (text, name, expected) => {
    expect(mentions(text, name)).toBe(expected)
  })

  test('P12: the name is a part of its own, with its @, and none within an address', () => {
    expect(chatParts('Hi @Ada: https://example.org/Ada and Ada', 'Ada')).toEqual([
      { kind: 'text', text: 'Hi ' },
      { kind: 'mention', text: '@Ada' },
      { kind: 'text', text: ': ' },
      { kind: 'link', text: 'https://example.org/Ada', href: 'https://example.org/Ada' },
      { kind: 'text', text: ' and ' },
      { kind: 'mention', text: 'Ada' },
    ])
  })
})
