/** Keeps ProseMirror's selection that of the screen, however fast keys and others' changes come. */
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

/**
 * Has ProseMirror read the cursor from the screen. Browsers report a moved cursor in a task of its own; whatever acts
 * on the selection or draws it again before that would act, or put the cursor back, where it was.
 */
export function readSelection(view: EditorView): void {
  if (view.isDestroyed || view.composing || !view.hasFocus()) return
  view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}

/**
 * Has the lines around the cursor laid out. Lines far from view are not, and what is typed where the cursor stands in
 * lines that never were (a jump, and a key before the next frame) Chromium puts elsewhere (SPEC-text R20).
 */
function layLinesOut(view: EditorView): void {
  const node = view.dom.ownerDocument.getSelection()?.focusNode ?? null
  const element = node instanceof Element ? node : node?.parentElement
  const chunk = element?.closest('.chunk')
  if (!chunk || !view.dom.contains(chunk)) return
  const line = element === chunk ? chunk.firstElementChild : element
  if (line?.checkVisibility?.({ contentVisibilityAuto: true }) !== false) return
  for (const before of view.dom.querySelectorAll('.chunk.laid-out')) before.classList.remove('laid-out')
  chunk.classList.add('laid-out')
  chunk.getBoundingClientRect()
}

/** Asks before each key, input and use of the clipboard; not while an input method is at work (key code 229). */
export function freshSelection(): Plugin {
  const ask = (view: EditorView, event: Event): boolean => {
    layLinesOut(view)
    if (!(event instanceof KeyboardEvent && event.keyCode === 229)) readSelection(view)
    return false
  }
  return new Plugin({
    props: { handleDOMEvents: { keydown: ask, beforeinput: ask, paste: ask, cut: ask, copy: ask } },
  })
}
