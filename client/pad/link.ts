/** Making, changing and removing links. */
import { TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { PadModel } from './model.ts'
import { linkAt } from './selection.ts'
import type { LinkRange } from './selection.ts'

/** Opens the link popover for the link at the selection, or for a new link there. */
export function openLinkEditor(model: PadModel): void {
  const state = model.editorState.value
  if (!state) return
  const { from, to } = state.selection
  model.linking.value = linkAt(state) ?? { from, to, href: '' }
}

/**
 * Puts a link on a range, or inserts `words` as a link when the range is empty. An empty `href` takes the link away.
 * Null when the schema has no links or the range no longer fits the text.
 */
export function setLink(
  state: EditorState,
  range: LinkRange,
  href: string,
  words: string,
): Transaction | null {
  const type = state.schema.marks['link']
  if (!type || range.from < 0 || range.to > state.doc.content.size) return null
  const { tr } = state
  if (href === '') return tr.removeMark(range.from, range.to, type)
  const mark = type.create({ value: href })
  if (range.from < range.to)
    return tr.removeMark(range.from, range.to, type).addMark(range.from, range.to, mark)
  const text = words.trim() === '' ? href : words.trim()
  const marks = state.doc.resolve(range.from).marks()
  tr.insert(range.from, state.schema.text(text, mark.addToSet(marks)))
  return tr.setSelection(TextSelection.create(tr.doc, range.from + text.length))
}
