/** Two guards over Yjs' own machinery (pinned 13.6; the fields are internal to it). */
import type * as Y from 'yjs'
import type { Environment } from './environment.ts'
import type { Off } from './types.ts'

interface Internals {
  _transaction: unknown
  _transactionCleanups: unknown[]
}

/**
 * A listener of the document that throws while updates are handed out leaves Yjs with an unfinished clean-up, after
 * which no update event ever comes again (yjs #723, #799). True when that had happened; the document gives events
 * again from now on, and what it kept to itself meanwhile must be fetched from its state.
 */
export function revive(doc: Y.Doc): boolean {
  const inner = doc as unknown as Internals
  if (inner._transaction !== null || inner._transactionCleanups.length === 0) return false
  inner._transactionCleanups = []
  return true
}

/**
 * Yjs tidies format marks after remote changes by writing deletions of its own. Every client would write the same
 * ones, readers too (rule R17), so here nobody does: the server is the one that tidies (rule R14).
 */
export function withoutCleanupWrites(doc: Y.Doc): void {
  doc.on('afterTransaction', (transaction) => {
    if (!transaction.local) transaction._needFormattingCleanup = false
  })
}

/** Ms between two looks at Yjs' health. */
const WATCH = 2000

/** Looks at the document now and then, and when asked; `revived` is told after it had to be revived. */
export function watchDocument(
  env: Environment,
  doc: Y.Doc,
  revived: () => void,
): { look: () => void; stop: () => void } {
  let off: Off = () => {}
  const look = () => {
    if (!revive(doc)) return
    env.report(new Error('Yjs had stopped giving updates; a listener of the document threw'))
    revived()
  }
  const again = () => {
    look()
    off = env.after(WATCH, again)
  }
  off = env.after(WATCH, again)
  return { look, stop: () => off() }
}
