/**
 * A table as a value (SPEC-tables TB7): what files, the clipboard and pages have of it. It stands in content as the embed
 * `table`.
 */
import * as Y from 'yjs'
import type { Attributes, Content, Embed, FormatValue, Insert } from '../delta.ts'
import {
  MAX_CELLS,
  MAX_COLUMNS,
  MAX_ROWS,
  cellText,
  emptyTable,
  isAlignment,
  isBackground,
  isWidth,
  newTableId,
  readTable,
} from './model.ts'
import type { Alignment, Background } from './model.ts'

/** The kind of the embed. */
export const TABLE = 'table'

export interface TableCell {
  content: Content
  background?: Background
  align?: Alignment
}

export interface TableValue {
  columns: readonly { width?: number }[]
  rows: readonly { cells: readonly TableCell[] }[]
  headerRow?: boolean
  headerColumn?: boolean
}

/** UTF-16 units in one cell that a value may bring. */
const MOST_TEXT = 100_000
const MOST_INSERTS = 5000
const MOST_EMBED = 20_000

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value from anywhere, in its right form; null for what is no table, or has no cell. */
export function readTableValue(value: unknown): TableValue | null {
  if (!isRecord(value) || !Array.isArray(value['rows'])) return null
  const rows = (value['rows'] as unknown[]).slice(0, MAX_ROWS).map((row) => {
    const cells: unknown = isRecord(row) ? row['cells'] : null
    return Array.isArray(cells) ? (cells as unknown[]).slice(0, MAX_COLUMNS).map(cellOf) : []
  })
  const given: unknown[] = Array.isArray(value['columns']) ? (value['columns'] as unknown[]) : []
  const width = Math.min(MAX_COLUMNS, Math.max(given.length, ...rows.map((row) => row.length), 0))
  if (width === 0 || rows.length === 0) return null
  const columns = Array.from({ length: width }, (_none, at) => {
    const column = given[at]
    const own: unknown = isRecord(column) ? column['width'] : undefined
    return isWidth(own) ? { width: own } : {}
  })
  const filled = rows.slice(0, Math.floor(MAX_CELLS / width)).map((cells) => ({
    cells: Array.from({ length: width }, (_none, at): TableCell => cells[at] ?? { content: [] }),
  }))
  return {
    columns,
    rows: filled,
    ...(value['headerRow'] === true ? { headerRow: true } : {}),
    ...(value['headerColumn'] === true ? { headerColumn: true } : {}),
  }
}

function cellOf(value: unknown): TableCell {
  if (!isRecord(value)) return { content: [] }
  const { background, align } = value
  return {
    content: contentFrom(value['content']),
    ...(isBackground(background) ? { background } : {}),
    ...(isAlignment(align) ? { align } : {}),
  }
}

function contentFrom(value: unknown): Insert[] {
  if (!Array.isArray(value)) return []
  const out: Insert[] = []
  let length = 0
  for (const one of (value as unknown[]).slice(0, MOST_INSERTS)) {
    if (!isRecord(one)) continue
    const { insert } = one
    const attributes = attributesFrom(one['attributes'])
    if (typeof insert === 'string' && insert !== '') {
      const text = insert.slice(0, MOST_TEXT - length).replace(/\r/g, '')
      length += text.length
      if (text !== '') out.push(attributes ? { insert: text, attributes } : { insert: text })
    } else if (isRecord(insert) && !(TABLE in insert) && JSON.stringify(insert).length <= MOST_EMBED)
      out.push(attributes ? { insert, attributes } : { insert })
  }
  return out
}

function attributesFrom(value: unknown): Attributes | undefined {
  if (!isRecord(value)) return undefined
  const own = Object.entries(value).filter(
    (entry): entry is [string, FormatValue] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]) &&
      entry[0].length <= 128 &&
      !['__proto__', 'constructor', 'prototype'].includes(entry[0]),
  )
  return own.length === 0 ? undefined : Object.fromEntries(own)
}

/** How the content of a text is read; callers say who wrote it, or leave that out. */
export type ReadContent = (text: Y.Text) => Content

/** The value of a table; null when it has no cell. */
export function tableValue(map: Y.Map<unknown>, read: ReadContent): TableValue | null {
  const shape = readTable(map)
  const doc = map.doc
  if (!shape || !doc) return null
  return {
    columns: shape.columns.map((column) => {
      const width = shape.widths.get(column)
      return width === undefined ? {} : { width }
    }),
    rows: shape.rows.map((row) => ({
      cells: shape.columns.map((column) => ({
        content: read(cellText(doc, shape.id, row, column)).filter(({ insert }) => !isTable(insert)),
        ...shape.looks.get(`${row}/${column}`),
      })),
    })),
    ...(shape.headerRow ? { headerRow: true } : {}),
    ...(shape.headerColumn ? { headerColumn: true } : {}),
  }
}

/** A map for a value. What belongs into its cells is written by {@link fillTable}, once the map stands in a text. */
export function tableFrom(value: TableValue): Y.Map<unknown> {
  const columns = value.columns.map(() => newTableId())
  const rows = value.rows.map(() => newTableId())
  const map = emptyTable(columns, rows)
  if (value.headerRow) map.set('headerRow', true)
  if (value.headerColumn) map.set('headerCol', true)
  for (const [at, { width }] of value.columns.entries())
    if (width !== undefined) map.set(`w/${columns[at]}`, width)
  for (const [at, { cells }] of value.rows.entries()) {
    for (const [index, { background, align }] of cells.entries()) {
      if (background) map.set(`bg/${rows[at]}/${columns[index]}`, background)
      if (align) map.set(`al/${rows[at]}/${columns[index]}`, align)
    }
  }
  return map
}

/** Writes the contents of a value into the cells of the map made for it. In the same transaction. */
export function fillTable(map: Y.Map<unknown>, value: TableValue): void {
  const shape = readTable(map)
  const { doc } = map
  if (!shape || !doc) return
  for (const [at, { cells }] of value.rows.entries()) {
    for (const [index, { content }] of cells.entries()) {
      const row = shape.rows[at]
      const column = shape.columns[index]
      if (content.length === 0 || row === undefined || column === undefined) continue
      const text = cellText(doc, shape.id, row, column)
      const only = content.length === 1 ? content[0] : undefined
      // One run without formats is an item by itself, which costs no walk.
      if (typeof only?.insert === 'string' && !only.attributes && text._start === null)
        text.insert(0, only.insert)
      else text.applyDelta(content.map(mutable))
    }
  }
}

function mutable({ insert, attributes }: Insert): object {
  return attributes ? { insert, attributes: { ...attributes } } : { insert }
}

function isTable(insert: string | Embed): boolean {
  return typeof insert !== 'string' && TABLE in insert
}

/** The value of an embed that is a table; null for other embeds. */
export function tableOfEmbed(embed: string | Embed): TableValue | null {
  return typeof embed !== 'string' && TABLE in embed ? readTableValue(embed[TABLE]) : null
}

/** All inserts of a content, those in the cells of its tables too. */
export function* withCells(content: Content): Generator<Insert> {
  for (const insert of content) {
    yield insert
    const table = tableOfEmbed(insert.insert)
    if (table) for (const { cells } of table.rows) for (const cell of cells) yield* cell.content
  }
}

/** Content as `toDelta` gives it, with tables as their values; shared types that are no tables say only that they are there. */
export function readContent(text: Y.Text): Insert[] {
  return read(text, (map) => tableValue(map, readCell))
}

/** Tables in a cell, which no writer of ours makes, are not looked into. */
function readCell(text: Y.Text): Insert[] {
  return read(text, () => null)
}

function read(text: Y.Text, valueOf: (map: Y.Map<unknown>) => TableValue | null): Insert[] {
  return (text.toDelta() as { insert: unknown; attributes?: Attributes }[]).map((op) => {
    const insert = op.insert
    if (!(insert instanceof Y.AbstractType)) return op as Insert
    const embed: Embed = insert instanceof Y.Map ? { [TABLE]: valueOf(insert) ?? {} } : { shared: true }
    return op.attributes ? { insert: embed, attributes: op.attributes } : { insert: embed }
  })
}

/**
 * Writes content whose tables are values into a text at a place (UTF-16 units), in a transaction. Yjs takes a shared type
 * only as it is made, and cells only once it stands in the document.
 */
export function writeContent(text: Y.Text, at: number, content: Content): void {
  const made: { map: Y.Map<unknown>; value: TableValue }[] = []
  const delta = content.map(({ insert, attributes }) => {
    const value = tableOfEmbed(insert)
    const map = value && tableFrom(value)
    if (map && value) made.push({ map, value })
    return { insert: map ?? insert, ...(attributes ? { attributes: { ...attributes } } : {}) }
  })
  text.applyDelta(at > 0 ? [{ retain: at }, ...delta] : delta)
  for (const { map, value } of made) fillTable(map, value)
}
