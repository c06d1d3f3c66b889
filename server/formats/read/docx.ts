/** Word documents as nodes for our reader (SPEC-formats F66). Relationships give addresses only; nothing is followed. */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'
import { isOn, listOf, listReader, styleReader, valueOf } from './docx-styles.ts'
import type { ListReader, ParagraphStyle, StyleOf } from './docx-styles.ts'
import { wordsOf } from './docx-runs.ts'
import type { RunParts } from './docx-runs.ts'
import { nestedLists } from './lists.ts'
import type { FlatItem } from './lists.ts'
import { captionWords, frameSide, relatedPictures, roomOf } from './docx-pictures.ts'
import { onlyPicture, placePicture, withFigures } from './figures.ts'
import type { PictureTray } from './pictures.ts'
import { Refusal } from './refusal.ts'
import type { LeftOut } from './types.ts'
import { childOf, elementsOf, parseXml } from './xml.ts'
import type { XmlElement } from './xml.ts'
import type { Archive } from './zip.ts'

const MAIN = /wordprocessingml\.(?:document|template)\.main\+xml$/
/** Half points of plain words where a document says nothing: Word's own default. */
const PLAIN_SIZE = 20

interface Reader {
  styleOf: StyleOf
  lists: ListReader
  runs: RunParts
  /** Words of paragraphs that are captions. */
  captions: Map<HtmlNode, string>
}

/** The nodes of a document. @throws Refusal */
export function docxNodes(archive: Archive, tray: PictureTray): { nodes: HtmlNode[]; left: LeftOut } {
  const types = xmlPart(archive, '[Content_Types].xml')
  const main = mainPart(types)
  const document = xmlPart(archive, main)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const name = main.slice(folder.length)
  const optional = (path: string): XmlElement | null =>
    archive.names.has(path) ? xmlPart(archive, path) : null
  const styles = optional(`${folder}styles.xml`)
  const relations = optional(`${folder}_rels/${name}.rels`)
  const body = childOf(document, 'w:body') ?? document
  const left: LeftOut = { pictures: 0, comments: 0 }
  const styleOf = styleReader(styles)
  const reader: Reader = {
    styleOf,
    lists: listReader(optional(`${folder}numbering.xml`)),
    runs: {
      styleOf,
      links: linksOf(relations),
      plainSize: plainSizeOf(styles, styleOf),
      left,
      notes: [],
      pictures: { tray, at: relatedPictures(archive, main, relations), room: roomOf(body) },
    },
    captions: new Map(),
  }
  const nodes = blocks(body, reader)
  nodes.push(...notes(reader, optional(`${folder}footnotes.xml`), optional(`${folder}endnotes.xml`)))
  return { nodes, left }
}

function xmlPart(archive: Archive, path: string): XmlElement {
  const bytes = archive.part(path)
  if (bytes === null) throw new Refusal('damaged', `no ${path}`)
  return parseXml(bytes)
}

/** By what the archive says of its parts, not by their names. @throws Refusal for programs, and for what is no text */
function mainPart(types: XmlElement): string {
  for (const { attributes } of elementsOf(types)) {
    const type = attributes['ContentType'] ?? ''
    if (/macroEnabled|vbaProject/i.test(type)) throw new Refusal('macros')
  }
  for (const { attributes } of elementsOf(types))
    if (MAIN.test(attributes['ContentType'] ?? ''))
      return (attributes['PartName'] ?? '/word/document.xml').replace(/^\//, '')
  throw new Refusal('unknown', 'an office document, but no text')
}

function linksOf(relations: XmlElement | null): ReadonlyMap<string, string> {
  return new Map(
    elementsOf(relations ?? undefined)
      .filter(
        ({ attributes }) =>
          attributes['TargetMode'] === 'External' && (attributes['Type'] ?? '').endsWith('/hyperlink'),
      )
      .map(({ attributes }) => [attributes['Id'] ?? '', attributes['Target'] ?? '']),
  )
}

function plainSizeOf(styles: XmlElement | null, styleOf: StyleOf): number {
  const defaults = childOf(childOf(childOf(styles ?? undefined, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr')
  const normal = elementsOf(styles ?? undefined, 'w:style').find(
    ({ attributes }) =>
      attributes['w:type'] === 'paragraph' && ['1', 'true'].includes(attributes['w:default'] ?? ''),
  )
  const sizes = [defaults, ...styleOf(normal?.attributes['w:styleId']).run].flatMap((one) => {
    const size = Number(valueOf(childOf(one, 'w:sz')) ?? 0)
    return size > 0 ? [size] : []
  })
  return sizes.at(-1) ?? PLAIN_SIZE
}

function blocks(parent: XmlElement, reader: Reader): HtmlNode[] {
  const out: HtmlNode[] = []
  let items: FlatItem[] = []
  const flush = (): void => {
    if (items.length > 0) out.push(...nestedLists(items))
    items = []
  }
  for (const element of flattened(parent)) {
    if (element.name === 'w:p') {
      const made = paragraph(element, reader)
      if (made === null) continue
      if ('level' in made) items.push(made)
      else {
        flush()
        out.push(made)
      }
    } else if (element.name === 'w:tbl') {
      flush()
      out.push(table(element, reader))
    }
  }
  flush()
  return withFigures(joinedQuotes(out), reader.captions)
}

const WRAPPERS: ReadonlySet<string> = new Set([
  'w:sdt',
  'w:sdtContent',
  'w:ins',
  'w:moveTo',
  'w:customXml',
  'w:smartTag',
])

/** Paragraphs and tables, also those in controls and changes that were taken. */
function flattened(parent: XmlElement): XmlElement[] {
  return elementsOf(parent).flatMap((one) => (WRAPPERS.has(one.name) ? flattened(one) : [one]))
}

/** Word's own, and pandoc's below pictures. */
const CAPTION = /^(?:image)?caption$/
const QUOTE = /quot|blocktext|zitat/
const CODE = /^(?:sourcecode|htmlpreformatted|preformatted|plaintext|codeblock|code)/
const PASSED_OVER = /^toc\d|^tocheading|^tableoffigures/

function paragraph(element: XmlElement, reader: Reader): FlatItem | HtmlElement | null {
  const properties = childOf(element, 'w:pPr')
  const style = reader.styleOf(valueOf(childOf(properties, 'w:pStyle')))
  if (PASSED_OVER.test(style.name)) return null
  const code = CODE.test(style.name)
  const heading = headingOf(properties, style)
  // Sizes and weights of a heading are the heading's; a code block has its font by itself.
  const base = heading > 0 || code || QUOTE.test(style.name) || CAPTION.test(style.name) ? [] : style.run
  const { nodes, box } = wordsOf(element, reader.runs, base)
  if (nodes.length === 0 && hasLine(properties, style)) return { tag: 'hr' }
  // What stands for a picture or a board is in the middle because all of these are.
  const attributes = CAPTION.test(style.name) ? {} : attributesOf(properties, style)
  const list = listOf(properties) ?? style.list
  const item = list && list.id !== '0' ? reader.lists.next(list.id, list.level) : null
  const content: HtmlNode[] = code
    ? [{ tag: 'pre', children: plainCode(nodes) }]
    : heading > 0
      ? [{ tag: `h${heading}`, children: nodes }]
      : nodes
  if (item !== null && list !== null)
    return { level: list.level, of: box ?? item.of, number: item.number, attributes, children: content }
  if (box !== null) return { level: 0, of: box, number: null, attributes, children: content }
  if (code) return { tag: 'pre', children: plainCode(nodes) }
  if (heading > 0) return { tag: `h${heading}`, attributes, children: nodes }
  const words: HtmlElement = {
    tag: 'p',
    attributes: {
      ...attributes,
      style: `white-space: pre-wrap${attributes['style'] === undefined ? '' : `; ${attributes['style']}`}`,
    },
    children: nodes.length > 0 ? nodes : [{ tag: 'br' }],
  }
  const alone = onlyPicture(nodes)
  if (alone) placePicture(alone, frameSide(properties))
  if (CAPTION.test(style.name)) reader.captions.set(words, captionWords(element))
  return QUOTE.test(style.name) ? { tag: 'blockquote', children: [words] } : words
}

function headingOf(properties: XmlElement | undefined, style: ParagraphStyle): number {
  const outline = Number(valueOf(childOf(properties, 'w:outlineLvl')) ?? Number.NaN)
  return outline >= 0 && outline <= 5 ? outline + 1 : style.heading
}

/** A line below and no words: what Word makes of three hyphens. */
function hasLine(properties: XmlElement | undefined, style: ParagraphStyle): boolean {
  return [...style.paragraph, ...(properties ? [properties] : [])].some(
    (one) => childOf(childOf(one, 'w:pBdr'), 'w:bottom') !== undefined,
  )
}

/** Code as text: line breaks are newlines, looks are left. */
function plainCode(nodes: readonly HtmlNode[]): HtmlNode[] {
  return nodes.flatMap((node) =>
    typeof node === 'string' ? [node] : node.tag === 'br' ? ['\n'] : plainCode(node.children ?? []),
  )
}

function attributesOf(properties: XmlElement | undefined, style: ParagraphStyle): Record<string, string> {
  const said = [...style.paragraph, ...(properties ? [properties] : [])]
  const last = (name: string): XmlElement | undefined =>
    said.map((one) => childOf(one, name)).findLast((one) => one !== undefined)
  const bidi = last('w:bidi')
  const rtl = bidi !== undefined && !['0', 'false', 'off'].includes(valueOf(bidi) ?? '1')
  const attributes: Record<string, string> = {}
  if (rtl) attributes['dir'] = 'rtl'
  const side = sideOf(valueOf(last('w:jc')), rtl)
  if (side !== null) attributes['style'] = `text-align: ${side}`
  return attributes
}

/** In lines from right to left, Word's "left" is the side where they begin. */
function sideOf(value: string | undefined, rtl: boolean): string | null {
  if (value === 'center') return 'center'
  if (value === 'both' || value === 'distribute') return 'justify'
  if (value === 'right' || value === 'end') return rtl ? 'left' : 'right'
  return null
}

function table(element: XmlElement, reader: Reader): HtmlElement {
  const column = hasHeaderColumn(element)
  const rows = elementsOf(element, 'w:tr').map((row): HtmlElement => {
    const header = isOn(childOf(childOf(row, 'w:trPr'), 'w:tblHeader')) === true
    return {
      tag: 'tr',
      children: elementsOf(row, 'w:tc').map((cell, at) => ({
        tag: header || (column && at === 0) ? 'th' : 'td',
        children: blocks(cell, reader),
      })),
    }
  })
  return { tag: 'table', children: rows }
}

/** Word says of every table that its first column looks otherwise; of ours it is so (F43). */
function hasHeaderColumn(table: XmlElement): boolean {
  const properties = childOf(table, 'w:tblPr')
  return (
    valueOf(childOf(properties, 'w:tblStyle')) === 'PadTable' &&
    childOf(properties, 'w:tblLook')?.attributes['w:firstColumn'] === '1'
  )
}

/** Quotations one after the other are one. */
function joinedQuotes(nodes: readonly HtmlNode[]): HtmlNode[] {
  const out: HtmlNode[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (
      typeof node !== 'string' &&
      node.tag === 'blockquote' &&
      last !== undefined &&
      typeof last !== 'string' &&
      last.tag === 'blockquote'
    )
      out[out.length - 1] = { ...last, children: [...(last.children ?? []), ...(node.children ?? [])] }
    else out.push(node)
  }
  return out
}

/** Footnotes and endnotes that the text names, at its end. */
function notes(reader: Reader, footnotes: XmlElement | null, endnotes: XmlElement | null): HtmlNode[] {
  if (reader.runs.notes.length === 0) return []
  const found = new Map<string, XmlElement>()
  for (const one of elementsOf(footnotes ?? undefined)) found.set(`f${one.attributes['w:id'] ?? ''}`, one)
  for (const one of elementsOf(endnotes ?? undefined)) found.set(`e${one.attributes['w:id'] ?? ''}`, one)
  return [...reader.runs.notes].flatMap((id, at): HtmlNode[] => {
    const note = found.get(id)
    const words = note ? elementsOf(note, 'w:p').flatMap((one) => wordsOf(one, reader.runs, []).nodes) : []
    return words.length === 0 ? [] : [{ tag: 'p', children: [`[${at + 1}] `, ...words] }]
  })
}
