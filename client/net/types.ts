/** What the rest of the client knows of the connection to a pad. Plain events, no framework: screens wrap them. */
import type * as Y from 'yjs'
import type { Level } from '../../shared/access.ts'
import type { PersonColour } from '../../shared/colour.ts'
import type { Person, Presence, StoreState } from '../../shared/protocol.ts'

/** Undoes a registration. */
export type Off = () => void

/**
 * - `loading`: nothing to show yet
 * - `saved`: connected, everything written here is durable on the server
 * - `saving`: connected, `unsaved` write messages are under way or not durable yet
 * - `offline`: no connection; `unsaved` changes are kept on this device
 * - `refused`: the server closed for good; `reason` says why
 */
export interface Status {
  state: 'loading' | 'saved' | 'saving' | 'offline' | 'refused'
  /** Changes made here that the server has not acknowledged. */
  unsaved: number
  /** Unsaved changes are also in this device's own store, so closing the tab loses nothing. */
  kept: boolean
  /** What the server said about its database. */
  store: StoreState
  reason?: 'deleted' | 'generation' | 'forbidden' | 'unauthenticated' | 'tooLarge' | 'badData'
  /** When offline: time (ms since 1970) of the next attempt. */
  retryAt?: number
}

/** Events of a {@link Session}; each listener gets the value. A throwing listener is reported and hurts nobody else. */
export interface SessionEvents {
  status: Status
  level: Level
  /** Names and colours changed, or somebody new; read {@link Session.people}. */
  people: void
  /** Client ids got owners; read {@link Session.authorOf}. The ids that are new. */
  authors: readonly number[]
  /** Others' presence changed; read {@link Session.presence}. */
  presence: void
}

/** One document, kept equal with the server's, and who is there. */
export interface Session {
  readonly doc: Y.Doc
  readonly status: Status
  readonly level: Level
  /** This person as the server knows them; before the first answer, as this browser remembers them. */
  readonly me: Person
  /** By author id: everybody who ever wrote here or is here. */
  readonly people: ReadonlyMap<string, Person>
  /** Others who are here now, by Yjs client id. */
  readonly presence: ReadonlyMap<number, Presence>
  /** Resolves once there is content to show: from this device's copy or from the server. */
  readonly ready: Promise<void>
  /** The author of a Yjs client id, or undefined while unknown. */
  authorOf(client: number): string | undefined
  /** Says where this person's cursor is; null when the text has no focus. */
  setCursor(cursor: Presence['cursor']): void
  /** Asks the server for another name or colour. */
  setPerson(name: string, colour: PersonColour): void
  /** Tries to connect at once. */
  retry(): void
  on<E extends keyof SessionEvents>(event: E, listener: (value: SessionEvents[E]) => void): Off
  /** Sends and stores what is pending, then lets go of everything. */
  destroy(): Promise<void>
}
