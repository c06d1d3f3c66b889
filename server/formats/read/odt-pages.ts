/**
 * Pages as LibreOffice makes them of PDF (SPEC-formats F76): pieces of text that know where on the page they stand, and
 * nothing else. Lines, columns, paragraphs and headings are found again by where things stand and how large they are.
 */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'
import type { OdtStyles, Properties } from './odt-styles.ts'
import { elementsOf, textOf } from './xml.ts'
import type { XmlElement } from './xml.ts'

/** A piece of text; lengths in points. */
interface Piece {
  x: number
  y: number
  width: number
  size: number
  runs: HtmlNode[]
  text: string
}

/** Pieces beside each other. */
interface Row {
  y: number
  x: number
  end: number
  size: number
  pieces: Piece[]
  text: string
}

const POINTS: Readonly<Record<string, number>> = { in: 72, cm: 72 / 2.54, mm: 72 / 25.4, pt: 1, pc: 12 }
/** A size in points where a style says none. */
const USUAL = 11
/** Pieces on each side from which a page has two columns. */
const COLUMN = 5

/** Whether a body has pages with pieces and no text of its own. */
export function isPages(body: XmlElement): boolean {
  const pieces = elementsOf(body).filter(({ name }) => name.startsWith('draw:'))
  return (
    pieces.some(({ attributes }) => attributes['text:anchor-page-number'] !== undefined) &&
    elementsOf(body, 'text:p').every((one) => textOf(one).trim() === '')
  )
}

/** The text of pages, in the order in which people read. */
export function pageNodes(body: XmlElement, styles: OdtStyles): HtmlNode[] {
  const pages = new Map<number, Piece[]>()
  for (const frame of elementsOf(body, 'draw:frame')) {
    const piece = pieceOf(frame, styles)
    if (piece === null) continue
    const page = Number(frame.attributes['text:anchor-page-number'] ?? 0) || 0
    const pieces = pages.get(page)
    if (pieces) pieces.push(piece)
    else pages.set(page, [piece])
  }
  const rows = [...pages].sort(([a], [b]) => a - b).map(([, pieces]) => rowsOfPage(pieces))
  const usual = usualSize(rows.flat())
  const heads = headingSizes(rows.flat(), usual)
  return rows.flatMap((page) => paragraphs(withoutNumbers(page), heads))
}

function pieceOf(frame: XmlElement, styles: OdtStyles): Piece | null {
  const runs: HtmlNode[] = []
  let size = 0
  for (const paragraph of elementsOf(elementsOf(frame, 'draw:text-box')[0], 'text:p')) {
    if (runs.length > 0) runs.push(' ')
    for (const child of paragraph.children) {
      const words = typeof child === 'string' ? child : wordsOf(child)
      if (words === '') continue
      const look =
        typeof child === 'string' ? null : styles.style('text', child.attributes['text:style-name']).text
      size = Math.max(size, points(look?.get('fo:font-size')))
      runs.push(look ? marked(words, look) : words)
    }
  }
  const text = runs.map(plain).join('')
  if (text.trim() === '') return null
  const { attributes } = frame
  return {
    x: points(attributes['svg:x']),
    y: points(attributes['svg:y']),
    width: points(attributes['svg:width']),
    size: size || USUAL,
    runs,
    text,
  }
}

/** The words of a run; spaces and tabs are elements there. */
function wordsOf(element: XmlElement): string {
  if (element.name === 'text:s')
    return ' '.repeat(Math.min(100, Number(element.attributes['text:c'] ?? 1) || 1))
  if (element.name === 'text:tab' || element.name === 'text:line-break') return ' '
  return element.children.map((child) => (typeof child === 'string' ? child : wordsOf(child))).join('')
}

function marked(words: string, look: Properties): HtmlNode {
  const bold = look.get('fo:font-weight') === 'bold'
  const italic = look.get('fo:font-style') === 'italic'
  const inner: HtmlNode = italic ? { tag: 'em', children: [words] } : words
  return bold ? { tag: 'strong', children: [inner] } : inner
}

const plain = (node: HtmlNode): string =>
  typeof node === 'string' ? node : (node.children ?? []).map(plain).join('')

/** A length in points; 0 for none. */
function points(length: string | undefined): number {
  const [, number = '', unit = ''] = /^(-?\d+(?:\.\d+)?)(in|cm|mm|pt|pc)$/.exec(length ?? '') ?? []
  return Number(number) * (POINTS[unit] ?? 0)
}

/** Two columns are read one after the other, between what stands across both. */
function rowsOfPage(pieces: readonly Piece[]): Row[] {
  const left = Math.min(...pieces.map(({ x }) => x))
  const right = Math.max(...pieces.map(({ x, width }) => x + width))
  const middle = (left + right) / 2
  const sideOf = ({ x, width }: Piece): -1 | 0 | 1 => (x + width <= middle ? -1 : x >= middle ? 1 : 0)
  const count = (side: number): number => pieces.filter((piece) => sideOf(piece) === side).length
  if (count(-1) < COLUMN || count(1) < COLUMN || count(0) > Math.min(count(-1), count(1)))
    return rowsOf(pieces)
  const out: Row[] = []
  let bands: Piece[] = []
  const end = (): void => {
    for (const side of [-1, 1]) out.push(...rowsOf(bands.filter((piece) => sideOf(piece) === side)))
    bands = []
  }
  for (const piece of [...pieces].sort((a, b) => a.y - b.y))
    if (sideOf(piece) !== 0) bands.push(piece)
    else {
      end()
      out.push(...rowsOf([piece]))
    }
  end()
  return out
}

function rowsOf(pieces: readonly Piece[]): Row[] {
  const groups: Piece[][] = []
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const group = groups.at(-1)
    const first = group?.[0]
    if (group && first && piece.y - first.y < Math.max(first.size, piece.size) / 2) group.push(piece)
    else groups.push([piece])
  }
  return groups.map((group) => {
    const sorted = group.sort((a, b) => a.x - b.x)
    const [first] = sorted
    return {
      y: Math.min(...sorted.map(({ y }) => y)),
      x: first?.x ?? 0,
      end: Math.max(...sorted.map(({ x, width }) => x + width)),
      size: Math.max(...sorted.map(({ size }) => size)),
      pieces: sorted,
      text: sorted.map(({ text }) => text).join(' '),
    }
  })
}

/** The size most of the text has. */
function usualSize(rows: readonly Row[]): number {
  const units = new Map<number, number>()
  for (const { size, text } of rows) units.set(size, (units.get(size) ?? 0) + text.length)
  return [...units].sort((a, b) => b[1] - a[1])[0]?.[0] ?? USUAL
}

/** Sizes that are clearly larger than the usual one: the largest first. */
function headingSizes(rows: readonly Row[], usual: number): number[] {
  const larger = new Set(rows.filter(({ size }) => size > usual * 1.15).map(({ size }) => size))
  return [...larger].sort((a, b) => b - a).slice(0, 6)
}

/** Numbers of pages stand alone at the upper or the lower end. */
function withoutNumbers(rows: readonly Row[]): readonly Row[] {
  const isNumber = (row: Row | undefined): boolean =>
    row !== undefined && /^\s*(?:[-–]\s*)?\d{1,4}(?:\s*\/\s*\d{1,4})?(?:\s*[-–])?\s*$/.test(row.text)
  return rows.slice(isNumber(rows[0]) ? 1 : 0, isNumber(rows.at(-1)) && rows.length > 1 ? -1 : undefined)
}

const BULLET = /^\s*[•◦▪‣·–]\s+/
const SIGN = /^\s*[•◦▪‣·–]\s*/

function paragraphs(rows: readonly Row[], heads: readonly number[]): HtmlNode[] {
  const out: HtmlElement[] = []
  const right = Math.max(0, ...rows.map(({ end }) => end))
  let before: Row | undefined
  for (const row of rows) {
    const level = heads.indexOf(row.size) + 1
    const goesOn =
      before !== undefined && follows(before, row, right) && level === heads.indexOf(before.size) + 1
    const last = out.at(-1)
    if (goesOn && last) last.children = joinedWords(last.children ?? [], runsOf(row))
    else if (level > 0) out.push({ tag: `h${level}`, children: runsOf(row) })
    else if (BULLET.test(row.text))
      out.push({ tag: 'ul', children: [{ tag: 'li', children: withoutBullet(runsOf(row)) }] })
    else out.push({ tag: 'p', children: runsOf(row) })
    before = row
  }
  return out
}

/** Whether a row goes on with the paragraph of the one before it: near, as large, and that one was full. */
function follows(before: Row, row: Row, right: number): boolean {
  const gap = row.y - before.y
  const full = before.end > right - 6 * before.size
  return (
    gap > 0 &&
    gap < 1.7 * before.size &&
    Math.abs(row.size - before.size) < 1 &&
    full &&
    !BULLET.test(row.text)
  )
}

function runsOf({ pieces }: Row): HtmlNode[] {
  return pieces.flatMap((piece, at) => {
    const before = pieces[at - 1]
    const apart = before !== undefined && piece.x - (before.x + before.width) > 0.15 * piece.size
    const spaced = apart && !/\s$/.test(before.text) && !/^\s/.test(piece.text)
    return spaced ? [' ', ...piece.runs] : piece.runs
  })
}

/** A word that was divided at the end of a line is one again. */
function joinedWords(first: readonly HtmlNode[], second: readonly HtmlNode[]): HtmlNode[] {
  const last = first.at(-1)
  const begins = second[0] === undefined ? '' : plain(second[0])
  if (typeof last === 'string' && /\p{L}-$/u.test(last) && /^\p{Ll}/u.test(begins))
    return [...first.slice(0, -1), last.slice(0, -1), ...second]
  const spaced = last === undefined || /\s$/.test(plain(last)) || /^\s/.test(begins)
  return spaced ? [...first, ...second] : [...first, ' ', ...second]
}

function withoutBullet([first, ...rest]: readonly HtmlNode[]): HtmlNode[] {
  if (typeof first !== 'string') return first === undefined ? [] : [first, ...rest]
  const words = first.replace(SIGN, '')
  // The sign is often a piece of its own, with the space that parts it from the words.
  return words === '' ? rest.slice(rest[0] === ' ' ? 1 : 0) : [words, ...rest]
}
