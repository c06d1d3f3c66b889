/** The chat as a part of the page: whether it is there, open, kept open; what it says while it is not in sight. */
import { batch, computed, effect, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import type { ChatMessage, Person } from '../../shared/protocol.ts'
import type { PadBoot, PadOptions, PadSettings } from '../../shared/settings.ts'
import { t } from '../i18n.ts'
import type { Session } from '../net/types.ts'
import { announce } from '../ui/announce.ts'
import { toast } from '../ui/toasts.tsx'
import { createPadChat } from './chat.ts'
import type { PadChat } from './chat.ts'
import { chatChoices, chooseChat } from './chat-choices.ts'
import type { ChatChoices } from './chat-choices.ts'
import { openChatMemory } from './chat-keep.ts'
import { mentions } from './chat-text.ts'

export interface ChatPage extends PadChat {
  /** There is a chat in this page. */
  readonly shown: ReadonlySignal<boolean>
  /** Its panel is in sight. */
  readonly open: ReadonlySignal<boolean>
  /** It stays open while there is room beside the text. */
  readonly kept: ReadonlySignal<boolean>
  /** People stand in the same panel. */
  readonly withPeople: ReadonlySignal<boolean>
  /** This person may say something. */
  readonly maySpeak: ReadonlySignal<boolean>
  /** Before the tab's title: what was not seen while the tab is hidden. */
  readonly titleMark: ReadonlySignal<string>
  /** What the owner enforces of the choices. */
  enforced(option: ChatOption): boolean
  choose(change: ChatChoices): void
  /** Leads into the chat, opening it. */
  enter(): void
  /** Begins a line that speaks to somebody. */
  speakTo(name: string): void
  /** Opens or closes it. */
  toggle(): void
  /** Closes the panel; what was kept open is not any more. */
  close(): void
  /** Whether the panel that appears now was asked for, so that it takes the focus. Asked once. */
  takeFocus(): boolean
}

/** The options that are about the chat. */
export type ChatOption = 'showChat' | 'alwaysShowChat' | 'chatAndUsers'

interface PageParts {
  session: Session
  boot: PadBoot
  options: PadOptions
  padSettings: ReadonlySignal<PadSettings>
  me: ReadonlySignal<Person>
  level: ReadonlySignal<Level>
  panel: Signal<string | null>
}

/** From this width, in pixels, a panel stands beside the text and may open by itself. */
const BESIDE = 900
/** Lines said one by one; more are a count. */
const SAID = 3
/** Letters of a line that are said. */
const LENGTH = 200

const query = typeof matchMedia === 'undefined' ? null : matchMedia(`(min-width: ${BESIDE}px)`)
const beside = signal(query?.matches ?? true)
query?.addEventListener('change', ({ matches }) => (beside.value = matches))

/** Makes the chat of a page; `stop` ends it. */
export function createChatPage(parts: PageParts): ChatPage {
  const { session, boot, options, padSettings, me, level, panel } = parts
  const name = computed(() => me.value.name)
  const chat = createPadChat({ session, name, memory: openChatMemory(storage(), location.pathname) })
  const choices = chatChoices()
  const tabHidden = signal(document.visibilityState === 'hidden')
  let wanted = false

  const enforced = (option: ChatOption): boolean =>
    padSettings.value.enforce && padSettings.value.options[option] !== undefined
  const chosen = (option: ChatOption, choice: boolean | undefined): boolean =>
    (enforced(option) ? undefined : choice) ?? options[option]

  const shown = computed(() => options.showChat && chosen('showChat', choices.value.show))
  const withPeople = computed(
    () => shown.value && beside.value && chosen('chatAndUsers', choices.value.people),
  )
  const kept = computed(
    () => shown.value && (chosen('alwaysShowChat', choices.value.keep) || withPeople.value),
  )
  const open = computed(
    () => shown.value && (panel.value === 'chat' || (withPeople.value && panel.value === 'showusers')),
  )

  const onVisibility = (): void => {
    tabHidden.value = document.visibilityState === 'hidden'
  }
  document.addEventListener('visibilitychange', onVisibility)

  const offs = [
    () => document.removeEventListener('visibilitychange', onVisibility),
    effect(() => {
      chat.visible.value = open.value && !tabHidden.value
    }),
    effect(() => {
      if (kept.value && beside.value && panel.value === null) panel.value = 'chat'
    }),
    effect(() => {
      if (!shown.value && panel.peek() === 'chat') panel.value = null
    }),
    chat.onNews((lines) => say(lines)),
  ]

  /** What is new, for screen readers; for eyes, when somebody speaks to this person and the chat is not in sight. */
  function say(lines: readonly ChatMessage[]): void {
    if (!shown.peek()) return
    const loud = open.peek() ? undefined : lines.findLast(({ text }) => mentions(text, name.peek()))
    // A toast is said, too.
    const others = lines.filter((line) => line !== loud)
    if (others.length > SAID) announce(t('chat.saidMany', { n: others.length }))
    else for (const line of others) announce(t('chat.said', words(line)))
    if (loud) toast(t('chat.mentioned', words(loud)), 'chat', { label: t('chat.open'), run: enter })
  }

  function words({ author, name, text }: ChatMessage): { name: string; text: string } {
    const now = session.people.get(author)?.name || name || t('common.nameless')
    return { name: now, text: text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text }
  }

  function choose(change: ChatChoices): void {
    chooseChat(choices, change)
  }

  function enter(): void {
    if (!shown.peek()) return
    const field = document.querySelector<HTMLElement>('.chat-field')
    if (open.peek() && field) field.focus()
    else {
      wanted = true
      panel.value = 'chat'
    }
  }

  function close(): void {
    batch(() => {
      if (kept.peek()) choose({ keep: false, people: false })
      if (open.peek()) panel.value = null
    })
  }

  return {
    ...chat,
    shown,
    open,
    kept,
    withPeople,
    maySpeak: computed(() => !boot.readOnly && allows(level.value, 'comment')),
    titleMark: computed(() => {
      const { count, mentions: loud } = chat.unread.value
      if (!tabHidden.value || !shown.value || count === 0) return ''
      return `(${loud > 0 ? '@' : ''}${count}) `
    }),
    enforced,
    choose,
    enter,
    speakTo(name) {
      const before = chat.draft.peek()
      chat.draft.value = `${before === '' || before.endsWith(' ') ? before : `${before} `}@${name} `
      enter()
    },
    toggle() {
      if (open.peek()) close()
      else enter()
    },
    close,
    takeFocus() {
      const asked = wanted
      wanted = false
      return asked
    },
    stop() {
      offs.forEach((off) => off())
      chat.stop()
    },
  }
}

/** A browser that forbids storage to a framed page throws at the mere mention of it. */
function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
