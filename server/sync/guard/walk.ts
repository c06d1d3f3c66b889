/** What a walk over an update carries along. */
import type { Cursor } from './cursor.ts'
import { GuardError } from './errors.ts'
import type { GuardLimits } from './limits.ts'

/** Clocks `from` (inclusive) to `to` (exclusive) of one Yjs client. */
export interface Range {
  client: number
  from: number
  to: number
}

/** What the walk gathers; the walk over one struct (`scanItem`) adds to it. */
export interface Walk {
  readonly c: Cursor
  readonly limits: GuardLimits
  clients: Range[]
  deletes: Range[]
  formats: boolean
  structs: number
  types: number
  hasGc: boolean
  /** Characters GC and deleted structs claim. */
  deletedLength: number
  needs: number[]
  inspect: number[]
  /** Each struct's place for `checkNesting`; only gathered when there are types enough to nest too deep. */
  places: number[] | null
}

/** Counts characters that cost no bytes. */
export function claimDeleted(walk: Walk, length: number): void {
  walk.deletedLength += length
  if (walk.deletedLength > walk.limits.deletedLength) throw new GuardError('length', walk.c.at)
}
