/** Where the selection stands in a table. */
import type { Node, ResolvedPos } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'

/** A place of the table by rows and columns, from 0. */
export interface Spot {
  row: number
  column: number
}

/** A table and the cells of it that are selected, or that holds the cursor. */
export interface InTable {
  table: Node
  /** Where the table begins. */
  pos: number
  from: Spot
  to: Spot
}

/** Whether a place lies in a cell. */
export function isInCell($pos: ResolvedPos): boolean {
  return $pos.depth >= 3 && $pos.node(3).type.name === 'cell'
}

/** Where the selection is; null outside of tables and for one that goes over a table's edge. */
export function inTable(state: EditorState): InTable | null {
  const { $anchor, $head } = state.selection
  if (!isInCell($anchor) || !isInCell($head) || $anchor.before(1) !== $head.before(1)) return null
  const [a, b] = [spotOf($anchor), spotOf($head)]
  return {
    table: $head.node(1),
    pos: $head.before(1),
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  }
}

/** The spot of a place in a cell. */
export function spotOf($pos: ResolvedPos): Spot {
  return { row: $pos.index(1), column: $pos.index(2) }
}

/** Where a cell begins; undefined when the table has none there. */
export function cellStart(table: Node, pos: number, { row, column }: Spot): number | undefined {
  const line = table.maybeChild(row)
  if (!line?.maybeChild(column)) return undefined
  let at = pos + 1
  for (let index = 0; index < row; index += 1) at += table.child(index).nodeSize
  at += 1
  for (let index = 0; index < column; index += 1) at += line.child(index).nodeSize
  return at
}

/** The ids of rows or columns from one to another. */
export function idsBetween(table: Node, axis: 'rows' | 'cols', first: number, last: number): string[] {
  const nodes = axis === 'rows' ? table.children : (table.firstChild?.children ?? [])
  return nodes.slice(first, last + 1).map((node) => String(node.attrs['id']))
}
