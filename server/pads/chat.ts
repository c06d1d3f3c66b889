/** The chat of pads: takes lines, keeps them, tells everybody in their order (SPEC-pads P1 to P8). */
import { ANONYMOUS_AUTHOR, SYSTEM_AUTHOR } from '../../shared/ids.ts'
import { LIMITS } from '../../shared/protocol.ts'
import type { ChatMessage, ClientEvent, ServerEvent } from '../../shared/protocol.ts'
import type { People } from '../access/types.ts'
import type { Log } from '../log.ts'
import type { ChatRow, Store } from '../store/store.ts'
import type { Speaker, Sync } from '../sync/types.ts'
import { createChatRates, readLine } from './chat-line.ts'
import type { ChatRefusal, PadRate } from './chat-line.ts'
import { padOf } from './following.ts'
import type { Following } from './following.ts'

export interface ChatParts {
  store: Pick<Store, 'addChat' | 'chatBefore' | 'chatAfter'>
  sync: Pick<Sync, 'listen' | 'tell' | 'peopleIn'>
  people: Pick<People, 'people'>
  following: Following
  log: Log
}

/** Lines read at once when some were missed. */
const CATCH_UP = 500

/** The chat of a pad that somebody here has open. */
interface ChatRoom {
  readonly pad: string
  /** The newest lines, at most {@link LIMITS.chatPage}. */
  tail: readonly ChatRow[]
  /** Number of the last line told; -1 for none. */
  head: number
  /** Resolves when `tail` and `head` are known. */
  ready: Promise<void>
  /** What is told, one after the other. */
  telling: Promise<void>
  readonly rate: PadRate
}

/** Begins to serve chats; the answer ends it. */
export function createChat(parts: ChatParts): () => void {
  const { store, sync, people, following, log } = parts
  const rooms = new Map<string, ChatRoom>()
  const rates = createChatRates(() => performance.now())

  function roomOf(pad: string): ChatRoom {
    const known = rooms.get(pad)
    if (known) return known
    const room: ChatRoom = {
      pad,
      tail: [],
      head: -1,
      ready: Promise.resolve(),
      telling: Promise.resolve(),
      rate: rates.pad(),
    }
    rooms.set(pad, room)
    room.ready = (async () => {
      try {
        remember(room, await store.chatBefore(`p/${pad}`, null, LIMITS.chatPage))
      } catch (error) {
        drop(room)
        throw error
      }
    })()
    room.ready.catch(() => {})
    return room
  }

  function drop(room: ChatRoom): void {
    if (rooms.get(room.pad) === room) rooms.delete(room.pad)
  }

  function remember(room: ChatRoom, lines: readonly ChatRow[]): void {
    room.tail = [...room.tail, ...lines].slice(-LIMITS.chatPage)
    room.head = room.tail.at(-1)?.id ?? -1
  }

  function tellPad(pad: string, event: ServerEvent): void {
    sync.tell(`p/${pad}`, event)
    sync.tell(`b/${pad}`, event)
  }

  /** Tells who authors are that people in the pad may know nothing of (P7). A name that cannot be read is no reason to wait. */
  async function introduce(
    pad: string,
    lines: readonly ChatRow[],
    tell: (event: ServerEvent) => void,
  ): Promise<void> {
    const known = new Set([ANONYMOUS_AUTHOR, SYSTEM_AUTHOR])
    for (const { author } of sync.peopleIn(`p/${pad}`)) known.add(author)
    const strangers = [...new Set(lines.map(({ author }) => author))].filter((author) => !known.has(author))
    if (strangers.length === 0) return
    try {
      tell({ type: 'people', people: [...(await people.people(strangers))] })
    } catch (error) {
      log.warn('names in a chat are unknown', { error: String(error) })
    }
  }

  /** Tells everything up to the line `id`, in order; `line` is that line where it is at hand (P6). */
  function tellUpTo(room: ChatRoom, id: number, line: ChatRow | null): Promise<void> {
    const before = room.telling
    room.telling = (async () => {
      await before
      try {
        await tellMissing(room, id, line)
      } catch (error) {
        log.warn('lines of a chat are told later', { pad: room.pad, error: String(error) })
      }
    })()
    return room.telling
  }

  async function tellMissing(room: ChatRoom, id: number, line: ChatRow | null): Promise<void> {
    while (room.head < id && rooms.get(room.pad) === room) {
      const next =
        line !== null && line.id === room.head + 1
          ? [line]
          : await store.chatAfter(`p/${room.pad}`, room.head, CATCH_UP)
      if (next.length === 0) return
      await introduce(room.pad, next, (event) => tellPad(room.pad, event))
      remember(room, next)
      tellPad(room.pad, { type: 'chat', messages: next.map(messageOf), older: false, more: false })
    }
  }

  /** Tells a line that was put there just now to whoever has the pad open by now. */
  async function tellFresh(pad: string, line: ChatRow): Promise<void> {
    const room = rooms.get(pad)
    await room?.ready
    if (room) await tellUpTo(room, line.id, line)
  }

  async function say(from: Speaker, event: Extract<ClientEvent, { type: 'chat' }>): Promise<void> {
    const { text, key } = event
    const refuse = (why: ChatRefusal): void => from.tell({ type: 'refused', what: 'chat', why, key })
    const pad = padOf(from.document)
    const read = readLine(text, key, from.level)
    if ('why' in read) {
      refuse(read.why)
      return
    }
    const room = roomOf(pad)
    if (!rates.maySay(from.connection, room.rate)) {
      refuse('tooFast')
      return
    }
    try {
      // Before the line is put there: what a room finds when it begins counts as told.
      await room.ready
      const { author, name } = from.person
      const line = await store.addChat(`p/${pad}`, { author, name, text: read.text, time: Date.now(), key })
      if (line === null) refuse('gone')
      else if (line.fresh) await tellFresh(pad, line)
      else from.tell({ type: 'chat', messages: [messageOf(line)], older: false, more: false })
    } catch (error) {
      log.warn('a line of a chat is not kept', { pad, error: String(error) })
      refuse('later')
    }
  }

  async function answer(from: Speaker, before: number | null): Promise<void> {
    const pad = padOf(from.document)
    const refuse = (why: ChatRefusal): void => from.tell({ type: 'refused', what: 'chatBefore', why })
    if (!rates.mayAsk(from.connection)) {
      refuse('tooFast')
      return
    }
    try {
      const room = roomOf(pad)
      await room.ready
      const lines = before === null ? room.tail : await store.chatBefore(`p/${pad}`, before, LIMITS.chatPage)
      await introduce(pad, lines, (event) => from.tell(event))
      const messages = (before === null ? room.tail : lines).map(messageOf)
      from.tell({ type: 'chat', messages, older: true, more: (messages[0]?.id ?? 0) > 0 })
    } catch (error) {
      log.warn('a chat could not be read', { pad, error: String(error) })
      refuse('later')
    }
  }

  const offs = [
    sync.listen({
      heard(from, event) {
        if (event.type === 'chat') void say(from, event)
        else if (event.type === 'chatBefore') void answer(from, event.before)
      },
    }),
    following.listen({
      news(pad, { chat }) {
        const room = rooms.get(pad)
        if (room && chat > room.head) void room.ready.then(() => tellUpTo(room, chat, null)).catch(() => {})
      },
      closed: (pad) => void rooms.delete(pad),
    }),
  ]
  return () => offs.forEach((off) => off())
}

function messageOf({ id, author, name, text, time, key }: ChatRow): ChatMessage {
  return { id, author, name, text, time, key }
}
