/** Tells the browser whether to check; lines of code are never checked, as the core says. */
import type { ClientContext } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

export function client(context: ClientContext<Fields>): void {
  context.textAttributes(() => {
    const { spellcheck, disabledByDefault } = context.settings()
    return { spellcheck: String(spellcheck === 'default' ? !disabledByDefault : spellcheck === 'on') }
  })
}
