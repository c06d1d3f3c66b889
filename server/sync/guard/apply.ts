import vm from 'node:vm'
import * as Y from 'yjs'
import type { GuardLimits } from './limits.ts'
import type { Scan } from './scan.ts'

/** Why a document must be thrown away: applying threw, left something pending or unfinished, took too long, or put content where it cannot be. */
export type BrokenReason = 'threw' | 'pending' | 'unfinished' | 'time' | 'content' | 'nesting'

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
  const apply = (): void => Y.applyUpdate(doc, bytes, origin)
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
  const misplaced = checks && inspect(doc, checks.scan.inspect, checks.limits)
  return misplaced ? { ok: false, reason: misplaced } : { ok: true }
}

/** The place of structs that may stand only in some places; their parents are known only now. */
function inspect(
  doc: Y.Doc,
  structs: readonly number[],
  limits: GuardLimits,
): 'content' | 'nesting' | undefined {
  for (let i = 0; i < structs.length; i += 2) {
    const item = itemAt(doc, structs[i] ?? 0, structs[i + 1] ?? 0)
    if (!item) continue
    if (item.content instanceof Y.ContentType) {
      if (levelOf(item, limits.nesting) > limits.nesting) return 'nesting'
    } else if (isContentFlat(item) && item.parentSub === null && isText(item, limits)) {
      return 'content'
    }
  }
  return undefined
}

function itemAt(doc: Y.Doc, client: number, clock: number): Y.Item | undefined {
  const structs = doc.store.clients.get(client)
  if (!structs || clock >= Y.getState(doc.store, client)) return undefined
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item ? struct : undefined
}

function isContentFlat(item: Y.Item): boolean {
  const { content } = item
  return (
    content instanceof Y.ContentAny || content instanceof Y.ContentBinary || content instanceof Y.ContentJSON
  )
}

function isText(item: Y.Item, limits: GuardLimits): boolean {
  const { parent } = item
  if (!(parent instanceof Y.AbstractType)) return false
  if (parent instanceof Y.Text) return true
  return parent._item === null && limits.textRoots.test(Y.findRootTypeKey(parent))
}

/** How many shared types lie around an item; counts no further than one past `limit`. */
function levelOf(item: Y.Item, limit: number): number {
  let level = 0
  let around = parentItem(item)
  while (around && level <= limit) {
    level++
    around = parentItem(around)
  }
  return level
}

function parentItem(item: Y.Item): Y.Item | null {
  return item.parent instanceof Y.AbstractType ? item.parent._item : null
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
