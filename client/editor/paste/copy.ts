/** What copying puts on the clipboard: semantic HTML with the content beside it, and plain text (SPEC-text P9, P10). */
import type { Attrs, Fragment, Node, Slice } from 'prosemirror-model'
import type { Insert } from '../../../shared/text/delta.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import type { Formats } from '../../../shared/text/formats.ts'
import { contentToNodes, inlineNodes } from '../../../shared/text/html.ts'
import type { HtmlOptions } from '../../../shared/text/html.ts'
import type { HtmlNode } from '../../../shared/text/html-node.ts'
import { contentOf } from '../../../shared/text/lines.ts'
import { readingText } from '../../../shared/text/plain.ts'
import type { Alignment, Background } from '../../../shared/text/table/model.ts'
import { TABLE } from '../../../shared/text/table/value.ts'
import type { TableValue } from '../../../shared/text/table/value.ts'
import { contentOfNodes, insertsOf, lineOf } from '../content.ts'
import { formatsOf } from '../schema.ts'
import { OWN, ownText } from './own.ts'

/** The content of what was cut out of a document: lines, or inline nodes alone. */
export function contentOfSlice(fragment: Fragment): Insert[] {
  if (fragment.firstChild?.isInline) return insertsOf(fragment)
  return fragment.content.some((node) => node.type.name === 'table')
    ? fragment.content.flatMap((node) =>
        node.type.name === 'table' ? copiedTable(node) : contentOf([lineOf(node)]),
      )
    : contentOfNodes(fragment)
}

/** A table, or what was cut out of one, as a value (SPEC-tables TB7). */
function copiedTable(table: Node): Insert[] {
  const rows = table.children.map((row) => ({
    cells: row.children.map(({ content, attrs: { background, align } }) => ({
      content: contentOfNodes(content),
      ...(background === '' ? {} : { background: background as Background }),
      ...(align === '' ? {} : { align: align as Alignment }),
    })),
  }))
  const cell = (at: number): Attrs => table.firstChild?.maybeChild(at)?.attrs ?? {}
  const value: TableValue = {
    columns:
      rows[0]?.cells.map((_cell, at) => (cell(at)['width'] ? { width: Number(cell(at)['width']) } : {})) ??
      [],
    rows,
    ...(cell(0)['header'] === 'col' ? { headerRow: true } : {}),
    ...(table.lastChild?.firstChild?.attrs['header'] === 'row' ? { headerColumn: true } : {}),
  }
  return [{ insert: { [TABLE]: value } }, { insert: '\n' }]
}

function tableOf(fragment: Fragment): Formats {
  return fragment.firstChild ? formatsOf(fragment.firstChild.type.schema) : coreFormats
}

/** The HTML of a fragment: one element that holds the content and the readable form. */
export function copyNodes(fragment: Fragment): HtmlNode {
  const content = contentOfSlice(fragment)
  const only = fragment.childCount === 1 ? fragment.firstChild : null
  const line = only?.type.name === 'line' ? lineOf(only) : null
  const own = { [OWN]: ownText(content) }
  const options: HtmlOptions = { formats: tableOf(fragment), styles: true }
  if (fragment.firstChild?.isInline || (line && Object.keys(line.attributes).length === 0)) {
    return { tag: 'span', attributes: own, children: inlineNodes(line?.inserts ?? content, options) }
  }
  return { tag: 'div', attributes: own, children: contentToNodes(content, options) }
}

/** The plain text of a slice. */
export function copyText(slice: Slice): string {
  const only = slice.content.childCount === 1 ? slice.content.firstChild : null
  const formats = tableOf(slice.content)
  // A piece out of one line is only its words; whole lines carry their marks.
  if (only?.type.name === 'line')
    return readingText(
      lineOf(only).inserts.map((one) => one),
      formats,
    ).replace(/\n$/, '')
  return readingText(contentOfSlice(slice.content), formats)
}

/** Puts nodes into DOM, element by element: no HTML text is parsed, and styles go through the CSSOM, as the page's policy asks. */
export function toDOM(node: HtmlNode, document: Document): globalThis.Node {
  if (typeof node === 'string') return document.createTextNode(node)
  const element = document.createElement(node.tag)
  for (const [name, value] of Object.entries(node.attributes ?? {}))
    if (name === 'style') element.style.cssText = value
    else element.setAttribute(name, value)
  for (const child of node.children ?? []) element.append(toDOM(child, document))
  return element
}
