/** Numbers of ordered list lines, drawn as `data-number` on the line (SPEC-text T7). Only runs that changed are counted anew. */
import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { listCounter } from '../../shared/text/numbers.ts'
import { changedRows } from './rows.ts'
import { lineAttributes } from './schema.ts'

const key = new PluginKey<DecorationSet>('list numbers')

/** A plugin that numbers ordered list lines. */
export function listNumbers(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, state) =>
        DecorationSet.create(state.doc, numbered(state.doc, 0, state.doc.childCount).found),
      apply: (tr, set) => (tr.docChanged ? renumber(tr, set) : set),
    },
    props: { decorations: (state) => key.getState(state) },
  })
}

/** The decorations of {@link listNumbers} in a state; their spec holds `number`. */
export function numbersOf(state: EditorState): DecorationSet {
  return key.getState(state) ?? DecorationSet.empty
}

function isListLine(node: Node | null): boolean {
  return node?.type.name === 'line' && node.attrs['list'] !== null && node.attrs['code-block'] === null
}

interface Numbered {
  found: Decoration[]
  /** Positions the counting went over. */
  from: number
  to: number
}

/** Numbers the rows from `first` to before `end`, with the whole list runs they lie in. */
function numbered(doc: Node, first: number, end: number): Numbered {
  let begin = first
  while (begin > 0 && isListLine(doc.child(begin - 1))) begin -= 1
  let from = 0
  const rows = doc.children
  for (let at = 0; at < begin; at += 1) from += rows[at]?.nodeSize ?? 0
  const counter = listCounter()
  const found: Decoration[] = []
  let pos = from
  for (let at = begin; at < doc.childCount && (at < end || isListLine(doc.child(at))); at += 1) {
    const node = doc.child(at)
    const number = isListLine(node) ? counter.next(lineAttributes(node)) : counter.next({})
    if (number !== undefined) {
      found.push(Decoration.node(pos, pos + node.nodeSize, { 'data-number': String(number) }, { number }))
    }
    pos += node.nodeSize
  }
  return { found, from, to: pos }
}

function renumber(tr: Transaction, set: DecorationSet): DecorationSet {
  const before = tr.before
  const { doc } = tr
  const { from: first, oldTo, newTo: end } = changedRows(before, doc)
  const mapped = set.map(tr.mapping, doc)
  if (oldTo === end && sameLists(before, doc, first, end)) return mapped
  const { found, from, to } = numbered(doc, first, end)
  const old = new Map<number, Decoration>()
  for (const one of mapped.find(from, to)) if (one.from >= from && one.to <= to) old.set(one.from, one)
  const added: Decoration[] = []
  for (const one of found) {
    const twin = old.get(one.from)
    if (twin && twin.to === one.to && sameNumber(twin, one)) old.delete(one.from)
    else added.push(one)
  }
  return mapped.remove([...old.values()]).add(doc, added)
}

/** Whether the rows between `first` and `end` of both are the same as far as counting goes. */
function sameLists(before: Node, doc: Node, first: number, end: number): boolean {
  for (let at = first; at < end; at += 1) {
    const a = before.child(at)
    const b = doc.child(at)
    if (a.type !== b.type || isListLine(a) !== isListLine(b)) return false
    if (isListLine(b) && ['list', 'indent', 'start', 'open'].some((name) => a.attrs[name] !== b.attrs[name]))
      return false
  }
  return true
}

function sameNumber(a: Decoration, b: Decoration): boolean {
  return (a.spec as { number?: number }).number === (b.spec as { number?: number }).number
}
