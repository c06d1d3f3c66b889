/** Dragging over cells selects them; dragging a column's border gives it a width (SPEC-tables TE3, TE4). */
import type { EditorView } from 'prosemirror-view'
import { CellSelection } from './cell-selection.ts'
import { isInCell } from './cells.ts'
import type { TableCommands } from './commands.ts'

/** Pixels beside a border that still are it. */
const NEAR = 5

/** The cell an event happened in. */
function cellOf(view: EditorView, event: MouseEvent): HTMLElement | null {
  const cell = event.target instanceof Element ? event.target.closest('td, th') : null
  return cell instanceof HTMLElement && view.dom.contains(cell) && cell.closest('.table') ? cell : null
}

function isRtl(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl'
}

/** The cell whose end border is under the pointer. */
function borderAt(view: EditorView, event: MouseEvent): HTMLElement | null {
  const cell = cellOf(view, event)
  if (!cell) return null
  const box = cell.getBoundingClientRect()
  const rtl = isRtl(cell)
  const toEnd = rtl ? event.clientX - box.left : box.right - event.clientX
  if (toEnd < NEAR) return cell
  const toStart = rtl ? box.right - event.clientX : event.clientX - box.left
  return toStart < NEAR && cell.previousElementSibling instanceof HTMLElement
    ? cell.previousElementSibling
    : null
}

export function tableMouse(commands: TableCommands): {
  mousemove: (view: EditorView, event: MouseEvent) => boolean
  mousedown: (view: EditorView, event: MouseEvent) => boolean
} {
  return {
    mousemove(view, event) {
      view.dom.classList.toggle(
        'ep-tables-border',
        view.editable && event.buttons === 0 && borderAt(view, event) !== null,
      )
      return false
    },
    mousedown(view, event) {
      if (event.button !== 0) return false
      const more = commands.more.peek()
      const border = view.editable && !more ? borderAt(view, event) : null
      if (border) {
        event.preventDefault()
        dragBorder(view, border, event.clientX, commands)
        return true
      }
      const cell = cellOf(view, event)
      if (!cell) return false
      const from = view.posAtDOM(cell, 0)
      const { selection } = view.state
      if (more && commands.selectTo(from)) {
        event.preventDefault()
        return true
      }
      if (event.shiftKey && isInCell(selection.$anchor)) {
        const wanted = CellSelection.between(view.state.doc, selection.anchor, from)
        if (!(wanted instanceof CellSelection) || sameCell(view, selection.anchor, from)) return false
        event.preventDefault()
        view.dispatch(view.state.tr.setSelection(wanted))
        return true
      }
      dragCells(view, cell, from)
      return false
    },
  }
}

function sameCell(view: EditorView, a: number, b: number): boolean {
  return view.state.doc.resolve(a).before(3) === view.state.doc.resolve(b).before(3)
}

function dragCells(view: EditorView, start: HTMLElement, from: number): void {
  let last: HTMLElement = start
  const move = (event: MouseEvent): void => {
    if (event.buttons === 0) return end()
    const cell = cellOf(view, event)
    if (!cell || cell === last || view.isDestroyed) return
    last = cell
    const wanted = CellSelection.between(view.state.doc, from, view.posAtDOM(cell, 0))
    if (!(wanted instanceof CellSelection)) return
    event.preventDefault()
    view.dispatch(view.state.tr.setSelection(wanted))
  }
  const end = (): void => {
    window.removeEventListener('mousemove', move)
    window.removeEventListener('mouseup', end)
  }
  window.addEventListener('mousemove', move)
  window.addEventListener('mouseup', end)
}

/** A line shows where the border will be; the width is written when it is let go. */
function dragBorder(view: EditorView, cell: HTMLElement, from: number, commands: TableCommands): void {
  const page = view.dom.ownerDocument
  const box = cell.getBoundingClientRect()
  const whole = cell.closest('table')?.getBoundingClientRect() ?? box
  const guide = page.createElement('div')
  guide.className = 'ep-tables-guide'
  guide.style.top = `${whole.top}px`
  guide.style.height = `${whole.height}px`
  page.body.append(guide)
  const rtl = isRtl(cell)
  let width = box.width
  const show = (x: number): void => {
    width = Math.max(40, box.width + (rtl ? from - x : x - from))
    guide.style.left = `${rtl ? box.right - width : box.left + width}px`
  }
  show(from)
  const move = (event: PointerEvent): void => show(event.clientX)
  const end = (event: Event): void => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', end)
    window.removeEventListener('pointercancel', end)
    guide.remove()
    if (event.type !== 'pointerup' || view.isDestroyed || Math.round(width) === Math.round(box.width)) return
    const $cell = view.state.doc.resolve(view.posAtDOM(cell, 0))
    if (isInCell($cell)) commands.width($cell.node(1), String($cell.node(3).attrs['id']), Math.round(width))
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', end)
  window.addEventListener('pointercancel', end)
}
