/** OpenDocument texts as nodes for our reader (SPEC-formats F67). */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'
import { nestedLists } from './lists.ts'
import type { FlatItem } from './lists.ts'
import { isPages, pageNodes } from './odt-pages.ts'
import { odtStyles, pointsOf } from './odt-styles.ts'
import type { OdtStyle, OdtStyles, Properties } from './odt-styles.ts'
import { partAt } from './pictures.ts'
import type { PictureAt, PictureTray } from './pictures.ts'
import { Refusal } from './refusal.ts'
import type { LeftOut } from './types.ts'
import { childOf, elementsOf, parseXml, textOf } from './xml.ts'
import type { XmlElement } from './xml.ts'
import type { Archive } from './zip.ts'

interface Reader {
  styles: OdtStyles
  left: LeftOut
  notes: XmlElement[]
  tray: PictureTray
  pictureAt: PictureAt
}

/** The nodes of a document. @throws Refusal */
export function odtNodes(archive: Archive, tray: PictureTray): { nodes: HtmlNode[]; left: LeftOut } {
  if (
    [...archive.names].some((name) => /^(?:Basic|Scripts)\//.test(name) && /\.(?:xba|py|js|bsh)$/.test(name))
  )
    throw new Refusal('macros')
  const bytes = archive.part('content.xml')
  if (bytes === null) throw new Refusal('damaged', 'no content.xml')
  if (isLocked(archive)) throw new Refusal('locked')
  const content = parseXml(bytes, isOfAbiWord(archive))
  const body = childOf(childOf(content, 'office:body'), 'office:text')
  if (!body) throw new Refusal('unknown', 'an OpenDocument, but no text')
  const styles = archive.part('styles.xml')
  const reader: Reader = {
    styles: odtStyles([...(styles === null ? [] : [parseXml(styles)]), content]),
    left: { pictures: 0, comments: 0 },
    notes: [],
    tray,
    pictureAt: partAt(archive, 'content.xml'),
  }
  if (isPages(body)) return { nodes: pageNodes(body, reader.styles), left: reader.left }
  const nodes = blocks(body, reader)
  reader.notes.forEach((note, at) => {
    const words = elementsOf(childOf(note, 'text:note-body')).flatMap((one) => wordsIn(one, reader, null))
    if (words.length > 0) nodes.push({ tag: 'p', children: [`[${at + 1}] `, ...words] })
  })
  return { nodes, left: reader.left }
}

/** It writes tables and what stands behind them not always as XML. */
function isOfAbiWord(archive: Archive): boolean {
  return archive.part('meta.xml')?.includes('<meta:generator>AbiWord') === true
}

function isLocked(archive: Archive): boolean {
  return archive.part('META-INF/manifest.xml')?.includes('encryption-data') === true
}

const CONTAINERS: ReadonlySet<string> = new Set([
  'text:section',
  'text:numbered-paragraph',
  'text:index-body',
])

function blocks(parent: XmlElement, reader: Reader): HtmlNode[] {
  const out: HtmlNode[] = []
  for (const element of elementsOf(parent)) {
    if (element.name === 'text:p' || element.name === 'text:h') out.push(paragraph(element, reader))
    else if (element.name === 'text:list') {
      const items: FlatItem[] = []
      list(element, reader, null, 0, items)
      out.push(...nestedLists(items))
    } else if (element.name === 'table:table') out.push(table(element, reader))
    else if (CONTAINERS.has(element.name)) out.push(...blocks(element, reader))
    else if (element.name.startsWith('draw:')) {
      const picture = pictureIn(element, reader)
      if (picture) out.push({ tag: 'p', children: [picture] })
      else reader.left.pictures += 1
    }
  }
  return out
}

/** The raster picture of a frame; null where it holds none. */
function pictureIn(frame: XmlElement, { tray, pictureAt }: Reader): HtmlElement | null {
  for (const image of elementsOf(frame).filter(({ name }) => name === 'draw:image')) {
    const words = childOf(frame, 'svg:title') ?? childOf(frame, 'svg:desc')
    const alt = words ? textOf(words).slice(0, 2000) : ''
    const picture = tray.take(pictureAt(image.attributes['xlink:href'] ?? ''), { alt })
    if (picture) return picture
  }
  return null
}

const CODE = /^(?:preformattedtext|sourcecode|code)/
const QUOTE = /^(?:quotations?|quotedlist|blocktext|quote)/

function paragraph(element: XmlElement, reader: Reader): HtmlElement {
  const style = reader.styles.style('paragraph', element.attributes['text:style-name'])
  const isCode = style.names.some((name) => CODE.test(name))
  const heading = headingOf(element, style)
  const isQuote = style.names.some((name) => QUOTE.test(name))
  // How headings, code, quotations and captions look is theirs, and said by what they are.
  const ownLook = heading > 0 || isCode || isQuote || style.names.includes('caption')
  const nodes = wordsIn(element, reader, ownLook ? null : style.text)
  if (nodes.length === 0 && style.names.includes('horizontalline')) return { tag: 'hr' }
  if (isCode) return { tag: 'pre', children: plainCode(nodes) }
  // What stands for a picture or a board is in the middle because all of these are.
  const attributes = style.names.includes('caption') ? {} : attributesOf(style)
  if (heading > 0) return { tag: `h${heading}`, attributes, children: nodes }
  const css = attributes['style']
  const words: HtmlElement = {
    tag: 'p',
    attributes: { ...attributes, style: `white-space: pre-wrap${css === undefined ? '' : `; ${css}`}` },
    children: nodes.length > 0 ? nodes : [{ tag: 'br' }],
  }
  return isQuote ? { tag: 'blockquote', children: [words] } : words
}

function headingOf(element: XmlElement, style: OdtStyle): number {
  if (element.name === 'text:h') {
    const level = Number(element.attributes['text:outline-level'] ?? 1)
    return Number.isInteger(level) && level >= 1 ? Math.min(6, level) : 1
  }
  // Paragraphs may be headings by their style alone.
  const said = style.names
    .map((name) => /^heading([1-9])$/.exec(name)?.[1])
    .find((level) => level !== undefined)
  if (said !== undefined) return Math.min(6, Number(said))
  return style.names.slice(0, 2).includes('title') ? 1 : 0
}

function attributesOf({ paragraph }: OdtStyle): Record<string, string> {
  const attributes: Record<string, string> = {}
  const rtl = paragraph.get('style:writing-mode')?.startsWith('rl') === true
  if (rtl) attributes['dir'] = 'rtl'
  const side = paragraph.get('fo:text-align')
  const physical = side === 'end' ? (rtl ? 'left' : 'right') : side
  // The side where a line begins anyway is not said.
  if (physical === 'center' || physical === 'justify' || physical === (rtl ? 'left' : 'right'))
    attributes['style'] = `text-align: ${physical}`
  return attributes
}

function list(
  element: XmlElement,
  reader: Reader,
  around: string | null,
  level: number,
  items: FlatItem[],
): void {
  const name = element.attributes['text:style-name'] ?? around ?? ''
  let next = reader.styles.list(name, level).start
  for (const one of elementsOf(element)) {
    if (one.name !== 'text:list-item' && one.name !== 'text:list-header') continue
    const { of } = reader.styles.list(one.attributes['text:style-override'] ?? name, level)
    const said = Number(one.attributes['text:start-value'] ?? Number.NaN)
    if (Number.isInteger(said) && said > 0) next = said
    let first = true
    for (const child of elementsOf(one)) {
      if (child.name === 'text:list') list(child, reader, name, level + 1, items)
      else if (child.name === 'text:p' || child.name === 'text:h') {
        const made = paragraph(child, reader)
        const last = items.at(-1)
        // A second paragraph of an item stands below it.
        if (!first && last) (last.children as HtmlNode[]).push(made)
        else items.push(itemOf(made, level, of, next))
        first = false
      }
    }
    if (!first) next += 1
  }
}

function itemOf(made: HtmlElement, level: number, of: FlatItem['of'], number: number): FlatItem {
  const inner = made.tag === 'p' ? [...(made.children ?? [])] : [made]
  return {
    level: Math.min(8, level),
    of,
    number: of === 'ordered' ? number : null,
    attributes: made.tag === 'p' ? (made.attributes ?? {}) : {},
    children: inner,
  }
}

function table(element: XmlElement, reader: Reader): HtmlElement {
  const rows: HtmlElement[] = []
  const collect = (parent: XmlElement, header = false): void => {
    for (const one of elementsOf(parent)) {
      if (one.name === 'table:table-row')
        rows.push({
          tag: 'tr',
          children: elementsOf(one, 'table:table-cell').map((cell) => ({
            tag: header ? 'th' : 'td',
            children: blocks(cell, reader),
          })),
        })
      else if (/^table:table-(?:header-rows|rows|row-group)$/.test(one.name))
        collect(one, header || one.name === 'table:table-header-rows')
    }
  }
  collect(element)
  return { tag: 'table', children: rows }
}

function plainCode(nodes: readonly HtmlNode[]): HtmlNode[] {
  return nodes.flatMap((node) =>
    typeof node === 'string' ? [node] : node.tag === 'br' ? ['\n'] : plainCode(node.children ?? []),
  )
}

const NOT_WORDS =
  /^(?:office:annotation|text:tracked-changes|text:change|text:bookmark|text:sequence-decls|office:forms)/
const MONO =
  /^['"]?(?:mono$|consolas|courier|menlo|monaco|source code|liberation mono|dejavu sans mono|lucida console|cascadia)/i
/** Spaces that one element may stand for. */
const MOST_SPACES = 1000

/** The words in an element; `base` are the properties of the paragraph's own style. */
function wordsIn(element: XmlElement, reader: Reader, base: Properties | null): HtmlNode[] {
  const out: HtmlNode[] = []
  for (const child of element.children) {
    if (typeof child === 'string') out.push(child.replace(/[ \t\r\n]+/g, ' '))
    else if (child.name === 'text:s') {
      const count = Number(child.attributes['text:c'] ?? 1)
      out.push(' '.repeat(Number.isInteger(count) && count > 0 ? Math.min(MOST_SPACES, count) : 1))
    } else if (child.name === 'text:tab') out.push('\t')
    else if (child.name === 'text:line-break') out.push({ tag: 'br' })
    else if (child.name === 'text:a') {
      const href = child.attributes['xlink:href'] ?? ''
      const inner = wordsIn(child, reader, null)
      out.push(
        href.startsWith('#')
          ? { tag: 'span', children: inner }
          : { tag: 'a', attributes: { href }, children: inner },
      )
    } else if (child.name === 'text:span') {
      const { text, names } = reader.styles.style('text', child.attributes['text:style-name'])
      out.push(...wrapped(wordsIn(child, reader, null), text, names, reader.styles.plainSize))
    } else if (child.name === 'text:note') {
      reader.notes.push(child)
      out.push({ tag: 'sup', children: [`[${reader.notes.length}]`] })
    } else if (child.name.startsWith('draw:')) {
      const picture = pictureIn(child, reader)
      if (picture) out.push(picture)
      else reader.left.pictures += 1
    } else if (child.name === 'office:annotation') reader.left.comments += 1
    else if (child.name === 'text:ruby') out.push(textOf(childOf(child, 'text:ruby-base') ?? child))
    else if (!NOT_WORDS.test(child.name)) out.push(...wordsIn(child, reader, null))
  }
  return base === null ? out : wrapped(out, base, [], reader.styles.plainSize)
}

/** A browser's pixels for a document's plain words. */
const PLAIN_PIXELS = 16

function wrapped(
  nodes: HtmlNode[],
  text: Properties,
  names: readonly string[],
  plainSize: number,
): HtmlNode[] {
  if (nodes.length === 0) return nodes
  const tags: string[] = []
  if (/^(?:bold|[6-9]00)$/.test(text.get('fo:font-weight') ?? '')) tags.push('strong')
  if (/^(?:italic|oblique)$/.test(text.get('fo:font-style') ?? '')) tags.push('em')
  if ((text.get('style:text-underline-style') ?? 'none') !== 'none' && !names.includes('internetlink'))
    tags.push('u')
  if ((text.get('style:text-line-through-style') ?? 'none') !== 'none') tags.push('s')
  const position = text.get('style:text-position') ?? ''
  if (/^(?:sub|-\d)/.test(position)) tags.push('sub')
  else if (/^(?:super|[1-9])/.test(position)) tags.push('sup')
  const code =
    names.some((name) => /^(?:sourcetext|teletype|code)/.test(name)) ||
    MONO.test(text.get('style:font-name') ?? text.get('fo:font-family') ?? '')
  if (code) tags.push('code')
  const css: string[] = []
  const colour = text.get('fo:color') ?? ''
  if (/^#[0-9a-f]{6}$/i.test(colour) && colour !== '#000000' && !names.includes('internetlink'))
    css.push(`color: ${colour.toLowerCase()}`)
  const ground = text.get('fo:background-color') ?? ''
  if (/^#[0-9a-f]{6}$/i.test(ground) && !code && ground.toLowerCase() !== '#ffffff')
    css.push(`background-color: ${ground.toLowerCase()}`)
  let inner =
    css.length > 0 ? [{ tag: 'span', attributes: { style: css.join('; ') }, children: nodes }] : nodes
  const size = pointsOf(text)
  if (size > 0 && size !== plainSize && names.length > 0 && !code)
    inner = [
      {
        tag: 'span',
        attributes: { class: `size-${Math.round((size / plainSize) * PLAIN_PIXELS)}` },
        children: inner,
      },
    ]
  for (const tag of tags) inner = [{ tag, children: inner }]
  return inner
}
