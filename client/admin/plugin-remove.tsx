import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { toast } from '../ui/toasts.tsx'
import type { Api } from './api.ts'
import { LONG_PATIENCE } from './api.ts'
import { Confirm } from './parts.tsx'
import type { AdminPlugin } from './plugin-types.ts'
import { say } from './words.ts'

/** Asks, then deletes a third party's plugin. */
export function RemovePlugin({
  api,
  plugin,
  onClose,
  onGone,
}: {
  api: Api
  plugin: AdminPlugin
  onClose: () => void
  onGone: () => void
}): JSX.Element {
  const data = useSignal(false)
  const { name } = plugin.facts
  return (
    <Confirm
      title={say('remove.title', { name })}
      action={say('plugins.remove')}
      onClose={onClose}
      run={async () => {
        await api.post('api/plugins/remove', { name, data: data.value }, LONG_PATIENCE)
        toast(say('remove.done', { name }))
        onGone()
      }}
    >
      <p>{say('remove.body')}</p>
      <label class="tick-row">
        <input
          class="check"
          type="checkbox"
          checked={data.value}
          onChange={(event) => (data.value = event.currentTarget.checked)}
        />
        {say('remove.data')}
      </label>
    </Confirm>
  )
}
