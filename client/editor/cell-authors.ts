/** Who wrote what in the cells of a table; cells that did not change keep what was drawn (SPEC-tables TV1, SPEC-text T12). */
import type { Node } from 'prosemirror-model'
import { DecorationSet } from 'prosemirror-view'
import type { Decoration } from 'prosemirror-view'
import { cellName } from '../../shared/text/table/model.ts'
import { equalSets, setOf } from './chunks/views.ts'

/** Draws the lines of the cell with this name, one after the other. */
type DrawCell = (name: string) => (line: Node) => readonly Decoration[]

/** What was drawn in rows and cells. */
export interface DrawnCells {
  now: WeakMap<Node, DecorationSet>
  /** What was drawn before all has to be read anew: what came out the same stays, so that the page need not compare it. */
  before: WeakMap<Node, DecorationSet> | undefined
}

/** Nothing drawn; `before` is what was. */
export function noCells(before?: DrawnCells): DrawnCells {
  return { now: new WeakMap(), before: before?.now }
}

/** The decorations in a table. */
export function cellAuthors(table: Node, drawn: DrawnCells, draw: DrawCell): DecorationSet {
  const id = String(table.attrs['id'])
  return nested(table, (row) =>
    keptOr(row, drawn, () =>
      nested(row, (cell) =>
        keptOr(cell, drawn, () => {
          const line = draw(cellName(id, String(row.attrs['id']), String(cell.attrs['id'])))
          return nested(cell, (block) => setOf(line(block), []))
        }),
      ),
    ),
  )
}

function keptOr(node: Node, { now, before }: DrawnCells, make: () => DecorationSet): DecorationSet {
  const known = now.get(node)
  if (known) return known
  const made = make()
  const old = before?.get(node)
  const set = old && equalSets(old, made) ? old : made
  now.set(node, set)
  return set
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
