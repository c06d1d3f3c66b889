/** The table of contents in the text: a list of its headings, kept right while people write. */
import type { NodeView, NodeViewConstructor } from 'prosemirror-view'
import type { ClientContext } from '../../shared/plugin.ts'
import { headingsOf } from './headings.ts'
import type { Heading } from './headings.ts'

/** Ms without a change before the lists are made again. */
const PAUSE = 250

export interface ContentsViews {
  readonly make: NodeViewConstructor
  /** The document changed. */
  changed(): void
}

export function contentsViews(context: ClientContext): ContentsViews {
  const lists = new Set<HTMLElement>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown = ''

  function draw(): void {
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
    timer = setTimeout(draw, PAUSE)
  }

  return {
    changed,
    make(node): NodeView {
      const dom = document.createElement('nav')
      dom.className = 'block ep-blocks-contents'
      dom.contentEditable = 'false'
      dom.dataset['kind'] = 'contents'
      dom.setAttribute('aria-label', context.t('contents'))
      const list = document.createElement('ul')
      const note = document.createElement('p')
      note.textContent = context.t('contents.none')
      dom.append(list, note)
      lists.add(list)
      shown = ''
      changed()
      return {
        dom,
        update: (next) => next.type === node.type && next.attrs['embed'] === node.attrs['embed'],
        stopEvent: (event) => event.target instanceof HTMLButtonElement && event.type !== 'dragstart',
        ignoreMutation: () => true,
        destroy() {
          lists.delete(list)
        },
      }
    },
  }
}
