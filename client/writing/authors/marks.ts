/** What tells who did what in the text, fetched when there is something to tell (SPEC-writing W11, W15). */
import { effect } from '@preact/signals'
import type { PadModel } from '../../pad/model.ts'
import { tickedPlugin } from '../tasks/ticked.ts'
import { authorTip } from './tip.ts'
// Brings the styles.
import '../words.ts'

/** Shows who ticked tasks, and who wrote what a pointer rests on, beginning with one that is there; the answer ends it. */
export function startMarks(model: PadModel, first: PointerEvent | undefined): () => void {
  const noTicks = model.parts.prosemirror.add('writing', tickedPlugin(model))
  let event = first
  const noTips = effect(() => {
    const view = model.editor.value?.view
    if (!view) return
    const off = authorTip(model, view, event)
    event = undefined
    return off
  })
  return () => {
    noTips()
    noTicks()
  }
}
