/** The chat of a pad's page: its lines, what waits to be sent, what was not seen (SPEC-pads P10 to P19). */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { ChatMessage, ServerEvent } from '../../shared/protocol.ts'
import type { Session } from '../net/types.ts'
import type { ChatMemory } from './chat-keep.ts'
import { capped, mayGrow, NO_LINES, readMessages, withArrival } from './chat-lines.ts'
import type { Lines } from './chat-lines.ts'
import { createChatOutbox } from './chat-outbox.ts'
import type { OwnLine } from './chat-outbox.ts'
import { mentions } from './chat-text.ts'

export interface PadChat {
  /** Ascending. */
  readonly lines: ReadonlySignal<readonly ChatMessage[]>
  /** There are older ones: `yes` to be asked for, `tooMany` when the page has its fill. */
  readonly more: ReadonlySignal<'no' | 'yes' | 'tooMany'>
  /** The server answered once. */
  readonly loaded: ReadonlySignal<boolean>
  readonly waiting: ReadonlySignal<readonly OwnLine[]>
  /** Lines of others that were not on screen, and how many of them speak to this person. */
  readonly unread: ReadonlySignal<{ count: number; mentions: number }>
  /** What is being written; survives the closing of the panel. */
  readonly draft: Signal<string>
  /** Lines are on screen: what comes is seen. */
  readonly visible: Signal<boolean>
  /** False when too many lines wait. */
  say(text: string): boolean
  again(key: string): void
  discard(key: string): void
  /** Asks for a page of older lines. */
  older(): void
  /** Hears new lines of others, several at once after a lost connection. */
  onNews(listener: (lines: readonly ChatMessage[]) => void): () => void
  stop(): void
}

export interface ChatParts {
  session: Pick<Session, 'on' | 'send' | 'me'>
  /** The person's name now. */
  name: ReadonlySignal<string>
  memory: ChatMemory
  /** Runs once after `ms`; the answer cancels. */
  after?: (ms: number, run: () => void) => () => void
}

/** Ms after which a question that was refused is asked again. */
const ASK_AGAIN = 5000

/** Follows the chat of the session's pad. */
export function createPadChat({ session, name, memory, after = timer }: ChatParts): PadChat {
  const lines = signal<Lines>(NO_LINES)
  const loaded = signal(false)
  const seen = signal(memory.seen)
  const visible = signal(false)
  const listeners = new Set<(lines: readonly ChatMessage[]) => void>()
  let asking: (() => void) | null = null
  const outbox = createChatOutbox({
    memory,
    after,
    newKey,
    send: ({ text, key }) => session.send({ type: 'chat', text, key }),
  })

  const isOwn = ({ author }: ChatMessage): boolean => author === session.me.author

  function ask(): void {
    asking?.()
    asking = null
    session.send({ type: 'chatBefore', before: null })
  }

  function arrived({ messages, older, more }: Extract<ServerEvent, { type: 'chat' }>): void {
    const arrival = { messages: readMessages(messages), older, more }
    const newest = lines.peek().list.at(-1)?.id ?? -1
    const first = !loaded.peek()
    for (const { key } of arrival.messages.filter(isOwn)) outbox.stands(key)
    if (!arrival.older) {
      // What comes before the first answer is part of it; after a gap an answer brings everything.
      if (first) return
      if ((arrival.messages[0]?.id ?? 0) > newest + 1) {
        ask()
        return
      }
    }
    const next = withArrival(lines.peek(), arrival)
    lines.value = arrival.older ? next : capped(next)
    loaded.value = true
    if (first) begin()
    if (visible.peek()) see()
    const news = first ? [] : lines.peek().list.filter((line) => line.id > newest && !isOwn(line))
    if (news.length > 0) for (const listener of listeners) listener(news)
  }

  /** At the very first visit everything is seen; a chat that is shorter than it was is another one. */
  function begin(): void {
    const newest = lines.peek().list.at(-1)?.id ?? -1
    if (seen.peek() === null || (seen.peek() ?? -1) > newest) see()
  }

  function see(): void {
    const newest = lines.peek().list.at(-1)?.id ?? -1
    if (seen.peek() === newest) return
    seen.value = newest
    memory.see(newest)
  }

  function refused({ what, why, key }: Extract<ServerEvent, { type: 'refused' }>): void {
    if (what === 'chat' && key !== undefined) outbox.refused(key, why)
    else if (what === 'chatBefore' && !loaded.peek()) asking ??= after(ASK_AGAIN, ask)
  }

  const offs = [
    session.on('open', () => {
      ask()
      outbox.opened()
    }),
    session.on('status', ({ state }) => {
      if (state === 'offline' || state === 'refused') outbox.closed()
    }),
    session.on('event', (event) => {
      if (event.type === 'chat') arrived(event)
      else if (event.type === 'refused') refused(event)
    }),
    visible.subscribe((now) => {
      if (now && loaded.peek()) see()
    }),
  ]

  return {
    lines: computed(() => lines.value.list),
    more: computed(() => (lines.value.more ? (mayGrow(lines.value) ? 'yes' : 'tooMany') : 'no')),
    loaded,
    waiting: outbox.lines,
    unread: computed(() => {
      const after = seen.value
      if (after === null) return { count: 0, mentions: 0 }
      const fresh = lines.value.list.filter((line) => line.id > after && !isOwn(line))
      return {
        count: fresh.length,
        mentions: fresh.filter(({ text }) => mentions(text, name.value)).length,
      }
    }),
    draft: signal(''),
    visible,
    say: (text) => outbox.add(text),
    again: (key) => outbox.again(key),
    discard: (key) => outbox.discard(key),
    older() {
      const oldest = lines.peek().list[0]
      if (oldest && mayGrow(lines.peek())) session.send({ type: 'chatBefore', before: oldest.id })
    },
    onNews(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop() {
      asking?.()
      outbox.stop()
      offs.forEach((off) => off())
    },
  }
}

function timer(ms: number, run: () => void): () => void {
  const id = setTimeout(run, ms)
  return () => clearTimeout(id)
}

/** 128 random bits. `crypto.randomUUID` is not there on pages without https. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
