/** Pen and highlighter (SPEC-board B213): see `ink.ts`; a pen that is held still at its end draws forms (`hold.ts`). */
import type { Inside, State, Tool } from '../editor/inside.ts'
import type { Pointer, ToolId } from '../types.ts'
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
  return {
    move(event) {
      stroke.add(event)
    },
    up(event) {
      stroke.add(event)
      stroke.end()
      editor.undo.end()
    },
    cancel() {
      stroke.drop()
      editor.undo.abandon()
    },
  }
}
