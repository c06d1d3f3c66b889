/** Makes links of addresses as they are typed (the blank or the new line after them) and pasted. */
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { findAddresses } from './addresses.ts'

/** An address at the cursor is looked for in this many characters. */
const REACH = 2100

/**
 * The plugin. A link that was made while typing is a step of its own for undo, which leaves the address; of a paste it is
 * part. `on` is asked each time.
 */
export function autoLink(on: () => boolean): Plugin {
  return new Plugin({
    props: {
      handleTextInput(view, from, to, text, usual) {
        if (!on() || view.composing || from !== to || !/^\s$/u.test(text)) return false
        const link = linkBefore(view.state, from)
        if (!link) return false
        view.dispatch(usual())
        link(view.state.tr, (tr) => view.dispatch(tr))
        return true
      },
      handleKeyDown(view, event) {
        const { selection } = view.state
        if (event.key !== 'Enter' || event.isComposing || view.composing || !on() || !selection.empty)
          return false
        const before = linkBefore(view.state, selection.from)
        before?.(view.state.tr, (tr) => view.dispatch(tr))
        return false
      },
    },
    appendTransaction(transactions, _before, state) {
      const pasted = transactions.filter((one) => one.docChanged && one.getMeta('paste') === true)
      return pasted.length > 0 && on() ? linkRanges(state, rangesOf(pasted, transactions)) : null
    },
  })
}

type Link = (tr: Transaction, dispatch: (tr: Transaction) => void) => void

/** What makes a link of the address that ends at a place; null when none does. */
function linkBefore(state: EditorState, pos: number): Link | null {
  const $pos = state.doc.resolve(pos)
  const line = $pos.parent
  if (!takesLinks(line)) return null
  const start = Math.max(0, $pos.parentOffset - REACH)
  const text = line.textBetween(start, $pos.parentOffset, '', '\ufffc')
  const word = /\S+$/u.exec(text)
  if (!word) return null
  const found = findAddresses(word[0]).at(-1)
  // Between the address and the cursor stands nothing but what ends a sentence.
  if (!found || /[\p{L}\p{N}]/u.test(word[0].slice(found.to))) return null
  const first = $pos.start() + start + word.index
  const [from, to] = [first + found.from, first + found.to]
  if (isTaken(state.doc, from, to)) return null
  return (tr, dispatch) => {
    const mark = tr.doc.type.schema.marks['link']?.create({ value: found.href })
    if (mark) dispatch(tr.addMark(from, to, mark).removeStoredMark(mark.type))
  }
}

/** Where what was pasted stands now. */
function rangesOf(pasted: readonly Transaction[], all: readonly Transaction[]): [from: number, to: number][] {
  return pasted.flatMap((transaction) => {
    const later = all.slice(all.indexOf(transaction) + 1)
    const ranges: [number, number][] = []
    transaction.mapping.maps.forEach((map, step) => {
      const rest = transaction.mapping.slice(step + 1)
      map.forEach((_oldFrom, _oldTo, from, to) => {
        const now = (pos: number, side: -1 | 1): number =>
          later.reduce((at, one) => one.mapping.map(at, side), rest.map(pos, side))
        ranges.push([now(from, -1), now(to, 1)])
      })
    })
    return ranges
  })
}

function linkRanges(state: EditorState, ranges: readonly (readonly [number, number])[]): Transaction | null {
  const type = state.schema.marks['link']
  if (!type) return null
  const { tr, doc } = state
  for (const [from, to] of ranges)
    doc.nodesBetween(from, Math.min(to, doc.content.size), (line, pos) => {
      if (!takesLinks(line)) return false
      const start = pos + 1
      for (const found of findAddresses(line.textBetween(0, line.content.size, '', '\ufffc'))) {
        const [first, last] = [start + found.from, start + found.to]
        if (first >= from && last <= to && !isTaken(doc, first, last))
          tr.addMark(first, last, type.create({ value: found.href }))
      }
      return false
    })
  return tr.docChanged ? tr : null
}

/** Code stays code. */
function takesLinks(line: Node): boolean {
  return line.type.name === 'line' && line.attrs['code-block'] === null
}

/** Whether a link or code lies on any of it. */
function isTaken(doc: Node, from: number, to: number): boolean {
  const { link, code } = doc.type.schema.marks
  return [link, code].some((type) => type !== undefined && doc.rangeHasMark(from, to, type))
}
