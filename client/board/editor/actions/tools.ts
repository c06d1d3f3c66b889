/** Taking tools: each has a key of one letter. */
import type { BoardAction, ToolId } from '../../types.ts'
import type { Facts } from './actions.ts'

const TOOLS: readonly (readonly [
  ToolId,
  label: string,
  icon: string,
  keys: readonly string[],
  writes: boolean,
])[] = [
  ['select', 'board.tool.select', 'select', ['v', '1'], false],
  ['hand', 'board.tool.hand', 'hand', ['h'], false],
  ['lasso', 'board.tool.lasso', 'lasso', ['Shift-v'], false],
  ['pen', 'board.tool.pen', 'pen', ['p', '2'], true],
  ['highlighter', 'board.tool.highlighter', 'highlighter', ['m', '3'], true],
  ['eraser', 'board.tool.eraser', 'eraser', ['e', '4'], true],
  ['shape', 'board.tool.shape', 'shape', ['r', '5'], true],
  ['line', 'board.tool.line', 'line', ['l'], true],
  ['arrow', 'board.tool.arrow', 'arrow', ['a', '6'], true],
  ['connector', 'board.tool.connector', 'connector', ['c', '7'], true],
  ['text', 'board.tool.text', 'text', ['t', '8'], true],
  ['note', 'board.tool.note', 'note', ['n', '9'], true],
  ['image', 'board.tool.image', 'image', ['i'], true],
  ['frame', 'board.tool.frame', 'frame', ['f'], true],
  ['laser', 'board.tool.laser', 'laser', ['k'], true],
]

export function toolActions({ editor }: Facts): BoardAction[] {
  return [
    ...TOOLS.map(([id, label, icon, keys, writes]): BoardAction => ({
      id,
      label,
      icon,
      keys,
      group: 'tool',
      writes,
      enabled: () => !writes || editor.mayDraw.value,
      active: () => editor.tool.value === id,
      run: () => editor.setTool(id),
    })),
    {
      id: 'keep-tool',
      label: 'board.tool.keep',
      icon: 'pin',
      keys: ['q'],
      group: 'tool',
      writes: true,
      enabled: () => editor.mayDraw.value,
      active: () => editor.toolLocked.value,
      run: () => void (editor.toolLocked.value = !editor.toolLocked.value),
    },
  ]
}
