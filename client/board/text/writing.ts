/** Writing on the board: when a shape's words are to be written, the field over them is fetched and opened (`field.ts`). */
import { effect } from '@preact/signals'
import { toast } from '../../ui/toasts.tsx'
import type { Editor, ToolId } from '../types.ts'
import type { BoardUi } from '../ui/ui.ts'
import { say } from '../words.ts'
import type { Field } from './field.ts'

/** Follows the editor's `writing`; the answer stops it. */
export function watchWriting(ui: BoardUi): () => void {
  const { editor } = ui
  let field: Field | null = null
  let opening: string | null = null
  let wrote = false
  const close = (): void => {
    field?.destroy()
    field = null
  }
  const open = async (id: string): Promise<void> => {
    opening = id
    try {
      const { openField } = await import('./field.ts')
      // Meanwhile another one may be written in, or none.
      if (opening !== id || editor.writing.peek() !== id) return
      field = openField(ui, id)
      if (!field) editor.write(null)
    } catch {
      toast(say('board.notFetched'), 'warning')
      editor.write(null)
    }
  }
  const stop = effect(() => {
    const id = editor.writing.value
    close()
    opening = id
    if (id !== null) void open(id)
    else if (wrote && document.activeElement === document.body) ui.focusBoard()
    wrote = id !== null
  })
  const ahead = fetchAhead(editor)
  return () => {
    ahead()
    stop()
    close()
  }
}

/** Tools that make something to write in. */
const WRITES: ReadonlySet<ToolId> = new Set(['text', 'note', 'shape'])

/** The field is fetched before somebody writes, so that the first letters are not late: with such a tool, or with a shape that has words. */
function fetchAhead({ tool, selection, scene, mayDraw }: Editor): () => void {
  let asked = false
  return effect(() => {
    if (asked || !mayDraw.value) return
    const holdsWords = (id: string): boolean => {
      const shape = scene.shapes.get(id)
      return shape !== undefined && 'text' in shape
    }
    if (!WRITES.has(tool.value) && ![...selection.value].some(holdsWords)) return
    asked = true
    import('./field.ts').catch(() => {
      asked = false
    })
  })
}
