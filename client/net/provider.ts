/**
 * The talk with the server about one document: hello and welcome, both directions of the sync protocol, and the count
 * of write messages against acknowledgements (rules S5, S6, S12, S17, S19 of SPEC-sync).
 */
import * as Y from 'yjs'
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { Message } from '../../shared/protocol.ts'
import type { ClientEvent, Hello } from '../../shared/protocol.ts'
import type { Environment } from './environment.ts'
import { createInbox } from './inbox.ts'
import type { Ledger } from './ledger.ts'
import { withoutOthers } from './others.ts'
import { createOutbox } from './outbox.ts'
import { createSender } from './sender.ts'
import type { Writing } from './sender.ts'
import type { Off } from './types.ts'
import { jsonMessage, readMessage, step1, step2, updateMessage } from './wire.ts'
import type { PresenceEntry } from './wire.ts'

/** Ms between two questions for what is missing. */
const ASK_AGAIN = 5000
/** Ms others have to bring what the server lacks of theirs, and as much again by chance. */
const OWNERS_BRING = 20_000

export interface ProviderEvents {
  /** The server's answer to the hello. Nothing of ours is sent before {@link Provider.proceed}. */
  welcome(json: unknown): void
  event(json: unknown): void
  ink(client: number, bytes: Uint8Array): void
  presence(entries: PresenceEntry[]): void
  queryPresence(): void
  /** The first whole state of the server in this connection is in the document. */
  received(): void
  /** Own rows up to `row` are durable, with `found` also those of earlier visits. */
  durable(row: number, found: boolean): void
  /** Something that {@link Provider.settled} or the ledger tells has changed. */
  changed(): void
  /** A frame of remote updates was applied. */
  applied(): void
}

export interface ProviderOptions {
  env: Environment
  doc: Y.Doc
  ledger: Ledger
  /** Origin of the transactions that bring the server's updates. */
  origin: unknown
  /** Never write, whatever the server would allow. */
  readOnly: boolean
  /** Has this client id no other person who could bring what it wrote: this tab's, an earlier tab's, the server's own? */
  mayBring(client: number): boolean
  hello(): Hello
  send(message: Uint8Array): boolean
  events: ProviderEvents
}

export interface Provider {
  /** The server knows everything of ours, durably, and we know everything of it. */
  readonly settled: boolean
  readonly level: Level
  /** Our state went out on this connection, so what is written follows at once. */
  readonly offered: boolean
  /** The server takes writes of this session. */
  readonly writes: boolean
  /** A connection is open: the hello goes out. */
  opened(): void
  closed(): void
  message(bytes: Uint8Array): void
  /** After the welcome: from now on our own changes go out. */
  proceed(level: Level): void
  setLevel(level: Level): void
  /** A change was made here; `row` is its number in the ledger. */
  write(update: Uint8Array): void
  /** Sends what waits, applies what waits. */
  flush(): void
  /** Exchanges whole states again, after something went past this provider. */
  resync(): void
  destroy(): void
}

/** One connection's part. */
interface Talk {
  /** The server's state as it told last. */
  vector: Uint8Array | null
  proceeded: boolean
  /** Our state went out, so single updates may follow. */
  offered: boolean
  received: boolean
}

export function createProvider(options: ProviderOptions): Provider {
  const { env, doc, ledger, events } = options
  let talk: Talk | null = null
  let level: Level = 'read'
  let asked = -Infinity
  let asking: Off | null = null
  let helping: Off | null = null
  const sender = createSender(env, sendOne, () => {
    outbox.flush()
    events.changed()
  })
  const outbox = createOutbox(env, doc, {
    ready: () => sender.idle,
    send(updates) {
      sender.send(updates, { whole: false, row: ledger.newest, found: false })
      events.changed()
    },
  })
  const inbox = createInbox(env, doc, options.origin, (whole) => {
    if (!whole || doc.store.pendingStructs !== null || doc.store.pendingDs !== null) askAgain()
    events.applied()
  })

  function sendOne(update: Uint8Array, { whole, row, found }: Writing): boolean {
    if (!options.send(whole ? step2(update) : updateMessage(update))) return false
    ledger.sent(row, found)
    return true
  }

  const writes = () => !options.readOnly && allows(level, 'write')

  function stopTimers(): void {
    asking?.()
    helping?.()
    asking = null
    helping = null
  }

  /** A step 1: the answer brings whatever is missing here. */
  function ask(): void {
    asked = env.now()
    options.send(step1(Y.encodeStateVector(doc)))
  }

  function askAgain(): void {
    asking ??= env.after(Math.max(0, asked + ASK_AGAIN - env.now()), () => {
      asking = null
      if (talk !== null) ask()
    })
  }

  /**
   * A step 2 with everything of ours the server may lack. A server that was killed may also lack what others wrote and
   * we have seen. A Yjs client id belongs to whoever brings it first (S14), so its owner is given time to do so. All
   * pieces of a large one are step 2, but only the last settles anything: also what went out before it, and was lost.
   */
  function offer(others = false): void {
    if (talk === null || !talk.proceeded || talk.vector === null || !writes()) return
    inbox.flush()
    unsend()
    ledger.offering()
    const { vector, withheld } = others
      ? { vector: talk.vector, withheld: false }
      : withoutOthers(doc, talk.vector, (client) => options.mayBring(client))
    talk.offered = true
    if (others) options.send(jsonMessage(Message.event, { type: 'others' } satisfies ClientEvent))
    sender.send([Y.encodeStateAsUpdate(doc, vector)], { whole: true, row: ledger.newest, found: true })
    if (withheld) {
      helping ??= env.after(OWNERS_BRING * (1 + env.random()), () => {
        helping = null
        offer(true)
      })
    }
    events.changed()
  }

  /** Forgets what waits to be sent: the next offer brings it. */
  function unsend(): void {
    outbox.clear()
    sender.clear()
  }

  function received(first: boolean, update: Uint8Array): void {
    inbox.push(update)
    if (!first || talk === null || talk.received) return
    inbox.flush()
    talk.received = true
    events.received()
    events.changed()
  }

  function read(bytes: Uint8Array): void {
    const message = readMessage(bytes)
    switch (message.type) {
      case 'step1':
        if (talk !== null) talk.vector = message.vector
        offer()
        return
      case 'update':
        received(message.first, message.update)
        return
      case 'presence':
        events.presence(message.entries)
        return
      case 'queryPresence':
        events.queryPresence()
        return
      case 'durable': {
        const settled = ledger.durable(message.count)
        if (settled === null) return
        events.durable(settled.row, settled.found)
        events.changed()
        return
      }
      case 'welcome':
        events.welcome(message.json)
        return
      case 'event':
        events.event(message.json)
        return
      case 'ink':
        events.ink(message.client, message.bytes)
        return
      default:
    }
  }

  return {
    get settled() {
      if (talk?.received !== true || !talk.proceeded) return false
      return !writes() || (talk.offered && outbox.empty && sender.idle && ledger.underWay === 0)
    },
    get level() {
      return level
    },
    get offered() {
      return talk?.offered === true
    },
    get writes() {
      return writes()
    },
    opened() {
      talk = { vector: null, proceeded: false, offered: false, received: false }
      ledger.restart()
      options.send(jsonMessage(Message.hello, options.hello()))
      ask()
    },
    closed() {
      if (talk === null) return
      inbox.flush()
      unsend()
      ledger.restart()
      talk = null
      stopTimers()
      events.changed()
    },
    message(bytes) {
      try {
        read(bytes)
      } catch (error) {
        env.report(error)
      }
    },
    proceed(value) {
      level = value
      if (talk === null) return
      talk.proceeded = true
      offer()
      events.changed()
    },
    setLevel(value) {
      const could = writes()
      level = value
      if (talk !== null && !writes()) {
        talk.offered = false
        unsend()
      }
      if (!could) offer()
      events.changed()
    },
    write(update) {
      if (talk?.offered === true) outbox.push(update)
      events.changed()
    },
    flush() {
      outbox.flush()
      inbox.flush()
    },
    resync() {
      if (talk === null) return
      askAgain()
      offer()
    },
    destroy() {
      outbox.flush()
      unsend()
      inbox.destroy()
      stopTimers()
      talk = null
    },
  }
}
