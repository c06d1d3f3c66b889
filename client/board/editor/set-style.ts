/** Setting a style (SPEC-board B205): of the selection, else of what the tool makes next. */
import type { Kind } from '../../../shared/board/model/shape.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import { changeShape } from '../../../shared/board/model/write.ts'
import type { ToolId } from '../types.ts'
import type { Inside } from './inside.ts'
import { isLocked, leavesOf } from './selecting.ts'
import { usedStyle } from './styles.ts'

/** Kinds whose next shape looks like what was chosen for one that is there. */
const REMEMBERS: readonly (readonly [Kind, ToolId])[] = [
  ['geo', 'shape'],
  ['note', 'note'],
  ['text', 'text'],
]

export function setStyle(editor: Inside, style: Partial<Style>): void {
  const { scene, selection, nextStyle } = editor
  const next = { ...nextStyle.value }
  if (selection.value.size === 0) {
    const { value: tool } = editor.tool
    next[tool] = { ...next[tool], ...style }
  } else {
    const leaves = leavesOf(scene, selection.value)
    editor.change((board) => {
      for (const shape of leaves) {
        const used = usedStyle(shape.kind, style)
        if (!isLocked(scene, shape.id) && Object.keys(used).length > 0)
          changeShape(board, shape.id, { style: used })
      }
    })
    for (const [kind, tool] of REMEMBERS)
      if (leaves.some((shape) => shape.kind === kind))
        next[tool] = { ...next[tool], ...usedStyle(kind, style) }
  }
  nextStyle.value = next
}
