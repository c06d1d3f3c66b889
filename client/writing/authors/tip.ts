/** Shows who wrote the words under a pointer that rests, and when (SPEC-writing W11). */
import type { EditorView } from 'prosemirror-view'
import { personAttributes } from '../../editor/line-authors.ts'
import type { PadModel } from '../../pad/model.ts'
import { w } from '../words.ts'
import { nameOf, timesOf, writtenAt } from './at.ts'
import { shownTime } from './times.ts'

/** Ms a pointer rests before it is told. */
const REST = 450
const GAP = 18

/** Watches pointers over the text, beginning with one that is there already; the answer ends it. */
export function authorTip(model: PadModel, view: EditorView, first: PointerEvent | undefined): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let tip: HTMLElement | undefined
  const hide = (): void => {
    clearTimeout(timer)
    tip?.remove()
    tip = undefined
  }
  const over = (event: PointerEvent): void => {
    hide()
    const { target } = event
    if (event.pointerType !== 'mouse' || event.buttons !== 0 || !(target instanceof Element)) return
    if (target.closest('[data-author]')) timer = setTimeout(() => show(event), REST)
  }
  const show = (event: PointerEvent): void => {
    const at = view.isDestroyed ? null : view.posAtCoords({ left: event.clientX, top: event.clientY })
    const found = at && writtenAt(model, view.state, at.pos)
    if (!found) return
    const { author, item, moved } = found
    const times = timesOf(model)
    const mine = document.createElement('div')
    tip = mine
    mine.className = 'author-tip island'
    mine.setAttribute('role', 'tooltip')
    const name = document.createElement('span')
    name.className = 'author-tip-name'
    for (const [key, value] of Object.entries(personAttributes(model.session.people.get(author)?.colour)))
      if (key === 'style') mine.style.setProperty('--hue', value.slice('--hue:'.length))
      else mine.setAttribute(key, value)
    name.textContent = author === model.me.peek().author ? w('tip.you') : nameOf(model, author)
    const when = document.createElement('span')
    when.className = 'author-tip-time'
    mine.append(name, when)
    const tell = (time: number | undefined): void => {
      if (time === undefined || tip !== mine) return
      const shown = shownTime(time, Date.now())
      when.textContent = moved ? w('tip.since', { time: shown }) : shown
      place(mine, event)
    }
    document.body.append(mine)
    place(mine, event)
    tell(times.known(item))
    void times.of(item).then(tell)
  }
  const { dom } = view
  dom.addEventListener('pointermove', over)
  dom.addEventListener('pointerleave', hide)
  const ends = ['scroll', 'keydown', 'pointerdown'] as const
  for (const name of ends) document.addEventListener(name, hide, true)
  if (first) over(first)
  return () => {
    hide()
    dom.removeEventListener('pointermove', over)
    dom.removeEventListener('pointerleave', hide)
    for (const name of ends) document.removeEventListener(name, hide, true)
  }
}

/** Below the pointer, above it where there is no room; inside the window. */
function place(tip: HTMLElement, { clientX, clientY }: PointerEvent): void {
  const { offsetWidth, offsetHeight } = tip
  const left = Math.max(8, Math.min(clientX - 8, window.innerWidth - offsetWidth - 8))
  const below = clientY + GAP
  const top = below + offsetHeight > window.innerHeight - 8 ? clientY - offsetHeight - GAP / 2 : below
  tip.style.left = `${left}px`
  tip.style.top = `${top}px`
}
