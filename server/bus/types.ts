/** What the servers of one database tell one another, and what carries it (docs/SPEC-bus.md). */
import type { Person, ServerEvent } from '../../shared/protocol.ts'
import type { DocumentName } from '../store/store.ts'

/** Where somebody on another server is; `state` is the presence as JSON, `null` for gone. */
export interface HereEntry {
  client: number
  person: Person
  state: string
  /** Ms since 1970 when their client said so. */
  said: number
}

/** Events that are kept nowhere, so that nobody could read them later. */
export type PassingEvent = Extract<ServerEvent, { type: 'plugin' | 'gather' }>

/** What one server tells the others. Nothing in it counts more than the database: most say only where to look (BU2). */
export type BusMessage =
  /** Rows of a document are durable. */
  | { kind: 'wrote'; document: DocumentName; to: number }
  /** A document was deleted. */
  | { kind: 'gone'; document: DocumentName }
  /** The chat, the owner, a decision or the rule of a pad changed. */
  | { kind: 'pad'; pad: string }
  /** Sessions ended, or somebody is known otherwise. */
  | { kind: 'people' }
  /** Sessions of a group (SPEC-groups) ended. */
  | { kind: 'group'; group: string }
  /** The administrator's word to all changed. */
  | { kind: 'notice' }
  /** Plugins went on or off, or have other settings. */
  | { kind: 'plugins' }
  /** Who is in this document? */
  | { kind: 'ask'; document: DocumentName }
  | { kind: 'here'; document: DocumentName; entries: readonly HereEntry[] }
  /** Live ink, as the client sent it. */
  | { kind: 'ink'; document: DocumentName; client: number; bytes: Uint8Array }
  /** An event for everybody in a document, or for one author; '' is everybody. */
  | { kind: 'event'; document: DocumentName; to: string; event: PassingEvent }
  /** The server that says it goes. */
  | { kind: 'bye' }

export interface BusListener {
  heard?(message: BusMessage, node: string): void
  /** Something may have been missed: whatever hints lead to is to be looked at now, and who is here to be asked (BU5). */
  missed?(): void
  /** A server is there no more: nor is anybody on it. */
  left?(node: string): void
}

/** How the bus is, for administrators. */
export interface BusState {
  /** `none`: not configured; `slow`: connected, and what is said comes back late or not at all. */
  state: 'none' | 'up' | 'down' | 'slow'
  /** Other servers that are heard. */
  servers: number
  /** Ms from saying something to hearing it; null while that is unknown. */
  delay: number | null
  sent: number
  received: number
  /** Messages that were not taken, by reason; counters only grow. */
  dropped: Readonly<Record<string, number>>
  /** How often something may have been missed. */
  missed: number
}

/** Tells other servers; never waited for, and never rejects. */
export interface Bus {
  /** Is there another server? Else nothing need be said. */
  readonly together: boolean
  tell(message: BusMessage): void
  listen(listener: BusListener): () => void
  state(): BusState
  /** Begins; once the database is there. */
  start(): void
  close(): Promise<void>
}

/** What carries sealed frames between servers: all get all, their own too. */
export interface Carriage {
  /** Begins to connect, and goes on trying until it is closed. `channel` keeps installations apart. */
  start(channel: string, on: CarriageEvents): void
  /** Bytes that are under way. */
  readonly pending: number
  /** Sends, or drops it where that cannot be. */
  send(frame: Uint8Array): void
  close(): Promise<void>
}

export interface CarriageEvents {
  frame(bytes: Uint8Array): void
  /** It is connected. */
  up(): void
  /** It is not, and why; told once until it is up again. */
  down(why: string): void
}
