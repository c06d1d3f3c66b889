/** What the server and the thread that reads files say to each other (SPEC-board B520). */
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { CleanPicture } from '../../../shared/pictures/picture.ts'
import type { ImportFaultCode } from './fault.ts'
import type { ImportKind } from './read.ts'

/** Ids told of what came. */
export const MOST_IDS = 1000

export interface ToThread {
  /** A file, or the pages of a document as pictures. */
  readonly files: readonly Uint8Array[]
  readonly pages: boolean
  /** The board it goes to, as the store has it. */
  readonly updates: readonly Uint8Array[]
  readonly at: { readonly x: number; readonly y: number } | null
  readonly author: string
}

export interface ReadImport {
  readonly kind: 'read'
  readonly format: ImportKind
  /** Boards of what comes, in place, each small enough for one transaction. */
  readonly portions: readonly Uint8Array[]
  /** Bytes that takes in a document, about. */
  readonly weight: number
  /** Ids of what is in nothing else that comes, in painting order; {@link MOST_IDS} at most. */
  readonly ids: readonly string[]
  readonly pictures: ReadonlyMap<string, CleanPicture>
  /** Settings of the file, for a board that is empty; none otherwise. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly known: number
  readonly left: number
  readonly missed: Readonly<Record<string, number>>
  readonly around: Bounds | null
}

export type FromThread =
  | ReadImport
  | { readonly kind: 'fault'; readonly code: ImportFaultCode }
  | { readonly kind: 'failed'; readonly message: string }
