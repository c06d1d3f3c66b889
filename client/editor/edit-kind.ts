/** What kind of edit a transaction is, so that undo takes back one thing a person did at a time (SPEC-text R13). */
import type { Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'

/** `typing` and `deleting` go on with what was there; anything else stands alone. */
export type EditKind = 'typing' | 'deleting' | 'other'

/** The kind of a local edit; null when nothing of the document changes. */
export function editKind(transaction: Transaction): EditKind | null {
  if (!transaction.docChanged) return null
  const [step] = transaction.steps
  if (transaction.steps.length !== 1 || !(step instanceof ReplaceStep)) return 'other'
  if (transaction.getMeta('paste') === true || transaction.getMeta('uiEvent') === 'drop') return 'other'
  const { slice } = step
  if (slice.size === 0) return inOneLine(transaction, step) ? 'deleting' : 'other'
  // An embed is put in by a button or a menu, never typed.
  return slice.openStart === 0 && slice.content.firstChild?.isText === true ? 'typing' : 'other'
}

function inOneLine(transaction: Transaction, step: ReplaceStep): boolean {
  const before = transaction.docs[0]
  return before !== undefined && before.resolve(step.from).sameParent(before.resolve(step.to))
}

/** Tells for each edit whether it begins a new step of undo. */
export function createStepMaker(): (transaction: Transaction) => boolean {
  let last: EditKind | null = null
  return (transaction) => {
    const kind = editKind(transaction)
    if (kind === null) return false
    const begins = kind === 'other' || kind !== last
    last = kind
    return begins
  }
}
