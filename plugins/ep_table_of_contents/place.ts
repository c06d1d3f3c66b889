/** Where in the text a person is: at their cursor while it is in sight, else at what they read. */
import type { EditorView } from 'prosemirror-view'

/** Pixels from the upper edge at which a person is taken to read; at the end of the text as many from the lower one. */
const READING = 96

/** The row, from 0; null while nothing is laid out. */
export function rowInSight(view: EditorView): number | null {
  if (view.isDestroyed) return null
  const scroll = view.dom.closest('.scroll') ?? view.dom
  const area = scroll.getBoundingClientRect()
  if (area.height === 0) return null
  const { doc, selection } = view.state
  if (view.hasFocus()) {
    const { top, bottom } = view.coordsAtPos(selection.head)
    if (bottom > area.top && top < area.bottom) return selection.$head.index(0)
  }
  const text = view.dom.getBoundingClientRect()
  const left = text.left + text.width / 2
  const rest = scroll.scrollHeight - scroll.clientHeight
  const way = rest > 0 ? scroll.scrollTop / rest : 0
  const read = area.top + READING + way * (area.height - 2 * READING)
  const top = Math.min(text.bottom - 1, Math.max(text.top, read))
  const found = view.posAtCoords({ left, top })
  return found ? doc.resolve(found.pos).index(0) : null
}
