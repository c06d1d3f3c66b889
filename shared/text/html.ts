/**
 * Content as semantic HTML (SPEC-text T11): for readers without scripts, the clipboard and exports. Headings, nested
 * lists, tasks, quotes, code; no styles, no scripts, addresses only through the allow-list.
 */
import type { Content, Embed, FormatValue, Insert } from './delta.ts'
import { coreFormats, embedKind } from './formats.ts'
import type { Formats } from './formats.ts'
import { htmlText } from './html-node.ts'
import type { HtmlElement, HtmlNode } from './html-node.ts'
import { isEmbed, linesOf } from './lines.ts'
import type { Line } from './lines.ts'
import { isExternalLink, safeLink } from './links.ts'
import { nestLists } from './html-lists.ts'
import { listLevel } from './numbers.ts'
import { embedText } from './plain.ts'

export interface HtmlOptions {
  formats?: Formats
  /** Draws an embed; undefined: the plain form. */
  embed?: (embed: Embed, block: boolean) => HtmlNode | undefined
  /** Draws inline formats that have no element of their own (colours, fonts), by key. */
  inline?: Readonly<Record<string, (value: FormatValue, children: readonly HtmlNode[]) => HtmlNode>>
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

function isCode(line: Line): boolean {
  const value = line.attributes['code-block']
  return !line.block && (value === true || typeof value === 'string')
}

function isList(line: Line): boolean {
  return !line.block && !isCode(line) && typeof line.attributes['list'] === 'string'
}

/** Neighbours for which `key` gives the same, together. */
function runsOf<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const runs: T[][] = []
  let last: unknown
  for (const item of items) {
    const now = key(item)
    const run = runs.at(-1)
    if (run && now === last) run.push(item)
    else runs.push([item])
    last = now
  }
  return runs
}

function blocksOf(lines: readonly Line[], options: HtmlOptions): HtmlNode[] {
  const kind = (line: Line): string =>
    isCode(line) ? `code ${line.attributes['code-block']}` : isList(line) ? 'list' : 'plain'
  return runsOf(lines, kind).flatMap((run): HtmlNode[] => {
    const first = run[0]
    if (first && isCode(first)) return [codeBlock(run, options)]
    if (first && isList(first)) return nestLists(run, (line) => inlineNodes(line.inserts, options))
    return run.map((line) => (line.block ? blockEmbed(line, options) : paragraph(line, options)))
  })
}

function codeBlock(lines: readonly Line[], options: HtmlOptions): HtmlElement {
  const language = lines[0]?.attributes['code-block']
  const children = lines.flatMap((line, at): HtmlNode[] => [
    ...(at > 0 ? ['\n'] : []),
    ...inlineNodes(line.inserts, options, true),
  ])
  const name = typeof language === 'string' ? language.replace(/[^\w+#.-]/g, '') : ''
  const code: HtmlElement = name
    ? { tag: 'code', attributes: { class: `language-${name}` }, children }
    : { tag: 'code', children }
  // A newline right after <pre> is dropped by readers, so a first empty line needs one more.
  const empty = lines[0]?.inserts.length === 0 && lines.length > 1
  return { tag: 'pre', children: empty ? ['\n', code] : [code] }
}

function paragraph(line: Line, options: HtmlOptions): HtmlElement {
  const { header, align, direction } = line.attributes
  const tag = typeof header === 'number' && header >= 1 && header <= 6 ? `h${Math.trunc(header)}` : 'p'
  const classes: string[] = []
  if (align === 'left' || align === 'center' || align === 'right' || align === 'justify') {
    classes.push(`align-${align}`)
  }
  const level = listLevel(line.attributes)
  if (level > 0) classes.push(`indent-${level}`)
  const attributes: Record<string, string> = {}
  if (classes.length > 0) attributes['class'] = classes.join(' ')
  if (direction === 'rtl' || direction === 'ltr') attributes['dir'] = direction
  const children = inlineNodes(line.inserts, options)
  return { tag, attributes, children: children.length > 0 ? children : [{ tag: 'br' }] }
}

function blockEmbed(line: Line, options: HtmlOptions): HtmlNode {
  const embed = line.inserts[0]?.insert
  if (!embed || !isEmbed(embed)) return { tag: 'p' }
  const drawn = options.embed?.(embed, true)
  if (drawn !== undefined) return drawn
  const kind = embedKind(embed)
  if (kind === 'divider') return { tag: 'hr' }
  return { tag: 'figure', attributes: { 'data-kind': kind }, children: [embedText(embed)] }
}

/** Outermost first. `code` is innermost, so that its element holds nothing but text where possible. */
const ELEMENTS: readonly (readonly [string, (value: FormatValue) => Omit<HtmlElement, 'children'> | null])[] =
  [
    ['link', linkElement],
    ['bold', () => ({ tag: 'strong' })],
    ['italic', () => ({ tag: 'em' })],
    ['underline', () => ({ tag: 'u' })],
    ['strike', () => ({ tag: 's' })],
    ['script', (value) => ({ tag: value === 'sub' ? 'sub' : 'sup' })],
    ['code', () => ({ tag: 'code' })],
  ]

function linkElement(value: FormatValue): Omit<HtmlElement, 'children'> | null {
  const href = safeLink(value)
  if (href === null) return null
  return {
    tag: 'a',
    attributes: isExternalLink(href) ? { href, rel: 'noopener noreferrer nofollow' } : { href },
  }
}

const ELEMENT_OF = new Map(ELEMENTS)

/** The inserts of one line. Runs that share an outer format share its element. */
export function inlineNodes(inserts: readonly Insert[], options: HtmlOptions = {}, code = false): HtmlNode[] {
  const keys = keysIn(inserts, options).filter((key) => !(code && key === 'code'))
  return nested(code ? inserts : keepSpaces(inserts), keys, options)
}

/** The formats on some of the inserts that have an element or a hook, outermost first. */
function keysIn(inserts: readonly Insert[], { inline = {} }: HtmlOptions): string[] {
  const found = new Set<string>()
  for (const { attributes } of inserts) for (const key in attributes) found.add(key)
  if (found.size === 0) return []
  const hooks = Object.keys(inline).filter((key) => found.has(key))
  return [...hooks, ...ELEMENTS.map(([key]) => key).filter((key) => found.has(key) && !hooks.includes(key))]
}

function nested(inserts: readonly Insert[], keys: readonly string[], options: HtmlOptions): HtmlNode[] {
  const [key, ...rest] = keys
  if (key === undefined) return inserts.map((insert) => leaf(insert, options))
  const value = (insert: Insert | undefined): FormatValue => insert?.attributes?.[key] ?? null
  const hook = options.inline && Object.hasOwn(options.inline, key) ? options.inline[key] : undefined
  return runsOf(inserts, value).flatMap((run): HtmlNode[] => {
    const children = nested(run, rest, options)
    const shared = value(run[0])
    if (shared === null || shared === false) return children
    if (hook) return [hook(shared, children)]
    const element = ELEMENT_OF.get(key)?.(shared)
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
