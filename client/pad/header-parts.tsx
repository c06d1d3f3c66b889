/** What the headers of a text and of its board have in common. */
import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { Avatars } from '../ui/people.tsx'
import type { PadModel } from './model.ts'
import { statusText } from './status-text.ts'

/** How safe the text or the board is, in words. It is no live region: the page announces what matters, not every "Saving". */
export function StatusLine({ model }: { model: Pick<PadModel, 'status' | 'mayWrite'> }): JSX.Element {
  const text = useComputed(() => statusText(model.status.value, model.mayWrite.value))
  const { key, count, icon, tone } = text.value
  return (
    <span class={`status ${tone}`}>
      <Icon name={icon} />
      {t(key, { n: count })}
    </span>
  )
}

/** Without a header, only what somebody has to know. */
export function BareStatus({ model }: { model: Pick<PadModel, 'status' | 'mayWrite'> }): JSX.Element {
  const fine = useComputed(() => model.status.value.state === 'saved' && model.status.value.store === 'ok')
  return fine.value ? (
    <></>
  ) : (
    <div class="bare-status">
      <StatusLine model={model} />
    </div>
  )
}

interface PeopleButtonProps {
  model: Pick<PadModel, 'me' | 'others' | 'panel'>
  onClick: () => void
}

/** Who is here, as a row of faces that opens their list. */
export function PeopleButton({ model, onClick }: PeopleButtonProps): JSX.Element {
  const here = useComputed(() => [model.me.value, ...model.others.value.filter((person) => person.here)])
  const faces = here.value.map(({ author, name, colour }) => ({ id: author, name, colour }))
  const nameless = t('common.nameless')
  return (
    <button
      type="button"
      class="people-button"
      aria-label={t('pad.people', { n: faces.length })}
      aria-pressed={model.panel.value === 'showusers'}
      data-tip=""
      onClick={onClick}
    >
      <Avatars faces={faces} most={5} nameless={nameless} class="wide-only" />
      <Avatars faces={faces} most={3} nameless={nameless} class="middle-only" />
      <Avatars faces={faces} most={2} nameless={nameless} class="narrow-only" />
    </button>
  )
}

/** The menu at the header's end. */
export function MoreMenu({ groups }: { groups: () => readonly (readonly MenuItem[])[] }): JSX.Element {
  return <MenuButton label={t('common.more')} action="menu" groups={groups} />
}
