/** Reads XML that strangers made (SPEC-formats F62): no document types, so no entities; only so deep and so much. */
import { SaxesParser } from 'saxes'
import { mendedXml, wholeSigns } from './mended.ts'
import { Refusal } from './refusal.ts'

/** An element; names keep their usual prefixes, whatever the file calls its namespaces. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  children: XmlNode[]
}
export type XmlNode = string | XmlElement

const DEEPEST = 250
const MOST_NODES = 600_000

/** The prefixes that readers use, by namespace; also those of strict Office Open XML. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.microsoft.com/office/word/2010/wordml', 'w14'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r'],
  ['http://purl.oclc.org/ooxml/officeDocument/relationships', 'r'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing', 'wp'],
  ['http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing', 'wp'],
  ['http://www.w3.org/1999/xlink', 'xlink'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ...['office', 'style', 'text', 'table', 'drawing', 'xsl-fo-compatible', 'svg-compatible', 'manifest'].map(
    (name): [string, string] => [
      `urn:oasis:names:tc:opendocument:xmlns:${name}:1.0`,
      { drawing: 'draw', 'xsl-fo-compatible': 'fo', 'svg-compatible': 'svg' }[name] ?? name,
    ],
  ),
])

/**
 * The root element of a part.
 * @param careless of a program that does not always end what it began
 * @throws Refusal
 */
export function parseXml(bytes: Buffer, careless = false): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const open: XmlElement[] = [root]
  let nodes = 0
  const parser = new SaxesParser({ xmlns: true })
  const refuse = (reason: 'damaged' | 'tooLarge', detail: string): never => {
    throw new Refusal(reason, detail)
  }
  parser.on('error', (error) => refuse('damaged', error.message.slice(0, 200)))
  parser.on('doctype', () => refuse('damaged', 'a document type'))
  const count = (): void => {
    nodes += 1
    if (nodes > MOST_NODES) refuse('tooLarge', 'too many elements')
  }
  parser.on('opentag', (tag) => {
    count()
    if (open.length > DEEPEST) refuse('tooLarge', 'elements too deep in each other')
    const attributes: Record<string, string> = Object.create(null)
    for (const one of Object.values(tag.attributes))
      attributes[named(one.uri, one.local, one.prefix)] = one.value
    const element: XmlElement = { name: named(tag.uri, tag.local, tag.prefix), attributes, children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  const text = (words: string): void => {
    count()
    open.at(-1)?.children.push(words)
  }
  parser.on('text', text)
  parser.on('cdata', text)
  const xml = xmlText(bytes)
  parser.write(careless ? mendedXml(xml) : xml).close()
  const [found] = root.children.filter((child): child is XmlElement => typeof child !== 'string')
  return found ?? refuse('damaged', 'no element')
}

function named(uri: string, local: string, prefix: string): string {
  if (uri === '') return local
  const known = PREFIXES.get(uri)
  return known === undefined ? `${prefix === '' ? '?' : prefix}:${local}` : `${known}:${local}`
}

function xmlText(bytes: Buffer): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(wholeSigns(bytes))
}

/** The first child of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find(
    (child): child is XmlElement => typeof child !== 'string' && child.name === name,
  )
}

/** The child elements. */
export function elementsOf(element: XmlElement | undefined, name?: string): XmlElement[] {
  return (element?.children ?? []).filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  )
}

/** All the text in an element. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}
