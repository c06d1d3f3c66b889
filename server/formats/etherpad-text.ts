/**
 * Content as Etherpad's attributed text: the characters, their attributes as runs, the pool of attributes, and the one
 * changeset that makes them from an empty pad (reference: Etherpad's easysync notes). Numbers are written to base 36.
 */
import type { Attributes, Content, FormatValue } from '../../shared/text/delta.ts'
import { exportedContent } from '../../shared/text/exported.ts'
import { tablesAsLines } from '../../shared/text/table/lines.ts'
import { coreFormats, isValidFormat } from '../../shared/text/formats.ts'
import type { Formats } from '../../shared/text/formats.ts'
import { isEmbed, linesOf } from '../../shared/text/lines.ts'
import type { Line } from '../../shared/text/lines.ts'
import { safeLink } from '../../shared/text/links.ts'
import { listCounter, listLevel } from '../../shared/text/numbers.ts'
import type { ListCounter } from '../../shared/text/numbers.ts'
import { embedText } from '../../shared/text/plain.ts'

/** Attributes by number. */
export interface Pool {
  numToAttrib: Record<string, readonly [key: string, value: string]>
  nextNum: number
}

export interface AttributedText {
  /** Ends with a newline. */
  text: string
  attribs: string
  pool: Pool
  /** From a pad that holds one newline. */
  changeset: string
}

type Pair = readonly [key: string, value: string]

/** What Etherpad, or the plugin that people have for it, calls a format of characters. */
const NAMES: ReadonlyMap<string, (value: FormatValue) => Pair | null> = new Map<
  string,
  (value: FormatValue) => Pair | null
>([
  ['author', (value) => (value === '' ? null : ['author', String(value)])],
  ['bold', () => ['bold', 'true']],
  ['italic', () => ['italic', 'true']],
  ['underline', () => ['underline', 'true']],
  ['strike', () => ['strikethrough', 'true']],
  [
    'link',
    (value) => {
      const link = safeLink(value)
      return link === null ? null : ['url', link]
    },
  ],
  ['color', (value) => ['color', String(value)]],
  ['size', (value) => ['font-size', String(value)]],
  ['script', (value) => [value === 'sub' ? 'sub' : 'sup', 'true']],
])

/** Characters with the numbers of their attributes. A newline is a piece of its own. */
export interface Piece {
  text: string
  attribs: string
}

/** Attributes with their numbers, for texts that share a pool. */
export interface Numbering {
  numbers: Map<string, number>
  pool: Pool
}

interface Maker extends Numbering {
  pieces: Piece[]
}

export const numbering = (): Numbering => ({ numbers: new Map(), pool: { numToAttrib: {}, nextNum: 0 } })

/** Makes it of a content; embeds are their words. */
export function attributedText(content: Content, formats: Formats = coreFormats): AttributedText {
  const numbers = numbering()
  const pieces = attributedPieces(content, numbers, formats)
  const inserted = pieces.slice(0, -1)
  const bank = inserted.map(({ text }) => text).join('')
  const changeset = `Z:1>${bank.length.toString(36)}${runsOf(inserted)}$${bank}`
  return { text: `${bank}\n`, attribs: runsOf(pieces), pool: numbers.pool, changeset }
}

/** A content's pieces; the last one is the newline that even an empty pad has. */
export function attributedPieces(
  content: Content,
  { numbers, pool }: Numbering,
  formats: Formats = coreFormats,
): Piece[] {
  const maker: Maker = { numbers, pool, pieces: [] }
  const counter = listCounter()
  const lines = linesOf(exportedContent(tablesAsLines(content, formats), formats), formats)
  lines.forEach((line, at) => {
    // The last newline is the one an empty pad has already.
    if (at > 0) put(maker, '\n', '')
    putLine(maker, line, counter, formats)
  })
  put(maker, '\n', '')
  return maker.pieces
}

function putLine(maker: Maker, line: Line, counter: ListCounter, formats: Formats): void {
  const number = counter.next(line.block ? {} : line.attributes)
  const authors = line.inserts
    .map(({ attributes }) => attributes?.['author'])
    .filter((one) => one !== undefined)
  const marks = lineMarks(line, number, formats)
  if (marks.length > 0) {
    const author: Pair[] = typeof authors[0] === 'string' && authors[0] !== '' ? [['author', authors[0]]] : []
    put(maker, '*', numbersOf(maker, [...author, ['insertorder', 'first'], ['lmkr', '1'], ...marks]))
  }
  const list = line.attributes['list']
  if (!line.block && (list === 'checked' || list === 'unchecked'))
    put(maker, list === 'checked' ? '[x] ' : '[ ] ', '')
  for (const { insert, attributes } of line.inserts)
    put(maker, isEmbed(insert) ? embedText(insert) : insert, numbersOf(maker, pairsOf(attributes, formats)))
}

/** What the marker at a line's beginning says. */
function lineMarks({ attributes, block }: Line, number: number | undefined, formats: Formats): Pair[] {
  if (block) return []
  const marks: Pair[] = []
  const { header, align } = attributes
  const list = attributes['list'] ?? null
  const level = listLevel(attributes)
  const code = attributes['code-block']
  if (typeof header === 'number' && isValidFormat('header', header)) marks.push(['heading', `h${header}`])
  else if (code === true || typeof code === 'string') marks.push(['heading', 'code'])
  if (typeof align === 'string' && isValidFormat('align', align, formats)) marks.push(['align', align])
  if (list !== null && isValidFormat('list', list)) {
    marks.push(['list', `${list === 'ordered' ? 'number' : 'bullet'}${level + 1}`])
    if (number !== undefined) marks.push(['start', String(number)])
  } else if (level > 0) marks.push(['list', `indent${level}`])
  else if (attributes['blockquote'] === true) marks.push(['list', 'indent1'])
  return marks
}

function pairsOf(attributes: Attributes | undefined, formats: Formats): Pair[] {
  const pairs: Pair[] = []
  for (const [key, value] of Object.entries(attributes ?? {})) {
    const pair = isValidFormat(key, value, formats) ? NAMES.get(key)?.(value) : null
    if (pair) pairs.push(pair)
  }
  return pairs
}

/** The pool's numbers of attributes in the order Etherpad asks for: by key and value. */
function numbersOf(maker: Maker, pairs: readonly Pair[]): string {
  return [...pairs]
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map((pair) => `*${numberOf(maker, pair).toString(36)}`)
    .join('')
}

function numberOf({ numbers, pool }: Numbering, pair: Pair): number {
  const key = JSON.stringify(pair)
  const known = numbers.get(key)
  if (known !== undefined) return known
  const number = pool.nextNum
  pool.nextNum += 1
  pool.numToAttrib[number] = pair
  numbers.set(key, number)
  return number
}

function put(maker: Maker, text: string, attribs: string): void {
  for (const part of text.split(/(\n)/)) if (part !== '') maker.pieces.push({ text: part, attribs })
}

/** The pieces as runs, neighbours joined: a run with newlines ends with one, what follows it is a run of its own. */
export function runsOf(pieces: readonly Piece[], sign: '+' | '-' | '=' = '+'): string {
  let out = ''
  let attribs = ''
  let lines = 0
  let chars = 0
  let after = 0
  const end = (): void => {
    if (chars > 0) out += `${attribs}${lines > 0 ? `|${lines.toString(36)}` : ''}${sign}${chars.toString(36)}`
    if (after > 0) out += `${attribs}${sign}${after.toString(36)}`
    lines = chars = after = 0
  }
  for (const piece of pieces) {
    if (piece.attribs !== attribs) end()
    attribs = piece.attribs
    if (piece.text === '\n') {
      chars += after + 1
      lines += 1
      after = 0
    } else if (lines === 0) chars += piece.text.length
    else after += piece.text.length
  }
  end()
  return out
}
