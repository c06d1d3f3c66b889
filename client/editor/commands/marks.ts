/** Marks on long ranges in one step each: `tr.addMark` makes a step a line, which takes seconds for a whole text. */
import type { Mark, MarkType } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { AddMarkStep, RemoveMarkStep } from 'prosemirror-transform'

/** Puts a mark on all text and inline embeds of a range, over whatever marks of its type are there. */
export function addMarkTo(tr: Transaction, from: number, to: number, mark: Mark): Transaction {
  return to > from ? tr.step(new AddMarkStep(from, to, mark)) : tr
}

/** Takes all marks of a type off a range; a step for each different mark. */
export function removeMarksFrom(tr: Transaction, from: number, to: number, type: MarkType): Transaction {
  const found: Mark[] = []
  tr.doc.nodesBetween(from, to, (node) => {
    if (!node.isInline) return true
    const mark = type.isInSet(node.marks)
    if (mark && !found.some((one) => one.eq(mark))) found.push(mark)
    return false
  })
  for (const mark of found) tr.step(new RemoveMarkStep(from, to, mark))
  return tr
}
