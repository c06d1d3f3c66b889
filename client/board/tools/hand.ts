/** The hand: moves the view, changes nothing. */
import type { Inside, Tool } from '../editor/inside.ts'

export function handTool(editor: Inside): Tool {
  return {
    cursor: 'grab',
    down(event) {
      if (event.button === 2) {
        editor.hooks.menu?.(event.screen)
        return null
      }
      let last = event.screen
      editor.cursor.value = 'grabbing'
      const end = (): void => {
        editor.cursor.value = 'grab'
      }
      return {
        move({ screen }) {
          editor.camera.pan(last.x - screen.x, last.y - screen.y)
          last = screen
        },
        up: end,
        cancel: end,
      }
    },
  }
}
