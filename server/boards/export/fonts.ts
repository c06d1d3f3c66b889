/** The board's fonts as outlines and as files (SPEC-board B500, B511), read as they are needed. Runs in a thread. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create } from 'fontkit'
import type { Font as FontFile } from 'fontkit'
import type { FontFace } from '../../../shared/board/draw/commands.ts'
import { CLOSE, CUBIC, LINE, MOVE, QUADRATIC } from '../../../shared/board/geometry/path.ts'
import type { Font } from '../../../shared/board/model/style.ts'
import { signOf } from './signs.ts'

/** One subset of a face. */
export interface Subset {
  readonly family: string
  readonly bold: boolean
  readonly italic: boolean
  /** A `unicode-range`. */
  readonly range: string
  /** Of the WOFF and the WOFF2, without ending. */
  readonly file: string
}

/** A part of a text that one font file can show; null: none can. */
export interface Piece {
  readonly text: string
  readonly subset: Subset | null
}

export interface Fonts {
  /** A text cut where it needs another file. */
  pieces(text: string, face: FontFace): Piece[]
  /** A letter's outline in units of the font's size, y down; null where no font of ours has it. */
  outline(subset: Subset | null, char: string): readonly number[] | null
  /** The bytes of a subset. */
  bytes(subset: Subset, form: 'woff' | 'woff2'): Buffer
}

const SCRIPTS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext']

const FAMILIES: Readonly<
  Record<Font, { family: string; name: string; subsets: readonly string[]; italics: boolean }>
> = {
  sans: { family: 'Noto Sans', name: 'noto-sans', subsets: SCRIPTS, italics: true },
  serif: { family: 'Noto Serif', name: 'noto-serif', subsets: SCRIPTS, italics: true },
  mono: { family: 'Noto Sans Mono', name: 'noto-sans-mono', subsets: SCRIPTS, italics: false },
  hand: { family: 'Comic Neue', name: 'comic-neue', subsets: ['latin'], italics: true },
}

/** What is written from right to left is left in one piece: its order is not for us to break. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** `folder` holds the fonts' packages. */
export function createFonts(folder: string): Fonts {
  const subsets = new Map<string, Subset[]>()
  const files = new Map<Subset, FontFile>()
  const outlines = new Map<Subset, Map<string, readonly number[]>>()

  function subsetsOf(font: Font, bold: boolean, italic: boolean): Subset[] {
    const key = `${font} ${bold} ${italic}`
    const known = subsets.get(key)
    if (known) return known
    const { family, name, subsets: parts, italics } = FAMILIES[font]
    const ranges = JSON.parse(readFileSync(join(folder, name, 'unicode.json'), 'utf8')) as Record<
      string,
      string
    >
    const leans = italic && italics
    const made = parts.map((part) => ({
      family,
      bold,
      italic: leans,
      range: ranges[part] ?? '',
      file: join(folder, name, 'files', `${name}-${part}-${bold ? 700 : 400}-${leans ? 'italic' : 'normal'}`),
    }))
    subsets.set(key, made)
    return made
  }

  function fileOf(subset: Subset): FontFile {
    const known = files.get(subset)
    if (known) return known
    const font = create(readFileSync(`${subset.file}.woff`))
    if ('fonts' in font) throw new TypeError(`${subset.file} holds several fonts`)
    files.set(subset, font)
    return font
  }

  function subsetFor(char: string, { family, bold, italic }: FontFace): Subset | null {
    const code = char.codePointAt(0) ?? 0
    for (const font of family === 'sans' ? (['sans'] as const) : ([family, 'sans'] as const))
      for (const subset of subsetsOf(font, bold, italic))
        if (inRange(subset, code) && fileOf(subset).hasGlyphForCodePoint(code)) return subset
    return null
  }

  const choices = new Map<string, Subset | null>()
  function choose(char: string, face: FontFace): Subset | null {
    const key = `${face.family}${Number(face.bold)}${Number(face.italic)}${char}`
    let subset = choices.get(key)
    if (subset === undefined) {
      subset = subsetFor(char, face)
      if (choices.size > MOST_CHOICES) choices.clear()
      choices.set(key, subset)
    }
    return subset
  }

  return {
    pieces(text, face) {
      const whole = text.normalize('NFC')
      if (RIGHT_TO_LEFT.test(whole)) return [{ text: whole, subset: null }]
      const pieces: { text: string; subset: Subset | null }[] = []
      for (const char of whole) {
        const last = pieces.at(-1)
        const subset = last && /^[\p{M}\p{Cf}]$/u.test(char) ? last.subset : choose(char, face)
        if (last?.subset === subset) last.text += char
        else pieces.push({ text: char, subset })
      }
      return pieces
    },
    outline(subset, char) {
      if (subset === null) return signOf(char)
      let known = outlines.get(subset)
      if (!known) {
        known = new Map()
        outlines.set(subset, known)
      }
      const drawn = known.get(char) ?? outlineOf(fileOf(subset), char)
      known.set(char, drawn)
      return drawn
    },
    bytes: (subset, form) => readFileSync(`${subset.file}.${form}`),
  }
}

const MOST_CHOICES = 20_000

/** Ranges decide first, as they do in a browser. */
function inRange({ range }: Subset, code: number): boolean {
  let found = ranges.get(range)
  if (!found) {
    found = range.split(',').map((part) => {
      const [from = '', to = from] = part.trim().replace('U+', '').split('-')
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
    })
    ranges.set(range, found)
  }
  return found.some(([from = 0, to = 0]) => code >= from && code <= to)
}

const ranges = new Map<string, number[][]>()

function outlineOf(font: FontFile, char: string): number[] {
  const { path } = font.glyphForCodePoint(char.codePointAt(0) ?? 0)
  const out: number[] = []
  const scale = 1 / font.unitsPerEm
  for (const { command, args } of path.commands) {
    const code = CODES[command]
    if (code === undefined) continue
    out.push(code)
    args.forEach((value, i) => out.push(i % 2 === 0 ? value * scale : -value * scale))
  }
  return out
}

const CODES: Readonly<Record<string, number>> = {
  moveTo: MOVE,
  lineTo: LINE,
  quadraticCurveTo: QUADRATIC,
  bezierCurveTo: CUBIC,
  closePath: CLOSE,
}
