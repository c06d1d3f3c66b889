/** One entry of the page's menu, with the key everybody knows; it goes and comes with the setting. */
import { effect, untracked } from '@preact/signals'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

export function client(context: ClientContext<Fields>): Off {
  let off: Off = () => undefined
  const stop = effect(() => {
    const { hideButton } = context.settings()
    untracked(() => {
      off()
      off = context.action({
        id: 'print',
        label: 'print',
        icon: 'print',
        keys: 'Mod-p',
        group: 'page',
        place: hideButton ? [] : ['menu'],
        writes: false,
        run: () => window.print(),
      })
    })
  })
  return () => {
    stop()
    off()
  }
}
