/** Tables for the binding (SPEC-tables TV1-TV3). */
import type { Node, Schema } from 'prosemirror-model'
import { Selection, TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import type { PadTables } from '../../../shared/plugin/tables.ts'
import type { Binding } from '../binding/binding.ts'
import { containerOf, nameOfText, placeAt, positionOf } from '../binding/places.ts'
import type { TableBinding } from '../binding/table-binding.ts'
import type { CellPlace } from '../types.ts'
import { cellChanges } from './local.ts'
import { settleTable } from './settle.ts'
import { cellsOf, embedOfMap, hasTwins, mapOfEmbed, tableSource } from './source.ts'

/** Lets a binding show tables, and gives what changes them; `stop` ends the step to undo that is under way. */
export function showTables(binding: Binding, schema: Schema, stop: () => void): PadTables {
  binding.showTables(tableBinding(schema, binding.text))
  return {
    mapOf: (table) =>
      table.type.name === 'table' ? (mapOfEmbed(binding.text, String(table.attrs['embed'])) ?? null) : null,
    edit(work) {
      if (binding.readOnly) return false
      stop()
      binding.edit(work)
      stop()
      return true
    },
  }
}

/** Selects a place in a cell; null where that cell is not shown. */
export function toCell({ doc, tr }: EditorState, { name, anchor, head }: CellPlace): Transaction | null {
  const [from, to] = [anchor, head].map((offset) => positionOf(doc, { name, offset }))
  return from === undefined || to === undefined
    ? null
    : tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))).scrollIntoView()
}

/** Tables of a text, as the binding shows them. */
export function tableBinding(schema: Schema, text: Y.Text): TableBinding {
  let hadTwins = false
  return {
    source: (fresh) => tableSource(schema, text, undefined, fresh),
    changes: cellChanges,
    changedCells(transaction, doc) {
      const names: string[] = []
      for (const type of (transaction.changed as ReadonlyMap<unknown, unknown>).keys()) {
        const name = nameOfText(text, type)
        if (name !== undefined && name !== '' && containerOf(doc, name)) names.push(name)
      }
      return names
    },
    settle(tr, transaction, fresh) {
      const maps = new Set<Y.Map<unknown>>()
      for (const type of (transaction.changed as ReadonlyMap<unknown, unknown>).keys()) {
        const map = type instanceof Y.Array ? type.parent : type
        if (map instanceof Y.Map && map.parent === text && map._item?.deleted === false) maps.add(map)
      }
      if (maps.size > 0) settleTables(tr, text, maps, fresh)
    },
    twins() {
      const now = hasTwins(text)
      const look = now || hadTwins
      hadTwins = now
      return look
    },
  }
}

function settleTables(
  tr: Transaction,
  text: Y.Text,
  maps: ReadonlySet<Y.Map<unknown>>,
  fresh: (name: string) => void,
): void {
  const before = tr.doc
  const { selection } = tr
  const embeds = new Set([...maps].map(embedOfMap))
  const placed: { node: Node; pos: number }[] = []
  let pos = 0
  for (const node of before.children) {
    if (embeds.has(String(node.attrs['embed'])) && node.type.name !== 'line') placed.push({ node, pos })
    pos += node.nodeSize
  }
  const source = (node: Node) => tableSource(tr.doc.type.schema, text, cellsOf(node), fresh)
  for (const { node, pos: at } of placed.reverse()) {
    const shown = node.type.name === 'table'
    const made = shown
      ? source(node)(String(node.attrs['embed']))
      : tableSource(tr.doc.type.schema, text, undefined, fresh)(String(node.attrs['embed']))
    const { embed, open, inline, formats } = node.attrs
    const attrs = { embed, open, inline, formats }
    if (made && shown && made.attrs['id'] === node.attrs['id'])
      settleTable(tr, at, node, made.type.create({ ...made.attrs, ...attrs }, made.content))
    else if (made)
      tr.replaceWith(at, at + node.nodeSize, made.type.create({ ...made.attrs, ...attrs }, made.content))
    else if (shown) tr.replaceWith(at, at + node.nodeSize, tr.doc.type.schema.node('block', attrs))
  }
  if (!tr.docChanged || !(selection instanceof TextSelection)) return
  // A row that moved is drawn anew; who writes in it goes with it.
  const place = (from: number): number => positionOf(tr.doc, placeAt(before, from)) ?? tr.mapping.map(from)
  const [anchor, head] = [place(selection.anchor), place(selection.head)].map((at) => tr.doc.resolve(at))
  if (!anchor || !head) return
  const wanted = sameCell(anchor.pos, head.pos, tr.doc)
    ? TextSelection.between(anchor, head)
    : Selection.near(head)
  if (!wanted.eq(tr.selection)) tr.setSelection(wanted)
}

function sameCell(a: number, b: number, doc: Node): boolean {
  return a === b || placeAt(doc, a).name === placeAt(doc, b).name
}
