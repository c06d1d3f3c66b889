/** What the rest of the client knows of the connection to a pad. Plain events, no framework: screens wrap them. */
import type * as Y from 'yjs'
import type { Level } from '../../shared/access.ts'
import type { PersonColour } from '../../shared/colour.ts'
import type { ClientEvent, Person, Presence, ServerEvent, StoreState } from '../../shared/protocol.ts'

/** Undoes a registration. */
export type Off = () => void

/**
 * Why the server does not take this copy any more; `stuck`: the changes build on somebody's words that a crash lost and
 * nobody brought back.
 */
export type Refusal =
  | 'deleted'
  | 'generation'
  | 'forbidden'
  | 'unauthenticated'
  | 'tooLarge'
  | 'badData'
  | 'stuck'

/**
 * - `loading`: nothing to show yet
 * - `saved`: connected, everything written here is durable on the server
 * - `saving`: connected, or opening the first connection, and `unsaved` changes are under way or not durable yet
 * - `offline`: no connection; `unsaved` changes are kept on this device
 * - `refused`: the server closed for good, or no longer takes the `unsaved` changes; `reason` says why
 */
export interface Status {
  state: 'loading' | 'saved' | 'saving' | 'offline' | 'refused'
  /** Changes made here that the server has not acknowledged, those of an earlier visit included. */
  unsaved: number
  /** Unsaved changes are also in this device's own store, so closing the tab loses nothing. */
  kept: boolean
  /** What the server said about its database. */
  store: StoreState
  reason?: Refusal
  /** When offline: time (ms since 1970) of the next attempt. */
  retryAt?: number
}

/** Text of a local copy that the server refused to merge while it held unsaved changes. */
export interface Recovered {
  text: string
  reason: Refusal
  /** Ms since 1970. */
  at: number
}

/** Events of a {@link Session}; each listener gets the value. A throwing listener is reported and hurts nobody else. */
export interface SessionEvents {
  /** A connection is open and the server answered: events can be sent. Again after each lost one. */
  open: void
  status: Status
  level: Level
  /** Names and colours changed, or somebody new; read {@link Session.people}. */
  people: void
  /** Client ids got owners; read {@link Session.authorOf}. The ids that are new. */
  authors: readonly number[]
  /** Others' presence changed; read {@link Session.presence}. */
  presence: void
  /** Text was saved from a refused copy, or given up; read {@link Session.recovered}. */
  recovered: Recovered | null
  /** Every event of the server, also those this folder acts on itself. */
  event: ServerEvent
  /** Live ink of somebody else: the Yjs client id it came from, and what they sent (`shared/board/live.ts`). */
  ink: { readonly client: number; readonly bytes: Uint8Array }
}

/** One document, kept equal with the server's, and who is there. */
export interface Session {
  readonly doc: Y.Doc
  readonly status: Status
  /** What this person may do; before the first answer what the copy on this device remembers, else `read`. */
  readonly level: Level
  /** The pad's name to show and to link to; before the first answer, the one asked for. */
  readonly pad: string
  /** This person as the server knows them; before the first answer, as this browser remembers them. */
  readonly me: Person
  /** Proof of identity for requests of a browser that keeps no cookies; undefined where cookies do. Never shown. */
  readonly ticket: string | undefined
  /** By author id: everybody who ever wrote here or is here. */
  readonly people: ReadonlyMap<string, Person>
  /** Others who are here now, by Yjs client id. */
  readonly presence: ReadonlyMap<number, Presence>
  /** Resolves once there is content to show: from this device's copy or from the server. */
  readonly ready: Promise<void>
  /** Resolves once the first connection is open and the server was asked for the document. */
  readonly greeted: Promise<void>
  /** Unsaved text of a copy that was refused, now or at an earlier visit; the page offers it until it is discarded. */
  readonly recovered: Recovered | null
  /** What carries the messages now; null without a connection. */
  readonly carrier: CarrierKind | null
  /** The author of a Yjs client id, or undefined while unknown. */
  authorOf(client: number): string | undefined
  /** Says where this person's cursor is; null when the text has no focus. */
  setCursor(cursor: Presence['cursor']): void
  /** Says where this person is on a board (`shared/board/presence.ts`). */
  setBoardPlace(board: unknown): void
  /** Asks the server for another name or colour. */
  setPerson(name: string, colour: PersonColour): void
  /** Sends an event; false without a connection (events are never queued). */
  send(event: ClientEvent): boolean
  /** Sends live ink; false without a connection. */
  sendInk(bytes: Uint8Array): boolean
  /** Forgets {@link Session.recovered} for good. */
  discardRecovered(): void
  /** Tries to connect at once, also after a refusal. */
  retry(): void
  on<E extends keyof SessionEvents>(event: E, listener: (value: SessionEvents[E]) => void): Off
  /** Sends and stores what is pending, then lets go of everything. */
  destroy(): Promise<void>
}

/** The two ways to the server (DESIGN D2). */
export type CarrierKind = 'websocket' | 'socket.io'
