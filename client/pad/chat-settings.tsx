import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { Switch } from '../ui/field.tsx'
import type { ChatOption } from './chat-page.ts'
import type { PadModel } from './model.ts'

/** A person's own choices about the chat; what the owner enforces is shown and cannot be changed. */
export function ChatSettings({ model }: { model: PadModel }): JSX.Element {
  const { chat, options } = model
  if (!options.showChat && !chat.enforced('showChat')) return <></>
  const line = (option: ChatOption, checked: boolean, change: (on: boolean) => void): JSX.Element => (
    <Switch
      label={t(`settings.${option}`)}
      hint={chat.enforced(option) ? t('settings.enforced') : undefined}
      checked={checked}
      disabled={chat.enforced(option)}
      onChange={change}
    />
  )
  return (
    <section class="panel-part">
      <div class="switches">
        {line('showChat', chat.shown.value, (show) => chat.choose({ show }))}
        {chat.shown.value && (
          <>
            {line('alwaysShowChat', chat.kept.value, (keep) =>
              chat.choose(keep ? { keep } : { keep, people: false }),
            )}
            {line('chatAndUsers', chat.withPeople.value, (people) => chat.choose({ people }))}
          </>
        )}
      </div>
    </section>
  )
}
