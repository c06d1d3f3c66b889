/** Books as nodes for our reader (SPEC-formats F68): the pages of the spine, one after the other. */
import { posix } from 'node:path'
import type { HtmlNode } from '../../../shared/text/html-node.ts'
import { htmlNodes } from './html.ts'
import { partAt } from './pictures.ts'
import type { PictureTray } from './pictures.ts'
import { Refusal } from './refusal.ts'
import type { LeftOut } from './types.ts'
import { elementsOf, parseXml } from './xml.ts'
import type { XmlElement } from './xml.ts'
import type { Archive } from './zip.ts'

/** Pages of a book. */
const MOST_PAGES = 1000

/** The nodes of a book. @throws Refusal */
export function epubNodes(archive: Archive, tray: PictureTray): { nodes: HtmlNode[]; left: LeftOut } {
  const left: LeftOut = { pictures: 0, comments: 0 }
  const nodes: HtmlNode[] = []
  for (const path of pagesOf(archive).slice(0, MOST_PAGES)) {
    const bytes = archive.part(path)
    if (bytes === null) continue
    // Pages are XHTML: without its first line and its short form of empty elements browsers' rules read it well.
    const text = new TextDecoder()
      .decode(bytes)
      .replace(/<(title|script|style|a|p|div|span)\b([^<>]*)\/>/g, '<$1$2></$1>')
    const page = htmlNodes(text, tray, partAt(archive, path))
    left.pictures += page.left.pictures
    nodes.push(...page.nodes)
  }
  if (nodes.length === 0) throw new Refusal('damaged', 'a book without pages')
  return { nodes, left }
}

function pagesOf(archive: Archive): string[] {
  const rootfile = found(parsed(archive, 'META-INF/container.xml'), 'rootfile')[0]
  const path = rootfile?.attributes['full-path'] ?? ''
  const packed = parsed(archive, path)
  const files = new Map(
    found(packed, 'item')
      .filter(({ attributes }) => !/(?:^|\s)nav(?:\s|$)/.test(attributes['properties'] ?? ''))
      .map(({ attributes }) => [attributes['id'] ?? '', attributes['href'] ?? '']),
  )
  return found(packed, 'itemref').flatMap(({ attributes }) => {
    const href = files.get(attributes['idref'] ?? '')
    return href === undefined ? [] : [posix.normalize(posix.join(posix.dirname(path), decoded(href)))]
  })
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href.replace(/#.*$/, ''))
  } catch {
    return href
  }
}

function parsed(archive: Archive, path: string): XmlElement {
  const bytes = archive.part(path)
  if (bytes === null) throw new Refusal('damaged', `no ${path.slice(0, 100)}`)
  return parseXml(bytes)
}

/** Elements of a name at any depth, whatever their namespace. */
function found(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).flatMap((one) => [
    ...(one.name.replace(/^.*:/, '') === name ? [one] : []),
    ...found(one, name),
  ])
}
