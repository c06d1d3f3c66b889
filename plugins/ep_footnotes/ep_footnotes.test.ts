import { expect, test } from '@jest/globals'
import { declaration, noteOf, noteWords } from './shared.ts'

test('N1: words of a note are one line of at most 2000 characters; what is no note says so', () => {
  expect(noteOf({ text: ' seen\nhere \u0000' })).toBe('seen here')
  expect(noteWords(`${'x'.repeat(1999)}\u{1f600}`)).toHaveLength(1999)
  for (const wrong of [null, true, 'text', {}, { text: 4 }, { text: { html: '' } }])
    expect(noteOf(wrong)).toBeNull()
  expect(declaration.exports?.['footnote']?.note?.({ text: 'a' })).toBe('a')
})
