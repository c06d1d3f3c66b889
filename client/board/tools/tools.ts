/** All tools, one file each: what the pointer does while one of them is taken. */
import type { Inside, Tool } from '../editor/inside.ts'
import type { ToolId } from '../types.ts'
import { boxTool } from './boxes.ts'
import { eraserTool } from './eraser.ts'
import { handTool } from './hand.ts'
import { imageTool } from './image.ts'
import { laserTool } from './laser.ts'
import { lassoTool } from './lasso.ts'
import { lineTool } from './lines.ts'
import { penTool } from './pen.ts'
import { selectTool } from './select/select.ts'

export function makeTools(editor: Inside): ReadonlyMap<ToolId, Tool> {
  return new Map<ToolId, Tool>([
    ['select', selectTool(editor)],
    ['lasso', lassoTool(editor)],
    ['hand', handTool(editor)],
    ['pen', penTool(editor, 'pen')],
    ['highlighter', penTool(editor, 'highlighter')],
    ['eraser', eraserTool(editor)],
    ['shape', boxTool(editor, 'shape')],
    ['line', lineTool(editor, 'line')],
    ['arrow', lineTool(editor, 'arrow')],
    ['connector', lineTool(editor, 'connector')],
    ['text', boxTool(editor, 'text')],
    ['note', boxTool(editor, 'note')],
    ['image', imageTool(editor)],
    ['frame', boxTool(editor, 'frame')],
    ['laser', laserTool(editor)],
  ])
}
