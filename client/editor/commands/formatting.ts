/** What the toolbar shows pressed: the formats of the selection in one walk (SPEC-text C14). */
import type { EditorState } from 'prosemirror-state'
import type { FormatValue } from '../../../shared/text/delta.ts'
import { attributesOf, formatsOf } from '../schema.ts'
import { isCodeLine, listKind } from './line-formats.ts'
import type { ListKind } from './line-formats.ts'
import { selectedLines } from './lines.ts'

/** Formats that hold for the whole selection; null where lines differ or have none. */
export interface Formatting {
  /** Inline formats by key. */
  inline: Readonly<Record<string, FormatValue>>
  /** All line formats by key. */
  line: Readonly<Record<string, FormatValue>>
  header: number | null
  list: ListKind | null
  indent: number
  quote: boolean
  code: boolean
}

/** No more than this many lines are looked at; a longer selection is judged by its beginning. */
const MOST_LINES = 500

/** Many buttons ask about the same state. */
const known = new WeakMap<EditorState, Formatting>()

/** The formatting of a state's selection; read once a state. */
export function formattingOf(state: EditorState): Formatting {
  const formatting = known.get(state) ?? readFormatting(state)
  known.set(state, formatting)
  return formatting
}

function readFormatting(state: EditorState): Formatting {
  const lines = selectedLines(state).slice(0, MOST_LINES)
  const same = <T>(read: (node: (typeof lines)[number]['node']) => T, none: T): T => {
    const first = lines[0]
    if (!first) return none
    const value = read(first.node)
    return lines.every(({ node }) => read(node) === value) ? value : none
  }
  return {
    inline: inlineOf(state, (lines.at(-1)?.pos ?? 0) + (lines.at(-1)?.node.nodeSize ?? 0)),
    line: Object.fromEntries(
      [...formatsOf(state.schema).line.keys()].map((name) => [
        name,
        same((node) => (node.attrs[name] as FormatValue | undefined) ?? null, null),
      ]),
    ),
    header: same((node) => node.attrs['header'] as number | null, null),
    list: same(listKind, null),
    indent: same((node) => Number(node.attrs['indent'] ?? 0), 0),
    quote: same((node) => node.attrs['blockquote'] === true, false),
    code: same(isCodeLine, false),
  }
}

function inlineOf(state: EditorState, limit: number): Record<string, FormatValue> {
  const { from, to, empty, $from } = state.selection
  if (empty) return { ...attributesOf(state.storedMarks ?? $from.marks()) }
  let common: Record<string, FormatValue> | undefined
  state.doc.nodesBetween(from, Math.min(to, Math.max(limit, from)), (node) => {
    if (!node.isInline) return true
    const here = attributesOf(node.marks)
    if (!common) common = { ...here }
    else for (const [key, value] of Object.entries(common)) if (here[key] !== value) delete common[key]
    return false
  })
  return common ?? {}
}
