import type * as Y from 'yjs'
import type { GuardLimits } from './limits.ts'
import type { Scan } from './scan.ts'

/** Why a document must be thrown away: applying threw, left something pending or unfinished, took too long, or put content where it cannot be. */
export type BrokenReason = 'threw' | 'pending' | 'unfinished' | 'time' | 'content' | 'nesting'

export type Applied = { ok: true } | { ok: false; reason: BrokenReason; error?: unknown }

/**
 * Applies an admitted update. After `ok: false` the document is broken: throw it away with everything its listeners
 * reported during this call, and rebuild it from the log. Never call it inside a transaction.
 */
export function applyGuarded(
  doc: Y.Doc,
  bytes: Uint8Array,
  origin: unknown,
  checks?: { scan: Scan; limits: GuardLimits; time?: number },
): Applied {
  throw new Error(`not yet: ${doc.clientID} ${bytes.length} ${String(origin)} ${checks?.time}`)
}
