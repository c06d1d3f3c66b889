/** The laser pointer: a stroke that is never written. `together` sends it and lets it fade. */
import { newShapeId } from '../../../shared/board/ids.ts'
import { DEFAULT_STYLE } from '../../../shared/board/model/style.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import type { Inside, Tool } from '../editor/inside.ts'
import { toolStyle } from '../editor/styles.ts'

export function laserTool(editor: Inside): Tool {
  return {
    cursor: 'crosshair',
    down(first) {
      if (first.button !== 0) return null
      const id = newShapeId(editor.random)
      const values: number[] = [first.page.x, first.page.y, 0.5]
      const { zoom } = editor.camera.place.value
      const chosen = toolStyle(editor.nextStyle.value, 'laser')
      // As thick on every screen as here, whatever the zoom.
      const style: Style = { ...DEFAULT_STYLE, ...chosen, width: (chosen.width ?? 4) / zoom }
      const show = (): void => {
        editor.stroke.value = { id, points: { values, length: values.length }, hasPressure: false, style }
      }
      const end = (): void => {
        editor.stroke.value = null
      }
      show()
      return {
        move({ coalesced }) {
          for (let i = 0; i + 2 < coalesced.length; i += 3)
            values.push(coalesced[i] ?? 0, coalesced[i + 1] ?? 0, 0.5)
          show()
        },
        up: end,
        cancel: end,
      }
    },
  }
}
