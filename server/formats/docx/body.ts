/** The blocks of a text as paragraphs of WordprocessingML (ECMA-376 part 1, 17.3.1). */
import { DEEPEST_HEADING, runsRtl, sideOf } from '../document/lines.ts'
import { contentsField } from './contents.ts'
import type { Entry } from './contents.ts'
import { figureXml } from './figures.ts'
import type { FigureParts } from './figures.ts'
import type { Block, CodeBlock, EmbedView, Item, List, Look, Paragraph } from '../tree.ts'
import { never } from '../tree.ts'
import { BULLETS, DEEPEST, DONE_TASKS, OPEN_TASKS, STEP } from './numbering.ts'
import type { Numbers } from './numbering.ts'
import { runXml } from './runs.ts'
import { tableXml } from './tables.ts'
import type { RunWriter } from './runs.ts'

export interface BodyParts extends FigureParts {
  runs: RunWriter
  numbers: Numbers
  /** Headings with their places, for tables of contents in the text. */
  entries: readonly Entry[]
  /** Names of places that a table of contents leads to. */
  places: ReadonlyMap<Paragraph, string>
}

/** What paragraphs take from what they stand in. */
interface Around {
  quoted: boolean
  list: { id: number; level: number } | null
}

const OUTSIDE: Around = { quoted: false, list: null }
const QUOTE_LINE = '<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="B9C2D3"/></w:pBdr>'

/** The line stands where the words begin. */
const RTL_QUOTE_LINE =
  '<w:pBdr><w:left w:val="none" w:sz="0" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="18" w:space="10" w:color="B9C2D3"/></w:pBdr>'

/** The paragraphs of blocks. */
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
      return codeBlock(block, parts, around)
    case 'list':
      return list(block, parts, around.quoted)
    case 'quote':
      return bodyXml(block.blocks, parts, { ...around, quoted: true })
    case 'divider':
      return '<w:p><w:pPr><w:pStyle w:val="HorizontalLine"/></w:pPr></w:p>'
    case 'figure':
      return figureXml(block, parts)
    case 'table':
      return tableXml(block, parts.rtl, (blocks) => bodyXml(blocks, parts))
    case 'contents':
      return contentsField(parts.entries, DEEPEST_HEADING, { way: parts.rtl ? '<w:bidi/>' : '', end: '' })
    case 'embed':
      return embed(block.embed)
    default:
      return never(block)
  }
}

function embed({ text }: EmbedView): string {
  return `<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>${runXml('', text)}</w:p>`
}

function paragraph(block: Paragraph, parts: BodyParts, around: Around): string {
  const rtl = runsRtl(block.look, block.runs, parts.rtl)
  const place = parts.places.get(block)
  const words = parts.runs.runs(block.runs)
  const marked = place === undefined ? words : bookmark(place, words)
  return `<w:p>${properties(styleOf(block, around), block.look, rtl, block.indent, around)}${marked}</w:p>`
}

function bookmark(name: string, inner: string): string {
  const id = Number(name.replace(/\D/g, ''))
  return `<w:bookmarkStart w:id="${id}" w:name="${name}"/>${inner}<w:bookmarkEnd w:id="${id}"/>`
}

function styleOf({ heading }: Paragraph, { quoted, list }: Around): string {
  if (heading > 0) return `Heading${heading}`
  if (list !== null) return 'ListParagraph'
  return quoted ? 'Quote' : ''
}

/** In the order of the schema (CT_PPr). */
function properties(
  style: string,
  look: Look,
  rtl: boolean,
  indent: number,
  { quoted, list }: Around,
): string {
  let xml = style === '' ? '' : `<w:pStyle w:val="${style}"/>`
  if (list !== null) xml += `<w:numPr><w:ilvl w:val="${list.level}"/><w:numId w:val="${list.id}"/></w:numPr>`
  if (quoted && rtl) xml += RTL_QUOTE_LINE
  else if (quoted && style !== 'Quote') xml += QUOTE_LINE
  if (rtl) xml += '<w:bidi/>'
  if (list === null && (indent > 0 || (quoted && style !== 'Quote')))
    xml += `<w:ind w:left="${indent * STEP + (quoted ? 340 : 0)}"/>`
  else if (list !== null && quoted)
    xml += `<w:ind w:left="${(list.level + 1) * STEP + 340}" w:hanging="${STEP}"/>`
  const side = sideOf(look)
  // In a line from right to left, Word reads "left" as the side where lines begin.
  if (side === 'center') xml += '<w:jc w:val="center"/>'
  else if (side === 'justify') xml += '<w:jc w:val="both"/>'
  else if (side !== null) xml += `<w:jc w:val="${(side === 'right') === rtl ? 'left' : 'right'}"/>`
  return xml === '' ? '' : `<w:pPr>${xml}</w:pPr>`
}

/** One paragraph, so that it keeps its frame; its lines are line breaks. */
function codeBlock({ lines }: CodeBlock, parts: BodyParts, around: Around): string {
  const words = lines.map((runs) => parts.runs.runs(runs, true)).join('<w:r><w:br/></w:r>')
  const list =
    around.list === null
      ? ''
      : `<w:numPr><w:ilvl w:val="${around.list.level}"/><w:numId w:val="${around.list.id}"/></w:numPr>`
  return `<w:p><w:pPr><w:pStyle w:val="SourceCode"/>${list}</w:pPr>${words}</w:p>`
}

function list({ of, level, items }: List, parts: BodyParts, quoted: boolean): string {
  const depth = Math.min(level, DEEPEST)
  let xml = ''
  let id = of === 'ordered' ? 0 : BULLETS
  let next = 0
  for (const item of items) {
    if (of === 'tasks') id = item.checked ? DONE_TASKS : OPEN_TASKS
    else if (of === 'ordered') {
      const number = item.number ?? 1
      if (id === 0 || number !== next) id = parts.numbers.begin(depth, number)
      next = number + 1
    }
    xml += itemXml(item, parts, { quoted, list: { id, level: depth } })
  }
  return xml
}

function itemXml({ content, lists }: Item, parts: BodyParts, around: Around): string {
  const own = content.kind === 'code' ? codeBlock(content, parts, around) : paragraph(content, parts, around)
  return own + lists.map((one) => list(one, parts, around.quoted)).join('')
}
