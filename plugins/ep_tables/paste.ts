/** Cells pasted into cells, and text of spreadsheets (SPEC-tables TB12, TB13). */
import { Fragment, Slice } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { PadTables } from '../../shared/plugin.ts'
import type { Content } from '../../shared/text/delta.ts'
import { jsonObject, stableJson } from '../../shared/text/json.ts'
import { insertLines } from '../../shared/text/table/edit.ts'
import { cellText, readTable } from '../../shared/text/table/model.ts'
import { cellsOfText, tabbedTable } from '../../shared/text/table/text.ts'
import { tableOfEmbed } from '../../shared/text/table/value.ts'
import type { TableValue } from '../../shared/text/table/value.ts'
import { goTo } from './commands.ts'
import { inTable } from './cells.ts'
import type { InTable } from './cells.ts'

/** Text that has as many tabs in every line; null for other text, and for HTML, which says itself what it is. */
function ofText(event: ClipboardEvent): TableValue | null {
  const data = event.clipboardData
  if (!data || data.types.includes('text/html')) return null
  const rows = cellsOfText(data.getData('text/plain').replace(/\r\n?/g, '\n'))
  if (!rows) return null
  return {
    columns: (rows[0] ?? []).map(() => ({})),
    rows: rows.map((row) => ({
      cells: row.map((insert) => ({ content: insert === '' ? [] : [{ insert }] })),
    })),
  }
}

function valueIn(node: Node): TableValue | null {
  return node.type.name === 'block' ? tableOfEmbed(jsonObject(String(node.attrs['embed']))) : null
}

/** The table a slice is, when it is nothing else. */
function onlyTable(slice: Slice): TableValue | null {
  const nodes = slice.content.content.filter((node) => node.content.size > 0 || !node.isTextblock)
  const [only] = nodes
  return nodes.length === 1 && only ? valueIn(only) : null
}

/** Takes what is pasted; false: the text's own way. */
export function pasteCells(
  view: EditorView,
  event: ClipboardEvent,
  slice: Slice,
  tables: PadTables,
  insert: (value: TableValue) => boolean,
): boolean {
  const at = inTable(view.state)
  const text = ofText(event)
  if (!at) {
    // Alone it comes as the button's does: below the line, with a line behind it.
    const alone = text ?? (view.state.selection.empty ? onlyTable(slice) : null)
    return alone ? insert(alone) : false
  }
  const value = text ?? onlyTable(slice)
  if (value) return fill(view, at, value, tables)
  if (!slice.content.content.some((node) => valueIn(node))) return false
  // Tables among lines: in a cell there are lines only.
  const { schema } = view.state
  const nodes = slice.content.content.flatMap((node) => {
    const table = valueIn(node)
    if (!table) return [node]
    return tabbedTable(table)
      .split('\n')
      .map((row) => schema.node('line', null, row === '' ? [] : [schema.text(row)]))
  })
  view.dispatch(
    view.state.tr
      .replaceSelection(Slice.maxOpen(Fragment.from(nodes)))
      .setMeta('paste', true)
      .setMeta('uiEvent', 'paste')
      .scrollIntoView(),
  )
  return true
}

/** Puts cells into cells, from the first selected one on; rows and columns are made where they are missing. */
function fill(view: EditorView, at: InTable, value: TableValue, tables: PadTables): boolean {
  const map = tables.mapOf(at.table)
  const { doc } = map ?? {}
  if (!map || !doc) return false
  const { row, column } = at.from
  const done = tables.edit(() => {
    const before = readTable(map)
    if (!before) return
    const rows = row + value.rows.length - before.rows.length
    const columns = column + value.columns.length - before.columns.length
    if (rows > 0) insertLines(map, 'rows', before.rows.length, rows)
    if (columns > 0) insertLines(map, 'cols', before.columns.length, columns)
    const shape = readTable(map)
    for (const [down, { cells }] of value.rows.entries())
      for (const [across, { content }] of cells.entries()) {
        const [to, into] = [shape?.rows[row + down], shape?.columns[column + across]]
        if (!shape || to === undefined || into === undefined) continue
        write(cellText(doc, shape.id, to, into), content)
      }
  })
  if (done)
    goTo(view, at.pos, {
      row: row + value.rows.length - 1,
      column: column + value.columns.length - 1,
    })
  return done
}

function write(text: ReturnType<typeof cellText>, content: Content): void {
  if (text.length > 0) text.delete(0, text.length)
  const [only] = content
  if (!only) return
  if (content.length === 1 && typeof only.insert === 'string' && !only.attributes) text.insert(0, only.insert)
  else
    text.applyDelta(
      content.map(({ insert, attributes }) => ({
        insert,
        ...(attributes ? { attributes: { ...attributes } } : {}),
      })),
    )
}

/** Puts a table in below the line with the cursor, and the cursor into its first cell. */
export function insertTable(view: EditorView, value: TableValue): boolean {
  const { state } = view
  const { block, line } = state.schema.nodes
  if (!block || !line || !view.editable) return false
  const { $to } = state.selection
  const inside = inTable(state)
  const end = inside ? inside.pos + inside.table.nodeSize : $to.depth > 0 ? $to.after(1) : $to.pos
  const { tr } = state
  const current = $to.depth === 1 && !inside ? $to.parent : null
  // An empty line gives its place to the table.
  const empty =
    current?.content.size === 0 &&
    Object.keys(current.attrs).every((name) => name === 'open' || !current.attrs[name])
  const node = block.create({ embed: stableJson({ table: value }) })
  const from = empty ? $to.before(1) : end
  if (current && !empty && current.attrs['open'] === true) tr.setNodeAttribute($to.before(1), 'open', false)
  const last = end >= tr.doc.content.size
  tr.replaceWith(from, end, last ? [node, line.create()] : [node])
  view.dispatch(tr.setMeta('uiEvent', 'insert'))
  const made = view.state.doc.nodeAt(from)
  if (made?.type.name === 'table') return goTo(view, from, { row: 0, column: 0 })
  view.dispatch(
    view.state.tr.setSelection(
      TextSelection.near(view.state.doc.resolve(Math.min(from + 1, view.state.doc.content.size))),
    ),
  )
  return true
}
