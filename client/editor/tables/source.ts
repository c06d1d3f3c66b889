/** Makes the nodes of tables from what Yjs holds (SPEC-tables TV1, TB6). */
import type { Node, Schema } from 'prosemirror-model'
import * as Y from 'yjs'
import { jsonObject, stableJson } from '../../../shared/text/json.ts'
import { cellText, readTable, tableInItem, tablesIn } from '../../../shared/text/table/model.ts'
import type { TableShape } from '../../../shared/text/table/model.ts'
import { contentOfText, sharedIn, shownBy } from '../binding/items.ts'
import { nodesOf } from '../content.ts'
import type { TableSource } from '../content.ts'

/** The embed of the item that holds a map, as JSON. */
export function embedOfMap(map: Y.Map<unknown>): string {
  const shown = map._item ? shownBy(map._item) : undefined
  return typeof shown === 'object' ? stableJson(shown) : ''
}

/** The map an embed stands for, when it is in the text. */
export function mapOfEmbed(text: Y.Text, embed: string): Y.Map<unknown> | undefined {
  const match = /^(\d{1,16})-(\d{1,16})$/.exec(sharedIn(jsonObject(embed)) ?? '')
  const { doc } = text
  if (!match || !doc) return undefined
  const [client, clock] = [Number(match[1]), Number(match[2])]
  if (clock >= Y.getState(doc.store, client)) return undefined
  const item: unknown = Y.getItem(doc.store, Y.createID(client, clock))
  return item instanceof Y.Item && item.parent === text ? (tableInItem(item) ?? undefined) : undefined
}

/**
 * Nodes of the tables in a text. Cells among `shown`, by row and column, stay the nodes they are; `fresh` is told of each
 * one that is read from its text.
 */
export function tableSource(
  schema: Schema,
  text: Y.Text,
  shown: ReadonlyMap<string, Node> = new Map(),
  fresh: (name: string) => void = () => undefined,
): TableSource {
  let first: Map<string, Y.Map<unknown>> | undefined
  return (embed) => {
    const map = mapOfEmbed(text, embed)
    const shape = readTable(map)
    if (!map || !shape) return undefined
    first ??= firstById(text)
    return first.get(shape.id) === map ? tableNode(schema, text, embed, shape, shown, fresh) : undefined
  }
}

/** Of tables with the same id the first (TB6). */
function firstById(text: Y.Text): Map<string, Y.Map<unknown>> {
  const first = new Map<string, Y.Map<unknown>>()
  for (const map of tablesIn(text)) {
    const id: unknown = map.get('id')
    if (typeof id === 'string' && !first.has(id)) first.set(id, map)
  }
  return first
}

/** Whether two tables of a text have the same id. */
export function hasTwins(text: Y.Text): boolean {
  return firstById(text).size < tablesIn(text).length
}

function tableNode(
  schema: Schema,
  text: Y.Text,
  embed: string,
  shape: TableShape,
  shown: ReadonlyMap<string, Node>,
  fresh: (name: string) => void,
): Node {
  const rows = shape.rows.map((row, at) => {
    const cells = shape.columns.map((column, index) => {
      const attrs = cellAttrs(shape, row, at, column, index)
      const known = shown.get(`${row}/${column}`)
      if (known) return sameAttrs(known, attrs) ? known : known.type.create(attrs, known.content)
      fresh(`cell/${shape.id}/${row}/${column}`)
      return schema.node('cell', attrs, cellBlocks(schema, text, shape.id, row, column))
    })
    return schema.node('row', { id: row }, cells)
  })
  return schema.node('table', { embed, id: shape.id }, rows)
}

function cellBlocks(schema: Schema, text: Y.Text, table: string, row: string, column: string): Node[] {
  const { doc } = text
  return doc ? nodesOf(schema, contentOfText(cellText(doc, table, row, column))) : []
}

function cellAttrs(
  shape: TableShape,
  row: string,
  at: number,
  column: string,
  index: number,
): Record<string, unknown> {
  const { background = '', align = '' } = shape.looks.get(`${row}/${column}`) ?? {}
  const header = shape.headerRow && at === 0 ? 'col' : shape.headerColumn && index === 0 ? 'row' : ''
  return { id: column, header, background, align, width: at === 0 ? (shape.widths.get(column) ?? 0) : 0 }
}

function sameAttrs(node: Node, attrs: Record<string, unknown>): boolean {
  return Object.entries(attrs).every(([name, value]) => node.attrs[name] === value)
}

/** The cells of a table by row and column. */
export function cellsOf(table: Node): Map<string, Node> {
  const cells = new Map<string, Node>()
  for (const row of table.children)
    for (const cell of row.children) {
      const key = `${String(row.attrs['id'])}/${String(cell.attrs['id'])}`
      if (!cells.has(key)) cells.set(key, cell)
    }
  return cells
}
