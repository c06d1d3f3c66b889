/** Shapes and names of what the copies on this device consist of; `offline.ts` says how they are used. */
import type { Level } from '../../shared/access.ts'
import type { Recovered } from './types.ts'

export const DATABASE = 'inkpad'
export const VERSION = 1

/**
 * `updates` [copy, tab, n] -> bytes; `unsaved` [copy, tab, n] -> number of changes the server has not acknowledged;
 * `pads` room -> generation and last use; `recovered` room -> text of a refused copy. A copy is one room in one
 * generation.
 */
export const STORES = ['updates', 'unsaved', 'pads', 'recovered'] as const

export type RowKey = [copy: string, tab: string, n: number]

export interface UpdateRow {
  key: RowKey
  bytes: Uint8Array
}

export interface UnsavedRow {
  key: RowKey
  changes: number
  /** The Yjs client id under which they were made. */
  client: number
}

export interface PadRow {
  room: string
  generation: string
  /** Ms since 1970. */
  used: number
  /** What this person might do when the server was last heard. */
  level: Level
  /** Size of the copy, roughly. */
  bytes: number
}

export interface RecoveredRow extends Recovered {
  room: string
}

/** Makes the stores in a new database. */
export function createStores(db: IDBDatabase): void {
  for (const name of STORES) {
    db.createObjectStore(name, { keyPath: name === 'pads' || name === 'recovered' ? 'room' : 'key' })
  }
}

/** Name of the copy of a room in a generation. */
export function copyName(room: string, generation: string): string {
  return `${room}\n${generation}`
}

/** All keys of a copy, or those of one of its tabs up to row `n`. */
export function keysOf(copy: string, tab?: string, n?: number): IDBKeyRange {
  if (tab === undefined) return IDBKeyRange.bound([copy], [copy, []])
  return IDBKeyRange.bound([copy, tab, 0], [copy, tab, n ?? Infinity])
}
