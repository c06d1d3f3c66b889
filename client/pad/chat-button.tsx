import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import { keepFocus } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { ChatPage } from './chat-page.ts'
import { keyNames } from './key-names.ts'

/** More than this is not counted. */
const MOST = 99

interface ChatButtonProps {
  chat: ChatPage
  action: { keys?: string; run: (from?: Element) => void }
  class?: string
}

/** Opens and closes the chat, and counts what was not seen; louder when somebody speaks to this person. */
export function ChatButton({ chat, action, class: kind = '' }: ChatButtonProps): JSX.Element {
  const { count, mentions } = chat.unread.value
  const label =
    count > 0 ? t(mentions > 0 ? 'chat.unreadMention' : 'chat.unread', { n: count }) : t('chat.title')
  return (
    <button
      type="button"
      class={`tool chat-button ${kind}`}
      aria-label={label}
      aria-pressed={chat.open.value}
      data-action="chat"
      data-tip=""
      data-keys={action.keys && keyNames(action.keys)}
      onMouseDown={keepFocus}
      onClick={(event) => action.run(event.currentTarget)}
    >
      <Icon name="chat" />
      {count > 0 && (
        <span class={`count${mentions > 0 ? ' loud' : ''}`} aria-hidden="true">
          {mentions > 0 ? '@' : ''}
          {count > MOST ? `${MOST}+` : count}
        </span>
      )}
    </button>
  )
}
