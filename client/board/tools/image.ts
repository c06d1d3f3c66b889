/** Pictures: a click asks which, and they come to that place. */
import type { Inside, Tool } from '../editor/inside.ts'

export function imageTool(editor: Inside): Tool {
  return {
    cursor: 'copy',
    down(event) {
      if (event.button !== 0) return null
      return {
        move() {},
        up({ page }) {
          editor.hooks.pickImages?.(page)
          editor.used()
        },
        cancel() {},
      }
    },
  }
}
