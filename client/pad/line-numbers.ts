/**
 * Numbers beside the lines. Only those on screen are drawn, in a layer of their own: a counter in every line would lay out
 * all lines below again with each new one, which takes a second where there are ten thousand.
 */
import type { EditorView } from 'prosemirror-view'

/** Drawn above and below what is on screen, in pixels, so that scrolling finds them there. */
const MARGIN = 400
/** Never more than this many, whatever the size of the screen. */
const MOST = 500

export interface LineNumbers {
  /** Rows, the cursor's row or the setting changed; the drawing follows with the next frame. Other heights are noticed here. */
  refresh(): void
  destroy(): void
}

/** Numbers for a view, in a layer put beside it into `place`. Hidden by the style sheet, it costs nothing. */
export function lineNumbers(view: EditorView, place: HTMLElement): LineNumbers {
  const layer = document.createElement('div')
  layer.className = 'line-numbers'
  layer.setAttribute('aria-hidden', 'true')
  place.prepend(layer)
  const scroll = place.closest('.scroll')
  let frame = 0
  const refresh = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      follow(draw(view, layer, scroll))
    })
  }
  // Told between layout and paint, where measuring costs nothing and the numbers never lag behind.
  const observer = new ResizeObserver(() => follow(draw(view, layer, scroll)))
  // What a plugin draws grows when it likes, and the text need not: it is as high as the screen at least.
  let followed: ReadonlySet<Element> = new Set()
  const follow = (blocks: ReadonlySet<Element>): void => {
    for (const block of followed) if (!blocks.has(block)) observer.unobserve(block)
    for (const block of blocks) if (!followed.has(block)) observer.observe(block)
    followed = blocks
  }
  observer.observe(view.dom)
  if (scroll) observer.observe(scroll)
  scroll?.addEventListener('scroll', refresh, { passive: true })
  refresh()
  return {
    refresh,
    destroy() {
      cancelAnimationFrame(frame)
      observer.disconnect()
      scroll?.removeEventListener('scroll', refresh)
      layer.remove()
    },
  }
}

/** Gives the rows with numbers that are no lines of text. */
function draw(view: EditorView, layer: HTMLElement, scroll: Element | null): ReadonlySet<Element> {
  const blocks = new Set<Element>()
  if (view.isDestroyed || layer.getClientRects().length === 0) return blocks
  const zero = layer.getBoundingClientRect().top
  const area = scroll?.getBoundingClientRect()
  const from = (area?.top ?? 0) - MARGIN
  const to = (area?.bottom ?? window.innerHeight) + MARGIN
  const current = view.state.selection.$head.index(0)
  const wanted: { number: number; middle: number }[] = []
  for (const { row, number } of rowsBelow(view, from)) {
    const box = row.getBoundingClientRect()
    if (box.top > to || wanted.length === MOST) break
    const isLine = row.classList.contains('line')
    if (!isLine) blocks.add(row)
    const { paddingTop, lineHeight } = getComputedStyle(row)
    const height = isLine ? Number.parseFloat(lineHeight) : Number.NaN
    const inside = Number.isFinite(height) ? Number.parseFloat(paddingTop) + height / 2 : box.height / 2
    wanted.push({ number, middle: Math.round(box.top - zero + inside) })
  }
  while (layer.childElementCount > wanted.length) layer.lastElementChild?.remove()
  while (layer.childElementCount < wanted.length) layer.append(document.createElement('i'))
  wanted.forEach(({ number, middle }, index) => {
    const sign = layer.children[index]
    if (!(sign instanceof HTMLElement)) return
    const put = `0 ${middle}px`
    if (sign.dataset['n'] !== String(number)) sign.dataset['n'] = String(number)
    if (sign.style.translate !== put) sign.style.translate = put
    sign.toggleAttribute('data-current', number === current + 1)
  })
  return blocks
}

/** The rows from the first that reaches below `y`, with their numbers. A long text has them in chunks. */
function* rowsBelow(view: EditorView, y: number): Generator<{ row: Element; number: number }> {
  const top = view.dom.children
  const first = firstBelow(top, y)
  let number = 1
  for (let index = 0; index < top.length; index += 1) {
    const one = top[index]
    const rows = one?.classList.contains('chunk') ? one.children : undefined
    const from = index === first && rows ? firstBelow(rows, y) : 0
    if (index < first) number += rows?.length ?? 1
    else if (!rows) {
      if (one) yield { row: one, number }
      number += 1
    } else {
      number += from
      for (let at = from; at < rows.length; at += 1, number += 1) {
        const row = rows[at]
        if (row) yield { row, number }
      }
    }
  }
}

/** The first row that reaches below `y`; rows stand below each other. */
function firstBelow(rows: HTMLCollection, y: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > y) high = middle
    else low = middle + 1
  }
  return low
}
