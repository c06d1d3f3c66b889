/** Where in the text a person is: at their cursor while it is in sight, else at what they read. */
import type { EditorView } from 'prosemirror-view'

/** Pixels below the upper edge at which a person is taken to read. */
const READING = 96

/** The row, from 0; null while nothing is laid out. */
export function rowInSight(view: EditorView): number | null {
  if (view.isDestroyed) return null
  const area = (view.dom.closest('.scroll') ?? view.dom).getBoundingClientRect()
  if (area.height === 0) return null
  const { doc, selection } = view.state
  if (view.hasFocus()) {
    const { top, bottom } = view.coordsAtPos(selection.head)
    if (bottom > area.top && top < area.bottom) return selection.$head.index(0)
  }
  const text = view.dom.getBoundingClientRect()
  const left = text.left + text.width / 2
  const found = view.posAtCoords({ left, top: Math.max(text.top, area.top + READING) })
  return found ? doc.resolve(found.pos).index(0) : null
}
