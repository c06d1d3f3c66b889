/** Puts what a file holds into the text, as one edit of the person's that one undo takes back (SPEC-formats F73). */
import type { EditorState, Transaction } from 'prosemirror-state'
import type { Content } from '../../shared/text/delta.ts'
import { nodesOf } from '../editor/content.ts'
import { lineAttributes } from '../editor/schema.ts'

/** The transaction that replaces everything, or goes on behind it. */
export function withContent(state: EditorState, content: Content, mode: 'replace' | 'append'): Transaction {
  const { tr, schema, doc } = state
  const nodes = nodesOf(schema, content)
  if (mode === 'replace' || isBlank(state)) return tr.replaceWith(0, doc.content.size, nodes)
  const end = doc.content.size
  const last = doc.lastChild
  const empty = last !== null && last.isTextblock && last.content.size === 0
  // The empty line at the end makes room, unless it is something.
  const from =
    last !== null && empty && Object.keys(lineAttributes(last)).length === 0 ? end - last.nodeSize : end
  if (from === end && last?.isTextblock === true && last.attrs['open'] === true)
    tr.setNodeMarkup(end - last.nodeSize, null, { ...last.attrs, open: false })
  return tr.replaceWith(from, end, nodes)
}

/** Nothing is written yet. */
export function isBlank({ doc }: EditorState): boolean {
  return doc.childCount <= 1 && doc.textContent === '' && doc.firstChild?.isTextblock !== false
}
