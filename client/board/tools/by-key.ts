/** Shapes without a pointer (SPEC-board B222): Enter puts what the tool makes into the middle of the view. */
import { newShapeId } from '../../../shared/board/ids.ts'
import { createShape } from '../../../shared/board/model/write.ts'
import type { Inside } from '../editor/inside.ts'
import { newPlace } from '../editor/making.ts'
import { toolStyle } from '../editor/styles.ts'
import type { ToolId } from '../types.ts'
import { BOX_TOOLS, place, sizeScale } from './boxes.ts'
import type { BoxTool } from './boxes.ts'

/** Page units a line is long at 100 %. */
const LENGTH = 200

const isBoxTool = (tool: ToolId): tool is BoxTool => Object.hasOwn(BOX_TOOLS, tool)
const isLineTool = (tool: ToolId): boolean => tool === 'line' || tool === 'arrow' || tool === 'connector'

/** Whether Enter makes something with this tool. */
export function placesByKey(tool: ToolId): boolean {
  return isBoxTool(tool) || isLineTool(tool) || tool === 'image'
}

/** Makes it; false with any other tool. */
export function placeByKey(editor: Inside): boolean {
  const tool = editor.tool.value
  if (!placesByKey(tool)) return false
  const { left, top, right, bottom } = editor.camera.seen.value
  const at = { x: (left + right) / 2, y: (top + bottom) / 2 }
  if (tool === 'image') {
    editor.hooks.pickImages?.(at)
    editor.used()
  } else if (isBoxTool(tool)) place(editor, tool, at)
  else placeLine(editor, tool, at.x, at.y)
  return true
}

function placeLine(editor: Inside, tool: ToolId, x: number, y: number): void {
  const half = (LENGTH / 2) * sizeScale(editor.camera.place.value.zoom)
  const id = newShapeId(editor.random)
  editor.change((board) => {
    const bounds = { left: x - half, right: x + half, top: y, bottom: y }
    const { parent, order } = newPlace(editor.scene, bounds, editor.random)
    createShape(board, {
      id,
      kind: 'line',
      order,
      path: [x - half, y, x + half, y],
      style: toolStyle(editor.nextStyle.value, tool),
      ...(parent === null ? {} : { parent }),
    })
  })
  editor.used([id])
}
