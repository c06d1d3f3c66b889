/** Texts of a document and places in it; lines inside of anything else count as well. */
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { Hit } from './search.ts'

/** Part of the document. */
export interface Range {
  from: number
  to: number
}

/** The lines of a document: their text, an embed being one character, and where it begins. */
export interface Lines {
  texts: readonly string[]
  starts: readonly number[]
}

const known = new WeakMap<Node, string>()

/** All lines in the order in which they are read. */
export function linesOf(doc: Node): Lines {
  const texts: string[] = []
  const starts: number[] = []
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true
    const text = known.get(node) ?? node.textBetween(0, node.content.size, '', '\ufffc')
    known.set(node, text)
    texts.push(text)
    starts.push(pos + 1)
    return false
  })
  return { texts, starts }
}

/** Where a hit lies in the document the lines came from. */
export function rangeOf({ starts }: Lines, { text, from, to }: Hit): Range {
  const start = starts[text] ?? 0
  return { from: start + from, to: start + to }
}

/** The index of the first range at or after a place, round the end; -1 for none. */
export function rangeAfter(ranges: readonly Range[], pos: number): number {
  if (ranges.length === 0) return -1
  const found = ranges.findIndex(({ from }) => from >= pos)
  return found < 0 ? 0 : found
}

/** The index of the last range that ends before a place, round the beginning; -1 for none. */
export function rangeBefore(ranges: readonly Range[], pos: number): number {
  return ranges.findLastIndex(({ to }) => to <= pos) >= 0
    ? ranges.findLastIndex(({ to }) => to <= pos)
    : ranges.length - 1
}

/**
 * Puts other words in the place of ranges, in one transaction. They look as the first character there did and belong to its
 * comments, but not to its author; what does not change is not touched.
 */
export function replaceRanges(
  state: EditorState,
  changes: readonly (Range & { with: string })[],
): Transaction | null {
  const { tr, doc, schema } = state
  for (const change of [...changes].sort((a, b) => b.from - a.from)) {
    const old = doc.textBetween(change.from, change.to, '', '\ufffc')
    const words = change.with.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')
    if (old === words) continue
    const marks = doc.resolve(change.from).nodeAfter?.marks ?? []
    const kept = marks.filter(({ type }) => type.name !== 'author')
    if (words === '') tr.delete(change.from, change.to)
    else tr.replaceWith(change.from, change.to, schema.text(words, kept))
  }
  return tr.docChanged ? tr : null
}

/** The words of a selection within one line, to look for. */
export function selectedWords({ selection, doc }: EditorState): string {
  if (!(selection instanceof TextSelection) || selection.empty || !selection.$from.sameParent(selection.$to))
    return ''
  const words = doc.textBetween(selection.from, selection.to, '', '')
  return words.length <= 200 ? words : ''
}
