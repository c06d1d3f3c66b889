import type { ReadonlySignal } from '@preact/signals'
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { ChatMessage, Person } from '../../shared/protocol.ts'
import { language, t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Avatar } from '../ui/people.tsx'
import { dayName, daysOf } from './chat-lines.ts'
import type { Block } from './chat-lines.ts'
import type { OwnLine } from './chat-outbox.ts'
import type { ChatPage } from './chat-page.ts'
import { chatParts, mentions } from './chat-text.ts'

/** Pixels from the end within which new lines keep the end in sight. */
const NEAR = 60

interface ChatListProps {
  chat: ChatPage
  me: ReadonlySignal<Person>
  person: (author: string) => Person | undefined
}

/** The lines, the newest in sight until somebody scrolls back. */
export function ChatList({ chat, me, person }: ChatListProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const before = useRef({ first: -1, height: 0 })
  const behind = useSignal(false)
  const lines = chat.lines.value
  const waiting = chat.waiting.value
  const first = lines[0]?.id ?? -1

  // Older lines push what is read down by their height; new ones keep the end in sight.
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    if (atEnd.current) element.scrollTop = element.scrollHeight
    else if (first < before.current.first) element.scrollTop += element.scrollHeight - before.current.height
    else if (element.scrollHeight > before.current.height) behind.value = true
    before.current = { first, height: element.scrollHeight }
  }, [lines, waiting])
  // A sheet that is dragged, a keyboard that comes: the end stays in sight.
  useLayoutEffect(() => {
    const element = box.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const toEnd = (): void => {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
  }
  const onScroll = (): void => {
    const element = box.current
    if (!element) return
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
    if (atEnd.current) behind.value = false
  }
  return (
    <div class="chat-place">
      <div
        ref={box}
        class="chat-scroll"
        role="log"
        aria-live="off"
        aria-label={t('chat.log')}
        tabIndex={0}
        onScroll={onScroll}
      >
        <Start chat={chat} />
        {daysOf(lines).map((day) => (
          <section key={day.time} class="chat-day">
            <h3>{dayName(day.time, Date.now(), language())}</h3>
            {day.blocks.map((block) => (
              <ChatBlock
                key={block.lines[0]?.id}
                block={block}
                person={block.author === me.value.author ? me.value : person(block.author)}
                me={me.value}
              />
            ))}
          </section>
        ))}
        {waiting.length > 0 && (
          <article class="chat-block" aria-label={t('chat.you')}>
            <Face person={me.value} />
            <p class="chat-head" aria-hidden="true">
              <strong>{t('chat.you')}</strong>
            </p>
            <ul class="chat-waiting">
              {waiting.map((line) => (
                <Waiting key={line.key} line={line} chat={chat} />
              ))}
            </ul>
          </article>
        )}
      </div>
      {behind.value && (
        <Button size="small" icon="arrow-down" class="chat-newest" onClick={toEnd}>
          {t('chat.newest')}
        </Button>
      )}
    </div>
  )
}

/** Above the first line: the way to older ones, or that there is none. */
function Start({ chat }: { chat: ChatPage }): JSX.Element {
  if (chat.more.value === 'tooMany') return <p class="chat-note">{t('chat.tooMany')}</p>
  if (chat.more.value === 'yes')
    return (
      <Button size="small" kind="quiet" class="chat-older" icon="arrow-up" onClick={() => chat.older()}>
        {t('chat.older')}
      </Button>
    )
  const empty = chat.loaded.value && chat.lines.value.length === 0 && chat.waiting.value.length === 0
  return empty ? <p class="chat-note">{t('chat.empty')}</p> : <></>
}

interface BlockProps {
  block: Block
  person: Person | undefined
  me: Person
}

/** Draws a block again only when something in it is another: with each new line the list has hundreds that are not. */
function ChatBlock(props: BlockProps): JSX.Element {
  const { block, person, me } = props
  return useMemo(
    () => <BlockView {...props} />,
    [block.lines.length, block.lines[0], person?.name, person?.colour, me.author, me.name, language()],
  )
}

function BlockView({ block, person, me }: BlockProps): JSX.Element {
  const own = block.author === me.author
  const name = person?.name || block.name || t('common.nameless')
  const colour = person?.colour ?? ''
  const time = new Intl.DateTimeFormat(language(), { timeStyle: 'short' })
  const clock = (line: ChatMessage | undefined): string => time.format(line?.time ?? 0)
  return (
    <article class="chat-block" aria-label={`${own ? t('chat.you') : name}, ${clock(block.lines[0])}`}>
      {block.author === SYSTEM_AUTHOR ? (
        <Icon name="info" class="chat-face" />
      ) : (
        <Face person={{ author: block.author, name: person?.name || block.name, colour }} />
      )}
      <p class="chat-head" aria-hidden="true">
        <strong dir="auto">{own ? t('chat.you') : name}</strong>
        <time>{clock(block.lines[0])}</time>
      </p>
      {block.lines.map((line) => (
        <p
          key={line.id}
          class={`chat-line${!own && mentions(line.text, me.name) ? ' mentioned' : ''}`}
          title={clock(line)}
          dir="auto"
        >
          <Words text={line.text} name={own ? '' : me.name} />
        </p>
      ))}
    </article>
  )
}

function Face({ person: { author, name, colour } }: { person: Person }): JSX.Element {
  return (
    <span class="chat-face" aria-hidden="true">
      <Avatar face={{ id: author, name, colour }} nameless={t('common.nameless')} />
    </span>
  )
}

function Words({ text, name }: { text: string; name: string }): JSX.Element {
  return (
    <>
      {chatParts(text, name).map((part, index) =>
        part.kind === 'link' ? (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : part.kind === 'mention' ? (
          <mark key={index}>{part.text}</mark>
        ) : (
          part.text
        ),
      )}
    </>
  )
}

/** Why a line is not taken, in words; for reasons that only our own mistakes have there is one sentence. */
const PROBLEMS: Readonly<Record<string, Key>> = {
  readonly: 'chat.problem.readonly',
  tooLong: 'chat.problem.tooLong',
}

function problemWords(problem: string): string {
  return t((Object.hasOwn(PROBLEMS, problem) ? PROBLEMS[problem] : undefined) ?? 'chat.problem.other')
}

/** A line that does not stand yet. */
function Waiting({ line, chat }: { line: OwnLine; chat: ChatPage }): JSX.Element {
  const { key, text, problem } = line
  return (
    <li class={problem === null ? '' : 'failed'}>
      <p class="chat-line" dir="auto">
        {text}
      </p>
      <p class="chat-state">
        <Icon name={problem === null ? 'saving' : 'warning'} class="small" />
        {problem === null ? t('chat.waiting') : problemWords(problem)}
      </p>
      {problem !== null && (
        <p class="chat-ways">
          <Button size="small" onClick={() => chat.again(key)}>
            {t('chat.again')}
          </Button>
          <Button size="small" kind="quiet" onClick={() => chat.discard(key)}>
            {t('chat.discard')}
          </Button>
        </p>
      )}
    </li>
  )
}
