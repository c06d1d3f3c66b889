/**
 * Names beside the text, in a layer of their own: only those on screen are drawn, and no line is laid out for them. Whose
 * words are whose is read from what the editor drew.
 */
import type { EditorView } from 'prosemirror-view'
import { rowBefore, rowsBetween } from './rows.ts'
import type { Row } from './rows.ts'
import { linesOfNames, mainAuthor, runStarts } from './runs.ts'

/** Drawn above and below what is on screen, in pixels, so that scrolling finds them there. */
const MARGIN = 300
/** Rows looked at above these for who wrote last. */
const BACK = 30
/**
 * Pixels between a name and the text, and the sheet's edge; what a name gets at least, at least outside of the sheet, and
 * at most; the height of one of its lines.
 */
const GAP = 12
const EDGE = 4
const NARROWEST = 56
const ROOMY = 112
const WIDEST = 150
const LINE = 14

export interface Gutter {
  /** Something may have changed; the drawing follows with the next frame. */
  refresh(): void
  destroy(): void
}

/** @param nameOf what somebody is called; `shown`: whether names are to be seen */
export function gutter(view: EditorView, nameOf: (author: string) => string, shown: () => boolean): Gutter {
  const place = view.dom.parentElement ?? view.dom
  const scroll = place.closest('.scroll')
  const layer = place.ownerDocument.createElement('div')
  layer.className = 'neat-names'
  layer.setAttribute('aria-hidden', 'true')
  place.prepend(layer)
  let frame = 0
  const draw = (): void => {
    if (view.isDestroyed) return
    const { width, gap } = shown() ? besideText(place, scroll) : { width: 0, gap: 0 }
    const names = width >= NARROWEST ? namesOn(view, scroll) : []
    if (names.length > 0) {
      layer.style.inlineSize = `${Math.floor(width)}px`
      layer.style.setProperty('--gap', `${Math.ceil(gap)}px`)
      layer.toggleAttribute('data-over', gap === GAP)
    }
    show(layer, names, nameOf)
  }
  const refresh = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      draw()
    })
  }
  const observer = new ResizeObserver(draw)
  observer.observe(view.dom)
  if (scroll) observer.observe(scroll)
  scroll?.addEventListener('scroll', refresh, { passive: true })
  // The page says there which view is on and which way the text runs.
  const attributes = new MutationObserver(refresh)
  attributes.observe(place, { attributes: true })
  refresh()
  return {
    refresh,
    destroy() {
      cancelAnimationFrame(frame)
      observer.disconnect()
      attributes.disconnect()
      scroll?.removeEventListener('scroll', refresh)
      layer.remove()
    },
  }
}

/** A name to be drawn. */
interface Name {
  author: string
  row: Row
  /** Words of theirs, which have their colour. */
  words: HTMLElement
}

function namesOn({ dom }: EditorView, scroll: Element | null): Name[] {
  const area = scroll?.getBoundingClientRect()
  const rows = rowsBetween(dom, (area?.top ?? 0) - MARGIN, (area?.bottom ?? window.innerHeight) + MARGIN)
  const first = rows[0]
  if (!first) return []
  const authors = rows.map(({ element }) => authorOfRow(element))
  return runStarts(authors, authorBefore(first.element)).flatMap((index) => {
    const row = rows[index]
    const author = authors[index]
    const words = row && wordsOf(row.element).find((one) => one.dataset['author'] === author)
    return row && author && words ? [{ author, row, words }] : []
  })
}

function wordsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('.by[data-author]')]
}

function authorOfRow(row: Element): string | null {
  return mainAuthor(
    wordsOf(row).map(({ dataset, textContent }) => ({
      author: dataset['author'] ?? '',
      length: textContent.length,
    })),
  )
}

function authorBefore(row: Element): string | null {
  let before = rowBefore(row)
  for (let count = 0; before && count < BACK; count += 1) {
    const author = authorOfRow(before)
    if (author !== null) return author
    before = rowBefore(before)
  }
  return null
}

/** Where names stand: pixels there are for them, and pixels between them and the text. */
interface Beside {
  width: number
  gap: number
}

/**
 * Outside of the sheet where there is room for long names, else on its margin. That belongs to the line numbers, if they
 * are shown: a name stands over them then.
 */
function besideText(place: HTMLElement, scroll: Element | null): Beside {
  const sheet = place.parentElement
  if (!sheet || !scroll) return { width: 0, gap: 0 }
  const rtl = getComputedStyle(place).direction === 'rtl'
  const start = (element: Element): number => {
    const { left, right } = element.getBoundingClientRect()
    return rtl ? -right : left
  }
  const margin = start(place) - start(sheet)
  const room = Math.min(WIDEST, start(sheet) - start(scroll) - 2 * GAP)
  if (room >= ROOMY) return { width: room, gap: margin + GAP }
  return { width: Math.min(WIDEST, margin - GAP - EDGE), gap: GAP }
}

function show(layer: HTMLElement, names: readonly Name[], nameOf: (author: string) => string): void {
  const zero = layer.getBoundingClientRect().top
  const tops = names.map(({ words }) => {
    const [line] = words.getClientRects()
    return line ? (line.top + line.bottom) / 2 - LINE / 2 - zero : 0
  })
  const most = linesOfNames(tops, LINE)
  while (layer.childElementCount > names.length) layer.lastElementChild?.remove()
  while (layer.childElementCount < names.length) layer.append(layer.ownerDocument.createElement('span'))
  for (const [index, { author, words }] of names.entries()) {
    const sign = layer.children[index]
    if (!(sign instanceof HTMLElement)) continue
    const name = nameOf(author)
    if (sign.textContent !== name) sign.textContent = name
    sign.title = name
    sign.dataset['person'] = words.dataset['person'] ?? ''
    sign.style.setProperty('--hue', words.style.getPropertyValue('--hue'))
    sign.style.setProperty('--lines', String(most[index] ?? 2))
    sign.style.translate = `0 ${Math.round(tops[index] ?? 0)}px`
  }
}
