/** Typography while somebody types; fetched when the cursor first stands in the text. */
import { effect } from '@preact/signals'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

export function client(context: ClientContext<Fields>): Off {
  let asked = false
  const load = (): void => {
    if (asked) return
    asked = true
    import('./typing.ts').then(
      ({ typography }) =>
        context.prosemirror(
          typography(() => ({ ...context.settings(), language: document.documentElement.lang })),
        ),
      () => (asked = false),
    )
  }
  return effect(() => {
    const view = context.view.value
    if (!view || !context.mayWrite.value) return
    if (view.hasFocus()) load()
    view.dom.addEventListener('focus', load)
    return () => view.dom.removeEventListener('focus', load)
  })
}
