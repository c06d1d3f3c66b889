/** What the selection is, for buttons that show it. Pure reading of ProseMirror's state. */
import type { Mark, Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'

/** Lines looked at for one answer; a selection of a whole book is judged by its beginning. */
const MOST = 500

/** Is the inline format on: for what is typed next, or on all of the selected text? */
export function hasMark(state: EditorState, name: string): boolean {
  const type = state.schema.marks[name]
  if (!type) return false
  const { empty, from, to, $from } = state.selection
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
  let found = false
  let missing = false
  let seen = 0
  state.doc.nodesBetween(from, to, (node) => {
    if (missing || (seen += 1) > MOST * 4) return false
    if (!node.isText) return true
    if (type.isInSet(node.marks)) found = true
    else if ((node.text ?? '').trim() !== '') missing = true
    return false
  })
  return found && !missing
}

/** Is this so for every selected line? */
export function everyLine(state: EditorState, test: (line: Node) => boolean): boolean {
  const { from, to } = state.selection
  let all = true
  let seen = 0
  state.doc.nodesBetween(from, to, (node) => {
    if (node.isTextblock && (seen += 1) <= MOST && !test(node)) all = false
    return false
  })
  return seen > 0 && all
}

/** Names of line styles; what the style picker shows. */
export type LineStyle = 'text' | 'heading1' | 'heading2' | 'heading3' | 'blockquote' | 'codeblock'

/** The style of the line the selection starts in. */
export function lineStyle(state: EditorState): LineStyle {
  const { attrs } = state.selection.$from.parent
  if (attrs['header'] === 1) return 'heading1'
  if (attrs['header'] === 2) return 'heading2'
  if (typeof attrs['header'] === 'number') return 'heading3'
  if (attrs['code-block'] !== null && attrs['code-block'] !== undefined) return 'codeblock'
  return attrs['blockquote'] === true ? 'blockquote' : 'text'
}

/** Is there nothing in the text at all? */
export function isEmptyText(state: EditorState): boolean {
  const first = state.doc.firstChild
  return state.doc.childCount <= 1 && (!first || (first.isTextblock && first.content.size === 0))
}

/** A link in the text: where it stands and where it leads. */
export interface LinkRange {
  from: number
  to: number
  href: string
}

/** The link the selection lies in, or null. */
export function linkAt(state: EditorState): LinkRange | null {
  const type = state.schema.marks['link']
  const { $from, to, from } = state.selection
  const { parent } = $from
  if (!type || !parent.isTextblock || to > $from.end()) return null
  const start = $from.start()
  const runs: { from: number; to: number; mark: Mark | undefined }[] = []
  parent.forEach((node, offset) => {
    const mark = type.isInSet(node.marks)
    const last = runs.at(-1)
    if (last && mark && last.mark?.eq(mark)) last.to = start + offset + node.nodeSize
    else runs.push({ from: start + offset, to: start + offset + node.nodeSize, mark })
  })
  const run = runs.find((one) => one.mark && one.from <= from && to <= one.to)
  const href: unknown = run?.mark?.attrs['value']
  return run && typeof href === 'string' ? { from: run.from, to: run.to, href } : null
}
