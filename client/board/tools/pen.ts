/** Pen and highlighter (SPEC-board B213, B241): see `ink.ts`, and `hold.ts` for the pen that is held still at its end. */
import type { Inside, State, Tool } from '../editor/inside.ts'
import type { Pointer, ToolId } from '../types.ts'
import { replaceByForm, watchHold } from './hold.ts'
import { beginInk } from './ink.ts'

export function penTool(editor: Inside, id: ToolId): Tool {
  return {
    cursor: 'crosshair',
    down(event) {
      return event.button === 0 ? drawing(editor, id, event) : null
    },
  }
}

function drawing(editor: Inside, tool: ToolId, first: Pointer): State {
  editor.undo.begin()
  const stroke = beginInk(editor, tool, first)
  const hold = tool === 'pen' ? watchHold(editor, stroke) : null
  return {
    move(event) {
      // A form stays as it was recognised.
      if (hold?.form) return
      stroke.add(event)
      hold?.moved(event)
    },
    up(event) {
      const form = hold?.form ?? null
      hold?.end()
      if (!form) stroke.add(event)
      const made = stroke.end()
      editor.undo.end()
      if (form) replaceByForm(editor, made, form)
    },
    cancel() {
      hold?.end()
      stroke.drop()
      editor.abandonStep()
    },
  }
}
