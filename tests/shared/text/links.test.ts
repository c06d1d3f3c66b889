import { describe, expect, test } from '@jest/globals'
import { isExternalLink, linkFromInput, safeLink } from '../../../shared/text/links.ts'

describe('links', () => {
  test.each([
    'https://example.org/a?b=c#d',
    'HTTP://example.org',
    'mailto:a@example.org',
    'tel:+4912345',
    '/p/other',
    '../p/other',
    'other?x=1:2',
    '#heading',
    'a/b:c',
  ])('T8: %s is a link', (link) => expect(safeLink(link)).toBe(link))

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    'javascript\u200b:alert(1)',
    '\u00a0javascript:alert(1)',
    '&#106;avascript:alert(1)',
    'javascript&colon;alert(1):',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    'ftp://example.org/',
    'intent://x#Intent;end',
    ':x',
    '',
    '   ',
    'x'.repeat(3000),
  ])('T8: %j is none', (link) => expect(safeLink(link)).toBeNull())

  test('T8: anything but a string is none, and odd spellings of a host lead where they say', () => {
    for (const value of [null, undefined, 1, {}, ['https://example.org']]) expect(safeLink(value)).toBeNull()
    expect(safeLink('//example.org/a')).toBe('https://example.org/a')
    expect(safeLink('\\\\example.org/a')).toBe('https://example.org/a')
    expect(safeLink('https://exa\u202emple.org')).toBe('https://example.org')
  })

  test('T8: what a person types is completed', () => {
    expect(linkFromInput(' example.org ')).toBe('https://example.org')
    expect(linkFromInput('example.org:8080/x')).toBe('https://example.org:8080/x')
    expect(linkFromInput('localhost:9001')).toBe('https://localhost:9001')
    expect(linkFromInput('me@example.org')).toBe('mailto:me@example.org')
    expect(linkFromInput('/p/other')).toBe('/p/other')
    expect(linkFromInput('javascript:alert(1)')).toBeNull()
    expect(isExternalLink('https://a')).toBe(true)
    expect(isExternalLink('/a')).toBe(false)
  })
})
