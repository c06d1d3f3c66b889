/** The one walk of a pad's text (SPEC-formats F1): content to the neutral tree. Pure. */
import { hasCode, isCode, isList, runsOf } from '../../shared/text/line-kinds.ts'
import type { Attributes, Content, Embed } from '../../shared/text/delta.ts'
import { coreFormats, embedKind, isValidFormat } from '../../shared/text/formats.ts'
import type { Formats, ShownPicture } from '../../shared/text/formats.ts'
import { exportedContent } from '../../shared/text/exported.ts'
import { isEmbed, linesOf } from '../../shared/text/lines.ts'
import type { Line } from '../../shared/text/lines.ts'
import { listCounter, listLevel } from '../../shared/text/numbers.ts'
import type { ListCounter } from '../../shared/text/numbers.ts'
import { embedText } from '../../shared/text/plain.ts'
import { boardKey, readShownBoard } from '../../shared/text/shown-board.ts'
import type { ShownBoard } from '../../shared/text/shown-board.ts'
import { readNote, readShownPicture } from '../../shared/text/shown-picture.ts'
import { lookOf, marksReader } from './marks.ts'
import { tableOfEmbed } from '../../shared/text/table/value.ts'
import type { TableValue } from '../../shared/text/table/value.ts'
import type {
  Block,
  CodeBlock,
  EmbedView,
  FileBoards,
  FilePictures,
  Item,
  List,
  Marks,
  Paragraph,
  Quote,
  Run,
  Table,
} from './tree.ts'

export interface WalkOptions {
  /** The table in use. Default: the core's. */
  formats?: Formats
  /** Runs of different authors stay apart and name them. Default: false. */
  authors?: boolean
  /** Bytes by the pictures' keys; what is not there is words. */
  pictures?: FilePictures | undefined
  /** What is drawn of the board; what is not there is words. */
  boards?: FileBoards | undefined
}

interface Walker {
  formats: Formats
  counter: ListCounter
  marks: (attributes: Attributes | undefined) => Marks
  pictures: FilePictures
  boards: FileBoards
  /** Notes so far. */
  notes: number
}

const NO_PICTURES: FilePictures = new Map()
const NO_BOARDS: FileBoards = new Map()

/** The blocks of a content, every line of it in its order. */
export function walk(
  content: Content,
  { formats = coreFormats, authors = false, pictures = NO_PICTURES, boards = NO_BOARDS }: WalkOptions = {},
): Block[] {
  const marks = marksReader(formats, authors)
  return inOrder(content, { formats, counter: listCounter(), marks, pictures, boards, notes: 0 })
}

function inOrder(content: Content, walker: Walker): Block[] {
  const { formats } = walker
  const out: Block[] = []
  for (const run of runsOf(linesOf(exportedContent(content, formats), formats), isQuote)) {
    if (run[0] && isQuote(run[0])) out.push(quoteOf(run, 0, walker))
    else out.push(...blocksOf(run, walker))
  }
  return out
}

/** Lines that are quoted as deep or deeper: those deeper are a quotation inside. */
function quoteOf(lines: readonly Line[], depth: number, walker: Walker): Quote {
  const blocks = runsOf(lines, (line) => quoteDepth(line) > depth).flatMap((run): Block[] =>
    run[0] && quoteDepth(run[0]) > depth ? [quoteOf(run, depth + 1, walker)] : blocksOf(run, walker),
  )
  return { kind: 'quote', blocks }
}

/** An indented line of a quotation is one that was quoted there; items of lists have their own depth. */
function quoteDepth(line: Line): number {
  return isList(line) || line.block ? 0 : listLevel(line.attributes)
}

function isQuote(line: Line): boolean {
  return line.attributes['blockquote'] === true && !isCode(line)
}

function blocksOf(lines: readonly Line[], walker: Walker): Block[] {
  const kind = (line: Line): string =>
    isCode(line) ? `code ${line.attributes['code-block']}` : isList(line) ? 'list' : 'plain'
  return runsOf(lines, kind).flatMap((run): Block[] => {
    const first = run[0]
    if (first && isList(first)) return listsOf(run, walker)
    // A line that is no item ends all lists.
    walker.counter.next({})
    if (first && isCode(first)) return [codeOf(run, walker)]
    return run.map((line) => (line.block ? embedOf(line, walker) : figureOr(paragraphOf(line, walker))))
  })
}

/** A picture alone on its line is a figure where it has more to say than a picture in a line can. */
function figureOr(paragraph: Paragraph): Block {
  const [run, more] = paragraph.runs.filter((one) => !('text' in one && one.text.trim() === ''))
  const picture = run && !more && 'embed' in run && paragraph.heading === 0 ? run.embed.picture : null
  return picture && (picture.caption !== '' || picture.side !== null)
    ? { kind: 'figure', picture }
    : paragraph
}

function codeOf(lines: readonly Line[], walker: Walker): CodeBlock {
  const language = lines[0]?.attributes['code-block']
  return {
    kind: 'code',
    language: typeof language === 'string' ? language.replace(/[^\w+#.-]/g, '') : '',
    lines: lines.map((line) => runs(line, walker)),
  }
}

function paragraphOf(line: Line, walker: Walker, heading = headingOf(line)): Paragraph {
  return {
    kind: 'paragraph',
    heading,
    indent: isList(line) ? 0 : listLevel(line.attributes),
    look: lookOf(line.attributes, walker.formats),
    runs: runs(line, walker),
  }
}

function headingOf({ attributes: { header } }: Line): number {
  return typeof header === 'number' && isValidFormat('header', header) ? header : 0
}

function runs(line: Line, walker: Walker): Run[] {
  const out: Run[] = []
  for (const { insert, attributes } of line.inserts) {
    const marks = walker.marks(attributes)
    const last = out.at(-1)
    if (isEmbed(insert)) out.push({ embed: viewOf(insert, walker), marks })
    else if (last && 'text' in last && last.marks === marks) last.text += insert
    else out.push({ text: insert, marks })
  }
  return out
}

function viewOf(embed: Embed, walker: Walker): EmbedView {
  const kind = embedKind(embed)
  const value = kind === '' ? embed : embed[kind]
  const rule = walker.formats.exports.get(kind)
  const shown = rule?.picture ? readShownPicture(rule.picture(value)) : null
  const found = shown && walker.pictures.get(shown.key)
  const words = rule?.note ? readNote(rule.note(value)) : null
  if (words !== null) walker.notes += 1
  const note = words === null ? null : { number: walker.notes, words }
  const text = note ? `[${note.number}]` : shown ? wordsOf(shown, embed) : embedText(embed)
  const picture = shown && found ? { ...shown, ...found, vector: null } : null
  return { kind, text, value, picture, note }
}

/** A picture in words: what it shows, and its caption. */
function wordsOf({ alt, caption }: ShownPicture, embed: Embed): string {
  if (caption === '') return embedText(embed)
  return alt === '' ? caption : `${alt} (${caption})`
}

function embedOf(line: Line, walker: Walker): Block {
  const embed = line.inserts[0]?.insert
  if (embed === undefined || !isEmbed(embed)) throw new TypeError('a block line holds its embed')
  const kind = embedKind(embed)
  if (kind === 'divider') return { kind: 'divider' }
  const table = tableOfEmbed(embed)
  if (table) return tableBlock(table, walker)
  const rule = walker.formats.exports.get(kind)
  if (rule?.contents) return { kind: 'contents' }
  const shown = rule?.board ? readShownBoard(rule.board(embed[kind])) : null
  return (shown && boardBlock(shown, embed, walker)) ?? { kind: 'embed', embed: viewOf(embed, walker) }
}

/** The board as a picture, or in its words; null for a part that nothing is known of. */
function boardBlock(shown: ShownBoard, embed: Embed, walker: Walker): Block | null {
  const at = boardKey(shown)
  const board = walker.boards.get(at)
  if (!board) return null
  const { width, height, words, drawing } = board
  if (!drawing) return { kind: 'embed', embed: { ...viewOf(embed, walker), text: `[${words}]` } }
  const key = `board-${[...walker.boards.keys()].indexOf(at) + 1}`
  const facts = { key, width, height, alt: words, caption: '', side: null, part: null }
  return { kind: 'figure', picture: { ...facts, ...drawing } }
}

/** Lists begin anew in each cell; notes are counted on. */
function tableBlock({ columns, rows, headerRow, headerColumn }: TableValue, walker: Walker): Table {
  const { counter } = walker
  const table: Table = {
    kind: 'table',
    widths: columns.map(({ width }) => width ?? null),
    headerRow: headerRow === true,
    headerColumn: headerColumn === true,
    rows: rows.map(({ cells }) =>
      cells.map(({ content, background, align }) => {
        walker.counter = listCounter()
        return {
          blocks: content.length === 0 ? [] : inOrder(content, walker),
          background: background ?? null,
          align: align ?? null,
        }
      }),
    ),
  }
  walker.counter = counter
  return table
}

interface OpenList {
  kind: 'list'
  of: List['of']
  level: number
  items: OpenItem[]
}
type OpenItem = Omit<Item, 'lists'> & { lists: OpenList[] }

/** A deeper line goes into a list inside the item before it; one of another kind at the same depth begins a new list. */
function listsOf(lines: readonly Line[], walker: Walker): List[] {
  const roots: OpenList[] = []
  const open: OpenList[] = []
  for (const line of lines) {
    const number = walker.counter.next(line.attributes) ?? null
    const level = listLevel(line.attributes)
    const of = kindOf(line)
    while ((open.at(-1)?.level ?? -1) > level) open.pop()
    const last = open.at(-1)
    if (last && last.level === level && last.of !== of) open.pop()
    let list = open.at(-1)
    if (!list || list.level < level) {
      const made: OpenList = { kind: 'list', of, level, items: [] }
      const parent = list?.items.at(-1)
      if (parent) parent.lists.push(made)
      else roots.push(made)
      open.push(made)
      list = made
    }
    const content = hasCode(line) ? codeOf([line], walker) : paragraphOf(line, walker)
    const checked = line.attributes['list'] === 'checked'
    list.items.push({ number, checked, look: lookOf(line.attributes, walker.formats), content, lists: [] })
  }
  return roots
}

function kindOf(line: Line): List['of'] {
  const list = line.attributes['list']
  if (list === 'ordered') return 'ordered'
  return list === 'checked' || list === 'unchecked' ? 'tasks' : 'bullet'
}
