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
        run: print,
      })
    })
  })
  return () => {
    stop()
    off()
  }
}

/** A sandbox may forbid to print, and says nothing; a page in a tab of its own may. */
function print(): void {
  let begun = false
  const note = (): void => void (begun = true)
  addEventListener('beforeprint', note)
  window.print()
  removeEventListener('beforeprint', note)
  if (!begun && self !== top) window.open(location.href, '_blank', 'noopener')
}
