/** The lasso (SPEC-board B206): selects what lies in it as a whole. */
import { boundsOfPoints } from '../../../shared/board/geometry/bounds.ts'
import { lassoHolds } from '../../../shared/board/geometry/hit.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Inside, Tool } from '../editor/inside.ts'
import { isLocked } from '../editor/selecting.ts'
import type { Point } from '../types.ts'
import { wholes } from './select/marquee.ts'

/** Points of a lasso; a longer one forgets every other point. */
const MOST = 600

export function lassoTool(editor: Inside): Tool {
  const { scene } = editor
  return {
    cursor: 'crosshair',
    down(first) {
      if (first.button !== 0) return null
      const before = first.shift ? new Set(editor.selection.value) : new Set<string>()
      let points: Point[] = [first.page]
      editor.select(before)
      const clear = (): void => {
        editor.marks.value = { ...editor.marks.value, lasso: null }
      }
      return {
        move({ page, coalesced }) {
          for (let i = 0; i + 2 < coalesced.length; i += 3)
            points.push({ x: coalesced[i] ?? page.x, y: coalesced[i + 1] ?? page.y })
          if (points.length > MOST) points = points.filter((_, i) => i % 2 === 0)
          editor.marks.value = { ...editor.marks.value, lasso: [...points] }
        },
        up() {
          const polygon = points.flatMap(({ x, y }) => [x, y])
          const lookup = (id: string): Shape | undefined => scene.shapes.get(id)
          const isIn = (shape: Shape): boolean => lassoHolds(polygon, shape, lookup)
          clear()
          if (points.length < 3) return
          const held = scene
            .within(boundsOfPoints(polygon))
            .filter((shape) => !isLocked(scene, shape.id) && isIn(shape))
          editor.select([...before, ...wholes(editor, held, isIn, false)])
          if (editor.selection.value.size > 0) editor.setTool('select')
        },
        cancel: clear,
      }
    },
  }
}
