/** Words of shapes hold no embeds and are no book (SPEC-board B10, B30): what comes by pasting is made so before it is written. */
import { Plugin } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { MAX_TEXT } from '../../../shared/board/limits.ts'
import { contentOfDoc } from '../../editor/content.ts'

/** Pieces with formats of their own that a shape's text may have (`shared/board/check/text.ts`). */
const MOST_RUNS = 5000

/**
 * A plugin that takes embeds out of what is put in, and refuses what would be too much; `fromText` says of a transaction
 * that it shows what is already in the text.
 */
export function onlyWords(fromText: (transaction: Transaction) => boolean, refused: () => void): Plugin {
  return new Plugin({
    filterTransaction(transaction, state) {
      if (!transaction.docChanged || fromText(transaction)) return true
      const grows = transaction.doc.content.size > state.doc.content.size
      if (!grows || !isTooMuch(transaction)) return true
      refused()
      return false
    },
    appendTransaction: (transactions, _before, state) =>
      transactions.some((one) => one.docChanged && !fromText(one)) ? withoutEmbeds(state) : null,
  })
}

function isTooMuch({ doc, before }: Transaction): boolean {
  if (doc.content.size > MAX_TEXT) return true
  // Only much at once can have that many pieces.
  return doc.content.size - before.content.size > MOST_RUNS && contentOfDoc(doc).length > MOST_RUNS
}

function withoutEmbeds({ doc, tr, schema }: EditorState): Transaction | null {
  const places: { from: number; to: number; block: boolean }[] = []
  doc.descendants((node, pos) => {
    const block = node.type.name === 'block'
    if (block || node.type.name === 'embed') places.push({ from: pos, to: pos + node.nodeSize, block })
    return !block
  })
  if (places.length === 0) return null
  const line = schema.nodes['line']
  // From the end, so that the places before stay where they are.
  for (const { from, to, block } of places.reverse()) {
    if (block && line && tr.doc.childCount === 1) tr.replaceWith(from, to, line.create())
    else tr.delete(from, to)
  }
  return tr
}
