/**
 * Writes what the board knows of its fonts, read from the font files: `shared/board/draw/widths.ts`, how wide each letter is,
 * and `client/styles/board-fonts.css`, where browsers find them. Run again when a font changes:
 * `node scripts/write/board-fonts.mjs`; tests say when that is due.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { create } from 'fontkit'
import { root } from '../run.mjs'

/** The board's fonts by what a shape calls them. Subsets of a face come one after the other. */
/** @type {Record<string, readonly [name: string, subsets: readonly string[]]>} */
export const FONTS = {
  sans: ['noto-sans', ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext']],
  serif: [
    'noto-serif',
    ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'],
  ],
  mono: [
    'noto-sans-mono',
    ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'],
  ],
  hand: ['comic-neue', ['latin']],
}

/** The file of a subset; a font without italics gives its upright one. */
export function fontFile(family, subset, bold, italic) {
  const [name] = FONTS[family]
  const style = italic && family !== 'mono' ? 'italic' : 'normal'
  return path.join(
    root,
    'node_modules/@fontsource',
    name,
    'files',
    `${name}-${subset}-${bold ? 700 : 400}-${style}.woff`,
  )
}

/** Widths by code point, in thousandths of the font's size. */
export function widthsOf(family, bold, italic) {
  const widths = new Map()
  for (const subset of FONTS[family][1]) {
    const font = create(readFileSync(fontFile(family, subset, bold, italic)))
    for (const code of font.characterSet)
      if (!widths.has(code))
        widths.set(code, Math.round((font.glyphForCodePoint(code).advanceWidth * 1000) / font.unitsPerEm))
  }
  return widths
}

/** Code points that have a width of their own here: letters, digits and signs in use; first and last of each run. */
const WANTED = [
  [0x20, 0x7e],
  [0xa0, 0xac],
  [0xae, 0x17f],
  [0x218, 0x21b],
  [0x2c6, 0x2dd],
  [0x370, 0x3ff],
  [0x400, 0x45f],
  [0x490, 0x4ff],
  [0x1e9e, 0x1e9e],
  [0x2010, 0x205e],
  [0x20a0, 0x20bf],
  [0x2100, 0x2122],
  [0x2190, 0x2265],
]
const wanted = (code) => WANTED.some(([first, last]) => code >= first && code <= last)

const isMark = (code) => /^\p{M}$/u.test(String.fromCodePoint(code))

const FACES = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
]

export function table() {
  const faces = []
  for (const family of ['sans', 'serif', 'hand'])
    for (const [bold, italic] of FACES) faces.push([family, widthsOf(family, bold, italic)])
  const mono = widthsOf('mono', false, false).get(0x4d)
  const codes = [...new Set(faces.flatMap(([, widths]) => [...widths.keys()]))]
    .filter((code) => wanted(code) && !isMark(code))
    // A letter with a mark is as wide as the letter, mostly.
    .filter((code) => {
      const [base] = String.fromCodePoint(code).normalize('NFD')
      const plain = base.codePointAt(0)
      return plain === code || faces.some(([, widths]) => widths.get(code) !== widths.get(plain))
    })
    .sort((a, b) => a - b)
  return { codes, mono, faces }
}

const two = (number) => number.toString(36).padStart(2, '0')

/** The text of `shared/board/draw/widths.ts`. */
function source() {
  const { codes, mono, faces } = table()
  const lines = [
    '/** Written by `scripts/write/board-fonts.mjs` from the font files; do not change it by hand. */',
    '',
    '/** Code points: runs as first and count, in base 36. */',
    `export const CODES =\n  '${runs(codes)}'`,
    '/** The width of every letter of the mono font, in thousandths of its size. */',
    `export const MONO_WIDTH = ${mono}`,
    '/** Widths of {@link CODES} in two digits of base 36, `--` for none: regular, bold, italic, both. */',
    'export const WIDTHS: Readonly<Record<string, readonly string[]>> = {',
  ]
  for (const family of ['sans', 'serif', 'hand']) {
    lines.push(`  ${family}: [`)
    for (const [name, widths] of faces)
      if (name === family)
        lines.push(
          `    '${codes
            .map((code) => {
              const width = widths.get(code)
              return width === undefined ? '--' : width >= 1296 ? 'zz' : two(width)
            })
            .join('')
            .replace(/(--)+$/, '')}',`,
        )
    lines.push('  ],')
  }
  return `${lines.join('\n')}\n}\n`
}

function runs(codes) {
  const out = []
  for (let i = 0; i < codes.length;) {
    let end = i + 1
    while (end < codes.length && codes[end] === codes[end - 1] + 1) end++
    out.push(`${codes[i].toString(36)} ${(end - i).toString(36)}`)
    i = end
  }
  return out.join(' ')
}

const NAMES = { sans: 'Noto Sans', serif: 'Noto Serif', mono: 'Noto Sans Mono', hand: 'Comic Neue' }

/** Characters of a line, as the project's formatter has it. */
const WIDE = 110

/** The characters of a face, in lines as the formatter breaks them. */
function rangeOf(parts) {
  const one = `  unicode-range: ${parts.join(', ')};`
  if (one.length <= WIDE) return [one]
  const lines = ['  unicode-range:']
  for (const [at, part] of parts.entries()) {
    const word = `${part}${at === parts.length - 1 ? ';' : ','}`
    const last = lines.at(-1)
    if (lines.length > 1 && last.length + 1 + word.length <= WIDE) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`    ${word}`)
  }
  return lines
}

/** The text of `client/styles/board-fonts.css`. */
export function styles() {
  const rules = [
    '/* Written by scripts/write/board-fonts.mjs; browsers fetch only the files a text needs. */',
  ]
  for (const [family, [name, subsets]] of Object.entries(FONTS)) {
    const ranges = JSON.parse(
      readFileSync(path.join(root, 'node_modules/@fontsource', name, 'unicode.json'), 'utf8'),
    )
    for (const [bold, italic] of FACES) {
      if (family === 'mono' && italic) continue
      for (const subset of subsets) {
        const file = path.basename(fontFile(family, subset, bold, italic))
        rules.push(
          '@font-face {',
          `  font-family: '${NAMES[family]}';`,
          `  font-style: ${italic ? 'italic' : 'normal'};`,
          `  font-weight: ${bold ? 700 : 400};`,
          '  font-display: swap;',
          `  src: url('@fontsource/${name}/files/${file}2') format('woff2');`,
          ...rangeOf(ranges[subset].split(',')),
          '}',
        )
      }
    }
  }
  return `${rules.join('\n')}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(path.join(root, 'shared/board/draw/widths.ts'), source())
  writeFileSync(path.join(root, 'client/styles/board-fonts.css'), styles())
}
