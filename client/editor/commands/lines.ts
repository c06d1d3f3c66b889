/** What all line commands share: which lines a selection touches, and the one way to change a line's formats. */
import type { Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { FormatValue } from '../../../shared/text/delta.ts'
import { bagFrom, bagOf, OTHER } from '../schema.ts'

/** A line and where it begins (the position before the node). */
export interface PlacedLine {
  node: Node
  pos: number
}

/** Changes of line formats by name; null removes. */
export type LineChanges = Readonly<Record<string, FormatValue>>

/**
 * The `line` nodes a selection touches, in order. A selection that ends at the very beginning of a line does not touch it.
 */
export function selectedLines(state: EditorState): PlacedLine[] {
  const { empty } = state.selection
  const lines: PlacedLine[] = []
  // Selected cells are a range each.
  for (const { $from, $to } of state.selection.ranges) {
    const to = $to.pos
    state.doc.nodesBetween($from.pos, to, (node, pos) => {
      if (node.type.name === 'line' && (empty || lines.length === 0 || to > pos + 1))
        lines.push({ node, pos })
      return !node.isTextblock
    })
  }
  return lines
}

/** The line the cursor is in; null for a selection over several lines or of a block. */
export function cursorLine(state: EditorState): PlacedLine | null {
  const { $from, $to } = state.selection
  return $from.parent.type.name === 'line' && $from.sameParent($to)
    ? { node: $from.parent, pos: $from.before() }
    : null
}

/** Writes only what changes (R7). A line that gets a format gets its newline too (T5). */
export function changeLine(tr: Transaction, { node, pos }: PlacedLine, changes: LineChanges): void {
  let changed = false
  for (const [name, value] of Object.entries(changes)) {
    if (!(name in node.attrs) || node.attrs[name] === value) continue
    tr.setNodeAttribute(pos, name, value)
    changed = true
  }
  const other = bagOf(node.attrs[OTHER])
  const kept = bagFrom(Object.fromEntries(Object.entries(other).filter(([name]) => !(name in changes))))
  if (kept !== node.attrs[OTHER]) {
    tr.setNodeAttribute(pos, OTHER, kept)
    changed = true
  }
  if (changed && node.attrs['open'] === true) tr.setNodeAttribute(pos, 'open', false)
}

/** Whether a change would change anything on the line. */
export function wouldChange(node: Node, changes: LineChanges): boolean {
  const other = bagOf(node.attrs[OTHER])
  return Object.entries(changes).some(
    ([name, value]) => name in node.attrs && (node.attrs[name] !== value || name in other),
  )
}

/** A command's end: applies the changes to all lines that need them; false when none does. */
export function changeLines(
  state: EditorState,
  dispatch: ((tr: Transaction) => void) | undefined,
  lines: readonly PlacedLine[],
  changesFor: (node: Node) => LineChanges,
): boolean {
  const concerned = lines.filter(({ node }) => wouldChange(node, changesFor(node)))
  if (concerned.length === 0) return false
  if (dispatch) {
    const { tr } = state
    for (const line of concerned) changeLine(tr, line, changesFor(line.node))
    dispatch(tr.scrollIntoView())
  }
  return true
}
