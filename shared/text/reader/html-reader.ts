/**
 * HTML from anywhere as content (SPEC-text P1-P7): web pages, Word, LibreOffice, Google Docs, spreadsheets, mails.
 * Takes a parsed tree and only reads it. Nothing is fetched, nothing executed; pictures are left out.
 */
import type { Attributes, Embed, Insert } from '../delta.ts'
import { coreFormats, isBlockEmbed, MAX_INDENT } from '../formats.ts'
import type { Formats } from '../formats.ts'
import { inlineFormats } from './inline.ts'
import { lineWriter } from './line-writer.ts'
import type { Context, Reader } from './reading.ts'
import { attributeOf, stylesOf, tagOf, textIn } from './source.ts'
import type { SourceNode } from './source.ts'
import { blockFormats, BLOCKS, checkState, codeLanguage, isCode, SKIPPED, spaceOf } from './blocks.ts'
import { tableOf } from './html-table.ts'
import { tableReader } from './table.ts'
import { isWordIgnored, wordItem } from './word.ts'

/** No more nodes than this are read; deeper than this only the text counts, at most so many UTF-16 units of it. */
const MOST_NODES = 300_000
const DEEPEST = 400
const LONGEST_DEEP = 100_000

export interface ReadOptions {
  /** At most so many UTF-16 units. */
  most?: number
  /** The formats in use; those with `read` are asked for every element. */
  formats?: Formats
}

/** The content of a tree; every line ends with a newline. */
export function readHtml(root: SourceNode, options: ReadOptions = {}): Insert[] {
  const { most = Number.POSITIVE_INFINITY, formats = coreFormats } = options
  const out = lineWriter()
  const reader: Reader = { out, nodes: 0, most, item: undefined, table: tableReader(formats), formats }
  children(reader, root, {
    inline: {},
    line: {},
    number: undefined,
    space: 'collapse',
    list: undefined,
    cell: false,
    depth: 0,
  })
  return out.content()
}

function children(reader: Reader, node: SourceNode, context: Context): void {
  for (let at = 0; at < node.childNodes.length; at += 1) {
    const child = node.childNodes[at]
    if (child) read(reader, child, context)
  }
}

function read(reader: Reader, node: SourceNode, context: Context): void {
  reader.nodes += 1
  if (reader.nodes > MOST_NODES || reader.out.length > reader.most) return
  if (context.depth > DEEPEST) {
    const now = lineNow(reader, context)
    reader.out.text(textIn(node, LONGEST_DEEP), context.inline, now.line, 'collapse', now.number)
    return
  }
  if (node.nodeType === 3) text(reader, node, context)
  else if (node.nodeType === 1) element(reader, node, { ...context, depth: context.depth + 1 })
  else if (node.nodeType === 11) children(reader, node, context)
}

/** The formats of the line now beginning: a list item's first line is the item, the rest of it stands below it. */
function lineNow(reader: Reader, context: Context): { line: Attributes; number: number | undefined } {
  const { item } = reader
  if (item && reader.out.empty) {
    reader.item = undefined
    const { list: _list, indent: _indent, ...rest } = context.line
    return { line: { ...rest, ...item.line }, number: item.number }
  }
  return { line: context.line, number: context.number }
}

function text(reader: Reader, node: SourceNode, context: Context): void {
  const value = node.nodeValue ?? ''
  const { out } = reader
  // Between blocks, white space is the layout of the source, whatever a style around it says.
  if (out.empty && /^[ \t\r\n\f]*$/.test(value) && !isCodeContext(context)) return
  if (context.space === 'collapse' || context.cell) {
    const now = lineNow(reader, context)
    out.text(value, context.inline, now.line, 'collapse', now.number)
    return
  }
  const parts = value.split(/\r\n?|\n/)
  parts.forEach((part, at) => {
    const last = at === parts.length - 1
    if (part === '' && last) return
    const now = lineNow(reader, context)
    if (part !== '') out.text(part, context.inline, now.line, 'keep', now.number)
    if (!last) out.breakLine(now.line, now.number)
  })
}

function isCodeContext(context: Context): boolean {
  return context.line['code-block'] !== undefined
}

function element(reader: Reader, node: SourceNode, context: Context): void {
  const tag = tagOf(node)
  const { out } = reader
  const styles = stylesOf(node)
  if (tag === 'img') {
    const picture = reader.table.embed(node, styles)
    return picture ? embedded(reader, picture, context) : emoji(reader, node, context)
  }
  if (SKIPPED.has(tag) || node.getAttribute?.('hidden') != null || isWordIgnored(styles)) return
  if (styles.get('display') === 'none') return
  const embed = reader.table.embed(node, styles)
  if (embed) return embedded(reader, embed, context)
  if (tag === 'br') {
    if (attributeOf(node, 'class') === 'Apple-interchange-newline') return
    if (context.cell) return out.text(' ', context.inline, context.line, 'collapse')
    const now = lineNow(reader, context)
    return out.breakLine(now.line, now.number)
  }
  if (tag === 'hr') return context.cell ? undefined : out.block({ divider: true })
  if (styles.has('mso-tab-count')) {
    const now = lineNow(reader, context)
    return out.text('\t', context.inline, now.line, 'keep', now.number)
  }
  const space = spaceOf(tag, styles) ?? context.space
  if (tag === 'ul' || tag === 'ol' || tag === 'menu') return list(reader, node, { ...context, space })
  if (tag === 'table' && dataTable(reader, node, context)) return undefined
  if (tag === 'tr') return row(reader, node, { ...context, space })
  const code = isCode(tag, styles)
  if (!BLOCKS.has(tag) && !code) {
    const inline = inlineOf(reader, node, styles, context.inline)
    if (isCodeContext(context)) return children(reader, node, { ...context, space, inline: {} })
    if (context.line['header'] !== undefined) {
      return children(reader, node, { ...context, space, inline: withoutBold(inline) })
    }
    return children(reader, node, { ...context, space, inline })
  }
  if (context.cell) {
    if (!out.empty) out.text(' ', {}, context.line, 'collapse')
    return children(reader, node, context)
  }
  out.end()
  const inner: Context = { ...context, space, inline: inlineOf(reader, node, styles, context.inline) }
  if (code) {
    inner.line = { 'code-block': codeLanguage(node) ?? true }
    inner.inline = {}
    inner.space = 'keep'
  } else if (!isCodeContext(context)) {
    block(reader, node, styles, inner)
    if (inner.line['header'] !== undefined) inner.inline = withoutBold(inner.inline)
  }
  children(reader, node, inner)
  if (tag === 'li' && reader.item) {
    const item = reader.item
    reader.item = undefined
    if (out.empty) out.breakLine(item.line, item.number)
  }
  out.end()
}

/** An embed of a plugin's; one that stands alone has no place in a table's cell or in code. */
function embedded(reader: Reader, embed: Embed, context: Context): void {
  const { out, formats } = reader
  if (isBlockEmbed(embed, formats)) {
    if (!context.cell && !isCodeContext(context)) out.block(embed)
    return
  }
  const now = lineNow(reader, context)
  out.embed(embed, context.inline, now.line)
}

function inlineOf(
  { table }: Reader,
  node: SourceNode,
  styles: ReadonlyMap<string, string>,
  around: Attributes,
): Attributes {
  return table.inline(node, styles, inlineFormats(node, styles, around))
}

/** Headings are bold by themselves; sources say it again. */
function withoutBold(inline: Attributes): Attributes {
  const { bold: _bold, ...rest } = inline
  return rest
}

/** Sets the formats of a block's lines. */
function block(reader: Reader, node: SourceNode, styles: ReadonlyMap<string, string>, inner: Context): void {
  const tag = tagOf(node)
  inner.line = reader.table.line(node, styles, blockFormats(node, inner.line))
  const word = tag === 'li' ? null : wordItem(node, styles)
  if (word) {
    inner.line = listLine(inner.line, word.kind, word.level)
    inner.number = word.number
  }
  if (tag !== 'li') return
  const list = inner.list ?? { kind: 'bullet', level: 0, next: 1 }
  const said = Number(attributeOf(node, 'data-aria-level') || attributeOf(node, 'aria-level'))
  const level = Number.isInteger(said) && said >= 1 && said <= MAX_INDENT + 1 ? said - 1 : list.level
  const value = Number(attributeOf(node, 'value'))
  if (Number.isInteger(value) && value > 0) list.next = value
  const check = checkState(node)
  const line = listLine(inner.line, check ?? list.kind, level)
  reader.item = { line, number: check === null && list.kind === 'ordered' ? list.next : undefined }
  list.next += 1
  // Further blocks inside the item stand below it, indented.
  const below = Math.min(MAX_INDENT, level + 1)
  const { list: _list, ...rest } = inner.line
  inner.line = { ...rest, indent: below }
}

function listLine(around: Attributes, list: string, level: number): Attributes {
  const { indent: _indent, header: _header, ...rest } = around
  return level > 0 ? { ...rest, list, indent: Math.min(MAX_INDENT, level) } : { ...rest, list }
}

function list(reader: Reader, node: SourceNode, context: Context): void {
  const kind = tagOf(node) === 'ol' ? 'ordered' : 'bullet'
  const start = Number(attributeOf(node, 'start'))
  const level = Math.min(MAX_INDENT, context.list ? context.list.level + 1 : 0)
  if (!context.cell) {
    const { item } = reader
    if (item && reader.out.empty) {
      reader.item = undefined
      reader.out.breakLine(item.line, item.number)
    }
    reader.out.end()
  }
  const { indent: _indent, ...line } = context.line
  const next = Number.isInteger(start) && start > 0 ? start : 1
  children(reader, node, { ...context, line, list: { kind, level, next } })
  if (!context.cell) reader.out.end()
}

/** Reads a table as one, where the table of formats has tables; false: its rows are lines. */
function dataTable(reader: Reader, node: SourceNode, context: Context): boolean {
  if (context.cell || isCodeContext(context) || !reader.formats.imports.has('table')) return false
  const value = tableOf(node, (cell) => {
    const out = lineWriter()
    const inner: Reader = { ...reader, out, item: undefined }
    const inline = inlineOf(reader, cell, stylesOf(cell), {})
    children(inner, cell, {
      inline,
      line: {},
      number: undefined,
      space: 'collapse',
      list: undefined,
      cell: false,
      depth: context.depth + 1,
    })
    reader.nodes = inner.nodes
    return out.content()
  })
  if (value) reader.out.block({ table: value })
  return value !== null
}

/** A table's row: the cells of one line, tabs between them. A row of one cell is only layout. */
function row(reader: Reader, node: SourceNode, context: Context): void {
  const cells: SourceNode[] = []
  for (let at = 0; at < node.childNodes.length; at += 1) {
    const child = node.childNodes[at]
    if (child && (tagOf(child) === 'td' || tagOf(child) === 'th')) cells.push(child)
  }
  if (context.cell || cells.length === 1) {
    if (!context.cell) reader.out.end()
    for (const cell of cells) children(reader, cell, context)
    if (!context.cell) reader.out.end()
    return
  }
  reader.out.end()
  cells.forEach((cell, at) => {
    if (at > 0) reader.out.text('\t', {}, context.line, 'keep')
    const inline = inlineOf(reader, cell, stylesOf(cell), context.inline)
    children(reader, cell, { ...context, cell: true, inline, depth: context.depth + 1 })
  })
  reader.out.end()
}

/** Pictures are left out, but an emoji shown as a picture is its character. */
function emoji(reader: Reader, node: SourceNode, context: Context): void {
  const alt = attributeOf(node, 'alt')
  if (alt.length > 0 && alt.length <= 16 && /^\p{Extended_Pictographic}/u.test(alt)) {
    const now = lineNow(reader, context)
    reader.out.text(alt, context.inline, now.line, 'keep', now.number)
  }
}
