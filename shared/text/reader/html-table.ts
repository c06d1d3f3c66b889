/** Tables of foreign HTML as values (SPEC-tables TB11). What is layout, not data, is none. */
import type { Content, Insert } from '../delta.ts'
import { normalise } from '../lines.ts'
import { MAX_CELLS, MAX_COLUMNS, MAX_ROWS, isAlignment, isBackground } from '../table/model.ts'
import type { TableCell, TableValue } from '../table/value.ts'
import { attributeOf, stylesOf, tagOf } from './source.ts'
import type { SourceNode } from './source.ts'

interface FoundRow {
  cells: SourceNode[]
  head: boolean
}

/** The value of a `table` element; null for layout: tables in tables, or nothing but rows of one cell. */
export function tableOf(table: SourceNode, read: (cell: SourceNode) => Content): TableValue | null {
  const rows: FoundRow[] = []
  if (!collect(table, false, rows) || rows.length > MAX_ROWS) return null
  if (!rows.some(({ cells }) => cells.length > 1)) return null
  const grid = gridOf(rows)
  const width = Math.max(...grid.map((row) => row.length))
  if (width > MAX_COLUMNS || width * grid.length > MAX_CELLS) return null
  const header = (node: SourceNode | null | undefined): boolean => !!node && tagOf(node) === 'th'
  const first = grid[0] ?? []
  const headerRow =
    rows[0]?.head === true || (first.length > 0 && first.every((cell) => !cell || header(cell)))
  const body = headerRow ? grid.slice(1) : grid
  return {
    columns: Array.from({ length: width }, () => ({})),
    rows: grid.map((row) => ({
      cells: Array.from({ length: width }, (_none, at) => {
        const cell = row[at]
        return cell ? cellOf(cell, read) : { content: [] }
      }),
    })),
    ...(headerRow ? { headerRow: true } : {}),
    ...(body.length > 0 && body.every((row) => header(row[0])) ? { headerColumn: true } : {}),
  }
}

/** Gathers the rows; false when a table stands in the table. */
function collect(node: SourceNode, head: boolean, rows: FoundRow[]): boolean {
  for (let at = 0; at < node.childNodes.length; at += 1) {
    const child = node.childNodes[at]
    const tag = child ? tagOf(child) : ''
    if (!child || tag === '') continue
    if (tag === 'tr') {
      const cells: SourceNode[] = []
      for (let index = 0; index < child.childNodes.length; index += 1) {
        const cell = child.childNodes[index]
        if (!cell || (tagOf(cell) !== 'td' && tagOf(cell) !== 'th')) continue
        if (hasTable(cell, 0)) return false
        cells.push(cell)
      }
      if (cells.length > 0) rows.push({ cells, head })
    } else if (tag === 'tbody' || tag === 'thead' || tag === 'tfoot') {
      if (!collect(child, tag === 'thead', rows)) return false
    }
  }
  return true
}

function hasTable(node: SourceNode, depth: number): boolean {
  if (depth > 50) return true
  for (let at = 0; at < node.childNodes.length; at += 1) {
    const child = node.childNodes[at]
    if (child && (tagOf(child) === 'table' || hasTable(child, depth + 1))) return true
  }
  return false
}

/** Cells in their columns; of one over several places the others stay empty. */
function gridOf(rows: readonly FoundRow[]): (SourceNode | null | undefined)[][] {
  const grid: (SourceNode | null | undefined)[][] = rows.map(() => [])
  for (const [at, { cells }] of rows.entries()) {
    let column = 0
    for (const cell of cells) {
      while (grid[at]?.[column] !== undefined) column += 1
      const wide = span(cell, 'colspan', MAX_COLUMNS)
      const high = span(cell, 'rowspan', rows.length - at)
      for (let down = 0; down < high; down += 1) {
        const row = grid[at + down]
        if (!row) break
        for (let place = column; place < column + wide && place <= MAX_COLUMNS; place += 1)
          row[place] = down === 0 && place === column ? cell : null
      }
      column += wide
    }
  }
  return grid
}

function span(cell: SourceNode, name: string, most: number): number {
  const said = Number(attributeOf(cell, name))
  return Number.isInteger(said) && said > 1 ? Math.min(said, most) : 1
}

function cellOf(cell: SourceNode, read: (cell: SourceNode) => Content): TableCell {
  const styles = stylesOf(cell)
  const background = attributeOf(cell, 'data-background')
  const said = /(?:^|\s)align-(left|center|right)(?:\s|$)/.exec(attributeOf(cell, 'class'))?.[1]
  const align = said ?? styles.get('text-align') ?? attributeOf(cell, 'align').toLowerCase()
  return {
    content: withoutEnd(normalise(read(cell))),
    ...(isBackground(background) ? { background } : {}),
    // Left is where words stand by themselves, and spreadsheets say it of every cell.
    ...(isAlignment(align) && align !== 'left' ? { align } : {}),
  }
}

/** Without the newline of a last line that has no format: a cell's last line needs none. */
function withoutEnd(content: Content): Insert[] {
  const last = content.at(-1)
  if (!last || typeof last.insert !== 'string' || !last.insert.endsWith('\n') || last.attributes)
    return [...content]
  const insert = last.insert.slice(0, -1)
  return insert === '' ? content.slice(0, -1) : [...content.slice(0, -1), { insert }]
}
