/**
 * Content as semantic HTML (SPEC-text T11): for readers without scripts, the clipboard and exports. Headings, nested
 * lists, tasks, quotes, code; no scripts, addresses only through the allow-list, styles only where they are asked for.
 */
import { hasCode, isCode, isList, runsOf } from './line-kinds.ts'
import type { Attributes, Content, Embed, FormatValue, Insert } from './delta.ts'
import { drawingOf } from './drawing.ts'
import type { CheckedDrawing } from './drawing.ts'
import { coreFormats, embedKind } from './formats.ts'
import type { Formats } from './formats.ts'
import { htmlText } from './html-node.ts'
import { tableNode } from './html-table.ts'
import type { HtmlElement, HtmlNode } from './html-node.ts'
import { isEmbed, linesOf } from './lines.ts'
import type { Line } from './lines.ts'
import { isExternalLink, safeLink } from './links.ts'
import { nestLists } from './html-lists.ts'
import { listLevel } from './numbers.ts'
import { embedText } from './plain.ts'
import { tableOfEmbed } from './table/value.ts'

export interface HtmlOptions {
  formats?: Formats
  /** Draws an embed; undefined: the plain form. */
  embed?: (embed: Embed, block: boolean) => HtmlNode | undefined
  /** Writes the formats' CSS into `style` attributes: for places without our style sheets and our policy. */
  styles?: boolean
}

/** The content as HTML: blocks without a surrounding element. */
export function contentToHtml(content: Content, options: HtmlOptions = {}): string {
  return htmlText(contentToNodes(content, options))
}

/** The content as a tree, for writers that need no text. */
export function contentToNodes(content: Content, options: HtmlOptions = {}): HtmlNode[] {
  const lines = linesOf(content, options.formats ?? coreFormats)
  const out: HtmlNode[] = []
  for (const run of runsOf(lines, (line) => line.attributes['blockquote'] === true && !isCode(line))) {
    const first = run[0]
    const blocks = blocksOf(run, options)
    if (first?.attributes['blockquote'] === true && !isCode(first)) {
      out.push({ tag: 'blockquote', children: blocks })
    } else out.push(...blocks)
  }
  return out
}

/** The heading element of a line; '' for none. */
function headingOf({ attributes: { header } }: Line): string {
  return typeof header === 'number' && header >= 1 && header <= 6 ? `h${Math.trunc(header)}` : ''
}

function blocksOf(lines: readonly Line[], options: HtmlOptions): HtmlNode[] {
  const kind = (line: Line): string =>
    isCode(line) ? `code ${line.attributes['code-block']}` : isList(line) ? 'list' : 'plain'
  return runsOf(lines, kind).flatMap((run): HtmlNode[] => {
    const first = run[0]
    if (first && isCode(first)) return [codeBlock(run, options)]
    if (first && isList(first)) {
      return nestLists(run, {
        content: (line) => inlineNodes(line.inserts, options, hasCode(line)),
        around: itemContent,
        look: (line) => lineLook(line.attributes, options).attributes,
      })
    }
    return run.map((line) => (line.block ? blockEmbed(line, options) : paragraph(line, options)))
  })
}

/** A list item that is a heading or code as well. */
function itemContent(line: Line, children: HtmlNode[]): HtmlNode[] {
  if (hasCode(line)) return [preformatted(line, children)]
  const heading = headingOf(line)
  return heading === '' ? children : [{ tag: heading, children }]
}

function codeBlock(lines: readonly Line[], options: HtmlOptions): HtmlElement {
  const children = lines.flatMap((line, at): HtmlNode[] => [
    ...(at > 0 ? ['\n'] : []),
    ...inlineNodes(line.inserts, options, true),
  ])
  return preformatted(lines[0], children, lines[0]?.inserts.length === 0 && lines.length > 1)
}

/** A newline right after <pre> is dropped by readers, so a first empty line needs one more. */
function preformatted(line: Line | undefined, children: HtmlNode[], newline = false): HtmlElement {
  const language = line?.attributes['code-block']
  const name = typeof language === 'string' ? language.replace(/[^\w+#.-]/g, '') : ''
  const code: HtmlElement = name
    ? { tag: 'code', attributes: { class: `language-${name}` }, children }
    : { tag: 'code', children }
  return { tag: 'pre', children: newline ? ['\n', code] : [code] }
}

function paragraph(line: Line, options: HtmlOptions): HtmlElement {
  const look = lineLook(line.attributes, options)
  const level = listLevel(line.attributes)
  if (level > 0) look.attributes['class'] = spaced(look.attributes['class'], `indent-${level}`, ' ')
  const children = inlineNodes(line.inserts, options)
  return {
    tag: headingOf(line) || look.tag || 'p',
    attributes: look.attributes,
    children: children.length > 0 ? children : [{ tag: 'br' }],
  }
}

/** What a line's element carries: its direction, and what the formats of the table draw. */
function lineLook(
  line: Attributes,
  { formats = coreFormats, styles = false }: HtmlOptions,
): { tag: string; attributes: Record<string, string> } {
  const attributes: Record<string, string> = {}
  let tag = ''
  for (const [name, value] of Object.entries(line)) {
    const format = formats.line.get(name)
    const drawing = format?.draw && format.validate(value) ? drawingOf(format, value) : null
    if (!drawing) continue
    if (drawing.tag !== '') tag = drawing.tag
    const { class: names, ...data } = drawing.attributes
    Object.assign(attributes, data)
    if (names !== undefined) attributes['class'] = spaced(attributes['class'], names, ' ')
    if (styles && drawing.plain !== '') attributes['style'] = spaced(attributes['style'], drawing.plain, '; ')
  }
  const { direction } = line
  if (direction === 'rtl' || direction === 'ltr') attributes['dir'] = direction
  return { tag, attributes }
}

function spaced(before: string | undefined, more: string, between: string): string {
  return before === undefined ? more : `${before}${between}${more}`
}

function blockEmbed(line: Line, options: HtmlOptions): HtmlNode {
  const embed = line.inserts[0]?.insert
  if (!embed || !isEmbed(embed)) return { tag: 'p' }
  const drawn = options.embed?.(embed, true)
  if (drawn !== undefined) return drawn
  const kind = embedKind(embed)
  if (kind === 'divider') return { tag: 'hr' }
  const table = tableOfEmbed(embed)
  if (table) return tableNode(table, (content) => contentToNodes(content, options), options.styles)
  return { tag: 'figure', attributes: { 'data-kind': kind }, children: [embedText(embed)] }
}

type Element = Omit<HtmlElement, 'children'>
type MadeElement = (value: FormatValue) => Element | null

/** The core's, outermost first. `code` is innermost, so that its element holds nothing but text where possible. */
const ELEMENTS: readonly (readonly [string, MadeElement])[] = [
  ['link', linkElement],
  ['bold', () => ({ tag: 'strong' })],
  ['italic', () => ({ tag: 'em' })],
  ['underline', () => ({ tag: 'u' })],
  ['strike', () => ({ tag: 's' })],
  ['code', () => ({ tag: 'code' })],
]

function linkElement(value: FormatValue): Element | null {
  const href = safeLink(value)
  if (href === null) return null
  return {
    tag: 'a',
    attributes: isExternalLink(href) ? { href, rel: 'noopener noreferrer nofollow' } : { href },
  }
}

type Elements = ReadonlyMap<string, MadeElement>
const elementsFor = new WeakMap<Formats, { styles?: Elements; plain?: Elements }>()

/** What draws the formats of a table, outermost first: links, plugins' formats by name, the core's. */
function elementsOf({ formats = coreFormats, styles = false }: HtmlOptions): Elements {
  const kept = elementsFor.get(formats) ?? {}
  elementsFor.set(formats, kept)
  return (kept[styles ? 'styles' : 'plain'] ??= makeElements(formats, styles))
}

function makeElements(formats: Formats, styles: boolean): Elements {
  const out = new Map(ELEMENTS.slice(0, 1))
  for (const name of [...formats.inline.keys()].sort()) {
    const format = formats.inline.get(name)
    if (!format?.draw) continue
    out.set(name, (value) => (format.validate(value) ? elementOf(drawingOf(format, value), styles) : null))
  }
  for (const [name, make] of ELEMENTS) if (!out.has(name)) out.set(name, make)
  return out
}

function elementOf(drawing: CheckedDrawing | null, styles: boolean): Element | null {
  if (!drawing) return null
  const { tag, plain } = drawing
  const attributes = styles && plain !== '' ? { ...drawing.attributes, style: plain } : drawing.attributes
  return tag === '' && Object.keys(attributes).length === 0 ? null : { tag: tag || 'span', attributes }
}

/** The inserts of one line. Runs that share an outer format share its element. */
export function inlineNodes(inserts: readonly Insert[], options: HtmlOptions = {}, code = false): HtmlNode[] {
  const elements = elementsOf(options)
  const keys = keysIn(inserts, elements).filter((key) => !(code && key === 'code'))
  return nested(code ? inserts : keepSpaces(inserts), keys, elements, options)
}

/** The formats on some of the inserts that have an element, outermost first. */
function keysIn(inserts: readonly Insert[], elements: Elements): string[] {
  const found = new Set<string>()
  for (const { attributes } of inserts) for (const key in attributes) found.add(key)
  return found.size === 0 ? [] : [...elements.keys()].filter((key) => found.has(key))
}

function nested(
  inserts: readonly Insert[],
  keys: readonly string[],
  elements: Elements,
  options: HtmlOptions,
): HtmlNode[] {
  const [key, ...rest] = keys
  if (key === undefined) return inserts.map((insert) => leaf(insert, options))
  const value = (insert: Insert | undefined): FormatValue => insert?.attributes?.[key] ?? null
  return runsOf(inserts, value).flatMap((run): HtmlNode[] => {
    const children = nested(run, rest, elements, options)
    const shared = value(run[0])
    if (shared === null || shared === false) return children
    const element = elements.get(key)?.(shared)
    return element ? [{ ...element, children }] : children
  })
}

function leaf({ insert }: Insert, options: HtmlOptions): HtmlNode {
  if (!isEmbed(insert)) return insert
  const drawn = options.embed?.(insert, false)
  return (
    drawn ?? { tag: 'span', attributes: { 'data-kind': embedKind(insert) }, children: [embedText(insert)] }
  )
}

/** Spaces that HTML would drop, at the line's ends and before others, become no-break spaces. */
function keepSpaces(inserts: readonly Insert[]): readonly Insert[] {
  if (!inserts.some(({ insert }) => typeof insert === 'string' && /^ | {2}| $/.test(insert))) return inserts
  return inserts.map((one, at) => {
    if (isEmbed(one.insert)) return one
    let insert = one.insert.replace(/ (?= )/g, '\u00a0')
    if (at === 0) insert = insert.replace(/^ /, '\u00a0')
    if (at === inserts.length - 1) insert = insert.replace(/ $/, '\u00a0')
    return insert === one.insert ? one : { ...one, insert }
  })
}
