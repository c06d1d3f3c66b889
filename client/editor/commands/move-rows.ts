/** Rows carried to another place of the text (SPEC-writing W6), with who wrote them as far as it is known. */
import { Fragment } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { KEEP_AUTHORS } from '../own-text.ts'

/** The author of the characters of a line from one offset on, and how many of them are theirs; undefined: unknown, or one's own. */
export type WrittenBy = (row: number, offset: number) => { author: string | undefined; length: number }

/**
 * Rows `first` to before `end` to the gap before row `to`. Text of others is put down as theirs. Null when they stand
 * there already, or when a table is among them: what is in its cells cannot be put in anew.
 */
export function moveRows(
  state: EditorState,
  [first, end]: readonly [number, number],
  to: number,
  writtenBy?: WrittenBy,
): Transaction | null {
  const { doc, tr } = state
  if (first < 0 || end > doc.childCount || first >= end || to < 0 || to > doc.childCount) return null
  if (to >= first && to <= end) return null
  const rows = doc.children.slice(first, end)
  if (rows.some(({ type }) => type.name !== 'line' && type.name !== 'block')) return null
  const moved = rows.map((row, index) => closed(writtenBy ? withAuthors(row, first + index, writtenBy) : row))
  const from = startOf(doc, first)
  const until = startOf(doc, end)
  const target = startOf(doc, to)
  const last = doc.lastChild
  if (to === doc.childCount && last?.attrs['open'] === true)
    tr.setNodeAttribute(doc.content.size - last.nodeSize, 'open', false)
  const { anchor, head } = state.selection
  tr.insert(target, Fragment.from(moved))
  tr.delete(tr.mapping.map(from, 1), tr.mapping.map(until, -1))
  const by = tr.mapping.map(target, -1) - from
  if (anchor > from && head > from && anchor < until && head < until)
    tr.setSelection(TextSelection.between(tr.doc.resolve(anchor + by), tr.doc.resolve(head + by)))
  else {
    const start = from + by
    tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(start + 1, tr.doc.content.size))))
  }
  return tr.setMeta(KEEP_AUTHORS, true)
}

/** Where a row of a document begins; its end for the index after the last. */
export function startOf(doc: Node, row: number): number {
  let pos = 0
  for (let index = 0; index < Math.min(row, doc.childCount); index += 1) pos += doc.child(index).nodeSize
  return pos
}

/** The row with its newline; open rows are only right where they are. */
function closed(row: Node): Node {
  return row.attrs['open'] === true ? row.type.create({ ...row.attrs, open: false }, row.content) : row
}

function withAuthors(row: Node, index: number, writtenBy: WrittenBy): Node {
  const type = row.type.schema.marks['author']
  if (!type || !row.isTextblock) return row
  const parts: Node[] = []
  let at = 0
  for (const node of row.children) {
    const known = type.isInSet(node.marks) !== undefined
    for (let offset = 0; offset < node.nodeSize;) {
      const { author, length } = writtenBy(index, at + offset)
      const size = Math.max(1, Math.min(length, node.nodeSize - offset))
      const piece = node.isText ? node.cut(offset, offset + size) : node
      parts.push(
        known || author === undefined
          ? piece
          : piece.mark(type.create({ value: author }).addToSet(piece.marks)),
      )
      offset += size
    }
    at += node.nodeSize
  }
  return row.type.create(row.attrs, Fragment.from(parts))
}
