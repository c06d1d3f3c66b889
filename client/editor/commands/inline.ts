/** Commands on characters (SPEC-text C6-C8). */
import type { MarkType } from 'prosemirror-model'
import type { Command, EditorState } from 'prosemirror-state'
import type { FormatValue } from '../../../shared/text/delta.ts'
import { NOBODY } from '../../../shared/text/formats.ts'
import { formatsOf, OTHER, THREADS } from '../schema.ts'
import { changeLine, selectedLines, wouldChange } from './lines.ts'
import { addMarkTo, removeMarksFrom } from './marks.ts'

/** What {@link clearFormatting} leaves on the text: it is not the look. */
const KEPT: ReadonlySet<string> = new Set(['link', 'author', THREADS, OTHER])

/** Switches a flag such as `bold`; a selection that has it only in part gets it everywhere. */
export function toggleFormat(name: string): Command {
  return (state, dispatch, view) =>
    setFormat(name, isFormatActive(state, name) ? null : true)(state, dispatch, view)
}

/** Gives the selection, or what is typed next, a format with a value; null takes it off. */
export function setFormat(name: string, value: FormatValue): Command {
  return (state, dispatch) => {
    const type = state.schema.marks[name]
    const format = formatsOf(state.schema).inline.get(name)
    if (!type || !format || (value !== null && !format.validate(value))) return false
    const mark = value === null ? null : type.create(format.flag ? null : { value })
    const { empty, $from } = state.selection
    if (empty && $from.parent.type.name !== 'line') return false
    if (!empty && !hasInline(state)) return false
    if (dispatch) {
      const { tr } = state
      if (empty) dispatch(mark ? tr.addStoredMark(mark) : tr.removeStoredMark(type))
      else {
        for (const { $from: start, $to: end } of state.selection.ranges) {
          if (mark) addMarkTo(tr, start.pos, end.pos, mark)
          else removeMarksFrom(tr, start.pos, end.pos, type)
        }
        dispatch(tr.scrollIntoView())
      }
    }
    return true
  }
}

/**
 * Takes the look off: inline formats of the selection and the formats of its lines. Links, comments, writing direction
 * and what this client does not know stay.
 */
export const clearFormatting: Command = (state, dispatch) => {
  const { from, to, empty } = state.selection
  const changes = Object.fromEntries(
    [...formatsOf(state.schema).line.keys()]
      .filter((name) => name !== 'direction')
      .map((name) => [name, null]),
  )
  const lines = selectedLines(state)
  const types = Object.values(state.schema.marks).filter((type) => !KEPT.has(type.name))
  const stored = state.storedMarks ?? state.selection.$from.marks()
  const marked = empty
    ? stored.some((mark) => !KEPT.has(mark.type.name))
    : types.some((type) => state.doc.rangeHasMark(from, to, type))
  if (!marked && !lines.some(({ node }) => wouldChange(node, changes))) return false
  if (dispatch) {
    const { tr } = state
    for (const line of lines) changeLine(tr, line, changes)
    if (!empty) for (const type of types) removeMarksFrom(tr, from, to, type)
    else if (marked) tr.setStoredMarks(stored.filter((mark) => KEPT.has(mark.type.name)))
    dispatch(tr.scrollIntoView())
  }
  return true
}

/** Says of the selected text, or of the whole text when nothing is selected, that nobody wrote it (T12). */
export const clearAuthors: Command = (state, dispatch) => {
  const { empty } = state.selection
  const from = empty ? 0 : state.selection.from
  const to = empty ? state.doc.content.size : state.selection.to
  const nobody = state.schema.marks['author']?.create({ value: NOBODY })
  if (!nobody) return false
  let any = false
  state.doc.nodesBetween(from, to, (node) => {
    if (node.isInline && !nobody.isInSet(node.marks)) any = true
    return !any
  })
  if (any && dispatch) dispatch(addMarkTo(state.tr, from, to, nobody))
  return any
}

function hasInline(state: EditorState): boolean {
  let any = false
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node) => {
    any ||= node.isInline
    return !any
  })
  return any
}

/** Whether the whole selection, or what is typed next, has a format. */
export function isFormatActive(state: EditorState, name: string): boolean {
  return formatValue(state, name) !== undefined
}

/** The value a format has on the whole selection, or on what is typed next; undefined when none or several. */
export function formatValue(state: EditorState, name: string): FormatValue | undefined {
  const type = state.schema.marks[name]
  if (!type) return undefined
  const { from, to, empty, $from } = state.selection
  if (empty) return valueOf(type.isInSet(state.storedMarks ?? $from.marks()))
  let value: FormatValue | undefined
  let mixed = false
  let any = false
  state.doc.nodesBetween(from, to, (node) => {
    if (mixed) return false
    if (!node.isInline) return true
    const here = valueOf(type.isInSet(node.marks))
    if (here === undefined || (any && here !== value)) mixed = true
    value = here
    any = true
    return false
  })
  return mixed || !any ? undefined : value
}

function valueOf(mark: ReturnType<MarkType['isInSet']>): FormatValue | undefined {
  if (!mark) return undefined
  return 'value' in mark.attrs ? (mark.attrs['value'] as FormatValue) : true
}
