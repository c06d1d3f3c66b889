/** Comments and suggestions lie on the text as keys with an id, several on one character (SPEC-text T3, T10). */
import type { Transaction } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import type { FormatValue } from '../../../shared/text/delta.ts'
import { inlineFormat } from '../../../shared/text/formats.ts'
import { bagFrom, bagOf, formatsOf, THREADS } from '../schema.ts'

/**
 * Puts a key such as `comment-<id>` on a range, or takes it off (value null). Other threads there stay. Returns whether
 * anything changed; a key or value the table refuses changes nothing.
 */
export function setThread(
  tr: Transaction,
  from: number,
  to: number,
  key: string,
  value: FormatValue,
): boolean {
  const { schema } = tr.doc.type
  const type = schema.marks[THREADS]
  const format = inlineFormat(key, formatsOf(schema))
  if (!type || !format?.many || (value !== null && !format.validate(value))) return false
  const before = tr.steps.length
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isInline) return true
    const start = Math.max(from, pos)
    const end = Math.min(to, pos + node.nodeSize)
    const old = keysOn(node)
    const keys = bagFrom({ ...old, [key]: value })
    if (keys === bagFrom(old)) return false
    if (keys === '') tr.removeMark(start, end, type)
    else tr.addMark(start, end, type.create({ keys }))
    return false
  })
  return tr.steps.length > before
}

/** The thread keys on a node. */
export function keysOn(node: Node): Readonly<Record<string, FormatValue>> {
  return bagOf(node.marks.find((mark) => mark.type.name === THREADS)?.attrs['keys'])
}

/** Where a thread's key lies: ranges of neighbours, in order; empty when the thread is detached. */
export function threadRanges(doc: Node, key: string): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = []
  doc.descendants((node, pos) => {
    if (!node.isInline) return true
    if (!(key in keysOn(node))) return false
    const last = ranges.at(-1)
    if (last && last.to === pos) last.to = pos + node.nodeSize
    else ranges.push({ from: pos, to: pos + node.nodeSize })
    return false
  })
  return ranges
}
