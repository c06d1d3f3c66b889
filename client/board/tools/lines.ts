/**
 * Lines, arrows and connectors (SPEC-board B215): drawn from end to end, each end staying on the shape it is put on. A click
 * on a shape with the connector begins one that ends with the next click.
 */
import { newShapeId } from '../../../shared/board/ids.ts'
import { createShape } from '../../../shared/board/model/write.ts'
import { isDragged } from '../editor/inside.ts'
import type { Inside, State, Tool } from '../editor/inside.ts'
import { newPlace } from '../editor/making.ts'
import { beginStep } from '../editor/step.ts'
import { toolStyle } from '../editor/styles.ts'
import type { Pointer } from '../types.ts'
import { boundsBetween } from './select/marquee.ts'
import { clearEndMarks, endPlace } from './select/line-ends.ts'
import type { EndPlace } from './select/line-ends.ts'

export type LineTool = 'line' | 'arrow' | 'connector'

export function lineTool(editor: Inside, id: LineTool): Tool {
  /** Where a click put the first end. */
  let waiting: Pointer | null = null
  return {
    cursor: 'crosshair',
    down(event) {
      if (event.button !== 0) return null
      const begun = waiting
      waiting = null
      if (begun) return drawing(editor, id, begun, event)
      return {
        move: (to) => (isDragged(event, to) ? drawing(editor, id, event, to) : undefined),
        up() {
          waiting = event
        },
        cancel: () => clearEndMarks(editor),
      }
    },
    hover(event) {
      const { at } = endPlace(editor, event, waiting?.page ?? event.page, NONE)
      if (waiting) editor.marks.value = { ...editor.marks.value, guides: [{ from: waiting.page, to: at }] }
    },
    leave() {
      waiting = null
      clearEndMarks(editor)
    },
    rest: () => clearEndMarks(editor),
    cancel() {
      const was = waiting !== null
      waiting = null
      clearEndMarks(editor)
      return was
    },
  }
}

const NONE: ReadonlySet<string> = new Set()

function drawing(editor: Inside, id: LineTool, from: Pointer, first: Pointer): State {
  const { scene, random } = editor
  const made = newShapeId(random)
  const start = endPlace(editor, from, from.page, NONE)
  const except = new Set(start.binding ? [made, start.binding.shape] : [made])
  const step = beginStep(editor)
  const style = toolStyle(editor.nextStyle.value, id)
  const end = (event: Pointer): EndPlace => endPlace(editor, event, start.at, except)

  const pathTo = ({ at }: EndPlace): number[] => [start.at.x, start.at.y, at.x, at.y]
  step.write((board) => {
    const to = end(first)
    const { parent, order } = newPlace(scene, boundsBetween(start.at, to.at), random)
    createShape(board, {
      id: made,
      kind: 'line',
      order,
      path: pathTo(to),
      style,
      ...(parent === null ? {} : { parent }),
      ...(start.binding ? { from: start.binding } : {}),
      ...(to.binding ? { to: to.binding } : {}),
    })
  })
  const show = (event: Pointer): void => {
    const to = end(event)
    step.show(new Map([[made, { path: pathTo(to), to: to.binding }]]))
  }
  show(first)
  return {
    move: show,
    up(event) {
      show(event)
      step.done()
      clearEndMarks(editor)
      if (scene.shapes.has(made)) editor.used([made])
    },
    cancel() {
      step.abandon()
      clearEndMarks(editor)
    },
  }
}
