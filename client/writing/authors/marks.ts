/** What tells who did what in the text, put into the editor when there is something to tell (SPEC-writing W11, W15). */
import type { EditorView } from 'prosemirror-view'
import type { PadModel } from '../../pad/model.ts'
import { tickedPlugin } from '../tasks/ticked.ts'
import { authorTip } from './tip.ts'
// Brings the styles.
import '../words.ts'

/** Shows who ticked tasks; the answer ends it. */
export function showTicks(model: PadModel): () => void {
  return model.parts.prosemirror.add('writing', tickedPlugin(model))
}

/** Shows who wrote what a pointer rests on, beginning with this event; the answer ends it. */
export function showAuthors(model: PadModel, view: EditorView, first: PointerEvent): () => void {
  return authorTip(model, view, first)
}
