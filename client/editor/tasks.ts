/** Ticking a task with the mouse, a finger or the screen reader's click on its check box. */
import { Plugin } from 'prosemirror-state'
import { toggleTaskAt } from './commands/line-formats.ts'

/** A plugin for the check boxes that `lineToDOM` draws. */
export function taskBoxes(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        mousedown: (_view, event) => {
          // Keeps the cursor, and on a phone the keyboard, where it is.
          if (isBox(event.target)) event.preventDefault()
          return isBox(event.target)
        },
        click: (view, event) => {
          const line = isBox(event.target) ? event.target.parentElement : null
          if (!line || !view.editable) return false
          event.preventDefault()
          const inside = view.posAtDOM(line, 0)
          return toggleTaskAt(view.state.doc.resolve(inside).before())(view.state, view.dispatch, view)
        },
      },
    },
  })
}

function isBox(target: EventTarget | null): target is HTMLElement {
  return (
    target instanceof HTMLElement &&
    target.classList.contains('check') &&
    target.getAttribute('role') === 'checkbox'
  )
}
