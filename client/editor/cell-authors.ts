/** Who wrote what in the cells of a table; rows that did not change keep what was drawn (SPEC-tables TV1, SPEC-text T12). */
import type { Node } from 'prosemirror-model'
import { DecorationSet } from 'prosemirror-view'
import type { Decoration } from 'prosemirror-view'
import { cellName } from '../../shared/text/table/model.ts'
import { setOf } from './chunks/views.ts'

/** Draws the lines of the cell with this name, one after the other. */
type DrawCell = (name: string) => (line: Node) => readonly Decoration[]

/** The decorations in a table; `drawn` keeps those of its rows. */
export function cellAuthors(table: Node, drawn: WeakMap<Node, DecorationSet>, draw: DrawCell): DecorationSet {
  return nested(table, (row) => {
    const known = drawn.get(row)
    if (known) return known
    const set = nested(row, (cell) => {
      const line = draw(
        cellName(String(table.attrs['id']), String(row.attrs['id']), String(cell.attrs['id'])),
      )
      return nested(cell, (block) => setOf(line(block), []))
    })
    drawn.set(row, set)
    return set
  })
}

/** A set of those of a node's children. */
function nested(node: Node, setFor: (child: Node) => DecorationSet): DecorationSet {
  const parts: (number | DecorationSet)[] = []
  node.forEach((child, at) => {
    const set = setFor(child)
    if (set !== DecorationSet.empty) parts.push(at, at + child.nodeSize, set)
  })
  return setOf([], parts)
}
