/** Copies an address that opens the pad at the cursor's line (SPEC-writing W7). */
import { anchorOf } from '../../pad/anchors.ts'
import { copyText } from '../../pad/take-text.ts'
import type { Bench } from '../../pad/writing.ts'

/** Copies it; a heading is named by its words, another line by its number. */
export function copyLink({ model }: Bench): void {
  const state = model.editorState.peek()
  if (!state) return
  const address = new URL(encodeURIComponent(model.boot.pad), location.href)
  address.hash = anchorOf(state.doc, state.selection.$from.index(0))
  void copyText(address.href)
}
