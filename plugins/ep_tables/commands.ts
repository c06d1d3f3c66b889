/** What people do to tables: each a step of its own to undo (SPEC-tables TE1 to TE3). */
import { TextSelection } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type * as Y from 'yjs'
import type { PadTables } from '../../shared/plugin.ts'
import {
  insertLines,
  moveLines,
  removeLines,
  setAlignment,
  setBackground,
  setHeader,
  setWidth,
} from '../../shared/text/table/edit.ts'
import type { Axis } from '../../shared/text/table/edit.ts'
import { MIN_WIDTH, readTable } from '../../shared/text/table/model.ts'
import type { Alignment, Background, TableShape } from '../../shared/text/table/model.ts'
import { CellSelection } from './cell-selection.ts'
import { cellStart, idsBetween, inTable } from './cells.ts'
import type { InTable, Spot } from './cells.ts'
import type { TableSelecting } from './select.ts'

/** Pixels by which a key makes a column wider, and what a column without a width is taken for. */
const STEP = 24
const USUAL = 144

export interface TableEdits {
  insert(axis: Axis, where: 'before' | 'after'): boolean
  remove(axis: Axis): boolean
  move(axis: Axis, direction: -1 | 1): boolean
  toggleHeader(axis: Axis): boolean
  /** Makes the selected columns wider (1) or narrower (-1). */
  widen(direction: -1 | 1): boolean
  /** Gives a column its width in CSS pixels; null takes it off. */
  width(table: InTable['table'], column: string, width: number | null): boolean
  background(value: Background | null): boolean
  align(value: Alignment | null): boolean
  deleteTable(): boolean
}

/** All that is done with the table one is in. */
export type TableCommands = TableEdits & TableSelecting

/** Changes of the table with the selection; each says whether there was anything to do. */
export function tableEdits(view: () => EditorView | null, tables: PadTables): TableEdits {
  function here(): { at: InTable; map: Y.Map<unknown>; shape: TableShape; view: EditorView } | null {
    const shown = view()
    const at = shown && inTable(shown.state)
    const map = at && tables.mapOf(at.table)
    const shape = readTable(map)
    return shown && at && map && shape ? { at, map, shape, view: shown } : null
  }

  /** First and last of the selected rows or columns. */
  const ends = (at: InTable, axis: Axis): [number, number] =>
    axis === 'rows' ? [at.from.row, at.to.row] : [at.from.column, at.to.column]

  function looks(set: (map: Y.Map<unknown>, row: string, column: string) => void): boolean {
    const found = here()
    if (!found) return false
    const { at, map } = found
    const columns = idsBetween(at.table, 'cols', at.from.column, at.to.column)
    return tables.edit(() => {
      for (const row of idsBetween(at.table, 'rows', at.from.row, at.to.row))
        for (const column of columns) set(map, row, column)
    })
  }

  return {
    insert(axis, where) {
      const found = here()
      if (!found) return false
      const [first, last] = ends(found.at, axis)
      const at = where === 'before' ? first : last + 1
      let made = 0
      const done = tables.edit(() => {
        made = insertLines(found.map, axis, at, last - first + 1).length
      })
      if (!done || made === 0) return false
      const { row, column } = found.at.from
      goTo(found.view, found.at.pos, axis === 'rows' ? { row: at, column } : { row, column: at })
      return true
    },
    remove(axis) {
      const found = here()
      if (!found) return false
      const { at, map, view: shown } = found
      const [first, last] = ends(at, axis)
      const ids = idsBetween(at.table, axis, first, last)
      const all = axis === 'rows' ? at.table.childCount : (at.table.firstChild?.childCount ?? 0)
      if (ids.length >= all) return this.deleteTable()
      const near = Math.min(first, all - ids.length - 1)
      const { row, column } = at.from
      const done = tables.edit(() => removeLines(map, axis, ids))
      if (done) goTo(shown, at.pos, axis === 'rows' ? { row: near, column } : { row, column: near })
      return done
    },
    move(axis, direction) {
      const found = here()
      if (!found) return false
      let moved = false
      const [first, last] = ends(found.at, axis)
      tables.edit(() => {
        moved = moveLines(found.map, axis, first, last, direction)
      })
      return moved
    },
    toggleHeader(axis) {
      const found = here()
      if (!found) return false
      const on = axis === 'rows' ? found.shape.headerRow : found.shape.headerColumn
      return tables.edit(() => setHeader(found.map, axis, !on))
    },
    widen(direction) {
      const found = here()
      if (!found) return false
      const { at, map, shape, view: shown } = found
      const columns = idsBetween(at.table, 'cols', at.from.column, at.to.column)
      return tables.edit(() => {
        for (const [index, column] of columns.entries()) {
          const now = shape.widths.get(column) ?? drawnWidth(shown, at, at.from.column + index) ?? USUAL
          setWidth(map, column, Math.max(MIN_WIDTH, now + direction * STEP))
        }
      })
    },
    width(table, column, width) {
      const map = tables.mapOf(table)
      return map ? tables.edit(() => setWidth(map, column, width)) : false
    },
    background: (value) => looks((map, row, column) => setBackground(map, row, column, value)),
    align: (value) => looks((map, row, column) => setAlignment(map, row, column, value)),
    deleteTable() {
      const shown = view()
      const at = shown && inTable(shown.state)
      if (!shown || !at || !shown.editable) return false
      const { tr, schema } = shown.state
      const end = at.pos + at.table.nodeSize
      const line = schema.nodes['line']
      if (line && tr.doc.childCount === 1) tr.replaceWith(at.pos, end, line.create())
      else tr.delete(at.pos, end)
      const near = Math.min(at.pos + 1, tr.doc.content.size)
      shown.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(near), 1)).scrollIntoView())
      return true
    },
  }
}

/** Puts the cursor at the end of what stands in a cell. */
export function goTo(view: EditorView, pos: number, spot: Spot, select = false): boolean {
  const table = view.state.doc.nodeAt(pos)
  const start = table?.type.name === 'table' ? cellStart(table, pos, spot) : undefined
  const cell = start === undefined ? null : view.state.doc.nodeAt(start)
  if (start === undefined || !cell) return false
  const { tr } = view.state
  const end = TextSelection.near(tr.doc.resolve(start + cell.nodeSize - 1), -1)
  const begin = TextSelection.near(tr.doc.resolve(start + 1), 1)
  const selection = select ? TextSelection.between(begin.$from, end.$to) : end
  view.dispatch(tr.setSelection(selection).scrollIntoView())
  return true
}

/** Selects the whole table. */
export function wholeTable(state: EditorState, at: InTable): CellSelection | null {
  const first = cellStart(at.table, at.pos, { row: 0, column: 0 })
  const last = cellStart(at.table, at.pos, {
    row: at.table.childCount - 1,
    column: (at.table.lastChild?.childCount ?? 1) - 1,
  })
  if (first === undefined || last === undefined) return null
  return new CellSelection(state.doc.resolve(first + 1), state.doc.resolve(last + 1))
}

function drawnWidth(view: EditorView, at: InTable, column: number): number | null {
  const start = cellStart(at.table, at.pos, { row: 0, column })
  const cell = start === undefined ? null : view.nodeDOM(start)
  return cell instanceof HTMLElement ? Math.round(cell.offsetWidth) : null
}
