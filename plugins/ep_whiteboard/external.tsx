import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ClientContext } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'
import { boardAddress, boardNames } from './wbo.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** Another WBO in a frame. Old versions of Etherpad's plugin named boards otherwise, so both can be opened. */
export function External({ context, base }: { context: ClientContext<Fields>; base: string }): JSX.Element {
  const names = boardNames(context.pad)
  const at = useSignal(0)
  const { Button } = context.ui
  const address = boardAddress(base, names[at.value] ?? context.pad)
  return (
    <div class="ep-whiteboard-external">
      <iframe
        title={context.t('title')}
        src={address}
        allow="clipboard-write; fullscreen"
        referrerpolicy="no-referrer"
      />
      <p class="ep-whiteboard-foot">
        <span>{context.t('external')}</span>
        {names.length > 1 && (
          <Button size="small" kind="quiet" onClick={() => (at.value = 1 - at.value)}>
            {context.t(at.value === 0 ? 'olderName' : 'newerName')}
          </Button>
        )}
        <a class="button small quiet" href={address} target="_blank" rel="noopener noreferrer">
          {context.t('ownTab')}
        </a>
      </p>
    </div>
  )
}
