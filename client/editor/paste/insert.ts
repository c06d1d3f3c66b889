/** Puts pasted lines into the text (SPEC-text P11): like typing the content at the cursor. */
import { Fragment, Slice } from 'prosemirror-model'
import type { Attrs, Node } from 'prosemirror-model'
import { NodeSelection, Selection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { isCodeLine } from '../commands/line-formats.ts'
import { formatsOf, lineAttributes } from '../schema.ts'

/** Formats that plain text does not take over from the line it is pasted into. */
const NOT_CARRIED: ReadonlySet<string> = new Set(['header', 'start'])

/**
 * The transaction that replaces the selection with lines and blocks. `plain`: they carry no formats and take those of the
 * line they go into. An empty line takes the formats of what is pasted; a line with text keeps its own.
 */
export function insertNodes(state: EditorState, pasted: readonly Node[], plain: boolean): Transaction {
  const { tr } = state
  const { selection } = state
  if (selection instanceof NodeSelection && selection.node.isBlock) {
    return withRows(tr, selection.from, selection.to, pasted.map(closed))
  }
  if (!selection.empty) tr.deleteSelection()
  const { $from } = tr.selection
  const target = $from.parent
  if (target.type.name !== 'line') return withRows(tr, $from.pos, $from.pos, pasted.map(closed))
  const nodes = (isCodeLine(target) ? pasted.flatMap(codeLines) : pasted).map((node) =>
    plain || isCodeLine(target) ? carrying(node, target) : node,
  )
  const first = nodes[0]
  const last = nodes.at(-1)
  if (!first || !last) return tr
  return target.content.size === 0
    ? intoEmpty(tr, target, nodes)
    : intoText(tr, target, nodes, first.type === target.type, last.type === target.type)
}

function intoEmpty(tr: Transaction, target: Node, nodes: readonly Node[]): Transaction {
  const from = tr.selection.$from.before()
  const rows = nodes.map(closed)
  const first = rows[0]
  if (first && first.type === target.type && Object.keys(lineAttributes(first)).length === 0) {
    rows[0] = first.type.create({ ...target.attrs, open: false }, first.content)
  }
  return withRows(tr, from, from + target.nodeSize, rows)
}

/** Replaces whole rows; after a block at the end of the text comes a line to go on writing. */
function withRows(tr: Transaction, from: number, to: number, rows: readonly Node[]): Transaction {
  const line = tr.doc.type.schema.nodes['line']
  const all = [...rows]
  if (line && all.at(-1)?.type !== line && to >= tr.doc.content.size) all.push(line.create())
  tr.replaceWith(from, to, all)
  const size = all.reduce((sum, row) => sum + row.nodeSize, 0)
  return tr.setSelection(Selection.near(tr.doc.resolve(from + size), -1))
}

function intoText(
  tr: Transaction,
  target: Node,
  nodes: readonly Node[],
  opensLine: boolean,
  endsLine: boolean,
): Transaction {
  const { $from } = tr.selection
  const pos = $from.pos
  const start = $from.before()
  const atStart = $from.parentOffset === 0
  const atEnd = $from.parentOffset === target.content.size
  const first = nodes[0]
  const last = nodes.at(-1)
  const several = nodes.length > 1 || !opensLine
  const slice = new Slice(Fragment.from(nodes.map(closed)), opensLine ? 1 : 0, endsLine ? 1 : 0)
  const sizeBefore = tr.doc.content.size
  tr.replace(pos, pos, slice)
  const end = pos + (tr.doc.content.size - sizeBefore)
  if (several) {
    const takesFirst = atStart && opensLine && first && Object.keys(lineAttributes(first)).length > 0
    setAttrs(tr, start, { ...(takesFirst ? first.attrs : target.attrs), open: false })
  }
  const line = tr.doc.type.schema.nodes['line']
  // After a block at the end comes a line to go on writing, as below an empty line.
  if (line && !endsLine && end >= tr.doc.content.size) {
    tr.insert(end, line.create())
    return tr.setSelection(Selection.near(tr.doc.resolve(end + 1)))
  }
  const $end = tr.doc.resolve(end)
  if (several && $end.depth > 0) {
    const takesLast = atEnd && endsLine && last
    setAttrs(tr, $end.before(), takesLast ? { ...last.attrs, open: false } : target.attrs)
  }
  return tr.setSelection(Selection.near(tr.doc.resolve(end), -1))
}

/** Writes only the attributes that differ. */
function setAttrs(tr: Transaction, pos: number, attrs: Attrs): void {
  const node = tr.doc.nodeAt(pos)
  if (node?.type.name !== 'line') return
  for (const [name, value] of Object.entries(attrs)) {
    if (node.attrs[name] !== value) tr.setNodeAttribute(pos, name, value)
  }
}

function closed(node: Node): Node {
  return node.attrs['open'] === true ? node.type.create({ ...node.attrs, open: false }, node.content) : node
}

function carrying(node: Node, target: Node): Node {
  const names = [...formatsOf(target.type.schema).line.keys()].filter((name) => !NOT_CARRIED.has(name))
  if (node.type !== target.type || names.every((name) => node.attrs[name] === target.attrs[name])) return node
  const attrs: Record<string, unknown> = { ...node.attrs }
  for (const name of names) attrs[name] = target.attrs[name]
  if (attrs['list'] === 'checked') attrs['list'] = 'unchecked'
  return node.type.create(attrs, node.content)
}

/** A line as code: only its text. */
function codeLines(node: Node): Node[] {
  const line = node.type.schema.nodes['line']
  if (node.type.name !== 'line' || !line) return []
  const text = node.textContent
  return [line.create(null, text === '' ? [] : [node.type.schema.text(text)])]
}
