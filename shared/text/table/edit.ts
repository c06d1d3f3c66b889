/**
 * Changes of a table (SPEC-tables TB1, TB5). Each writes as little as it can, so that what others do at the same time stays;
 * call them in a transaction.
 */
import * as Y from 'yjs'
import { MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_WIDTH, MIN_WIDTH, newTableId, readTable } from './model.ts'
import type { Alignment, Background } from './model.ts'

/** Rows or columns. */
export type Axis = 'rows' | 'cols'

function listOf(map: Y.Map<unknown>, axis: Axis): Y.Array<string> {
  const list = map.get(axis)
  if (!(list instanceof Y.Array)) throw new RangeError('not a table')
  return list as Y.Array<string>
}

/** The place in the list of the id that is shown at a place; the list's end for places past the last. */
function placeIn(list: Y.Array<string>, ids: readonly string[], at: number): number {
  const id = ids[at]
  return id === undefined ? list.length : list.toArray().indexOf(id)
}

/** How many more rows or columns a table may have. */
export function roomFor(map: Y.Map<unknown>, axis: Axis): number {
  const shape = readTable(map)
  if (!shape) return 0
  const [own, other] = axis === 'rows' ? [shape.rows, shape.columns] : [shape.columns, shape.rows]
  const most = Math.min(axis === 'rows' ? MAX_ROWS : MAX_COLUMNS, Math.floor(MAX_CELLS / other.length))
  return Math.max(0, most - own.length)
}

/** Puts new rows or columns before the one at a place; their ids, fewer than asked for when the table is full. */
export function insertLines(map: Y.Map<unknown>, axis: Axis, at: number, count: number): string[] {
  const shape = readTable(map)
  if (!shape) return []
  const made = Array.from({ length: Math.min(count, roomFor(map, axis)) }, () => newTableId())
  if (made.length === 0) return []
  const list = listOf(map, axis)
  list.insert(placeIn(list, axis === 'rows' ? shape.rows : shape.columns, at), made)
  return made
}

/** Takes rows or columns away; their cells' texts stay (TB5). Never takes the last one. */
export function removeLines(map: Y.Map<unknown>, axis: Axis, ids: readonly string[]): boolean {
  const shape = readTable(map)
  const all = axis === 'rows' ? shape?.rows : shape?.columns
  const gone = new Set(ids)
  if (!all?.some((id) => !gone.has(id)) || !all.some((id) => gone.has(id))) return false
  const list = listOf(map, axis)
  for (let at = list.length - 1; at >= 0; at -= 1) if (gone.has(list.get(at))) list.delete(at, 1)
  return true
}

/**
 * Moves neighbouring rows or columns one place: it is the neighbour that moves, so that those in which people are writing
 * stay what they are.
 */
export function moveLines(
  map: Y.Map<unknown>,
  axis: Axis,
  from: number,
  to: number,
  direction: -1 | 1,
): boolean {
  const shape = readTable(map)
  const all = axis === 'rows' ? shape?.rows : shape?.columns
  const neighbour = all?.[direction < 0 ? from - 1 : to + 1]
  const edge = all?.[direction < 0 ? to + 1 : from]
  if (!all || neighbour === undefined) return false
  const list = listOf(map, axis)
  for (let at = list.length - 1; at >= 0; at -= 1) if (list.get(at) === neighbour) list.delete(at, 1)
  const place = edge === undefined ? list.length : list.toArray().indexOf(edge)
  list.insert(place < 0 ? list.length : place, [neighbour])
  return true
}

/** Makes the first row, or column, a header, or text again. */
export function setHeader(map: Y.Map<unknown>, axis: Axis, on: boolean): void {
  setKey(map, axis === 'rows' ? 'headerRow' : 'headerCol', on ? true : null)
}

/** The width of a column in CSS pixels; null takes it off. */
export function setWidth(map: Y.Map<unknown>, column: string, width: number | null): void {
  const right = width === null ? null : Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width)))
  setKey(map, `w/${column}`, right)
}

/** The background of a cell; null takes it off. */
export function setBackground(
  map: Y.Map<unknown>,
  row: string,
  column: string,
  value: Background | null,
): void {
  setKey(map, `bg/${row}/${column}`, value)
}

/** The alignment of a cell; null takes it off. */
export function setAlignment(
  map: Y.Map<unknown>,
  row: string,
  column: string,
  value: Alignment | null,
): void {
  setKey(map, `al/${row}/${column}`, value)
}

function setKey(map: Y.Map<unknown>, key: string, value: string | number | true | null): void {
  if (value === null) {
    if (map.has(key)) map.delete(key)
  } else if (map.get(key) !== value) map.set(key, value)
}
