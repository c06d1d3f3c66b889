/** What the rest of the server knows of the rooms. */
import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'socket.io'
import type * as Y from 'yjs'
import type { Level } from '../../shared/access.ts'
import type { ClientEvent, Person, ServerEvent, StoreState } from '../../shared/protocol.ts'
import type { PassingEvent } from '../bus/types.ts'
import type { Proved } from '../access/types.ts'
import type { DocumentName } from '../store/store.ts'

/** Limits of one server; defaults in {@link DEFAULT_LIMITS}, keys in the settings under `limits`. */
export interface Limits {
  /** Bytes of one message. */
  message: number
  /** Bytes of one update inside a message. */
  update: number
  /** Bytes of a document's encoded state. */
  document: number
  /** Messages a second and at once, per connection. */
  messageRate: number
  messageBurst: number
  /** Bytes a second and at once, per connection. */
  byteRate: number
  byteBurst: number
  /** Connections of one pad, of one author, and of one network address (public addresses only). */
  connectionsPerPad: number
  connectionsPerAuthor: number
  connectionsPerAddress: number
  /** Yjs client ids a document may have. */
  clientsPerDocument: number
  /** Bytes a slow consumer may have outstanding: presence stops, updates stop, the connection is closed. */
  bufferPresence: number
  bufferUpdates: number
  bufferClose: number
  /** Milliseconds a stalled consumer is kept. */
  stall: number
  /** Bytes and milliseconds of edits kept in memory while the database is away, per pad and in all, before pads turn read-only. */
  unsavedPerPad: number
  unsavedTotal: number
  unsavedTime: number
  /** Milliseconds a room stays open after its last visitor. */
  linger: number
}

export const DEFAULT_LIMITS: Limits = {
  message: 2 * 1024 * 1024,
  update: 2 * 1024 * 1024,
  document: 10 * 1024 * 1024,
  messageRate: 100,
  messageBurst: 300,
  byteRate: 512 * 1024,
  byteBurst: 12 * 1024 * 1024,
  connectionsPerPad: 1000,
  connectionsPerAuthor: 200,
  connectionsPerAddress: 200,
  clientsPerDocument: 20_000,
  bufferPresence: 256 * 1024,
  bufferUpdates: 1024 * 1024,
  bufferClose: 8 * 1024 * 1024,
  stall: 30_000,
  unsavedPerPad: 8 * 1024 * 1024,
  unsavedTotal: 256 * 1024 * 1024,
  unsavedTime: 30_000,
  linger: 45_000,
}

/** How often the server does what nobody asks it for, in ms. */
export interface Times {
  /** Looks of the sweeper at everything. */
  sweep: number
  /** Between two looks at a connection's permission (S13). */
  recheck: number
  /** Between two looks at one document's old rows, and between two looks at any. */
  packEvery: number
  packPause: number
}

export const DEFAULT_TIMES: Times = { sweep: 250, recheck: 60_000, packEvery: 10 * 60_000, packPause: 5000 }

/** Figures for `/health` and `/metrics`; counters only grow. */
export interface SyncStats {
  connections: number
  /** Of them, by the way their messages go now. */
  carriers: { websocket: number; polling: number }
  rooms: Record<'loading' | 'open' | 'draining', number>
  messagesIn: number
  deliveries: number
  rejected: Record<string, number>
  rows: number
  commits: number
  /** Rows waiting for their commit, and the age of the oldest in ms. */
  queuedRows: number
  queueAge: number
  resyncs: number
  reloads: number
  store: StoreState
}

/** Somebody who has a document open and says something that the rooms themselves know nothing about. */
export interface Speaker {
  readonly document: DocumentName
  readonly person: Person
  /** The person as the gate is to be asked about them. */
  readonly proved: Proved
  readonly level: Level
  /** The same object for all that comes over one connection, to count by. */
  readonly connection: object
  /** Answers on this connection alone. */
  tell(event: ServerEvent): void
}

/** What the rest of the server hears of rooms. Nobody waits for a listener; what it throws is logged. */
export interface SyncListener {
  /** An event for plugins, chat or settings. */
  heard?(from: Speaker, event: HouseEvent): void
  /** An author's first connection to a document came, or their last one went. */
  joined?(document: DocumentName, person: Person, speaker: Speaker): void
  left?(document: DocumentName, person: Person): void
  /** A document was made; by nobody in particular when the server made it. */
  created?(document: DocumentName, by: Person | null): void
  /** Changes are durable; at most ten times a second for a document. */
  changed?(document: DocumentName): void
  removed?(document: DocumentName): void
}

/** Events of clients that rooms hand on. */
export type HouseEvent = Exclude<ClientEvent, { type: 'person' | 'others' }>

/** The running sync server. */
export interface Sync {
  /** Takes over `upgrade` on `/sync/...` and mounts socket.io at `/socket.io/`. A stripped or unstripped prefix is the caller's matter. */
  attach(server: HttpServer): void
  /**
   * Runs `use` on the live document, loading (and, if asked, creating and seeding) it first; null when there is none.
   * `revision` is the seq of the last row in it: with the same document object, the same number is the same content.
   * What `use` writes is the system's and is durable when the promise resolves.
   * @throws StoreDown when it could not be loaded, or is not saved after ten seconds (then it is kept and tried on)
   */
  withDocument<T>(
    name: DocumentName,
    use: (doc: Y.Doc, revision: number) => T,
    options?: { create?: boolean },
  ): Promise<T | null>
  /** Deletes a document: its connections are closed with 4404. False when there was none. */
  remove(name: DocumentName): Promise<boolean>
  /** Permissions of this pad changed: asks again what each live connection may do. */
  recheck(pad: string): Promise<void>
  /** Sessions of an author ended: their connections come back and say again who they are. */
  signedOut(author: string): void
  /** One session ended: its connections come back and say again who they are. */
  sessionEnded(hash: string): void
  /** The sessions by which people have something open, by hash, and whose they are. */
  sessionsHere(): ReadonlyMap<string, string>
  /** Another is known of an author, such as their groups: asks again what each of their connections may do. */
  recheckAuthor(author: string): Promise<void>
  /** A person has another name or colour, saved elsewhere: tells the rooms that know them. */
  personChanged(person: Person): void
  /** Who is in an open document (twice, because they count double) and who else is known to have written in it. */
  peopleIn(name: DocumentName): readonly Person[]
  /** The authors who have something open, and those through whose accounts it is open (SPEC-groups G15). */
  authorsHere(): ReadonlySet<string>
  /** The authors who have this document open. */
  authorsIn(document: DocumentName): ReadonlySet<string>
  /** Further sockets of socket.io under a name of their own (`/admin`); after {@link Sync.attach}. */
  namespace(name: string, open: (socket: Socket) => void): void
  /** Hears of rooms from now on, until the answer is called. */
  listen(listener: SyncListener): () => void
  /** Tells all our own clients of a document, or only one author's; all but the one with this {@link Speaker.connection}. */
  tell(document: DocumentName, event: ServerEvent, to?: string, except?: object): void
  /** The same, and on all other servers too, as far as a bus is there (SPEC-bus BU32). */
  tellEverywhere(document: DocumentName, event: PassingEvent, to?: string, except?: object): void
  /** Tells all our own clients of all documents. */
  tellAll(event: ServerEvent): void
  /** What lists show of an open document; null when it is not open. */
  facts(document: DocumentName): { id: number; versions: number; bytes: number } | null
  /** How many connections each open document has. */
  here(): ReadonlyMap<DocumentName, number>
  stats(): SyncStats
  /** Listener gets from now on each sample in ms: receive to durable, commit, room load. */
  observe(sample: (name: 'ack' | 'commit' | 'load', ms: number) => void): void
  /** Stops accepting, commits what is queued, acknowledges, closes with 1012 spread over two seconds; at most `deadline` ms. */
  close(deadline: number): Promise<void>
}
