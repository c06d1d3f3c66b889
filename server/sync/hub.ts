/** What all rooms and connections of one sync server share. */
import type { Level } from '../../shared/access.ts'
import type { Formats } from '../../shared/text/formats.ts'
import type { Access, People } from '../access/types.ts'
import type { Log } from '../log.ts'
import type { DocumentName, Store } from '../store/store.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { Journal } from './journal.ts'
import type { Tally } from './limits.ts'
import type { Limits, SyncListener, Times } from './types.ts'

export interface Hub {
  readonly store: Store
  readonly log: Log
  readonly limits: Limits
  readonly times: Times
  readonly people: People
  readonly access: Access
  /** What is left of what somebody may do in a pad, in this document (SPEC-board B412). */
  readonly narrow: (document: DocumentName, author: string, level: Level) => Promise<Level>
  readonly journal: Journal
  /** The text a new pad begins with. */
  readonly defaultText: (pad: string) => string
  /** The formats in use. */
  readonly formats: () => Formats
  readonly counters: Counters
  /** Connections per author. */
  readonly authors: Tally
  readonly observe: (name: 'ack' | 'commit' | 'load', ms: number) => void
  /** Tells other servers. */
  readonly elsewhere: Elsewhere
  /** Tells the rest of the server. */
  readonly house: Required<SyncListener>
}

/** Counters that only grow (SPEC-sync S38 and the metrics). */
export interface Counters {
  messagesIn: number
  deliveries: number
  rejected: Record<string, number>
  rows: number
  commits: number
  resyncs: number
  reloads: number
}

export function newCounters(): Counters {
  return { messagesIn: 0, deliveries: 0, rejected: {}, rows: 0, commits: 0, resyncs: 0, reloads: 0 }
}

/** Counts a refusal by its reason. */
export function reject(hub: Hub, reason: string): void {
  hub.counters.rejected[reason] = (hub.counters.rejected[reason] ?? 0) + 1
}
