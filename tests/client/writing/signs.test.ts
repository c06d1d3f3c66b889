import { expect, test } from '@jest/globals'
import { CHARACTERS } from '../../../client/writing/signs/characters.ts'
import emoji from '../../../client/writing/signs/emoji.json' with { type: 'json' }
import { habitsIn, keepHabit } from '../../../client/writing/signs/habits.ts'
import { findSigns, inTone, signGroups, signsOf } from '../../../client/writing/signs/signs.ts'
import type { SignGroup } from '../../../client/writing/signs/signs.ts'

const emojiIn = (language: string): SignGroup[] =>
  emoji.groups.map(({ id, signs }) => ({ id, signs: signsOf(signs, language) }))
const lists: [string, number, (language: string) => SignGroup[]][] = [
  ['emoji', emoji.groups.flatMap(({ signs }) => signs).length, emojiIn],
  [
    'characters',
    CHARACTERS.split('\n').filter((line) => !line.startsWith('#')).length,
    (code) => signGroups(CHARACTERS, code),
  ],
]
const letters = (sign: string): number =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(sign)].length

test.each(lists)('W9: of the %s each is there once, with a name in both languages', (_name, count, read) => {
  const [english, german] = ['en', 'de'].map((code) => read(code).flatMap(({ signs }) => signs))
  expect(english).toHaveLength(count)
  expect(new Set(english?.map(({ sign }) => sign)).size).toBe(count)
  for (const [at, { sign, name, further }] of (english ?? []).entries())
    expect([sign, name !== '', further !== '', german?.[at]?.name !== '', letters(sign)]).toEqual([
      sign,
      true,
      true,
      true,
      1,
    ])
})

test('W9: every emoji of Unicode is there, those of people in five colours of skin', () => {
  const all = emojiIn('en').flatMap(({ signs }) => signs)
  expect(all.length).toBeGreaterThan(1900)
  for (const sign of ['😀', '🫩', '👩‍💻', '🐻‍❄️', '🇩🇪', '🏳️‍🌈', '1️⃣'])
    expect([sign, all.some((one) => one.sign === sign)]).toEqual([sign, true])
  const skin = all.filter((one) => one.skin)
  expect(skin.length).toBeGreaterThan(250)
  for (const one of skin)
    for (const tone of [1, 2, 3, 4, 5])
      expect([one.sign, tone, letters(inTone(one, tone))]).toEqual([one.sign, tone, 1])
  expect([
    inTone({ sign: '✌️', skin: true }, 3),
    inTone({ sign: '🌱', skin: false }, 3),
    inTone({ sign: '👋', skin: true }, 9),
  ]).toEqual(['✌🏽', '🌱', '👋'])
})

test("W9: a sign is found by its name in the page's language, and in the other", () => {
  const found = (language: string, typed: string): string[] =>
    findSigns(emojiIn(language), typed).map(({ sign }) => sign)
  expect(found('de', 'daumen ho')).toEqual(['👍'])
  expect(found('en', 'thumbs').slice(0, 2)).toEqual(['👍', '👎'])
  expect(found('de', 'thumbs').slice(0, 2)).toEqual(['👍', '👎'])
  expect(found('en', 'party')).toContain('🎉')
  expect(found('en', 'nothing like it')).toEqual([])
  expect(found('en', 'a').length).toBe(120)
  expect(emojiIn('de')[0]?.signs[0]?.name).toBe('grinsendes Gesicht')
})

test('W9: those used last come first, 24 of them, and the colour of skin stays; what is kept may be damaged', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  expect(habitsIn(null)).toEqual({ recent: [], tone: 0 })
  for (let at = 0; at < 30; at += 1) keepHabit(storage, `${at % 26}`, 2)
  keepHabit(storage, null, 4)
  const { recent, tone } = habitsIn(storage)
  expect([recent.length, recent[0], recent[4], tone]).toEqual([24, '3', '25', 4])
  for (const damaged of ['{', '7', 'null', '{"recent":[1,"a"],"tone":99}', '{"recent":"x","tone":"1"}']) {
    kept.set('inkpad-emoji', damaged)
    expect(habitsIn(storage).tone).toBe(0)
    expect(habitsIn(storage).recent.every((sign) => sign === 'a')).toBe(true)
  }
  const full = {
    ...storage,
    setItem: () => {
      throw new Error('full')
    },
  }
  expect(() => keepHabit(full, 'x', 1)).not.toThrow()
})
