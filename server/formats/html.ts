/** The blocks as semantic HTML (SPEC-formats F21): what a reader sees without any style sheet, colours and sizes inline. */
import type { HtmlElement, HtmlNode } from '../../shared/text/html-node.ts'
import { isExternalLink } from '../../shared/text/links.ts'
import { mixed } from './document/colour.ts'
import { embedElement, figureElement } from './html-pictures.ts'
import type { HtmlExtras } from './html-pictures.ts'
import { PLAIN_BACKGROUNDS } from '../../shared/text/html-table.ts'
import type { Block, Cell, CodeBlock, Drawn, Item, List, Look, Marks, Paragraph, Run, Table } from './tree.ts'
import { never } from './tree.ts'
import { plainRuns } from './plain-runs.ts'

/** Letters that are written from right to left. */
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** The blocks as nodes; what they note at the foot is added to the notes. */
export function htmlBlocks(blocks: readonly Block[], extras: HtmlExtras): HtmlNode[] {
  return blocks.map((block) => htmlBlock(block, extras))
}

function htmlBlock(block: Block, extras: HtmlExtras): HtmlNode {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block, extras)
    case 'code':
      return codeBlock(block, extras)
    case 'list':
      return list(block, extras)
    case 'quote':
      return { tag: 'blockquote', children: htmlBlocks(block.blocks, { ...extras, quoted: true }) }
    case 'divider':
      return { tag: 'hr' }
    case 'figure':
      return figureElement(block, extras)
    case 'table':
      return table(block, extras)
    case 'contents':
      // Writers of HTML have put a list in its place.
      return { tag: 'nav' }
    case 'embed':
      return { tag: 'figure', attributes: { 'data-kind': block.embed.kind }, children: [block.embed.text] }
    default:
      return never(block)
  }
}

function table({ rows, headerRow, headerColumn, widths }: Table, extras: HtmlExtras): HtmlElement {
  const made = rows.map((cells, at): HtmlElement => ({
    tag: 'tr',
    children: cells.map((cell, index) => {
      const scope = headerRow && at === 0 ? 'col' : headerColumn && index === 0 ? 'row' : ''
      const width = at === 0 ? (widths[index] ?? null) : null
      return cellElement(cell, scope, width, extras)
    }),
  }))
  const body = headerRow ? made.slice(1) : made
  return {
    tag: 'table',
    children: [
      ...(headerRow ? [{ tag: 'thead', children: made.slice(0, 1) }] : []),
      ...(body.length > 0 ? [{ tag: 'tbody', children: body }] : []),
    ],
  }
}

function cellElement(
  { blocks, background, align }: Cell,
  scope: string,
  width: number | null,
  extras: HtmlExtras,
): HtmlElement {
  const css = [
    ...(background === null ? [] : [`background-color: ${PLAIN_BACKGROUNDS[background]}`]),
    ...(align === null ? [] : [`text-align: ${align}`]),
    ...(width === null ? [] : [`width: ${width}px`]),
  ]
  const attributes: Record<string, string> = {
    ...(scope === '' ? {} : { scope }),
    ...(background === null ? {} : { 'data-background': background }),
    ...(css.length === 0 ? {} : { style: css.join('; ') }),
  }
  const nodes = htmlBlocks(blocks, { ...extras, quoted: false })
  const [only] = nodes
  const plain =
    nodes.length === 1 &&
    typeof only === 'object' &&
    only.tag === 'p' &&
    Object.keys(only.attributes ?? {}).length === 0
  const children = plain ? (only.children ?? []) : nodes
  return { tag: scope === '' ? 'td' : 'th', attributes, children }
}

function paragraph(block: Paragraph, extras: HtmlExtras): HtmlElement {
  const { tag, attributes: own } = lineElement(block.look, block.runs)
  const attributes = { ...idOf(block, extras), ...own }
  if (block.indent > 0 && extras.quoted !== true) {
    attributes['class'] = joined(attributes['class'], `indent-${block.indent}`, ' ')
    attributes['style'] = joined(attributes['style'], `margin-inline-start: ${block.indent * 2}em`, '; ')
  }
  const children = inline(block.runs, extras)
  return {
    tag: block.heading > 0 ? `h${block.heading}` : tag || 'p',
    attributes,
    children: children.length > 0 ? children : [{ tag: 'br' }],
  }
}

function idOf(block: Paragraph, { places }: HtmlExtras): Record<string, string> {
  const id = places.get(block)
  return id === undefined ? {} : { id }
}

function lineElement(
  { direction, drawn }: Look,
  runs: readonly Run[],
): { tag: string; attributes: Record<string, string> } {
  const attributes: Record<string, string> = {}
  let tag = ''
  for (const one of drawn) {
    tag = one.tag || tag
    const { class: names, ...data } = one.attributes
    Object.assign(attributes, data)
    if (names !== undefined) attributes['class'] = joined(attributes['class'], names, ' ')
    const css = cssText(one)
    if (css !== '') attributes['style'] = joined(attributes['style'], css, '; ')
  }
  if (direction !== null) attributes['dir'] = direction
  else if (RTL.test(plainRuns(runs))) attributes['dir'] = 'auto'
  return { tag, attributes }
}

function joined(before: string | undefined, more: string, between: string): string {
  return before === undefined ? more : `${before}${between}${more}`
}

function cssText({ style }: Drawn): string {
  return Object.entries(style)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')
}

/** A newline right after <pre> is dropped by readers, so a first empty line needs one more. */
function codeBlock({ language, lines }: CodeBlock, extras: HtmlExtras): HtmlElement {
  const children = lines.flatMap((runs, at): HtmlNode[] => {
    const words = inline(runs, extras, true)
    const line = extras.numbered ? [{ tag: 'span', attributes: { class: 'line' }, children: words }] : words
    return at > 0 ? ['\n', ...line] : line
  })
  const code: HtmlElement = language
    ? { tag: 'code', attributes: { class: `language-${language}` }, children }
    : { tag: 'code', children }
  return { tag: 'pre', children: lines.length > 1 && lines[0]?.length === 0 ? ['\n', code] : [code] }
}

function list({ of, items }: List, extras: HtmlExtras): HtmlElement {
  const attributes: Record<string, string> = {}
  if (of === 'tasks') attributes['class'] = 'tasks'
  const start = items[0]?.number ?? 1
  if (of === 'ordered' && start !== 1) attributes['start'] = String(start)
  let next = start
  const children = items.map((one) => {
    const value = of === 'ordered' && one.number !== null && one.number !== next ? one.number : null
    next = (one.number ?? next) + 1
    return item(one, of, value, extras)
  })
  return { tag: of === 'ordered' ? 'ol' : 'ul', attributes, children }
}

function item(
  { look, content, checked, lists }: Item,
  of: List['of'],
  value: number | null,
  extras: HtmlExtras,
): HtmlElement {
  const { attributes } = lineElement(look, content.kind === 'code' ? [] : content.runs)
  if (value !== null) attributes['value'] = String(value)
  let children: HtmlNode[] =
    content.kind === 'code' ? [codeBlock(content, extras)] : inline(content.runs, extras)
  if (of === 'tasks') {
    const box: Record<string, string> = { type: 'checkbox', disabled: '' }
    if (checked) box['checked'] = ''
    const input: HtmlElement = { tag: 'input', attributes: box }
    children =
      content.kind === 'code' ? [input, ...children] : [{ tag: 'label', children: [input, ' ', ...children] }]
  }
  if (content.kind === 'paragraph' && content.heading > 0)
    children = [{ tag: `h${content.heading}`, attributes: idOf(content, extras), children }]
  return { tag: 'li', attributes, children: [...children, ...lists.map((one) => list(one, extras))] }
}

/** An element that lies round runs: its place in the order, and what two runs must share to share it. */
interface Layer {
  order: string
  same: string
  element: HtmlElement
}

/** The runs of one line; neighbours share the outer element. In code no run has an element of its own for it. */
function inline(runs: readonly Run[], extras: HtmlExtras, code = false): HtmlNode[] {
  const last = runs.length - 1
  const leaves = runs.map((run, at) => ({
    layers: layersOf(run.marks, extras, code),
    leaf:
      'text' in run
        ? code
          ? run.text
          : keptSpaces(run.text, at === 0, at === last)
        : embedElement(run.embed, extras),
  }))
  return nested(leaves)
}

const FLAGS = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['underline', 'u'],
  ['strike', 's'],
  ['code', 'code'],
] as const

const layersByMarks = new WeakMap<Marks, Layer[]>()

function layersOf(marks: Marks, { tints }: HtmlExtras, code: boolean): readonly Layer[] {
  let layers = layersByMarks.get(marks)
  if (!layers) {
    layers = madeLayers(marks, tints)
    layersByMarks.set(marks, layers)
  }
  return code ? layers.filter(({ order }) => order !== '2 4') : layers
}

function madeLayers(marks: Marks, tints: HtmlExtras['tints']): Layer[] {
  const layers: Layer[] = []
  const tint = tints.get(marks.author ?? '')
  if (tint !== undefined) {
    const element = { tag: 'span', attributes: { style: `background-color: ${mixed(tint)}` } }
    layers.push({ order: 'author', same: tint, element })
  }
  if (marks.link !== null) {
    const attributes: Record<string, string> = { href: marks.link }
    if (isExternalLink(marks.link)) attributes['rel'] = 'noopener noreferrer nofollow'
    layers.push({ order: '0', same: marks.link, element: { tag: 'a', attributes } })
  }
  for (const one of marks.drawn) {
    const css = cssText(one)
    const attributes = css === '' ? one.attributes : { ...one.attributes, style: css }
    if (one.tag === '' && Object.keys(attributes).length === 0) continue
    const element = { tag: one.tag || 'span', attributes }
    layers.push({ order: `1 ${one.name}`, same: JSON.stringify(element), element })
  }
  FLAGS.forEach(([name, tag], at) => {
    if (marks[name]) layers.push({ order: `2 ${at}`, same: '', element: { tag } })
  })
  return layers
}

function nested(leaves: readonly { layers: readonly Layer[]; leaf: HtmlNode }[]): HtmlNode[] {
  const out: HtmlNode[] = []
  for (let at = 0; at < leaves.length;) {
    const first = leaves[at]?.layers[0]
    const run = [leaves[at]].flatMap((one) => one ?? [])
    at += 1
    if (!first) {
      out.push(...run.map(({ leaf }) => leaf))
      continue
    }
    for (let next = leaves[at]; next && shares(next.layers[0], first); next = leaves[at]) {
      run.push(next)
      at += 1
    }
    const inner = run.map(({ layers, leaf }) => ({ layers: layers.slice(1), leaf }))
    out.push({ ...first.element, children: nested(inner) })
  }
  return out
}

function shares(one: Layer | undefined, other: Layer): boolean {
  return one?.order === other.order && one.same === other.same
}

/** Spaces that HTML would drop, at the line's ends and before others, become no-break spaces. */
function keptSpaces(text: string, first: boolean, last: boolean): string {
  if (!/^ | {2}| $/.test(text)) return text
  let kept = text.replace(/ (?= )/g, '\u00a0')
  if (first) kept = kept.replace(/^ /, '\u00a0')
  if (last) kept = kept.replace(/ $/, '\u00a0')
  return kept
}
