/** Typed signs, and the view that shows formats as signs: the style sheet writes them, the text knows nothing of it. */
import type { ClientContext } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'
import { typedSigns } from './typing.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

const ICON = 'M2.75 5h14.5v10H2.75zM5.25 12.5v-5l2.1 2.6 2.1-2.6v5M13.25 7.5v5M11.5 10.9l1.75 1.75L15 10.9'

export function client(context: ClientContext<Fields>): void {
  context.prosemirror(typedSigns(context.formats, () => context.settings().shortcuts))
  context.textAttributes((): Record<string, string> =>
    context.settings().showMarkdown ? { 'data-markdown': '' } : {},
  )
  context.action({
    id: 'showMarkdown',
    label: 'show',
    icon: ICON,
    group: 'page',
    place: ['menu'],
    writes: false,
    active: () => context.settings().showMarkdown,
    run: () => context.setSetting('showMarkdown', !context.settings().showMarkdown),
  })
}
