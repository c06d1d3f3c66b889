import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { create } from 'fontkit'
import type { Font as FontFile } from 'fontkit'
import type { FontFace } from '../../../shared/board/draw/commands.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'

const FILES = join(import.meta.dirname, '../../../node_modules/@fontsource')
const PACKAGES = {
  sans: 'noto-sans',
  serif: 'noto-serif',
  mono: 'noto-sans-mono',
  hand: 'comic-neue',
} as const

function face(family: keyof typeof PACKAGES, bold = false, italic = false): FontFace {
  return { family, size: 1000, bold, italic }
}

function fontOf({ family, bold, italic }: FontFace, subset: string): FontFile {
  const name = PACKAGES[family]
  const style = italic && family !== 'mono' ? 'italic' : 'normal'
  const file = `${FILES}/${name}/files/${name}-${subset}-${bold ? 700 : 400}-${style}.woff`
  const font = create(readFileSync(file))
  if ('fonts' in font) throw new Error(`${file} holds several fonts`)
  return font
}

function advance(font: FontFile, text: string): number {
  return Array.from(text).reduce(
    (sum, char) =>
      sum + (font.glyphForCodePoint(char.codePointAt(0) ?? 0).advanceWidth * 1000) / font.unitsPerEm,
    0,
  )
}

test.each([
  ['latin', 'The quick brown fox, 0123456789 (AVATAR) {~}|—„“…«»ßäöüéÅ'],
  ['latin-ext', 'ĄąĆćŁłŐőŠšŽžĞğİřŤ'],
  ['greek', 'Ελληνικά γράμματα Ωω'],
  ['cyrillic', 'Съешь же ещё этих мягких булок Ёё'],
])('B500: letters of %s are as wide as in the font files', (subset, text) => {
  const words = subset === 'latin' ? text : text.replaceAll(' ', '')
  for (const family of ['sans', 'serif', 'mono'] as const)
    for (const bold of [false, true])
      for (const italic of [false, true]) {
        const which = face(family, bold, italic)
        const width = advance(fontOf(which, subset), words)
        expect(Math.abs(measureText(words, which) - width)).toBeLessThan(Array.from(words).length * 0.51)
      }
})

test('B500: the hand’s letters are the hand’s, and those it lacks are borrowed', () => {
  for (const bold of [false, true])
    for (const italic of [false, true]) {
      const which = face('hand', bold, italic)
      const text = 'Handwriting, 42 times'
      expect(measureText(text, which)).toBeCloseTo(advance(fontOf(which, 'latin'), text), -1)
      expect(measureText('Жж', which)).toBe(measureText('Жж', { ...which, family: 'sans' }))
    }
})

test('B500: every letter has a width, marks and joiners none', () => {
  expect(measureText('漢字', face('sans'))).toBe(2000)
  expect(measureText('e\u0301', face('sans'))).toBe(measureText('e', face('sans')))
  expect(measureText('ẽ', face('serif'))).toBe(measureText('e', face('serif')))
  expect(measureText('👩‍🔬', face('sans'))).toBe(measureText('👩', face('sans')))
  expect(measureText('שלום', face('sans'))).toBeGreaterThan(1000)
  expect(measureText('iiii', face('mono'))).toBe(measureText('WWWW', face('mono')))
  expect(measureText('', face('sans'))).toBe(0)
  expect(measureText('word', { ...face('sans'), size: 20 })).toBeCloseTo(
    measureText('word', face('sans')) / 50,
    9,
  )
})
