/** Embeds: put into the text, and given another value (SPEC-text T6). */
import type { Node, Schema } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Embed } from '../../../shared/text/delta.ts'
import { embedKind, isBlockEmbed } from '../../../shared/text/formats.ts'
import { stableJson } from '../../../shared/text/json.ts'
import { embedOf, formatsOf } from '../schema.ts'
import type { Command } from '../types.ts'

/** UTF-16 units of an embed as JSON; what is larger belongs beside the text. */
const MOST = 20_000

/** The attribute of a node for an embed; null for what cannot be one. */
function attributeOf(embed: Embed): string | null {
  const text = stableJson(embed)
  return embedKind(embed) === '' || text.length > MOST ? null : text
}

/** Puts an embed at the cursor, in place of what is selected; one that stands alone, on a line of its own below it. */
export function insertEmbed(embed: Embed): Command {
  return (state, dispatch) => {
    const text = attributeOf(embed)
    const { $from, $to } = state.selection
    if (text === null || $from.parent.type.name !== 'line' || $to.parent.type.name !== 'line') return false
    const { schema } = state
    const { block, embed: inline } = schema.nodes
    if (!block || !inline) return false
    if (!isBlockEmbed(embed, formatsOf(schema))) {
      const node = inline.create({ embed: text }, null, state.storedMarks ?? $from.marks())
      dispatch?.(state.tr.replaceSelectionWith(node, false).scrollIntoView())
      return true
    }
    if (!dispatch) return true
    const { tr } = state
    const pos = $to.after()
    const last = pos >= $to.end(-1)
    if ($to.parent.attrs['open'] === true) tr.setNodeAttribute($to.before(), 'open', false)
    tr.insert(pos, [block.create({ embed: text }), ...(last ? emptyLine(schema) : [])])
    // Below it, where one goes on writing.
    tr.setSelection(TextSelection.near(tr.doc.resolve(pos + 1), 1))
    dispatch(tr.scrollIntoView())
    return true
  }
}

function emptyLine(schema: Schema): Node[] {
  const { line } = schema.nodes
  return line ? [line.create()] : []
}

/** Gives the embed at a place another value of its kind. */
export function changeEmbed(pos: number, embed: Embed): Command {
  return (state, dispatch) => {
    const text = attributeOf(embed)
    const node = pos >= 0 && pos < state.doc.content.size ? state.doc.nodeAt(pos) : null
    if (text === null || node === null || embedIn(node) === null) return false
    if (embedKind(embedOf(node)) !== embedKind(embed) || node.attrs['embed'] === text) return false
    dispatch?.(state.tr.setNodeAttribute(pos, 'embed', text))
    return true
  }
}

/** The embed a node stands for; null for others. */
export function embedIn(node: Node): Embed | null {
  return ['embed', 'block', 'table'].includes(node.type.name) ? embedOf(node) : null
}
