import vm from 'node:vm'
import * as Y from 'yjs'
import { newsOf, withoutKnown } from './known.ts'
import type { GuardLimits } from './limits.ts'
import { applyUpdate } from '../slabs.ts'
import { findMisplaced } from './places.ts'
import type { Misplaced } from './places.ts'
import type { Scan } from './scan.ts'

/** Why a document must be thrown away: applying threw, left something pending or unfinished, took too long, or put structs where they cannot be. */
export type BrokenReason = 'threw' | 'pending' | 'unfinished' | 'time' | Misplaced

export type Applied = { ok: true } | { ok: false; reason: BrokenReason; error?: unknown }

/** Milliseconds one update may take; an honest one of the largest size needs about a quarter of that on a slow machine. */
const TIME = 2000
/** Structs and delete ranges that are applied without a watch: a watch costs more than they can. */
const UNWATCHED = 64

/**
 * Applies an admitted update. After `ok: false` the document is broken: throw it away with everything its listeners
 * reported during this call, and rebuild it from the log. Never call it inside a transaction. `time` in milliseconds.
 */
export function applyGuarded(
  doc: Y.Doc,
  bytes: Uint8Array,
  origin: unknown,
  checks?: { scan: Scan; limits: GuardLimits; time?: number },
): Applied {
  const news = checks && newsOf(doc, checks.scan)
  const apply = (): void => applyUpdate(doc, news ? withoutKnown(bytes, news) : bytes, origin)
  try {
    if (!checks || checks.scan.structs + checks.scan.deletes.length <= UNWATCHED) apply()
    else withinTime(apply, checks.time ?? TIME)
  } catch (error) {
    return { ok: false, reason: isTimeout(error) ? 'time' : 'threw', error }
  }
  const { store } = doc
  if (store.pendingStructs !== null || store.pendingDs !== null) {
    return { ok: false, reason: 'pending' }
  }
  if (doc._transactionCleanups.length > 0) return { ok: false, reason: 'unfinished' }
  const misplaced = checks && news && findMisplaced(doc, checks.scan, news, checks.limits)
  return misplaced ? { ok: false, reason: misplaced } : { ok: true }
}

/**
 * Some updates that look like any other make Yjs search for their place in quadratic time. Node's vm can stop running
 * JavaScript from outside, wherever it is; what was being changed is then in no defined state.
 */
function withinTime(run: () => void, time: number): void {
  box.run = run
  try {
    CALL.runInContext(box, { timeout: time })
  } finally {
    box.run = idle
  }
}

function idle(): void {}

const box = vm.createContext({ run: idle })
const CALL = new vm.Script('run()')

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}
