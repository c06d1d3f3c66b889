/** The view of authors named neat: its style sheet draws the lines, a layer beside the text the names. */
import { effect, signal } from '@preact/signals'
import type { JSX } from 'preact'
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import { gutter } from './gutter.ts'
import type { Gutter } from './gutter.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

const ID = 'neat'

export function client(context: ClientContext<Fields>): Off {
  /** Who wrote the words at the cursor; null while another view is on. */
  const here = signal<string | null>(null)
  let names: Gutter | undefined

  const nameOf = (author: string): string =>
    author === context.me.peek().author
      ? context.t('me')
      : context.person(author)?.name || context.t('nameless')
  const isOn = (view: EditorView): boolean => view.dom.dataset['authors'] === ID

  context.authorView({ id: ID, label: 'view' })
  context.prosemirror(
    new Plugin({
      view(view) {
        const own = gutter(view, nameOf, () => isOn(view) && context.settings().names)
        names = own
        return {
          update(now, before) {
            here.value = isOn(now) ? authorAt(now) : null
            const onlyMoved = before.doc === now.state.doc && !before.selection.eq(now.state.selection)
            if (!onlyMoved) own.refresh()
          },
          destroy() {
            own.destroy()
            if (names === own) names = undefined
          },
        }
      },
    }),
  )
  // In another language, or not at all.
  const stop = effect(() => {
    context.settings()
    context.t('me')
    names?.refresh()
  })

  /** On every screen, and for the keyboard: the name that is beside the text only where there is room. */
  function Foot(): JSX.Element | null {
    const author = here.value
    if (author === null) return null
    const person = author === context.me.value.author ? context.me.value : context.person(author)
    const mine = author === context.me.value.author
    return (
      <p class="neat-here">
        {mine ? context.t('byMe') : context.t('by', { name: person?.name || context.t('nameless') })}
      </p>
    )
  }
  context.foot(() => <Foot />)
  return stop
}

/** Who wrote the character before the cursor, as the editor shows it. */
function authorAt(view: EditorView): string | null {
  const { node } = view.domAtPos(view.state.selection.head, -1)
  const element = node instanceof Element ? node : node.parentElement
  const words = element?.closest<HTMLElement>('.by[data-author]')
  return words?.dataset['author'] ?? null
}
