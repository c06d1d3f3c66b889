/** Enter, Backspace and Delete at the edges of lines (SPEC-text C10-C12; rules R5, R6). */
import { NodeSelection, TextSelection } from 'prosemirror-state'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import { changeLine, cursorLine } from './lines.ts'
import type { LineChanges, PlacedLine } from './lines.ts'
import { isCodeLine, listKind } from './line-formats.ts'

/** Formats a new line after or before does not take over. */
const NOT_CONTINUED: LineChanges = { header: null, start: null }

/**
 * A new line. An empty list item goes up a level and at last out of the list, an empty quoted or code line out of the
 * quote or code; after a heading comes plain text; a new task is not ticked.
 */
export const enter: Command = (state, dispatch) => {
  const { selection } = state
  if (selection instanceof NodeSelection && ['block', 'table'].includes(selection.node.type.name)) {
    return lineAfterBlock(state, selection, dispatch)
  }
  const { $from, $to, empty } = selection
  if ($from.parent.type.name !== 'line' || $to.parent.type.name !== 'line') return false
  const line = cursorLine(state)
  if (empty && line && line.node.content.size === 0) {
    const out = wayOut(line, true)
    if (out) return applied(state, dispatch, line, out)
  }
  if (dispatch) {
    const tr = state.tr
    if (!empty) tr.deleteSelection()
    dispatch(splitLine(tr).scrollIntoView())
  }
  return true
}

/** Splits the line at the (empty) selection of a transaction. */
function splitLine(tr: Transaction): Transaction {
  const { $from } = tr.selection
  const pos = $from.before()
  const line = $from.parent
  const atStart = $from.parentOffset === 0 && line.content.size > 0
  const atEnd = $from.parentOffset === line.content.size
  const marks = tr.storedMarks ?? $from.marks()
  tr.split($from.pos)
  const first = tr.doc.nodeAt(pos)
  if (!first) return tr
  const secondPos = pos + first.nodeSize
  const second = tr.doc.nodeAt(secondPos)
  if (!second) return tr
  const open = line.attrs['open'] === true
  if (open) tr.setNodeAttribute(pos, 'open', false)
  if (open && atEnd) tr.setNodeAttribute(secondPos, 'open', false)
  if (atStart) changeLine(tr, { node: first, pos }, { ...NOT_CONTINUED, ...unticked(first.attrs['list']) })
  else if (atEnd)
    changeLine(tr, { node: second, pos: secondPos }, { ...NOT_CONTINUED, ...unticked(second.attrs['list']) })
  else changeLine(tr, { node: second, pos: secondPos }, { start: null, ...unticked(second.attrs['list']) })
  if (atStart && typeof first.attrs['start'] === 'number') {
    changeLine(tr, { node: second, pos: secondPos }, { start: null })
    tr.setNodeAttribute(pos, 'start', first.attrs['start'])
  }
  // What is typed next looks like what was typed before, but never carries another's name or a comment.
  const kept = marks.filter((mark) => mark.type.spec.inclusive !== false)
  return tr.setStoredMarks(kept.length > 0 && atEnd && line.attrs['header'] === null ? kept : null)
}

function unticked(list: unknown): LineChanges {
  return list === 'checked' ? { list: 'unchecked' } : {}
}

function lineAfterBlock(
  state: EditorState,
  selection: NodeSelection,
  dispatch: ((tr: Transaction) => void) | undefined,
): boolean {
  const line = state.schema.nodes['line']
  if (!line) return false
  if (dispatch) {
    const tr = state.tr
    if (selection.node.attrs['open'] === true) tr.setNodeAttribute(selection.from, 'open', false)
    tr.insert(selection.to, line.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, selection.to + 1)).scrollIntoView())
  }
  return true
}

/** What to take off a line to leave its list, quote, code or indentation by one step; null when there is nothing. */
function wayOut({ node }: PlacedLine, byEnter: boolean): LineChanges | null {
  const indent = Number(node.attrs['indent'] ?? 0)
  if (isCodeLine(node)) return { 'code-block': null }
  if (listKind(node) !== null) {
    return indent > 0 ? { indent: indent > 1 ? indent - 1 : null } : { list: null, start: null }
  }
  if (node.attrs['blockquote'] === true) return { blockquote: null }
  if (indent > 0 && !byEnter) return { indent: indent > 1 ? indent - 1 : null }
  return null
}

function applied(
  state: EditorState,
  dispatch: ((tr: Transaction) => void) | undefined,
  line: PlacedLine,
  changes: LineChanges,
): true {
  if (dispatch) {
    const { tr } = state
    changeLine(tr, line, changes)
    dispatch(tr.scrollIntoView())
  }
  return true
}

/** Backspace at the beginning of a line: out of its list, quote, code or indentation; else joins the line before. */
export const backspaceAtStart: Command = (state, dispatch) => {
  const line = cursorLine(state)
  if (!line || !state.selection.empty || state.selection.$from.parentOffset > 0) return false
  const out = wayOut(line, false)
  if (out) return applied(state, dispatch, line, out)
  const before = state.doc.resolve(line.pos).nodeBefore
  if (!before) {
    return line.node.attrs['header'] === null ? false : applied(state, dispatch, line, { header: null })
  }
  return join(state, dispatch, { node: before, pos: line.pos - before.nodeSize }, line)
}

/** Delete at the end of a line joins the next one. */
export const deleteAtEnd: Command = (state, dispatch) => {
  const line = cursorLine(state)
  if (!line || !state.selection.empty) return false
  if (state.selection.$from.parentOffset < line.node.content.size) return false
  const nextPos = line.pos + line.node.nodeSize
  const next = state.doc.nodeAt(nextPos)
  return next ? join(state, dispatch, line, { node: next, pos: nextPos }) : false
}

/**
 * Joins two neighbours (R6). The joined line has the first one's formats, but an empty first line leaves no trace: the
 * second keeps its own. A block is not joined but selected, and an empty line beside it goes.
 */
function join(
  state: EditorState,
  dispatch: ((tr: Transaction) => void) | undefined,
  first: PlacedLine,
  second: PlacedLine,
): boolean {
  const { tr } = state
  const secondEnd = second.pos + second.node.nodeSize
  if (first.node.type.name !== 'line') {
    if (second.node.content.size === 0 && secondEnd < state.doc.content.size) tr.delete(second.pos, secondEnd)
    tr.setSelection(NodeSelection.create(tr.doc, first.pos))
  } else if (second.node.type.name !== 'line') {
    const empty = first.node.content.size === 0
    if (empty) tr.delete(first.pos, second.pos)
    tr.setSelection(NodeSelection.create(tr.doc, empty ? first.pos : second.pos))
  } else if (first.node.content.size === 0) {
    tr.delete(first.pos, second.pos)
    tr.setSelection(TextSelection.create(tr.doc, first.pos + 1))
  } else {
    tr.join(second.pos)
    if (second.node.attrs['open'] === true) tr.setNodeAttribute(first.pos, 'open', true)
  }
  if (dispatch) dispatch(tr.scrollIntoView())
  return true
}
