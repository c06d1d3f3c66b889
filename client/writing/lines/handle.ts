/**
 * The handle beside a line, by which it is carried elsewhere with a mouse or a finger (SPEC-writing W6). The keyboard has
 * Alt-Up and Alt-Down. A plugin of ProseMirror's; the handle is no part of the text.
 */
import { Plugin, TextSelection } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { moveRows, startOf } from '../../editor/commands/move-rows.ts'
import type { WrittenBy } from '../../editor/commands/move-rows.ts'

/** Pixels a press may move and still be a press. */
const STILL = 4
/** This near to the edges of what scrolls, in pixels, it scrolls, by so many a frame. */
const EDGE = 40
const SPEED = 12

export interface HandleOptions {
  mayWrite: () => boolean
  writtenBy: (state: EditorState, from: number, to: number) => WrittenBy
  /** Said when rows were moved. */
  moved: (rows: number) => void
}

/** The plugin. */
export function lineHandle(options: HandleOptions): Plugin {
  return new Plugin({ view: (view) => new Handle(view, options) })
}

class Handle {
  readonly #view: EditorView
  readonly #options: HandleOptions
  readonly #grip = document.createElement('div')
  readonly #mark = document.createElement('div')
  #row = -1
  #drag: { rows: readonly [number, number]; y: number; moving: boolean; to: number; pointer: number } | null =
    null
  #frame = 0
  #last = 0

  constructor(view: EditorView, options: HandleOptions) {
    this.#view = view
    this.#options = options
    this.#grip.className = 'line-grip'
    this.#grip.setAttribute('aria-hidden', 'true')
    this.#grip.hidden = true
    this.#mark.className = 'line-drop'
    this.#mark.setAttribute('aria-hidden', 'true')
    this.#mark.hidden = true
    this.#place()?.append(this.#grip, this.#mark)
    this.#scroll()?.addEventListener('pointermove', this.#over)
    this.#scroll()?.addEventListener('pointerleave', this.#out)
    this.#grip.addEventListener('pointerdown', this.#down)
    this.#grip.addEventListener('pointermove', this.#move)
    this.#grip.addEventListener('pointerup', this.#up)
    this.#grip.addEventListener('pointercancel', this.#cancel)
    document.addEventListener('keydown', this.#key, true)
  }

  update(view: EditorView, before: EditorState): void {
    if (before.doc !== view.state.doc && this.#drag) this.#cancel()
    if (coarse()) this.#show(view.hasFocus() ? view.state.selection.$from.index(0) : -1)
    else if (before.doc !== view.state.doc) this.#show(-1)
  }

  destroy(): void {
    this.#stopScrolling()
    this.#scroll()?.removeEventListener('pointermove', this.#over)
    this.#scroll()?.removeEventListener('pointerleave', this.#out)
    document.removeEventListener('keydown', this.#key, true)
    this.#grip.remove()
    this.#mark.remove()
  }

  #place(): Element | null {
    return this.#view.dom.parentElement
  }

  #scroll(): HTMLElement | null {
    return this.#view.dom.closest<HTMLElement>('.scroll')
  }

  #over = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse' || this.#drag || event.buttons !== 0) return
    if (event.target === this.#grip) return
    this.#show(this.#rowAt(event.clientY))
  }

  #out = (): void => {
    if (!this.#drag && !coarse()) this.#show(-1)
  }

  /** The row at a height; -1 for none, and for tables, which stay. */
  #rowAt(y: number): number {
    const { dom, state } = this.#view
    const box = dom.getBoundingClientRect()
    if (y < box.top || y > box.bottom) return -1
    const found = this.#view.posAtCoords({ left: box.left + box.width / 2, top: y })
    return found ? state.doc.resolve(Math.max(0, found.inside >= 0 ? found.inside : found.pos)).index(0) : -1
  }

  #element(row: number): HTMLElement | null {
    const { doc } = this.#view.state
    if (row < 0 || row >= doc.childCount) return null
    const dom = this.#view.nodeDOM(startOf(doc, row))
    return dom instanceof HTMLElement ? dom : null
  }

  #show(row: number): void {
    this.#row = row
    const { doc } = this.#view.state
    const kind = row >= 0 && row < doc.childCount ? doc.child(row).type.name : ''
    const element =
      this.#options.mayWrite() && doc.childCount > 1 && (kind === 'line' || kind === 'block')
        ? this.#element(row)
        : null
    const place = this.#place()
    this.#grip.hidden = element === null
    if (!element || !place) return
    const box = element.getBoundingClientRect()
    const { paddingTop, lineHeight } = getComputedStyle(element)
    const height = Number.parseFloat(lineHeight)
    const middle = Number.isFinite(height) ? Number.parseFloat(paddingTop) + height / 2 : box.height / 2
    this.#grip.style.top = `${box.top + middle - place.getBoundingClientRect().top}px`
  }

  #down = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#row < 0 || !this.#options.mayWrite()) return
    event.preventDefault()
    this.#grip.setPointerCapture(event.pointerId)
    this.#drag = {
      rows: rowsWith(this.#view.state, this.#row),
      y: event.clientY,
      moving: false,
      to: -1,
      pointer: event.pointerId,
    }
  }

  #move = (event: PointerEvent): void => {
    const drag = this.#drag
    if (!drag) return
    this.#last = event.clientY
    if (!drag.moving && Math.abs(event.clientY - drag.y) <= STILL) return
    drag.moving = true
    this.#grip.dataset['moving'] = ''
    this.#aim()
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#keepScrolling)
  }

  /** Where it would land now. */
  #aim(): void {
    const drag = this.#drag
    const place = this.#place()
    if (!drag || !place) return
    const box = this.#view.dom.getBoundingClientRect()
    const { childCount } = this.#view.state.doc
    const row = this.#last < box.top ? 0 : this.#last > box.bottom ? childCount - 1 : this.#rowAt(this.#last)
    const element = this.#element(row)
    if (!element) return
    const at = element.getBoundingClientRect()
    const below = this.#last > at.top + at.height / 2
    drag.to = below ? row + 1 : row
    this.#mark.hidden = drag.to >= drag.rows[0] && drag.to <= drag.rows[1]
    this.#mark.style.top = `${(below ? at.bottom : at.top) - place.getBoundingClientRect().top}px`
  }

  #keepScrolling = (): void => {
    this.#frame = 0
    const area = this.#scroll()
    if (!this.#drag?.moving || !area) return
    const { top, bottom } = area.getBoundingClientRect()
    const by = this.#last < top + EDGE ? -SPEED : this.#last > bottom - EDGE ? SPEED : 0
    if (by !== 0) {
      area.scrollTop += by
      this.#aim()
    }
    this.#frame = requestAnimationFrame(this.#keepScrolling)
  }

  #up = (): void => {
    const drag = this.#drag
    this.#cancel()
    if (!drag) return
    const view = this.#view
    const { state } = view
    if (!drag.moving) {
      this.#select(drag.rows)
      return
    }
    const [from, to] = drag.rows
    const tr = moveRows(state, drag.rows, drag.to, this.#options.writtenBy(state, from, to))
    if (tr) {
      view.dispatch(tr.scrollIntoView())
      this.#options.moved(to - from)
    }
    view.focus()
    this.#show(coarse() ? view.state.selection.$from.index(0) : -1)
  }

  /** A press selects the rows. */
  #select([from, to]: readonly [number, number]): void {
    const { doc, tr } = this.#view.state
    const $from = doc.resolve(startOf(doc, from))
    const $to = doc.resolve(startOf(doc, to))
    this.#view.dispatch(tr.setSelection(TextSelection.between($from, $to)))
    this.#view.focus()
  }

  #cancel = (): void => {
    if (this.#drag && this.#grip.hasPointerCapture(this.#drag.pointer))
      this.#grip.releasePointerCapture(this.#drag.pointer)
    this.#drag = null
    this.#mark.hidden = true
    delete this.#grip.dataset['moving']
    this.#stopScrolling()
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#drag) return
    event.preventDefault()
    event.stopPropagation()
    this.#cancel()
  }

  #stopScrolling(): void {
    if (this.#frame !== 0) cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }
}

/** The rows to carry: all that are selected when the row is among them. */
export function rowsWith({ selection }: EditorState, row: number): readonly [number, number] {
  if (selection.empty) return [row, row + 1]
  const { $from, $to } = selection
  const first = $from.index(0)
  const ends = $to.depth === 0 || ($to.depth === 1 && $to.parentOffset === 0 && $to.index(0) > first)
  const end = $to.index(0) + (ends ? 0 : 1)
  return row >= first && row < end ? [first, end] : [row, row + 1]
}

function coarse(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
