/** A shape grows with its words while they are written, as part of the same step (SPEC-board B321). */
import type * as Y from 'yjs'
import { changeShape } from '../../../shared/board/model/write.ts'
import type { Content } from '../../../shared/text/delta.ts'
import type { Editor } from '../types.ts'
import { boxForWords } from './place.ts'

/** Follows the person's own changes of `text`; the answer stops it. */
export function keepRoom(editor: Editor, id: string, text: Y.Text, origin: unknown): () => void {
  let frame = 0
  const fit = (): void => {
    frame = 0
    const shape = editor.scene.shapes.get(id)
    if (!shape || !('text' in shape) || shape.kind === 'line') return
    const box = boxForWords(shape, text.toDelta() as Content)
    if (box !== shape.box) editor.change((board) => changeShape(board, id, { box }))
  }
  const observe = (_event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === origin) frame ||= requestAnimationFrame(fit)
  }
  text.observe(observe)
  return () => {
    text.unobserve(observe)
    if (frame === 0) return
    cancelAnimationFrame(frame)
    fit()
  }
}
