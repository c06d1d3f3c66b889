/** Keeps ProseMirror's selection that of the screen, however fast the keys come. */
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

/**
 * Browsers report a moved cursor in a task of its own, after keys that wait already. A key or a paste that follows `End`
 * before that report would act where the cursor was; so whatever acts on the selection asks for the report first.
 */
export function freshSelection(): Plugin {
  const ask = (view: EditorView, event: Event): boolean => {
    if (!view.composing && !(event instanceof KeyboardEvent && event.keyCode === 229))
      view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
    return false
  }
  return new Plugin({
    props: { handleDOMEvents: { keydown: ask, beforeinput: ask, paste: ask, cut: ask, copy: ask } },
  })
}
