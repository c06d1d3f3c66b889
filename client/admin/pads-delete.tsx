import type { JSX } from 'preact'
import { padTitle } from '../pad-title.ts'
import { toast } from '../ui/toasts.tsx'
import type { Api } from './api.ts'
import { Confirm } from './parts.tsx'
import { say } from './words.ts'

/** Names shown before "and more". */
const SHOWN = 8

/** Asks, then deletes pads. */
export function DeletePads({
  api,
  names,
  onClose,
  onGone,
}: {
  api: Api
  names: readonly string[]
  onClose: () => void
  onGone: () => void
}): JSX.Element {
  const rest = names.length - SHOWN
  return (
    <Confirm
      title={
        names.length === 1
          ? say('delete.titleOne', { name: padTitle(names[0] ?? '') })
          : say('delete.title', { n: names.length })
      }
      action={say('delete.action', { n: names.length })}
      onClose={onClose}
      run={async () => {
        const { removed } = await api.post<{ removed: number }>('api/pads/delete', { pads: names })
        toast(say('delete.done', { n: removed }))
        onGone()
      }}
    >
      <p>{say('delete.body')}</p>
      {names.length > 1 && (
        <ul class="name-list">
          {names.slice(0, SHOWN).map((name) => (
            <li key={name} dir="auto">
              {padTitle(name)}
            </li>
          ))}
          {rest > 0 && <li class="rest">{say('delete.rest', { n: rest })}</li>}
        </ul>
      )}
    </Confirm>
  )
}
