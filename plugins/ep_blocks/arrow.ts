/**
 * The arrow that folds a section (SPEC-text E3): at the end of the heading a pointer is over, a finger touched, or the cursor
 * stands in. There is one for all headings, outside of the text, so that typing costs nothing.
 */
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { foldAt, isFolded } from './fold.ts'
import { levelOf, sectionOf } from './headings.ts'

const HEADING = 'h1.line, h2.line, h3.line, h4.line, h5.line, h6.line'
/** CSS pixels between the words and the arrow. */
const GAP = 6

/** The plugin. */
export function arrowPlugin(label: string): Plugin {
  return new Plugin({ view: (view) => new Arrow(view, label) })
}

class Arrow {
  readonly #view: EditorView
  readonly #button = document.createElement('button')
  #heading: HTMLElement | null = null

  constructor(view: EditorView, label: string) {
    this.#view = view
    const button = this.#button
    button.type = 'button'
    button.className = 'ep-blocks-arrow'
    button.hidden = true
    button.setAttribute('aria-label', label)
    button.setAttribute('aria-expanded', 'true')
    // The cursor, and on a phone the keyboard, stay where they are.
    button.addEventListener('mousedown', keep)
    button.addEventListener('click', this.#fold)
    view.dom.parentElement?.append(button)
    view.dom.addEventListener('pointerover', this.#over)
    view.dom.addEventListener('click', this.#over)
    view.dom.addEventListener('pointerleave', this.#leave)
    // It comes when somebody points at a heading, so that first pointer is there already.
    if (!this.#atCursor()) this.#show(this.#pointed())
  }

  update(view: EditorView, before: EditorView['state']): void {
    if (view.state.doc === before.doc && view.state.selection.eq(before.selection)) return
    if (!this.#atCursor()) this.#show(this.#pointed())
  }

  destroy(): void {
    this.#button.remove()
    this.#view.dom.removeEventListener('pointerover', this.#over)
    this.#view.dom.removeEventListener('click', this.#over)
    this.#view.dom.removeEventListener('pointerleave', this.#leave)
  }

  readonly #over = (event: PointerEvent | MouseEvent): void => {
    const { target, type } = event
    // Under a finger it would come before the touch is over, and take it.
    if (type === 'pointerover' && event instanceof PointerEvent && event.pointerType !== 'mouse') return
    const heading = target instanceof Element ? target.closest<HTMLElement>(HEADING) : null
    if (heading) this.#show(heading)
    else if (!this.#atCursor()) this.#show(null)
  }

  readonly #leave = ({ relatedTarget }: PointerEvent): void => {
    if (relatedTarget !== this.#button && !this.#atCursor()) this.#show(null)
  }

  readonly #fold = (): void => {
    const pos = this.#placeOf(this.#heading)
    if (pos !== null) foldAt(pos)(this.#view.state, (tr) => this.#view.dispatch(tr), this.#view)
    this.#show(null)
  }

  /** Shows it at the heading the cursor stands in; false where it stands in none. */
  #atCursor(): boolean {
    const { $head } = this.#view.state.selection
    if ($head.depth !== 1 || levelOf($head.parent) === 0) return false
    const heading = this.#view.nodeDOM($head.before(1))
    if (!(heading instanceof HTMLElement)) return false
    this.#show(heading)
    return true
  }

  /** The heading a mouse is over; a finger's touch is no place where it stays. */
  #pointed(): HTMLElement | null {
    return window.matchMedia('(hover: hover)').matches
      ? this.#view.dom.querySelector<HTMLElement>(`:is(${HEADING}):hover`)
      : null
  }

  #placeOf(heading: HTMLElement | null): number | null {
    if (!heading?.isConnected || this.#view.isDestroyed) return null
    const $inside = this.#view.state.doc.resolve(this.#view.posAtDOM(heading, 0))
    return $inside.depth === 1 && levelOf($inside.parent) > 0 ? $inside.before(1) : null
  }

  #show(heading: HTMLElement | null): void {
    const pos = this.#placeOf(heading)
    const { state, dom } = this.#view
    const rows = pos === null ? 0 : (sectionOf(state.doc, pos)?.rows ?? 0)
    const node = pos === null ? null : state.doc.nodeAt(pos)
    const place = dom.parentElement
    this.#heading = heading
    if (pos === null || !heading || !node || !place || rows === 0 || isFolded(state, pos)) {
      this.#button.hidden = true
      return
    }
    this.#button.hidden = false
    const end = this.#view.coordsAtPos(pos + node.nodeSize - 1)
    const around = place.getBoundingClientRect()
    const { offsetWidth, offsetHeight } = this.#button
    const rtl = getComputedStyle(heading).direction === 'rtl'
    const left = end.left - around.left + (rtl ? -GAP - offsetWidth : GAP)
    this.#button.style.left = `${Math.max(0, Math.min(left, around.width - offsetWidth))}px`
    this.#button.style.top = `${(end.top + end.bottom - offsetHeight) / 2 - around.top}px`
  }
}

function keep(event: Event): void {
  event.preventDefault()
}
