/** The blocks of a text as paragraphs, headings and lists of an OpenDocument text. */
import { DEEPEST_HEADING, runsRtl, sideOf } from '../document/lines.ts'
import { contentsIndex } from './contents.ts'
import type { Entry } from './contents.ts'
import type { Block, CodeBlock, Item, List, Look, Paragraph } from '../tree.ts'
import { never } from '../tree.ts'
import { figureXml } from './figures.ts'
import type { FigureParts } from './figures.ts'
import type { SpanWriter } from './spans.ts'
import { wordsXml } from './spans.ts'
import { QUOTE_LINE, STEP } from './styles.ts'
import type { TableWriter } from './tables.ts'

export interface BodyParts extends FigureParts {
  spans: SpanWriter
  tables: TableWriter
  /** Headings with their places, for tables of contents in the text. */
  entries: readonly Entry[]
  places: ReadonlyMap<Paragraph, string>
}

interface Around {
  quoted: boolean
  /** Of the item it is in, from 1; null outside of lists. */
  level: number | null
  /** In a cell that says what its row or column is. */
  header: boolean
}

const OUTSIDE: Around = { quoted: false, level: null, header: false }
/** Centimetres that a quotation stands in. */
const QUOTED = 0.6

export function bodyXml(blocks: readonly Block[], parts: BodyParts, around: Around = OUTSIDE): string {
  let xml = ''
  for (const block of blocks) xml += blockXml(block, parts, around)
  return xml
}

function blockXml(block: Block, parts: BodyParts, around: Around): string {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block, parts, around)
    case 'code':
      return codeBlock(block, parts)
    case 'list':
      return wrapped(block.level, list(block, parts, around.quoted), LIST_STYLES[block.of])
    case 'quote':
      return bodyXml(block.blocks, parts, { ...around, quoted: true })
    case 'divider':
      return '<text:p text:style-name="Horizontal_20_Line"/>'
    case 'figure':
      return figureXml(block, parts)
    case 'table':
      return parts.tables.table(block, parts.rtl, (inner, header) =>
        bodyXml(inner, parts, { ...OUTSIDE, header }),
      )
    case 'contents':
      return contents(parts)
    case 'embed':
      return `<text:p text:style-name="Caption">${wordsXml(block.embed.text)}</text:p>`
    default:
      return never(block)
  }
}

/** Each has a name of its own. */
function contents({ entries, tables }: BodyParts): string {
  if (entries.length === 0) return ''
  const style = (level: number): string => `Contents_20_${level}`
  return contentsIndex(entries, { name: tables.indexName(), title: '', deepest: DEEPEST_HEADING, style })
}

function paragraph(block: Paragraph, parts: BodyParts, around: Around): string {
  const rtl = runsRtl(block.look, block.runs, parts.rtl)
  const style = parts.paragraphStyle(
    parentOf(block, around),
    properties(block.look, rtl !== parts.rtl ? rtl : null) + place(block, around) + quoteEdge(around, rtl),
  )
  const mark = parts.places.get(block)
  const words =
    (mark === undefined ? '' : `<text:bookmark text:name="${mark}"/>`) + parts.spans.runs(block.runs)
  return block.heading > 0
    ? `<text:h text:style-name="${style}" text:outline-level="${block.heading}">${words}</text:h>`
    : `<text:p text:style-name="${style}">${words}</text:p>`
}

function parentOf({ heading }: Paragraph, { quoted, level, header }: Around): string {
  if (heading > 0) return `Heading_20_${heading}`
  if (level !== null) return quoted ? 'Quoted_20_List' : 'List_20_Contents'
  if (header) return 'Table_20_Heading'
  return quoted ? 'Quotations' : 'Standard'
}

/** The line beside a quotation stands where its words begin. */
function quoteEdge({ quoted }: Around, rtl: boolean): string {
  return quoted && rtl
    ? ` fo:padding-left="0cm" fo:padding-right="0.3cm" fo:border-left="none" fo:border-right="${QUOTE_LINE}"`
    : ''
}

/** A margin before a line from right to left is its right one to programs. Where lists put their items themselves nothing is said; in a quotation, they stand as far in as its other lines. */
function place({ indent }: Paragraph, { quoted, level }: Around): string {
  const far = (level ?? indent) * STEP + (quoted && level !== null ? QUOTED : 0)
  if (level === null) return far > 0 ? ` fo:margin-left="${far.toFixed(2)}cm"` : ''
  return quoted ? ` fo:margin-left="${far.toFixed(2)}cm" fo:text-indent="-${STEP}cm"` : ''
}

function properties(look: Look, rtl: boolean | null): string {
  let out = ''
  const side = sideOf(look)
  if (side !== null) out += ` fo:text-align="${side}"`
  else if (rtl !== null) out += ` fo:text-align="${rtl ? 'right' : 'left'}"`
  if (rtl !== null) out += ` style:writing-mode="${rtl ? 'rl-tb' : 'lr-tb'}"`
  return out
}

function codeBlock({ lines }: CodeBlock, parts: BodyParts): string {
  const words = lines.map((runs) => parts.spans.runs(runs, true)).join('<text:line-break/>')
  return `<text:p text:style-name="Preformatted_20_Text">${words}</text:p>`
}

const LIST_STYLES: Readonly<Record<List['of'], string>> = {
  bullet: 'Bullets',
  ordered: 'Numbers',
  tasks: 'Open_20_Tasks',
}

/** A list that begins at a deeper level stands in items without words of their own. */
function wrapped(level: number, inner: string, style: string): string {
  let xml = inner
  for (let at = 0; at < level; at += 1)
    xml = `<text:list text:style-name="${style}"><text:list-item>${xml}</text:list-item></text:list>`
  return xml
}

function list({ of, level, items }: List, parts: BodyParts, quoted: boolean): string {
  let xml = ''
  let next = 1
  for (const item of items) {
    let facts = ''
    if (of === 'ordered') {
      const number = item.number ?? next
      if (number !== next) facts = ` text:start-value="${number}"`
      next = number + 1
    } else if (of === 'tasks' && item.checked) facts = ' text:style-override="Done_20_Tasks"'
    xml += `<text:list-item${facts}>${itemXml(item, level, parts, quoted)}</text:list-item>`
  }
  return `<text:list text:style-name="${LIST_STYLES[of]}">${xml}</text:list>`
}

function itemXml({ content, lists }: Item, level: number, parts: BodyParts, quoted: boolean): string {
  const own =
    content.kind === 'code'
      ? codeBlock(content, parts)
      : paragraph(content, parts, { quoted, level: level + 1, header: false })
  const below = lists.map((one) =>
    wrapped(one.level - level - 1, list(one, parts, quoted), LIST_STYLES[one.of]),
  )
  return own + below.join('')
}
