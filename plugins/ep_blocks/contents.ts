/** The table of contents in the text: a list of its headings, kept right while people write. Fetched when there is one. */
import './late.css'
import { Plugin } from 'prosemirror-state'
import type { ClientContext, LateView } from '../../shared/plugin.ts'
import { headingsOf } from './headings.ts'
import type { Heading } from './headings.ts'

/** Ms without a change before the lists are made again. */
const PAUSE = 250
/** Ms they may lag behind a text in which somebody always types. */
const LAG = 1000

/** Begins to keep tables of contents; gives what draws one. */
export function startContents(context: ClientContext): LateView {
  const lists = new Set<HTMLElement>()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When the text went away from what the lists say, as `performance.now()`. */
  let since: number | null = null
  let shown = ''

  function draw(): void {
    since = null
    const doc = context.view.peek()?.state.doc
    if (!doc || lists.size === 0) return
    const headings = headingsOf(doc)
    const now = JSON.stringify(headings.map(({ level, words, row }) => [level, words, row]))
    if (now === shown) return
    shown = now
    for (const list of lists) fill(list, headings)
  }
  function fill(list: HTMLElement, headings: readonly Heading[]): void {
    const least = Math.min(6, ...headings.map(({ level }) => level))
    const items = headings.map(({ level, words, row }) => {
      const item = document.createElement('li')
      item.dataset['level'] = String(level - least)
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = words
      button.addEventListener('click', () => context.goToLine(row))
      item.append(button)
      return item
    })
    list.replaceChildren(...items)
    list.hidden = items.length === 0
    const note = list.nextElementSibling
    if (note instanceof HTMLElement) note.hidden = items.length > 0
  }
  const changed = (): void => {
    if (lists.size === 0) return
    clearTimeout(timer)
    const now = performance.now()
    since ??= now
    timer = setTimeout(draw, Math.max(0, Math.min(PAUSE, since + LAG - now)))
  }

  context.prosemirror(
    new Plugin({
      view: () => ({
        update(view, before) {
          if (view.state.doc !== before.doc) changed()
        },
      }),
    }),
  )
  return (dom, node) => {
    const nav = document.createElement('nav')
    nav.setAttribute('aria-label', context.t('contents'))
    const list = document.createElement('ul')
    const note = document.createElement('p')
    note.textContent = context.t('contents.none')
    nav.append(list, note)
    dom.classList.add('ep-blocks-contents')
    dom.append(nav)
    lists.add(list)
    shown = ''
    changed()
    return {
      update: (next) => next.attrs['embed'] === node.attrs['embed'],
      stopEvent: (event) => event.target instanceof HTMLButtonElement && event.type !== 'dragstart',
      destroy() {
        lists.delete(list)
      },
    }
  }
}
