/** The commands on formats that plugins get (`ClientContext.formats`), whatever the table holds (SPEC-text C15). */
import type { EditorState } from 'prosemirror-state'
import type { ClientContext, SelectedFormats } from '../../../shared/plugin/client.ts'
import type { FormatValue } from '../../../shared/text/delta.ts'
import { formatsOf } from '../schema.ts'
import type { Command } from '../types.ts'
import { changeEmbed, embedIn, insertEmbed } from './embeds.ts'
import { formattingOf } from './formatting.ts'
import { isFormatActive, setFormat, toggleFormat } from './inline.ts'
import { changeLines, selectedLines } from './lines.ts'

/** Puts a format on the selection, or on what is typed next; null takes it off. */
export function setInline(key: string, value: FormatValue): Command {
  return (state, dispatch, view) =>
    (value !== null || isFormatActive(state, key) || hasFormat(state, key)) &&
    setFormat(key, value)(state, dispatch, view)
}

/** Whether any of the selection has a format. */
function hasFormat(state: EditorState, key: string): boolean {
  const type = state.schema.marks[key]
  const { from, to } = state.selection
  return type !== undefined && state.doc.rangeHasMark(from, to, type)
}

/** Switches a flag; a selection that has it only in part gets it everywhere (C6). */
export function toggleInline(key: string): Command {
  return toggleFormat(key)
}

/** Puts formats on the selected lines; null takes one off. One wrong name or value, and nothing happens. */
export function setLines(values: Readonly<Record<string, FormatValue>>): Command {
  return (state, dispatch) => {
    const { line } = formatsOf(state.schema)
    const right = Object.entries(values).every(
      ([name, value]) => line.has(name) && (value === null || line.get(name)?.validate(value) === true),
    )
    return right && changeLines(state, dispatch, selectedLines(state), () => values)
  }
}

/** The formats that hold for the whole selection. */
export function selected(state: EditorState): SelectedFormats {
  const formatting = formattingOf(state)
  const of = (values: Readonly<Record<string, FormatValue>>, key: string): FormatValue =>
    Object.hasOwn(values, key) ? (values[key] ?? null) : null
  return {
    inline: (key) => of(formatting.inline, key),
    line: (key) => of(formatting.line, key),
  }
}

/** All of them, as a plugin's context has them. */
export const formatCommands: ClientContext['formats'] = {
  setInline,
  toggleInline,
  setLines,
  selected,
  insertEmbed,
  changeEmbed,
  embedOf: embedIn,
}
