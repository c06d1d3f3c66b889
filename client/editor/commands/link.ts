/** Links: where one is, setting, changing, removing (SPEC-text C9). Addresses pass the allow-list before they are stored. */
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Command, EditorState } from 'prosemirror-state'
import { linkFromInput } from '../../../shared/text/links.ts'
import { addMarkTo, removeMarksFrom } from './marks.ts'

/** A link in the text: its whole run, also where its look changes. */
export interface LinkRange {
  from: number
  to: number
  /** As stored; pass it through `safeLink` before using it. */
  href: string
  text: string
}

function hrefOf(node: Node | null | undefined): string | null {
  const value: unknown = node?.marks.find((mark) => mark.type.name === 'link')?.attrs['value']
  return typeof value === 'string' ? value : null
}

/** The link the cursor stands in or at, or the one that covers the selection; null otherwise. */
export function linkAt(state: EditorState): LinkRange | null {
  const { $from, $to } = state.selection
  const line = $from.parent
  if (line.type.name !== 'line' || !$from.sameParent($to)) return null
  const start = $from.start()
  const inside = state.selection.empty
    ? [line.childAfter($from.parentOffset), line.childBefore($from.parentOffset)]
    : [line.childAfter($from.parentOffset)]
  const found = inside.find(({ node }) => hrefOf(node) !== null)
  const href = hrefOf(found?.node)
  if (!found || href === null) return null
  let first = found.index
  let last = found.index
  while (hrefOf(line.maybeChild(first - 1)) === href) first -= 1
  while (hrefOf(line.maybeChild(last + 1)) === href) last += 1
  let from = start
  for (let at = 0; at < first; at += 1) from += line.child(at).nodeSize
  let to = from
  for (let at = first; at <= last; at += 1) to += line.child(at).nodeSize
  if ($to.pos > to) return null
  return { from, to, href, text: state.doc.textBetween(from, to, '', '\ufffc') }
}

/**
 * Links the selection, or changes the link at the cursor; with nothing selected and no link there, inserts `text` (or
 * the address) as a link. `address` is what a person typed; false when it is refused.
 */
export function setLink(address: string, text?: string): Command {
  return (state, dispatch) => {
    const value = linkFromInput(address)
    const mark = value === null ? undefined : state.schema.marks['link']?.create({ value })
    if (!mark) return false
    const { selection, tr } = state
    const here = selection.empty ? linkAt(state) : null
    const from = here?.from ?? selection.from
    const to = here?.to ?? selection.to
    const words = text?.replace(/\s+/g, ' ').trim()
    const old = state.doc.textBetween(from, to, '\n', '\ufffc')
    if (from === to || (words !== undefined && words !== '' && words !== old && !old.includes('\n'))) {
      if (!selection.$from.parent.isTextblock) return false
      const marks = mark.addToSet(selection.$from.marks())
      tr.replaceRangeWith(from, to, state.schema.text(words || address.trim(), marks))
      tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(to)))
    } else addMarkTo(tr, from, to, mark)
    if (dispatch) dispatch(tr.removeStoredMark(mark.type).scrollIntoView())
    return true
  }
}

/** Takes the link at the cursor, or all links in the selection, off the text. */
export const removeLink: Command = (state, dispatch) => {
  const type = state.schema.marks['link']
  const { selection } = state
  const range = selection.empty ? linkAt(state) : selection
  if (!type || !range || !state.doc.rangeHasMark(range.from, range.to, type)) return false
  if (dispatch) dispatch(removeMarksFrom(state.tr, range.from, range.to, type).removeStoredMark(type))
  return true
}
