import type { JSX } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { LIMITS } from '../../shared/protocol.ts'
import { t } from '../i18n.ts'
import { ToolButton } from '../ui/button.tsx'
import { Panel } from '../ui/panel.tsx'
import { toast } from '../ui/toasts.tsx'
import { ChatList } from './chat-list.tsx'
import type { ChatPage } from './chat-page.ts'
import type { PadModel, PageModel } from './model.ts'
import { PeopleParts } from './people-panel.tsx'
import '../styles/chat-panel.css'

/** The chat, with the people above it where both are wanted. */
export function ChatPanel({ model }: { model: PageModel & Partial<Pick<PadModel, 'editor'>> }): JSX.Element {
  const { chat } = model
  // Read once: it says whether somebody asked for this panel or it opened by itself.
  const quiet = useRef<boolean | null>(null)
  quiet.current ??= !chat.takeFocus()
  const together = chat.withPeople.value
  const back = (): void => {
    if (!chat.kept.peek()) chat.close()
    model.editor?.peek()?.focus()
  }
  return (
    <Panel
      title={together ? t('chat.withPeople') : t('chat.title')}
      closeLabel={t('common.close')}
      class={`chat-panel${together ? ' with-people' : ''}`}
      quiet={quiet.current}
      onClose={() => chat.close()}
      onEscape={back}
      tools={
        <ToolButton
          icon="pin"
          label={t('chat.keep')}
          pressed={chat.kept.value}
          class="small chat-keep"
          onClick={() => chat.choose(chat.kept.peek() ? { keep: false, people: false } : { keep: true })}
        />
      }
    >
      {together && (
        <div class="chat-people">
          <PeopleParts model={model} besideChat />
        </div>
      )}
      <ChatList chat={chat} me={model.me} person={(author) => personOf(model, author)} />
      {chat.maySpeak.value ? <Composer chat={chat} /> : <p class="chat-note">{t('chat.readers')}</p>}
    </Panel>
  )
}

/** Follows names and colours as they change. */
function personOf(model: PageModel, author: string): ReturnType<typeof model.session.people.get> {
  return model.others.value.find((person) => person.author === author) ?? model.session.people.get(author)
}

/** Where a line is written. Enter sends, also from a phone's keyboard; with Shift it begins a new line. */
function Composer({ chat }: { chat: ChatPage }): JSX.Element {
  const id = useId()
  const text = chat.draft.value
  const over = text.trim().length - LIMITS.chat
  const empty = text.trim() === ''
  const send = (): void => {
    if (empty || over > 0) return
    if (chat.say(text.trim())) chat.draft.value = ''
    else toast(t('chat.full'), 'warning')
  }
  return (
    <form
      class="chat-composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label class="unseen" for={id}>
        {t('chat.field')}
      </label>
      <textarea
        id={id}
        class="input chat-field"
        data-first=""
        rows={1}
        value={text}
        placeholder={t('chat.placeholder')}
        enterkeyhint="send"
        dir="auto"
        aria-describedby={over > 0 ? `${id}-over` : undefined}
        aria-invalid={over > 0 ? 'true' : undefined}
        onInput={(event) => (chat.draft.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <ToolButton
        icon="arrow-up"
        label={t('chat.send')}
        disabled={empty || over > 0}
        class="chat-send"
        onClick={send}
      />
      {over > 0 && (
        <p id={`${id}-over`} class="problem" role="status">
          {t('chat.over', { n: over })}
        </p>
      )}
    </form>
  )
}
