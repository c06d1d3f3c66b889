/** Content as ProseMirror nodes and back; `contentOfDoc(docOf(c))` equals `normalise(c)` up to leaked formats (SPEC-text T10). */
import type { Fragment, Node, Schema } from 'prosemirror-model'
import type { Attributes, Content, Insert } from '../../shared/text/delta.ts'
import { isEmptyAttributes, isInlineKey, sortedAttributes } from '../../shared/text/formats.ts'
import { stableJson } from '../../shared/text/json.ts'
import { contentOf, isEmbed, linesOf } from '../../shared/text/lines.ts'
import type { Line } from '../../shared/text/lines.ts'
import {
  attributesOf,
  bagFrom,
  bagOf,
  embedOf,
  formatsOf,
  lineAttributes,
  lineAttrs,
  marksOf,
} from './schema.ts'

/** The node of an inline insert; its text must be free of newlines. */
export function inlineNode(schema: Schema, { insert, attributes }: Insert): Node {
  const marks = marksOf(schema, attributes)
  return isEmbed(insert)
    ? schema.node('embed', { embed: stableJson(insert) }, undefined, marks)
    : schema.text(insert, marks)
}

/** Gives the `table` node of an embed that is one, by the embed as JSON; undefined: it is shown as a block. */
export type TableSource = (embed: string) => Node | undefined

/** The node of a line. */
export function lineNode(schema: Schema, line: Line, tables?: TableSource): Node {
  const first = line.inserts[0]
  if (line.block && first && isEmbed(first.insert)) {
    const attrs = {
      embed: stableJson(first.insert),
      open: line.open,
      inline: bagFrom(first.attributes ?? {}),
      formats: bagFrom(withoutLeaks(schema, line.attributes)),
    }
    const table = tables?.(attrs.embed)
    return table ? withAttrs(table, attrs) : schema.node('block', attrs)
  }
  const inline = line.inserts.map((insert) => inlineNode(schema, insert))
  // Lines without formats share one object of attributes, which ProseMirror then compares and checks only once.
  const plain = !line.open && isEmptyAttributes(line.attributes)
  return schema.node('line', plain ? null : lineAttrs(schema, line.attributes, line.open), inline)
}

/** The node with these attributes; the very same one when it has them. */
function withAttrs(node: Node, attrs: Readonly<Record<string, unknown>>): Node {
  const same = Object.entries(attrs).every(([name, value]) => node.attrs[name] === value)
  return same ? node : node.type.create({ ...node.attrs, ...attrs }, node.content)
}

/** The attributes of a newline without inline keys, which are leaks (R14) and not shown. */
function withoutLeaks(schema: Schema, attributes: Attributes): Attributes {
  const formats = formatsOf(schema)
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !isInlineKey(key, formats)))
}

/** The nodes of a content. */
export function nodesOf(schema: Schema, content: Content, tables?: TableSource): Node[] {
  return linesOf(content, formatsOf(schema)).map((line) => lineNode(schema, line, tables))
}

/** The document of a content. */
export function docOf(schema: Schema, content: Content, tables?: TableSource): Node {
  return schema.node('doc', null, nodesOf(schema, content, tables))
}

/** The inserts of inline nodes. */
export function insertsOf(fragment: Fragment): Insert[] {
  const inserts: Insert[] = []
  fragment.forEach((node) => {
    const insert = node.isText ? (node.text ?? '') : embedOf(node)
    const attributes = sortedAttributes(attributesOf(node.marks))
    inserts.push(Object.keys(attributes).length > 0 ? { insert, attributes } : { insert })
  })
  return inserts
}

/** The line of a `line`, `block` or `table` node. */
export function lineOf(node: Node): Line {
  const open = node.attrs['open'] === true
  const attributes = lineAttributes(node)
  if (node.type.name === 'line') return { inserts: insertsOf(node.content), attributes, open, block: false }
  const inline = bagOf(node.attrs['inline'])
  const embed: Insert = { insert: embedOf(node) }
  if (Object.keys(inline).length > 0) embed.attributes = inline
  return { inserts: [embed], attributes, open, block: true }
}

/** The content of `line`, `block` and `table` nodes. */
export function contentOfNodes(fragment: Fragment): Insert[] {
  const lines: Line[] = []
  fragment.forEach((node) => lines.push(lineOf(node)))
  return contentOf(lines)
}

/** The content of a document. */
export function contentOfDoc(doc: Node): Insert[] {
  return contentOfNodes(doc.content)
}
