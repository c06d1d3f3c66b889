/**
 * What a person types is theirs (SPEC-text T12): text inserted inside a run that carries an `author` exception must not
 * take the exception over, so it is taken off whatever is inserted locally. Moving lines is the one change that keeps it.
 */
import { Plugin } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'

/** Transactions with this meta keep `author` on what they insert: moved lines, and everything that comes from the text. */
export const KEEP_AUTHORS = 'keepAuthors'

/** A plugin; `fromText` says of a transaction that it shows what is already in the text (remote changes, undo). */
export function ownText(fromText: (transaction: Transaction) => boolean): Plugin {
  return new Plugin({
    appendTransaction(transactions, _before, state) {
      const type = state.schema.marks['author']
      if (!type) return null
      let tr: Transaction | undefined
      transactions.forEach((transaction, at) => {
        if (!transaction.docChanged || transaction.getMeta(KEEP_AUTHORS) === true || fromText(transaction))
          return
        transaction.mapping.maps.forEach((map, step) => {
          map.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
            let from = transaction.mapping.slice(step + 1).map(newFrom, -1)
            let to = transaction.mapping.slice(step + 1).map(newTo, 1)
            for (const later of transactions.slice(at + 1)) {
              from = later.mapping.map(from, -1)
              to = later.mapping.map(to, 1)
            }
            if (to > from && state.doc.rangeHasMark(from, to, type)) {
              tr ??= state.tr
              tr.removeMark(from, to, type)
            }
          })
        })
      })
      return tr?.docChanged ? tr : null
    },
  })
}
