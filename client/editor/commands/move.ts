/** Whole lines: double, delete, move up and down (SPEC-text C13). */
import { Fragment } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import { Selection, TextSelection } from 'prosemirror-state'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import { KEEP_AUTHORS } from '../own-text.ts'

interface Rows {
  /** The document, or a cell. */
  within: Node
  first: number
  last: number
  from: number
  to: number
  nodes: Node[]
}

/** The lines and blocks a selection touches, as indexes and positions; in a table those of the one cell it is in. */
function selectedRows(state: EditorState): Rows {
  const { $from, $to, empty } = state.selection
  const depth = Math.max(0, $from.sharedDepth($to.pos) - ($from.sameParent($to) && $from.depth > 0 ? 1 : 0))
  const level = $from.node(depth).type.name === 'cell' ? depth : 0
  const within = $from.node(level)
  const first = $from.index(level)
  let last = $to.depth === level && !empty && $to.pos > $from.pos ? $to.index(level) - 1 : $to.index(level)
  if (!empty && last > first && $to.depth === level + 1 && $to.parentOffset === 0) last -= 1
  last = Math.min(Math.max(first, last), within.childCount - 1)
  let from = level === 0 ? 0 : $from.start(level)
  for (let at = 0; at < first; at += 1) from += within.child(at).nodeSize
  const nodes: Node[] = []
  let to = from
  for (let at = first; at <= last; at += 1) {
    const node = within.child(at)
    nodes.push(node)
    to += node.nodeSize
  }
  return { within, first, last, from, to, nodes }
}

/** The row with its newline; open rows are only right where they are. */
function closed(node: Node): Node {
  return node.attrs['open'] === true ? node.type.create({ ...node.attrs, open: false }, node.content) : node
}

/** Puts a copy of the selected lines below them; the selection goes to the copy. The copy is this person's text. */
export const duplicateLines: Command = (state, dispatch) => {
  if (dispatch) {
    const { from, to, nodes } = selectedRows(state)
    const { tr } = state
    const last = nodes.at(-1)
    if (last?.attrs['open'] === true) tr.setNodeAttribute(to - last.nodeSize, 'open', false)
    tr.insert(to, Fragment.from(nodes.map(closed)))
    const { anchor, head } = state.selection
    if (state.selection instanceof TextSelection) {
      const by = to - from
      tr.setSelection(TextSelection.create(tr.doc, anchor + by, head + by))
    }
    dispatch(tr.scrollIntoView())
  }
  return true
}

/** Deletes the selected lines; the last line of a text becomes empty and plain. */
export const deleteLines: Command = (state, dispatch) => {
  if (dispatch) {
    const { within, first, last, from, to } = selectedRows(state)
    const { tr } = state
    const all = first === 0 && last === within.childCount - 1
    const line = state.schema.nodes['line']
    if (all && line) tr.replaceWith(from, to, line.create())
    else tr.delete(from, to)
    const at = Math.min(from + 1, tr.doc.content.size)
    dispatch(
      tr
        .setSelection(Selection.near(tr.doc.resolve(at), from >= tr.doc.content.size ? -1 : 1))
        .scrollIntoView(),
    )
  }
  return true
}

/** Moves lines themselves over a neighbour. */
function carry(
  state: EditorState,
  dispatch: ((tr: Transaction) => void) | undefined,
  { from, to, nodes }: Pick<Rows, 'from' | 'to' | 'nodes'>,
  other: Node,
  direction: -1 | 1,
): boolean {
  if (nodes.some((node) => node.type.name === 'table')) return false
  if (dispatch) {
    const { tr } = state
    const by = direction * other.nodeSize
    tr.delete(from, to).insert(from + by, nodes.map(closed))
    const { anchor, head } = state.selection
    if (state.selection instanceof TextSelection)
      tr.setSelection(TextSelection.create(tr.doc, anchor + by, head + by))
    dispatch(tr.setMeta(KEEP_AUTHORS, true).scrollIntoView())
  }
  return true
}

/**
 * Moves the selected lines over the neighbour above (-1) or below (1). It is the neighbour that moves, so that the
 * selected text, where people are writing, stays what it is.
 */
export function moveLines(direction: -1 | 1): Command {
  return (state, dispatch) => {
    const { within, first, last, from, to, nodes } = selectedRows(state)
    const other = within.maybeChild(direction < 0 ? first - 1 : last + 1)
    if (!other) return false
    // A table cannot be put in again as the same one: past a table the lines move.
    if (other.type.name === 'table') return carry(state, dispatch, { from, to, nodes }, other, direction)
    if (dispatch) {
      const { tr } = state
      const end = nodes.at(-1)
      if (end?.attrs['open'] === true) tr.setNodeAttribute(to - end.nodeSize, 'open', false)
      if (direction < 0) {
        tr.insert(to, closed(other))
        tr.delete(from - other.nodeSize, from)
      } else {
        tr.delete(to, to + other.nodeSize)
        tr.insert(from, closed(other))
      }
      dispatch(tr.setMeta(KEEP_AUTHORS, true).scrollIntoView())
    }
    return true
  }
}
