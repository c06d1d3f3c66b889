/**
 * How wide text is (SPEC-board B500): from a table of the board's fonts, the same in every browser and on the server, so
 * that lines break at the same words for everybody, whether or not the fonts are loaded yet.
 */
import type { FontFace, Measure } from './commands.ts'
import { CODES, MONO_WIDTH, WIDTHS } from './widths.ts'

/** Thousandths of the size. */
const OTHER = 600
const WIDE = 1000
const EMOJI = 1200
const UNIT = 1000

let places: Map<number, number> | null = null
const tables = new Map<string, Int16Array>()

/** Width of a text on one line, in the units of the font's size. Kerning is left out: it differs between machines. */
export const measureText: Measure = (text, face) => {
  const widths = tableOf(face)
  let sum = 0
  let joined = false
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    // What a joiner ties to the letter before it takes no room of its own.
    if (joined) joined = false
    else if (code === 0x200d) joined = true
    else sum += widthOf(code, char, face, widths)
  }
  return (sum * face.size) / UNIT
}

function placeOf(code: number): number | undefined {
  if (!places) {
    places = new Map()
    const runs = CODES.split(' ').map((number) => Number.parseInt(number, 36))
    for (let i = 0; i < runs.length; i += 2)
      for (let j = 0; j < (runs[i + 1] ?? 0); j++) places.set((runs[i] ?? 0) + j, places.size)
  }
  return places.get(code)
}

/** Widths by place; -1 for none. */
function tableOf({ family, bold, italic }: FontFace): Int16Array | null {
  if (family === 'mono') return null
  const face = (bold ? 1 : 0) + (italic ? 2 : 0)
  const key = family + face
  const known = tables.get(key)
  if (known) return known
  const text = WIDTHS[family]?.[face] ?? ''
  const table = new Int16Array(text.length >> 1)
  for (let i = 0; i < table.length; i++) {
    const width = Number.parseInt(text.slice(2 * i, 2 * i + 2), 36)
    table[i] = Number.isNaN(width) ? -1 : width
  }
  tables.set(key, table)
  return table
}

function widthOf(code: number, char: string, face: FontFace, widths: Int16Array | null): number {
  const place = placeOf(code)
  if (place !== undefined) {
    if (!widths) return MONO_WIDTH
    const width = widths[place] ?? -1
    if (width >= 0) return width
    // A font without the letter borrows it from the plainest one.
    return tableOf({ ...face, family: 'sans' })?.[place] ?? OTHER
  }
  if (/^[\p{M}\p{Cf}\p{Cc}]$/u.test(char)) return 0
  const base = char.normalize('NFD').codePointAt(0) ?? code
  if (base !== code && placeOf(base) !== undefined)
    return widthOf(base, String.fromCodePoint(base), face, widths)
  if (/^\p{Extended_Pictographic}$/u.test(char) && code > 0xffff) return EMOJI
  return isWide(code) ? WIDE : widths ? OTHER : MONO_WIDTH
}

/** Han, Kana, Hangul and full-width forms. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code < 0x1160) ||
    (code >= 0x2e80 && code < 0xa4d0) ||
    (code >= 0xac00 && code < 0xd7a4) ||
    (code >= 0xf900 && code < 0xfb00) ||
    (code >= 0xfe30 && code < 0xfe70) ||
    (code >= 0xff00 && code < 0xff61) ||
    (code >= 0x1f000 && code < 0x1fb00) ||
    (code >= 0x20000 && code < 0x40000)
  )
}
