/** Pictures, and words with pictures among them, that are dragged here from another page (SPEC-text I9). */
import type { EditorView } from 'prosemirror-view'
import type { ClientContext } from '../../shared/plugin.ts'
import { cursorTo } from './bring.ts'
import { isPictureAlone } from './files.ts'
import { imagesIn } from './pasted.ts'
import { pasteWords } from './paste.ts'

/** Puts them where they were dropped; of a picture that gave nothing but its address the person learns what to do. */
export async function dropWords(
  context: ClientContext,
  view: EditorView,
  html: string,
  text: string,
  at: DragEvent,
): Promise<void> {
  if (view.isDestroyed || !view.editable) return
  const comes = imagesIn(html, location.href).some(({ kind }) => kind === 'data' || kind === 'own')
  if (isPictureAlone(html, text) && !comes) return context.toast(context.t('onlyAddress'), 'warning')
  cursorTo(view, at)
  await pasteWords(context, view, { html, rtf: '', files: [] })
}
