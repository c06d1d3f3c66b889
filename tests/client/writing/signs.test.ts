import { expect, test } from '@jest/globals'
import { CHARACTERS, EMOJI } from '../../../client/writing/signs/emoji.ts'
import { findSigns, signGroups } from '../../../client/writing/signs/signs.ts'

test.each([EMOJI, CHARACTERS])('W9: every sign is there once, with a name in both languages', (list) => {
  const groups = signGroups(list, 'en')
  const all = groups.flatMap(({ signs }) => signs)
  expect(all.length).toBe(list.split('\n').length - groups.length)
  expect(new Set(all.map(({ sign }) => sign)).size).toBe(all.length)
  for (const { sign, name, further } of all) {
    expect([sign, name !== '', further !== '']).toEqual([sign, true, true])
    expect([...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(sign)]).toHaveLength(1)
  }
})

test("W9: a sign is found by its name in the page's language, and in the other", () => {
  const found = (language: string, typed: string) =>
    findSigns(signGroups(EMOJI, language), typed).map(({ sign }) => sign)
  expect(found('de', 'daumen ho')).toEqual(['👍'])
  expect(found('en', 'thumbs')).toEqual(['👍', '👎'])
  expect(found('de', 'thumbs')).toEqual(['👍', '👎'])
  expect(found('en', 'nothing like it')).toEqual([])
  expect(signGroups(EMOJI, 'de')[0]?.signs[0]?.name).toBe('grinsen froh')
})
