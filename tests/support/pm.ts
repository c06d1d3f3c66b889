/**
 * Editor states built and read as text. In a line's text `|` is the cursor, `‹` and `›` the ends of a selection.
 * `show` gives one string a row: `header=1: ab|cd`, marks as `<bold>x</>`, blocks as `(divider)`, ` ~` for an open row.
 */
import { EditorState, NodeSelection, TextSelection } from 'prosemirror-state'
import type { Command, Plugin, Transaction } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import { attributesOf, kindOf, lineAttributes, lineAttrs, marksOf } from '../../client/editor/schema.ts'
import type { Attributes } from '../../shared/text/delta.ts'
import { stableJson } from '../../shared/text/json.ts'
import { richSchema as schema } from './formats.ts'

/** Text with inline formats inside a line. */
export interface Piece {
  text: string
  formats: Attributes
}

/** A formatted piece of a line. */
export function piece(text: string, formats: Attributes): Piece {
  return { text, formats }
}

/** A row to build a state from. */
export interface Row {
  pieces: readonly (string | Piece)[]
  attributes: Attributes
  open: boolean
  block?: string
}

/** A line; `attributes` are those of its newline. */
export function line(content: string | readonly (string | Piece)[], attributes: Attributes = {}): Row {
  return { pieces: typeof content === 'string' ? [content] : content, attributes, open: false }
}

/** A line without its newline. */
export function openLine(content: string | readonly (string | Piece)[]): Row {
  return { ...line(content), open: true }
}

/** A block embed. */
export function block(kind: string, open = false): Row {
  return { pieces: [], attributes: {}, open, block: kind }
}

/** A state with these rows and the marked selection (else the first place for a cursor). */
export function stateOf(rows: readonly Row[], plugins: readonly Plugin[] = []): EditorState {
  const marks: { cursor?: number; from?: number; to?: number } = {}
  let pos = 0
  const nodes = rows.map((row) => {
    const node = nodeOf(row, pos + 1, marks)
    pos += node.nodeSize
    return node
  })
  const doc = schema.node('doc', null, nodes)
  doc.check()
  const from = marks.cursor ?? marks.from
  const state = EditorState.create({ doc, plugins: [...plugins] })
  if (from === undefined) return state
  return state.apply(state.tr.setSelection(TextSelection.create(doc, from, marks.to ?? from)))
}

function nodeOf(row: Row, start: number, marks: { cursor?: number; from?: number; to?: number }): Node {
  if (row.block !== undefined) {
    return schema.node('block', { embed: stableJson({ [row.block]: true }), open: row.open })
  }
  let at = start
  const inline = row.pieces.flatMap((one) => {
    const { text, formats } = typeof one === 'string' ? { text: one, formats: {} } : one
    let plain = ''
    for (const sign of text) {
      if (sign === '|') marks.cursor = at
      else if (sign === '‹') marks.from = at
      else if (sign === '›') marks.to = at
      else {
        plain += sign
        at += sign.length
      }
    }
    return plain === '' ? [] : [schema.text(plain, marksOf(schema, formats))]
  })
  return schema.node('line', lineAttrs(schema, row.attributes, row.open), inline)
}

/** The state after a command; throws when the command does not apply. */
export function run(state: EditorState, command: Command): EditorState {
  let made: Transaction | undefined
  if (!command(state)) throw new Error('The command does not apply')
  command(state, (tr) => (made = tr))
  if (!made) return state
  made.doc.check()
  return state.apply(made)
}

/** The rows of a state, with its selection. */
export function show(state: EditorState): string[] {
  const { selection } = state
  const rows: string[] = []
  state.doc.forEach((node, pos) => {
    const formats = Object.entries(lineAttributes(node)).map(([key, value]) => `${key}=${value}`)
    const before = formats.length > 0 ? `${formats.join(' ')}: ` : ''
    const open = node.attrs['open'] === true ? ' ~' : ''
    const selected = selection instanceof NodeSelection && selection.from === pos ? '*' : ''
    rows.push(
      before +
        selected +
        (node.type.name === 'block' ? `(${kindOf(node)})` : textOf(node, pos + 1, state)) +
        open,
    )
  })
  return rows
}

function textOf(node: Node, start: number, { selection }: EditorState): string {
  const sign = (pos: number): string => {
    if (!(selection instanceof TextSelection)) return ''
    if (selection.empty) return pos === selection.from ? '|' : ''
    return `${pos === selection.to ? '›' : ''}${pos === selection.from ? '‹' : ''}`
  }
  let text = ''
  let pos = start
  node.forEach((child) => {
    const formats = names(attributesOf(child.marks))
    text += formats ? `<${formats}>` : ''
    const plain = child.isText ? (child.text ?? '') : '￼'
    for (let at = 0; at < plain.length; at += 1) text += sign(pos + at) + plain[at]
    text += formats ? '</>' : ''
    pos += child.nodeSize
  })
  return text + sign(pos)
}

function names(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([key, value]) => (value === true ? key : `${key}=${value}`))
    .join(' ')
}
