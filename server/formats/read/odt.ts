/** OpenDocument texts as nodes for our reader (SPEC-formats F67). */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'
import { nestedLists } from './lists.ts'
import type { FlatItem } from './lists.ts'
import { isPages, pageNodes } from './odt-pages.ts'
import { withFigures } from './figures.ts'
import { captionWords } from './odt-pictures.ts'
import { odtStyles } from './odt-styles.ts'
import type { OdtStyle } from './odt-styles.ts'
import { drawn, wordsIn } from './odt-words.ts'
import type { WordParts } from './odt-words.ts'
import { partAt } from './pictures.ts'
import type { PictureTray } from './pictures.ts'
import { Refusal } from './refusal.ts'
import type { LeftOut } from './types.ts'
import { childOf, elementsOf, parseXml } from './xml.ts'
import type { XmlElement } from './xml.ts'
import type { Archive } from './zip.ts'

interface Reader extends WordParts {
  /** Words of paragraphs that are captions. */
  captions: Map<HtmlNode, string>
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
  const looks = odtStyles([...(styles === null ? [] : [parseXml(styles)]), content])
  const reader: Reader = {
    styles: looks,
    left: { pictures: 0, comments: 0 },
    notes: [],
    pictures: { styles: looks, tray, at: partAt(archive, 'content.xml') },
    captions: new Map(),
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
      const children = drawn(element, reader)
      if (children.length > 0) out.push({ tag: 'p', children })
    }
  }
  return withFigures(out, reader.captions)
}

const CODE = /^(?:preformattedtext|sourcecode|code)/
const CAPTION = /^(?:caption|illustration|figure|drawing)/
const OWN_LOOK = ['caption', 'tableheading']
const QUOTE = /^(?:quotations?|quotedlist|blocktext|quote)/

function paragraph(element: XmlElement, reader: Reader): HtmlElement {
  const style = reader.styles.style('paragraph', element.attributes['text:style-name'])
  const isCode = style.names.some((name) => CODE.test(name))
  const heading = headingOf(element, style)
  const isQuote = style.names.some((name) => QUOTE.test(name))
  // How headings, code, quotations, captions and headers of tables look is theirs, and said by what they are.
  const ownLook = heading > 0 || isCode || isQuote || OWN_LOOK.some((name) => style.names.includes(name))
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
  if (style.names.some((name) => CAPTION.test(name))) reader.captions.set(words, captionWords(element))
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
            tag: header || isHeading(cell, reader) ? 'th' : 'td',
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

/** LibreOffice's own style for cells that say what their row or column is. */
function isHeading(cell: XmlElement, { styles }: Reader): boolean {
  const [first] = elementsOf(cell, 'text:p')
  return (
    first !== undefined &&
    styles.style('paragraph', first.attributes['text:style-name']).names.includes('tableheading')
  )
}

function plainCode(nodes: readonly HtmlNode[]): HtmlNode[] {
  return nodes.flatMap((node) =>
    typeof node === 'string' ? [node] : node.tag === 'br' ? ['\n'] : plainCode(node.children ?? []),
  )
}
