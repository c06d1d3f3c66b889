/** The panel with the contents. Where there is room it opens by itself once, for texts that have headings. */
import { computed, effect, untracked } from '@preact/signals'
import type { ClientContext, Off, PluginAction } from '../../shared/plugin.ts'
import { Contents } from './contents.tsx'
import { headingsOf } from './outline.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** Etherpad's name for its button. */
const ID = 'toc'
const ICON = 'M3 4.25h14M6 8.1h11M6 11.9h11M3 15.75h14'
/** From here, in pixels, the panel stands beside the text; below the second it lies over it and goes once it was used. */
const BESIDE = 1280
const OVER = 900
/** Size of a document without text; so it is until the text comes. */
const EMPTY = 2
/** One heading makes no contents. */
const WORTH = 2

const isWide = (width: number): boolean => matchMedia(`(min-width: ${width}px)`).matches

export function client(context: ClientContext<Fields>): Off {
  let panel: Off | undefined
  const go = (row: number): void => {
    if (!isWide(OVER)) context.showPanel(null)
    context.goToLine(row)
  }
  const inBar = computed(() => context.settings().show_button)
  // Only when this one changes: to make the panel again closes it.
  const stopButton = effect(() => {
    const place: PluginAction['place'] = inBar.value ? ['bar', 'menu'] : ['menu']
    untracked(() => {
      panel?.()
      panel = context.panel({
        id: ID,
        title: 'title',
        icon: ICON,
        side: 'start',
        place,
        view: () => <Contents context={context} onGo={go} />,
      })
    })
  })
  let waiting = true
  const stopOpening = effect(() => {
    const doc = waiting ? context.state.value?.doc : undefined
    if (!doc || doc.content.size <= EMPTY) return
    waiting = false
    untracked(() => {
      const { disable_by_default: closed } = context.settings()
      if (!closed && isWide(BESIDE) && headingsOf(doc).length >= WORTH) context.showPanel(ID, { quiet: true })
    })
  })
  return () => {
    stopButton()
    stopOpening()
  }
}
