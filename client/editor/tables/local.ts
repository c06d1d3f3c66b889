/**
 * What a person did inside tables, as changes of the cells' texts (SPEC-tables TV3). Rows and columns are changed in Yjs
 * alone; a transaction that changed a table's rows or cells by itself is mended, so that nothing of it is lost or doubled.
 */
import { Fragment } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import type { Delta } from '../../../shared/text/delta.ts'
import { cellName } from '../../../shared/text/table/model.ts'
import type { Hunk } from '../binding/hunks.ts'
import { changeBetween } from '../binding/local.ts'
import type { Rules } from '../binding/local.ts'
import type { Region } from '../binding/blocks.ts'
import { replaceDocument } from '../binding/remote.ts'
import { changedRows } from '../rows.ts'
import { settleTable } from './settle.ts'

/** A change of one cell's text. */
export interface CellChange {
  name: string
  delta: Delta
  /** The length of the text that the old document shows. */
  textLength: number
}

interface Placed {
  node: Node
  start: number
}

/**
 * The changes of the cells between a document and the one of a transaction that the person's steps made; mends the latter
 * where it shows something else than the changed texts.
 */
export function cellChanges(
  before: Node,
  tr: Transaction,
  hunks: () => readonly Hunk[],
  rules: Rules,
): CellChange[] {
  const after = tr.doc
  const { from, oldTo, newTo, pos } = changedRows(before, after)
  const old = tablesBetween(before, from, oldTo, pos)
  const changes: CellChange[] = []
  for (const [embed, table] of [...tablesBetween(after, from, newTo, pos)].reverse()) {
    const known = old.get(embed)
    if (known && known.node !== table.node) changeTable(tr, known, table, hunks, rules, changes)
  }
  return changes
}

function tablesBetween(doc: Node, from: number, to: number, pos: number): Map<string, Placed> {
  const tables = new Map<string, Placed>()
  let start = pos
  for (let at = from; at < to; at += 1) {
    const node = doc.child(at)
    const embed = String(node.attrs['embed'])
    if (node.type.name === 'table' && !tables.has(embed)) tables.set(embed, { node, start })
    start += node.nodeSize
  }
  return tables
}

function changeTable(
  tr: Transaction,
  old: Placed,
  now: Placed,
  hunks: () => readonly Hunk[],
  rules: Rules,
  changes: CellChange[],
): void {
  const inOrder = sameOrder(old.node, now.node)
  const cells = placedCells(now, inOrder ? old.node : undefined)
  const repairs: { region: Region; blocks: readonly Node[] }[] = []
  for (const [key, cell] of placedCells(old, inOrder ? now.node : undefined)) {
    const other = cells.get(key)
    if (!other || other.node === cell.node) continue
    const change = changeBetween(cell, other, hunks, rules)
    if (change?.repair) repairs.push(change.repair)
    if (!change || change.delta.length === 0) continue
    const [row = '', column = ''] = key.split('/')
    const name = cellName(String(old.node.attrs['id']), row, column)
    changes.push({ name, delta: change.delta, textLength: change.textLength })
  }
  repairs.sort((a, b) => b.region.pos - a.region.pos)
  for (const { region, blocks } of repairs) replaceDocument(tr, region, blocks)
  if (inOrder) return
  const shown = tr.doc.nodeAt(now.start)
  if (shown) settleTable(tr, now.start, shown, inOrderOf(old.node, shown))
}

/**
 * The cells of a table and where their first blocks begin; with `other`, a version of the table with the same rows, only of
 * those that are not the same nodes in both.
 */
function placedCells({ node, start }: Placed, other?: Node): Map<string, Placed> {
  const cells = new Map<string, Placed>()
  const others = other?.children
  let at = start + 1
  for (const [index, row] of node.children.entries()) {
    if (row !== others?.[index]) placeCells(row, at, cells)
    at += row.nodeSize
  }
  return cells
}

function placeCells(row: Node, start: number, cells: Map<string, Placed>): void {
  let begin = start + 2
  for (const cell of row.children) {
    const key = `${String(row.attrs['id'])}/${String(cell.attrs['id'])}`
    if (!cells.has(key)) cells.set(key, { node: cell, start: begin })
    begin += cell.nodeSize
  }
}

/** Whether two tables have the same rows and cells, and these look the same. */
function sameOrder(a: Node, b: Node): boolean {
  return (
    a.childCount === b.childCount &&
    a.children.every((row, at) => {
      const other = b.child(at)
      if (row === other) return true
      return (
        row.attrs['id'] === other.attrs['id'] &&
        row.childCount === other.childCount &&
        row.children.every((cell, index) => cell.sameMarkup(other.child(index)))
      )
    })
  )
}

/** The old table with what stands in the cells that the new one still has. */
function inOrderOf(old: Node, now: Node): Node {
  const cells = placedCells({ node: now, start: 0 })
  const rows = old.children.map((row) =>
    row.copy(
      Fragment.from(
        row.children.map((cell) => {
          const kept = cells.get(`${String(row.attrs['id'])}/${String(cell.attrs['id'])}`)
          return kept ? cell.copy(kept.node.content) : cell
        }),
      ),
    ),
  )
  return now.type.create(now.attrs, rows)
}
