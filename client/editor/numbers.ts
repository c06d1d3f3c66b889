/** Numbers of ordered list lines, drawn as `data-number` on the line (SPEC-text T7). Only runs that changed are counted anew. */
import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Attributes } from '../../shared/text/delta.ts'
import { listCounter } from '../../shared/text/numbers.ts'
import { partsOf, setOf } from './chunks/views.ts'
import { firstFrom, replaceRows } from './row-decorations.ts'
import type { DecoratedRow } from './row-decorations.ts'
import { changedRows } from './rows.ts'

const key = new PluginKey<DecorationSet>('list numbers')

/** A plugin that numbers ordered list lines. */
export function listNumbers(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, { doc }) =>
        setOf(
          numbered(doc, 0, doc.childCount, 0).map(({ around }) => around),
          [],
        ),
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
    if (set === DecorationSet.empty) return set
    const kept = keptNumbers(set, before, doc, from, newTo, pos)
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

type NumberedRow = DecoratedRow & { around: Decoration }

function numberedRow(pos: number, size: number, number: number): NumberedRow {
  return {
    pos,
    size,
    around: Decoration.node(pos, pos + size, { 'data-number': String(number) }, { number }),
  }
}

/** Numbers the rows from `first`, which begins at `pos`, to before `end`; `first` begins a list if it is in one. */
function numbered(doc: Node, first: number, end: number, pos: number): NumberedRow[] {
  const rows = doc.children
  const counter = listCounter()
  const found: NumberedRow[] = []
  for (let at = first; at < end; at += 1) {
    const row = rows[at]
    if (!row) break
    const number = counter.next(listAttributes(row))
    if (number !== undefined) found.push(numberedRow(pos, row.nodeSize, number))
    pos += row.nodeSize
  }
  return found
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
): NumberedRow[] {
  const { local } = partsOf(set)
  const kept: NumberedRow[] = []
  let index = firstFrom(local.length, pos, (at) => local[at]?.from ?? 0)
  let oldPos = pos
  for (let at = first; at < end; at += 1) {
    const size = doc.child(at).nodeSize
    const old = local[index]
    if (old?.from === oldPos) {
      kept.push(numberedRow(pos, size, (old.spec as { number: number }).number))
      index += 1
    }
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
