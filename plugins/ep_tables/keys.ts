/** Keys inside a table (SPEC-tables TE4, TE5): Tab and arrows between cells, Shift and arrows select cells. */
import { Selection, TextSelection } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { CellSelection, clearCells } from './cell-selection.ts'
import { cellStart, inTable, isInCell, spotOf } from './cells.ts'
import type { InTable, Spot } from './cells.ts'
import { goTo, wholeTable } from './commands.ts'
import type { TableCommands } from './commands.ts'

type Side = 'up' | 'down' | 'back' | 'on'

/** Takes a key when it means something in the table. */
export function tableKey(view: EditorView, event: KeyboardEvent, commands: TableCommands): boolean {
  const at = inTable(view.state)
  const { key, shiftKey, altKey } = event
  const mod = event.ctrlKey || event.metaKey
  if (!at || altKey || event.isComposing) return false
  if (key === 'Escape' && commands.more.peek()) {
    commands.endMore()
    return true
  }
  if (key === 'Tab' && !mod) return view.editable && tab(view, at, shiftKey ? -1 : 1, commands)
  if (mod && key.toLowerCase() === 'a' && !shiftKey) return selectMore(view, at)
  if (mod) return false
  const side = sideOf(key, view)
  if (side) return shiftKey ? extend(view, at, side) : leaveCell(view, at, side)
  if (key === 'Backspace' || key === 'Delete') return view.editable && erase(view, key)
  return false
}

function sideOf(key: string, view: EditorView): Side | null {
  if (key === 'ArrowUp') return 'up'
  if (key === 'ArrowDown') return 'down'
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null
  const rtl = getComputedStyle(view.dom).direction === 'rtl'
  return (key === 'ArrowRight') === rtl ? 'back' : 'on'
}

function tab(view: EditorView, at: InTable, by: -1 | 1, commands: TableCommands): boolean {
  const { row, column } = spotOf(view.state.selection.$head)
  const columns = at.table.child(row).childCount
  const next = row * columns + column + by
  if (next < 0) return true
  if (next >= columns * at.table.childCount) {
    commands.insert('rows', 'after')
    goTo(view, at.pos, { row: row + 1, column: 0 })
    return true
  }
  return goTo(view, at.pos, { row: Math.floor(next / columns), column: next % columns }, true)
}

function neighbour(spot: Spot, side: Side): Spot {
  const { row, column } = spot
  if (side === 'up') return { row: row - 1, column }
  if (side === 'down') return { row: row + 1, column }
  return { row, column: column + (side === 'on' ? 1 : -1) }
}

/** Whether the cursor is at the cell's edge on a side. */
function atEdge(view: EditorView, side: Side): boolean {
  const { $head } = view.state.selection
  const cell = $head.node(3)
  const index = $head.index(3)
  if (side === 'up' || side === 'back') {
    if (index > 0) return false
    return side === 'up' ? view.endOfTextblock('up') : $head.parentOffset === 0
  }
  if (index < cell.childCount - 1) return false
  return side === 'down' ? view.endOfTextblock('down') : $head.parentOffset === $head.parent.content.size
}

/** An arrow at a cell's edge goes to the next cell, or out of the table. */
function leaveCell(view: EditorView, at: InTable, side: Side): boolean {
  const { selection, tr } = view.state
  if (selection instanceof CellSelection) {
    view.dispatch(tr.setSelection(TextSelection.near(selection.$head)).scrollIntoView())
    return true
  }
  if (!selection.empty || !selection.$head.parent.isTextblock || !atEdge(view, side)) return false
  const spot = spotOf(selection.$head)
  let next = neighbour(spot, side)
  const columns = at.table.child(spot.row).childCount
  if (next.column < 0) next = { row: spot.row - 1, column: columns - 1 }
  if (next.column >= columns) next = { row: spot.row + 1, column: 0 }
  if (next.row < 0 || next.row >= at.table.childCount) return leaveTable(view, at, next.row < 0 ? -1 : 1)
  const start = cellStart(at.table, at.pos, next)
  const cell = start === undefined ? null : view.state.doc.nodeAt(start)
  if (start === undefined || !cell) return false
  const fromEnd = side === 'up' || side === 'back'
  const pos = fromEnd ? start + cell.nodeSize - 1 : start + 1
  view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(pos), fromEnd ? -1 : 1)).scrollIntoView())
  return true
}

/** Out of the table; where nothing follows, a line is made to write on. */
function leaveTable(view: EditorView, at: InTable, by: -1 | 1): boolean {
  const { tr, schema } = view.state
  const edge = by < 0 ? at.pos : at.pos + at.table.nodeSize
  const next = by < 0 ? tr.doc.resolve(edge).nodeBefore : tr.doc.resolve(edge).nodeAfter
  const line = schema.nodes['line']
  if (!next && line) {
    if (!view.editable) return false
    tr.insert(edge, line.create())
    tr.setSelection(TextSelection.create(tr.doc, edge + 1))
  } else tr.setSelection(Selection.near(tr.doc.resolve(edge), by))
  view.dispatch(tr.scrollIntoView())
  return true
}

/** Shift and an arrow at a cell's edge selects cells; with cells selected, one more or one less. */
function extend(view: EditorView, at: InTable, side: Side): boolean {
  const { selection, tr } = view.state
  const cells = selection instanceof CellSelection
  if (!cells && !atEdge(view, side)) return false
  const next = neighbour(spotOf(selection.$head), side)
  const start = cellStart(at.table, at.pos, next)
  if (start === undefined) return cells
  const anchor = cells ? selection.anchor : selection.$anchor.start(3)
  view.dispatch(
    tr.setSelection(new CellSelection(tr.doc.resolve(anchor), tr.doc.resolve(start + 1))).scrollIntoView(),
  )
  return true
}

/** First the words of the cell, then all cells, then the page's own way: the whole text. */
function selectMore(view: EditorView, at: InTable): boolean {
  const { selection, tr, doc } = view.state
  const whole = wholeTable(view.state, at)
  if (!whole || whole.eq(selection)) return false
  const { $head } = selection
  const [from, to] = [$head.start(3), $head.end(3)]
  const all = TextSelection.between(doc.resolve(from + 1), doc.resolve(to - 1))
  const next = selection instanceof CellSelection || all.eq(selection) || all.empty ? whole : all
  view.dispatch(tr.setSelection(next))
  return true
}

function erase(view: EditorView, key: string): boolean {
  const { selection, tr } = view.state
  if (selection instanceof CellSelection) {
    if (clearCells(tr, selection)) view.dispatch(tr)
    return true
  }
  if (!selection.empty || !isInCell(selection.$head)) return false
  const { $head } = selection
  const edge = atEdge(view, key === 'Backspace' ? 'back' : 'on')
  // At the cell's beginning the text's own keys still take formats off the line.
  return edge && (key === 'Delete' || isPlain($head.parent.attrs))
}

function isPlain(attrs: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(attrs).every(([name, value]) => name === 'open' || value === null || value === '')
}

/** The selection that covers whole cells or whole tables where one goes over their edges; null for one that is right. */
export function wholeSelection(state: EditorState): Selection | null {
  const { selection, doc } = state
  if (!(selection instanceof TextSelection) || selection.empty) return null
  const { $anchor, $head } = selection
  const [a, b] = [isInCell($anchor), isInCell($head)]
  if (!a && !b) return null
  if (a && b && $anchor.before(1) === $head.before(1))
    return $anchor.before(3) === $head.before(3) ? null : new CellSelection($anchor, $head)
  const forward = $anchor.pos < $head.pos
  const outside = (inside: boolean, $pos: typeof $head, before: boolean): typeof $head => {
    if (!inside) return $pos
    const edge = before ? $pos.before(1) : $pos.after(1)
    const near = Selection.near(doc.resolve(edge), before ? -1 : 1)
    return isInCell(near.$head) ? doc.resolve(edge) : near.$head
  }
  const anchor = outside(a, $anchor, forward)
  const head = outside(b, $head, !forward)
  return TextSelection.between(anchor, head)
}
