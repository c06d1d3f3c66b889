/** Numbers of ordered list lines, drawn as `data-number` on the line (SPEC-text T7). Only runs that changed are counted anew. */
import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Attributes } from '../../shared/text/delta.ts'
import { listCounter } from '../../shared/text/numbers.ts'
import { partsOf } from './chunks/views.ts'
import { firstFrom, replaceRows, setOfChildren } from './row-decorations.ts'
import type { DecoratedRow } from './row-decorations.ts'
import { changedRows } from './rows.ts'

const key = new PluginKey<DecorationSet>('list numbers')

/** A plugin that numbers ordered list lines. */
export function listNumbers(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, { doc }) =>
        replaceRows(DecorationSet.empty, { from: 0, to: 0, shift: 0 }, numbered(doc, 0, doc.childCount, 0)),
      apply: (tr, set) => (tr.docChanged ? renumber(set, tr.before, tr.doc) : set),
    },
    props: { decorations: (state) => key.getState(state) },
  })
}

/** The decorations of {@link listNumbers} in a state; their spec holds `number`. */
export function numbersOf(state: EditorState): DecorationSet {
  return key.getState(state) ?? DecorationSet.empty
}

function isListLine(node: Node | null | undefined): boolean {
  return node?.type.name === 'line' && node.attrs['list'] !== null
}

function renumber(set: DecorationSet, before: Node, doc: Node): DecorationSet {
  const { from, oldTo, newTo, pos, oldEnd, newEnd } = changedRows(before, doc)
  const shift = newEnd - oldEnd
  if (oldTo === newTo && sameLists(before, doc, from, newTo)) {
    const kept = keptNumbers(set, before, doc, from, newTo, pos)
    if (set === DecorationSet.empty && kept.length === 0) return set
    return replaceRows(set, { from: pos, to: oldEnd, shift }, kept)
  }
  const rows = doc.children
  let first = from
  let begin = pos
  while (first > 0 && isListLine(rows[first - 1])) begin -= rows[(first -= 1)]?.nodeSize ?? 0
  let end = newTo
  let endPos = newEnd
  while (isListLine(rows[end])) {
    endPos += rows[end]?.nodeSize ?? 0
    end += 1
  }
  return replaceRows(set, { from: begin, to: endPos - shift, shift }, numbered(doc, first, end, begin))
}

function numberedRow(pos: number, size: number, number: number): DecoratedRow & { around: Decoration } {
  return {
    pos,
    size,
    around: Decoration.node(pos, pos + size, { 'data-number': String(number) }, { number }),
  }
}

/** Numbers the rows from `first`, which begins at `pos`, to before `end`; `first` begins a list if it is in one. */
function numbered(doc: Node, first: number, end: number, pos: number): DecoratedRow[] {
  const rows = doc.children
  const counter = listCounter()
  const found: DecoratedRow[] = []
  for (let at = first; at < end; at += 1) {
    const row = rows[at]
    if (!row) break
    const number = counter.next(listAttributes(row))
    if (number !== undefined) found.push(numberedRow(pos, row.nodeSize, number))
    else found.push(...inTable(row, pos))
    pos += row.nodeSize
  }
  return found
}

/** Numbers in rows and cells of tables, which are counted by themselves; they depend on nothing else. */
const counted = new WeakMap<Node, DecorationSet>()

function inTable(row: Node, pos: number): DecoratedRow[] {
  if (row.type.name !== 'table') return []
  const inside = setOfChildren(row, (line) => ({
    inside: countedOnce(line, () =>
      setOfChildren(line, (cell) => ({ inside: countedOnce(cell, () => numbersIn(cell)) })),
    ),
  }))
  return inside === DecorationSet.empty ? [] : [{ pos, size: row.nodeSize, inside }]
}

function countedOnce(node: Node, count: () => DecorationSet): DecorationSet {
  let set = counted.get(node)
  if (!set) counted.set(node, (set = count()))
  return set
}

function numbersIn(cell: Node): DecorationSet {
  const rows = new Map(numbered(cell, 0, cell.childCount, 0).map((row) => [row.pos, row.around]))
  return rows.size === 0
    ? DecorationSet.empty
    : setOfChildren(cell, (_line, at) => ({ around: rows.get(at), inside: DecorationSet.empty }))
}

/** What counting needs of a row's attributes; nothing of one that is in no list. */
function listAttributes(row: Node): Attributes {
  if (!isListLine(row) || row.attrs['open'] === true) return {}
  const { list, indent, start } = row.attrs as Attributes
  return { list: list ?? null, indent: indent ?? null, start: start ?? null }
}

/** The numbers of rows that kept them, at the rows' places and sizes of now. */
function keptNumbers(
  set: DecorationSet,
  before: Node,
  doc: Node,
  first: number,
  end: number,
  pos: number,
): DecoratedRow[] {
  const { local } = partsOf(set)
  const kept: DecoratedRow[] = []
  let index = firstFrom(local.length, pos, (at) => local[at]?.from ?? 0)
  let oldPos = pos
  for (let at = first; at < end; at += 1) {
    const size = doc.child(at).nodeSize
    const old = local[index]
    if (old?.from === oldPos) {
      kept.push(numberedRow(pos, size, (old.spec as { number: number }).number))
      index += 1
    } else kept.push(...inTable(doc.child(at), pos))
    oldPos += before.child(at).nodeSize
    pos += size
  }
  return kept
}

/** Whether the rows between `first` and `end` of both are the same as far as counting goes. */
function sameLists(before: Node, doc: Node, first: number, end: number): boolean {
  for (let at = first; at < end; at += 1) {
    const a = before.child(at)
    const b = doc.child(at)
    if (a.type !== b.type || isListLine(a) !== isListLine(b)) return false
    if (isListLine(b) && ['list', 'indent', 'start', 'open'].some((name) => a.attrs[name] !== b.attrs[name]))
      return false
  }
  return true
}
