/**
 * Places in all texts of a document: the text itself and, where tables are shown, the texts of their cells
 * (SPEC-tables TB2). A part of the document that shows one text is a container: the document, or a cell.
 */
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { cellName } from '../../../shared/text/table/model.ts'
import { documentPosition, textOffset } from './blocks.ts'

/** A part of the document that shows one text. */
export interface Container {
  /** Of the text: '' for the text itself, else the name of the cell's root. */
  name: string
  node: Node
  /** Where its first block begins. */
  start: number
}

/** A place in one of the texts, in UTF-16 units. */
export interface TextPlace {
  name: string
  offset: number
}

/** The container a place of the document lies in. */
export function containerAt(doc: Node, pos: number): Container {
  const $pos = doc.resolve(Math.max(0, Math.min(pos, doc.content.size)))
  if ($pos.depth >= 3 && $pos.node(3).type.name === 'cell') {
    const name = cellName(
      String($pos.node(1).attrs['id']),
      String($pos.node(2).attrs['id']),
      String($pos.node(3).attrs['id']),
    )
    return { name, node: $pos.node(3), start: $pos.start(3) }
  }
  return { name: '', node: doc, start: 0 }
}

/** The container that shows a text; undefined when it is not shown. */
export function containerOf(doc: Node, name: string): Container | undefined {
  if (name === '') return { name, node: doc, start: 0 }
  const [, table, row, column] = name.split('/')
  let pos = 0
  for (const block of doc.children) {
    if (block.type.name === 'table' && block.attrs['id'] === table) {
      let at = pos + 1
      for (const line of block.children) {
        let start = at + 2
        if (line.attrs['id'] === row)
          for (const node of line.children) {
            if (node.attrs['id'] === column) return { name, node, start }
            start += node.nodeSize
          }
        at += line.nodeSize
      }
      return undefined
    }
    pos += block.nodeSize
  }
  return undefined
}

/** The place in a text of a place of the document. */
export function placeAt(doc: Node, pos: number): TextPlace {
  const { name, node, start } = containerAt(doc, pos)
  return { name, offset: textOffset(node, pos - start) }
}

/** The place of the document of a place in a text; undefined when that text is not shown. */
export function positionOf(doc: Node, { name, offset }: TextPlace): number | undefined {
  const container = containerOf(doc, name)
  return container && container.start + documentPosition(container.node, offset)
}

/** The text with a name, beside the text itself. */
export function textNamed(text: Y.Text, name: string): Y.Text {
  return name === '' || !text.doc ? text : text.doc.getText(name)
}

/** The name of a shared type that is the text itself or a cell's; undefined for others. */
export function nameOfText(text: Y.Text, type: unknown): string | undefined {
  if (type === text) return ''
  // What is shown was asked for as a text; anything else is a root nobody has looked at yet.
  if (!(type instanceof Y.Text) || type._item !== null || type.doc !== text.doc) return undefined
  const name = Y.findRootTypeKey(type) ?? ''
  return name.startsWith('cell/') ? name : undefined
}
