/** What the line style picker shows and what counts as empty. Pure reading of the editor's state. */
import type { EditorState } from 'prosemirror-state'
import type { Formatting } from '../editor/commands/formatting.ts'

/** Names of line styles; what the style picker shows. */
export type LineStyle = 'text' | 'heading1' | 'heading2' | 'heading3' | 'blockquote' | 'codeblock'

/** The style the selected lines share; text where they differ. Smaller headings count as the third. */
export function lineStyle({ header, code, quote }: Formatting): LineStyle {
  if (header === 1) return 'heading1'
  if (header === 2) return 'heading2'
  if (header !== null) return 'heading3'
  if (code) return 'codeblock'
  return quote ? 'blockquote' : 'text'
}

/** Is there nothing in the text at all? */
export function isEmptyText(state: EditorState): boolean {
  const first = state.doc.firstChild
  if (!first) return true
  const plain = first.isTextblock && first.attrs['list'] === null && first.attrs['code-block'] === null
  return state.doc.childCount === 1 && plain && first.content.size === 0
}
