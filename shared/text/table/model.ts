/**
 * A table as Yjs holds it (SPEC-tables TB1-TB4): a map in the text with the order of rows and columns, and a root text for
 * each cell. Everything that reads or changes one goes through here.
 */
import * as Y from 'yjs'

/** A shared type as Yjs hands it out. */
type Shared = NonNullable<ReturnType<Y.Doc['share']['get']>>

export const MAX_ROWS = 1000
export const MAX_COLUMNS = 100
export const MAX_CELLS = 20_000
/** CSS pixels of a column. */
export const MIN_WIDTH = 40
export const MAX_WIDTH = 1000

/** Backgrounds of cells, by the names the style sheet draws. */
export const BACKGROUNDS = ['grey', 'red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const
export type Background = (typeof BACKGROUNDS)[number]
export const ALIGNMENTS = ['left', 'center', 'right'] as const
export type Alignment = (typeof ALIGNMENTS)[number]

/** Names of tables, rows and columns. */
const ID = /^[\w-]{1,64}$/

/** How a cell looks. */
export interface CellLook {
  background?: Background
  align?: Alignment
}

/** A table's order and looks. Ids stand once; limits hold. */
export interface TableShape {
  id: string
  rows: readonly string[]
  columns: readonly string[]
  headerRow: boolean
  headerColumn: boolean
  /** Of columns that have one, in CSS pixels. */
  widths: ReadonlyMap<string, number>
  /** By `ROW/COL`. */
  looks: ReadonlyMap<string, CellLook>
}

export const isTableId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)
export const isWidth = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= MIN_WIDTH && value <= MAX_WIDTH
export const isBackground = (value: unknown): value is Background =>
  (BACKGROUNDS as readonly unknown[]).includes(value)
export const isAlignment = (value: unknown): value is Alignment =>
  (ALIGNMENTS as readonly unknown[]).includes(value)

/** A new id of a table, row or column. */
export function newTableId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9))
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')
}

/** The name of the root text of a cell. */
export function cellName(table: string, row: string, column: string): string {
  return `cell/${table}/${row}/${column}`
}

/** The parts of a cell's name; null for other names. */
export function cellOfName(name: string): { table: string; row: string; column: string } | null {
  const [kind, table, row, column, ...rest] = name.split('/')
  return kind === 'cell' && isTableId(table) && isTableId(row) && isTableId(column) && rest.length === 0
    ? { table, row, column }
    : null
}

/** The text of a cell. */
export function cellText(doc: Y.Doc, table: string, row: string, column: string): Y.Text {
  return doc.getText(cellName(table, row, column))
}

/** What stands in the list of a map's array: strings, each once. */
function idsOf(value: unknown, most: number): string[] {
  if (!(value instanceof Y.Array)) return []
  const ids = new Set<string>()
  for (const id of value.toArray() as unknown[]) {
    if (isTableId(id)) ids.add(id)
    if (ids.size >= most) break
  }
  return [...ids]
}

/** Reads a table; null for what is none, or has no cell. */
export function readTable(map: unknown): TableShape | null {
  if (!(map instanceof Y.Map)) return null
  const id: unknown = map.get('id')
  if (!isTableId(id)) return null
  const columns = idsOf(map.get('cols'), MAX_COLUMNS)
  const rows = idsOf(map.get('rows'), Math.min(MAX_ROWS, Math.floor(MAX_CELLS / Math.max(1, columns.length))))
  if (rows.length === 0 || columns.length === 0) return null
  const widths = new Map<string, number>()
  const looks = new Map<string, CellLook>()
  for (const [key, value] of map.entries() as IterableIterator<[string, unknown]>) {
    const [kind, first = '', second] = key.split('/')
    if (kind === 'w' && second === undefined && isWidth(value)) widths.set(first, value)
    if (second === undefined) continue
    const name = `${first}/${second}`
    if (kind === 'bg' && isBackground(value)) looks.set(name, { ...looks.get(name), background: value })
    if (kind === 'al' && isAlignment(value)) looks.set(name, { ...looks.get(name), align: value })
  }
  return {
    id,
    rows,
    columns,
    headerRow: map.get('headerRow') === true,
    headerColumn: map.get('headerCol') === true,
    widths,
    looks,
  }
}

/** The map whose item this is; null when it is none. */
export function tableInItem(item: Y.Item): Y.Map<unknown> | null {
  return item.content instanceof Y.ContentType && item.content.type instanceof Y.Map
    ? item.content.type
    : null
}

/** The tables that stand in a text, in their order. */
export function tablesIn(text: Y.Text): Y.Map<unknown>[] {
  const maps: Y.Map<unknown>[] = []
  for (let item = text._start; item; item = item.right) {
    const map = item.deleted ? null : tableInItem(item)
    if (map) maps.push(map)
  }
  return maps
}

/** The name of the table's text a shared type is; '' for every other. */
export function cellNameOf(type: Shared): string {
  if (type._item !== null || !type.doc) return ''
  const name = Y.findRootTypeKey(type)
  return name.startsWith('cell/') ? name : ''
}

/** A new map for a table, to be put into a text. */
export function emptyTable(
  columns: readonly string[],
  rows: readonly string[],
  id = newTableId(),
): Y.Map<unknown> {
  const map = new Y.Map<unknown>()
  map.set('id', id)
  map.set('cols', Y.Array.from([...columns]))
  map.set('rows', Y.Array.from([...rows]))
  return map
}
