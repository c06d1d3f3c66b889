import { signal, useSignal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import type { Session } from '../net/types.ts'
import { ToolButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { closedWords, keepClosed } from './closed-words.ts'

const KEY = 'inkpad.notice'

/** The administrator's word to all pads, as it stands; asked for again with each new connection (P43). */
export function followNotice(session: Session, first: string): ReadonlySignal<string> {
  const notice = signal(first)
  session.on('open', () => session.send({ type: 'catchUp' }))
  session.on('event', (event) => {
    if (event.type === 'notice') notice.value = event.text
  })
  return notice
}

/** Shows it until it is closed; other words show again (P51). */
export function NoticeBanner({ notice }: { notice: ReadonlySignal<string> }): JSX.Element {
  const closed = useSignal(closedWords(KEY))
  const words = notice.value
  if (words === '' || words === closed.value) return <></>
  return (
    <div class="banner page-banner accent notice-banner" role="status">
      <Icon name="info" />
      <p dir="auto">{words}</p>
      <ToolButton
        icon="close"
        label={t('notice.close')}
        onClick={() => {
          closed.value = words
          keepClosed(KEY, words)
        }}
      />
    </div>
  )
}
