/** Who wrote what in the cells of a table; cells that did not change keep what was drawn (SPEC-tables TV1, SPEC-text T12). */
import type { Node } from 'prosemirror-model'
import type { DecorationSet } from 'prosemirror-view'
import { cellName } from '../../shared/text/table/model.ts'
import { equalSets, setOf } from './chunks/views.ts'
import { setOfChildren } from './row-decorations.ts'
import type { DecoratedRow } from './row-decorations.ts'

/** Draws the lines and blocks of the cell with this name, one after the other; each begins at a place of the cell. */
type DrawCell = (name: string) => (line: Node, pos: number) => DecoratedRow | undefined

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
  const cellOf = (row: Node, cell: Node): DecorationSet =>
    keptOr(cell, drawn, () => {
      const line = draw(cellName(id, String(row.attrs['id']), String(cell.attrs['id'])))
      return setOfChildren(cell, (block, pos) => {
        const found = line(block, pos)
        return found && { around: found.around, inside: setOf(found.within ?? [], []) }
      })
    })
  return setOfChildren(table, (row) => ({
    inside: keptOr(row, drawn, () => setOfChildren(row, (cell) => ({ inside: cellOf(row, cell) }))),
  }))
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
