/** A selection of whole cells: a rectangle between two of them (SPEC-tables TE4). */
import { Fragment, Slice } from 'prosemirror-model'
import type { Node, ResolvedPos } from 'prosemirror-model'
import { Selection, SelectionRange, TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { Mappable } from 'prosemirror-transform'
import { cellStart, isInCell, spotOf } from './cells.ts'

export class CellSelection extends Selection {
  /** Between two places in cells of one table. */
  constructor($anchor: ResolvedPos, $head: ResolvedPos) {
    super($anchor, $head, rangesBetween($anchor, $head))
  }

  /** The selection between two places; one of text when they are not in cells of one table. */
  static between(doc: Node, anchor: number, head: number): Selection {
    const [$anchor, $head] = [doc.resolve(anchor), doc.resolve(head)]
    return isInCell($anchor) && isInCell($head) && $anchor.before(1) === $head.before(1)
      ? new CellSelection($anchor, $head)
      : TextSelection.between($anchor, $head)
  }

  override map(doc: Node, mapping: Mappable): Selection {
    return CellSelection.between(doc, mapping.map(this.anchor), mapping.map(this.head))
  }

  override eq(other: Selection): boolean {
    return other instanceof CellSelection && other.anchor === this.anchor && other.head === this.head
  }

  /** The cells as a table of their own. */
  override content(): Slice {
    const { table, from, to } = rectangle(this.$anchor, this.$head)
    const rows = table.children
      .slice(from.row, to.row + 1)
      .map((row) => row.copy(Fragment.from(row.children.slice(from.column, to.column + 1))))
    return new Slice(Fragment.from(table.copy(Fragment.from(rows))), 0, 0)
  }

  /** Deleting cells empties them. */
  override replace(tr: Transaction, content?: Slice): void {
    clearCells(tr, this)
    const first = this.ranges[0]
    if (first && content && content.size > 0) {
      const at = tr.mapping.map(first.$from.pos + 1)
      tr.setSelection(TextSelection.near(tr.doc.resolve(at)))
      tr.selection.replace(tr, content)
    }
  }

  override replaceWith(tr: Transaction, node: Node): void {
    this.replace(tr, new Slice(Fragment.from(node), 0, 0))
  }

  override toJSON(): { type: string; anchor: number; head: number } {
    return { type: 'cells', anchor: this.anchor, head: this.head }
  }
}

CellSelection.prototype.visible = false

function rectangle($anchor: ResolvedPos, $head: ResolvedPos) {
  const [a, b] = [spotOf($anchor), spotOf($head)]
  return {
    table: $head.node(1),
    pos: $head.before(1),
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  }
}

/** What stands in each cell, row by row. */
function rangesBetween($anchor: ResolvedPos, $head: ResolvedPos): SelectionRange[] {
  const { table, pos, from, to } = rectangle($anchor, $head)
  const doc = $head.node(0)
  const ranges: SelectionRange[] = []
  for (let row = from.row; row <= to.row; row += 1)
    for (let column = from.column; column <= to.column; column += 1) {
      const start = cellStart(table, pos, { row, column })
      const cell = table.maybeChild(row)?.maybeChild(column)
      if (start === undefined || !cell) continue
      ranges.push(new SelectionRange(doc.resolve(start + 1), doc.resolve(start + cell.nodeSize - 1)))
    }
  return ranges
}

/** The places of the selected cells. */
export function selectedCells(state: EditorState): { from: number; to: number }[] {
  const { selection } = state
  if (!(selection instanceof CellSelection)) return []
  return selection.ranges.map(({ $from, $to }) => ({ from: $from.pos - 1, to: $to.pos + 1 }))
}

/** Empties the selected cells; the first one's place keeps the cursor. */
export function clearCells(tr: Transaction, selection: CellSelection): boolean {
  const line = tr.doc.type.schema.nodes['line']
  if (!line) return false
  const before = tr.steps.length
  for (const { $from, $to } of [...selection.ranges].reverse()) {
    const cell = $from.node(3)
    if (cell.childCount === 1 && cell.firstChild?.content.size === 0) continue
    tr.replaceWith(tr.mapping.map($from.pos), tr.mapping.map($to.pos), line.create({ open: true }))
  }
  return tr.steps.length > before
}
