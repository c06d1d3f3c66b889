import type { GuardLimits } from './limits.ts'

/** Clocks `from` (inclusive) to `to` (exclusive) of one Yjs client. */
export interface Range {
  client: number
  from: number
  to: number
}

/** What one update says it brings. */
export interface Scan {
  /** Struct ranges; a client has several when the update skips clocks. */
  clients: readonly Range[]
  deletes: readonly Range[]
  /** A format marker is among the structs. */
  formats: boolean
  structs: number
  hasGc: boolean
  /** References to other clients' structs, four numbers each: client, clock, referred client, referred clock. */
  needs: readonly number[]
  /** Structs whose place is looked at after applying, two numbers each: client, clock. */
  inspect: readonly number[]
}

/** Walks an update (format V1) without handing it to Yjs. Throws {@link GuardError} for anything Yjs must not see. */
export function scanUpdate(bytes: Uint8Array, limits: GuardLimits): Scan {
  throw new Error(`not yet: ${bytes.length} ${limits.structs}`)
}
