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
/** Pixels between a name and the text, the least and the most a name gets, and the height of one of its lines. */
const GAP = 12
const NARROWEST = 56
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
    const width = shown() ? widthBeside(place, scroll) : 0
    const names = width >= NARROWEST ? namesOn(view, scroll) : []
    show(layer, names, width, nameOf)
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
  // The page says there which view is on, whether lines have numbers, and which way the text runs.
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

/** Pixels there are for names before the text: the sheet's margin, of which line numbers take their part. */
function widthBeside(place: HTMLElement, scroll: Element | null): number {
  const sheet = place.parentElement
  if (!sheet || !scroll) return 0
  const [text, paper, room] = [place, sheet, scroll].map((one) => one.getBoundingClientRect())
  if (!text || !paper || !room) return 0
  const rtl = getComputedStyle(place).direction === 'rtl'
  const beside = (outer: DOMRect, inner: DOMRect): number =>
    rtl ? outer.right - inner.right : inner.left - outer.left
  const margin = beside(paper, text)
  // Beside numbers there is no room on the sheet; names stand outside of it then, if anywhere.
  const outside = place.dataset['lineNumbers'] !== undefined
  place.style.setProperty('--neat-gap', `${outside ? margin + GAP : GAP}px`)
  return Math.min(WIDEST, (outside ? beside(room, paper) : margin) - 2 * GAP + (outside ? 0 : GAP - 4))
}

function show(
  layer: HTMLElement,
  names: readonly Name[],
  width: number,
  nameOf: (author: string) => string,
): void {
  if (names.length > 0) layer.style.inlineSize = `${Math.floor(width)}px`
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
