/** Notes at the foot: signs in the text, numbered in their order, and their words in a list below it. Fetched when there is one. */
import './late.css'
import { signal } from '@preact/signals'
import { Plugin } from 'prosemirror-state'
import type { ClientContext, LateView } from '../../shared/plugin.ts'
import { List } from './list.tsx'
import type { Note } from './list.tsx'
import { KIND, noteOf } from './shared.ts'

/** What a page has of notes. */
export interface Notes {
  readonly draw: LateView
  /** Asks for a note and puts it at the cursor. */
  write(): void
}

/** A sign on the screen. */
interface Sign {
  readonly dom: HTMLElement
  readonly button: HTMLElement
  words: string
  pos: () => number | undefined
}

/** Begins to show notes; `draw` draws a sign. */
export function startNotes(context: ClientContext): Notes {
  const signs = new Set<Sign>()
  const notes = signal<readonly Note[]>([])
  let frame = 0

  function number(): void {
    frame = 0
    const order = [...signs].map((sign) => ({ sign, pos: sign.pos() ?? 0 })).sort((a, b) => a.pos - b.pos)
    order.forEach(({ sign: { button, words } }, at) => {
      const text = String(at + 1)
      if (button.textContent !== text) button.textContent = text
      button.setAttribute('aria-label', context.t('note', { n: at + 1, words }))
    })
    notes.value = order.map(({ sign }) => ({
      words: sign.words,
      back: () => {
        sign.dom.scrollIntoView({ block: 'center' })
        sign.button.focus()
      },
      change: () => edit(sign.words, (words) => replace(sign, words)),
    }))
  }
  const later = (): void => {
    frame ||= requestAnimationFrame(number)
  }

  function edit(words: string, done: (words: string) => void): void {
    const open = async (): Promise<void> => {
      const { askNote } = await import('./dialog.tsx')
      askNote(context, words, done)
    }
    open().catch(() => context.toast(context.t('offline'), 'warning'))
  }
  function replace(sign: Sign, text: string): void {
    const pos = sign.pos()
    if (pos === undefined) return
    if (text !== '') context.run(context.formats.changeEmbed(pos, { [KIND]: { text } }))
    else
      context.run((state, dispatch) => {
        dispatch?.(state.tr.delete(pos, pos + 1))
        return true
      })
  }

  const draw: LateView = (dom, node, _view, getPos) => {
    dom.classList.add('ep-footnotes-sign')
    const button = document.createElement('button')
    button.type = 'button'
    button.setAttribute('role', 'doc-noteref')
    dom.append(button)
    const sign: Sign = { dom, button, words: '', pos: getPos }
    const read = (from: typeof node): void => {
      sign.words = noteOf(context.formats.embedOf(from)?.[KIND]) ?? ''
      dom.title = sign.words
    }
    read(node)
    button.addEventListener('click', () => {
      const at = [...signs].map((one) => one.pos() ?? 0).filter((pos) => pos < (getPos() ?? 0)).length
      document.querySelectorAll<HTMLElement>('.ep-footnotes-list > li')[at]?.focus()
    })
    signs.add(sign)
    later()
    return {
      update(next) {
        if (!context.formats.embedOf(next)?.[KIND]) return false
        read(next)
        later()
        return true
      },
      stopEvent: (event) => event.type === 'click' || event.type === 'mousedown' || event.type === 'keydown',
      destroy() {
        signs.delete(sign)
        later()
      },
    }
  }

  context.prosemirror(
    new Plugin({
      view: () => ({
        update(view, before) {
          if (signs.size > 0 && view.state.doc !== before.doc) later()
        },
      }),
    }),
  )
  context.foot(() => <List context={context} notes={notes} />)
  return {
    draw,
    write: () =>
      edit('', (text) => {
        if (text !== '') context.run(context.formats.insertEmbed({ [KIND]: { text } }))
      }),
  }
}
