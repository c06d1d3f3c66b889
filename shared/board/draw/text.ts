/**
 * Text in lines (SPEC-board B41). The measurer is given: a browser asks a canvas, a server its font tables. Paragraphs,
 * lists, headings, bold, italic, underline, strike and colour; whatever else a text carries is not shown.
 */
import type { Attributes, Content } from '../../text/delta.ts'
import { linesOf } from '../../text/lines.ts'
import { listCounter, listLevel } from '../../text/numbers.ts'
import type { ListCounter } from '../../text/numbers.ts'
import type { Align, Style } from '../model/style.ts'
import type { FontFace, Measure } from './commands.ts'

/** A piece of a line; x from the left of the text. */
export interface TextRun {
  readonly text: string
  readonly face: FontFace
  readonly x: number
  readonly width: number
  readonly underline: boolean
  readonly strike: boolean
  /** `#rrggbb`, or null: the shape's colour. */
  readonly color: string | null
}

export interface TextLine {
  readonly runs: readonly TextRun[]
  /** The base line, from the top of the text. */
  readonly y: number
}

export interface TextLayout {
  readonly lines: readonly TextLine[]
  /** The longest line's. */
  readonly width: number
  readonly height: number
}

const LINE_HEIGHT = 1.3
/** From the top of a line to its base line, in line heights. */
const BASE_LINE = 0.77
const INDENT = 1.4
const HEADINGS = [1.7, 1.45, 1.25, 1.15, 1.05, 1]
/** Lines laid out at most; a shape's text is not a book. */
const MOST_LINES = 2000
const MARKS: Readonly<Record<string, string>> = { bullet: '•', checked: '☑', unchecked: '☐' }

interface Word {
  text: string
  face: FontFace
  width: number
  attributes: Attributes
}

/** Lays a text out within a width (page units; Infinity: only where it has line ends). */
export function layoutText(content: Content, style: Style, width: number, measure: Measure): TextLayout {
  const lines: TextLine[] = []
  const counter = listCounter()
  let y = 0
  let widest = 0
  const paragraphs = linesOf(content)
  // What ends with a newline has no further, empty line after it.
  for (const { inserts, attributes } of paragraphs) {
    if (lines.length >= MOST_LINES) break
    const size = style.size * headingScale(attributes)
    const bold = headingScale(attributes) > 1
    const mark = markOf(attributes, counter)
    const left = (listLevel(attributes) + (mark === null ? 0 : 1)) * INDENT * style.size
    const face: FontFace = { family: style.font, size, bold, italic: false }
    const words: Word[] = []
    for (const { insert, attributes: own = {} } of inserts)
      if (typeof insert === 'string') pushWords(words, insert, faceOf(face, own), own, measure)
    const broken = breakLines(words, Math.max(size, width - left), measure)
    const align = alignOf(style.align, attributes)
    broken.forEach((row, i) => {
      if (lines.length >= MOST_LINES) return
      const rowWidth = widthOf(row)
      const x = left + (Number.isFinite(width) ? offset(align, width - left - rowWidth) : 0)
      const runs = runsOf(row, x, measure)
      if (i === 0 && mark !== null) {
        const markWidth = measure(mark, face)
        runs.unshift({
          ...plainRun(mark, face),
          x: x - INDENT * style.size * 0.3 - markWidth,
          width: markWidth,
        })
      }
      lines.push({ runs, y: y + size * LINE_HEIGHT * BASE_LINE })
      y += size * LINE_HEIGHT
      widest = Math.max(widest, left + rowWidth)
    })
  }
  return { lines, width: widest, height: y }
}

function headingScale(attributes: Attributes): number {
  const level = attributes['header']
  return typeof level === 'number' ? (HEADINGS[level - 1] ?? 1) : 1
}

function markOf(attributes: Attributes, counter: ListCounter): string | null {
  const number = counter.next(attributes)
  if (number !== undefined) return `${number}.`
  const list = attributes['list']
  return typeof list === 'string' ? (MARKS[list] ?? null) : null
}

function alignOf(align: Align, attributes: Attributes): Align {
  const own = attributes['align']
  if (own === 'left' || own === 'center' || own === 'right') return own
  return attributes['direction'] === 'rtl' && align === 'left' ? 'right' : align
}

function offset(align: Align, room: number): number {
  return align === 'left' ? 0 : align === 'center' ? room / 2 : room
}

function faceOf(face: FontFace, own: Attributes): FontFace {
  const bold = face.bold || own['bold'] === true
  const italic = own['italic'] === true
  const family = own['code'] === true ? 'mono' : face.family
  return bold === face.bold && !italic && family === face.family ? face : { ...face, bold, italic, family }
}

/** Words and the spaces between them, each measured once. */
function pushWords(
  words: Word[],
  text: string,
  face: FontFace,
  attributes: Attributes,
  measure: Measure,
): void {
  for (const piece of text.match(/\s+|\S+/gu) ?? []) {
    const shown = piece.replace(/\t/g, '    ')
    words.push({ text: shown, face, width: measure(shown, face), attributes })
  }
}

function isSpace(word: Word): boolean {
  return /^\s/u.test(word.text)
}

function breakLines(words: readonly Word[], width: number, measure: Measure): Word[][] {
  const rows: Word[][] = []
  let row: Word[] = []
  let used = 0
  const end = (): void => {
    // Spaces that a line ends with take no room.
    while (row.length > 0 && isSpace(row.at(-1) ?? EMPTY)) row.pop()
    rows.push(row)
    row = []
    used = 0
  }
  for (let i = 0; i < words.length && rows.length < MOST_LINES; i++) {
    const word = words[i]
    if (!word) break
    if (isSpace(word)) {
      // No line but a paragraph's first begins with spaces.
      if (row.length > 0 || rows.length === 0) {
        row.push(word)
        used += word.width
      }
      continue
    }
    // Formats can change within a word; it goes to the next line as a whole.
    const whole = [word]
    while (i + 1 < words.length && words[i + 1] && !isSpace(words[i + 1] ?? word))
      whole.push(words[++i] ?? word)
    const wholeWidth = whole.reduce((sum, part) => sum + part.width, 0)
    if (row.length > 0 && used + wholeWidth > width) end()
    if (wholeWidth <= width) {
      row.push(...whole)
      used += wholeWidth
      continue
    }
    for (const part of whole.flatMap((one) => lettersOf(one, measure))) {
      if (row.length > 0 && used + part.width > width) end()
      row.push(part)
      used += part.width
    }
  }
  if (row.length > 0 || rows.length === 0) end()
  return rows
}

/** A word that is longer than a line, letter by letter. */
function lettersOf(word: Word, measure: Measure): Word[] {
  return Array.from(word.text, (text) => ({ ...word, text, width: measure(text, word.face) }))
}

function widthOf(row: readonly Word[]): number {
  return row.reduce((sum, { width }) => sum + width, 0)
}

const EMPTY: Word = {
  text: '',
  face: { family: 'sans', size: 1, bold: false, italic: false },
  width: 0,
  attributes: {},
}

/** Neighbours that look the same are one run. */
function runsOf(row: readonly Word[], left: number, measure: Measure): TextRun[] {
  const runs: TextRun[] = []
  let x = left
  for (let i = 0; i < row.length;) {
    const first = row[i] ?? EMPTY
    let text = ''
    for (; i < row.length && looksLike(row[i] ?? EMPTY, first); i++) text += row[i]?.text ?? ''
    const width = measure(text, first.face)
    const { attributes } = first
    runs.push({
      ...plainRun(text, first.face),
      x,
      width,
      underline: attributes['underline'] === true || typeof attributes['link'] === 'string',
      strike: attributes['strike'] === true,
      color: colourOf(attributes),
    })
    x += width
  }
  return runs
}

function plainRun(text: string, face: FontFace): TextRun {
  return { text, face, x: 0, width: 0, underline: false, strike: false, color: null }
}

const SHOWN = ['underline', 'strike', 'color', 'link'] as const

function looksLike(a: Word, b: Word): boolean {
  return (
    a.face.bold === b.face.bold &&
    a.face.italic === b.face.italic &&
    a.face.family === b.face.family &&
    SHOWN.every((name) => a.attributes[name] === b.attributes[name])
  )
}

function colourOf(attributes: Attributes): string | null {
  const color = attributes['color']
  return typeof color === 'string' && /^#[0-9a-f]{6}$/.test(color) ? color : null
}
