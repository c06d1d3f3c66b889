/** Where a person is in the text, for an editor that takes the place of another in the same turn. */
import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { documentPosition, textOffset } from '../editor/binding/blocks.ts'
import { placeAt } from '../editor/binding/places.ts'
import { readSelection } from '../editor/fresh-selection.ts'
import type { CellPlace, Editor } from '../editor/types.ts'
import type { Steps } from '../editor/undo.ts'

export interface EditorMemory {
  /** Places in the text, in UTF-16 units. Nobody writes between the two editors. */
  anchor: number
  head: number
  /** Where in a table that was, when it was in one. */
  cell: CellPlace | null
  focused: boolean
  /** What is in sight; null where nothing scrolls. */
  scroll: ScrollPlace | null
  steps: Steps
}

/** The uppermost line in sight and how far, in pixels, it begins below the scrolled area's edge. */
interface ScrollPlace {
  row: number
  top: number
}

/** What has to be known of an editor that is about to go. */
export function remember(editor: Editor): EditorMemory {
  const { view, steps } = editor
  readSelection(view)
  const { doc, selection } = view.state
  return {
    anchor: textOffset(doc, selection.anchor),
    head: textOffset(doc, selection.head),
    cell: cellPlace(view),
    focused: view.hasFocus(),
    scroll: scrollPlace(view),
    steps,
  }
}

/** Takes a person back to where they were. */
export function restore(editor: Editor, memory: EditorMemory): void {
  const { view } = editor
  const { doc, tr } = view.state
  const at = (offset: number) => doc.resolve(documentPosition(doc, offset))
  view.dispatch(tr.setSelection(TextSelection.between(at(memory.anchor), at(memory.head))))
  if (memory.focused) view.focus()
  if (memory.cell) editor.backToCell(memory.cell)
  const area = scroller(view)
  const row = memory.scroll && area ? rowElement(view, memory.scroll.row) : null
  if (row && area && memory.scroll)
    area.scrollTop += row.getBoundingClientRect().top - area.getBoundingClientRect().top - memory.scroll.top
}

function cellPlace({ state: { doc, selection } }: EditorView): CellPlace | null {
  const [anchor, head] = [placeAt(doc, selection.anchor), placeAt(doc, selection.head)]
  const { name } = head
  return name !== '' && anchor.name === name ? { name, anchor: anchor.offset, head: head.offset } : null
}

function scrollPlace(view: EditorView): ScrollPlace | null {
  const area = scroller(view)
  if (!area || area.scrollTop === 0) return null
  const box = area.getBoundingClientRect()
  const text = view.dom.getBoundingClientRect()
  const found = view.posAtCoords({ left: text.left + text.width / 2, top: Math.max(box.top, text.top) + 1 })
  const row = found ? view.state.doc.resolve(found.pos).index(0) : 0
  const element = rowElement(view, row)
  return element ? { row, top: element.getBoundingClientRect().top - box.top } : null
}

function scroller(view: EditorView): Element | null {
  return view.dom.closest('.scroll')
}

function rowElement(view: EditorView, row: number): Element | null {
  const { doc } = view.state
  if (row >= doc.childCount) return null
  let pos = 0
  for (let index = 0; index < row; index += 1) pos += doc.child(index).nodeSize
  const dom = view.nodeDOM(pos)
  return dom instanceof Element ? dom : null
}
