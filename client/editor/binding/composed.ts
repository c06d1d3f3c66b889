/** Which of what waits touches the line somebody composes in (SPEC-text R15). */
import type { Node } from 'prosemirror-model'
import type { Delta } from '../../../shared/text/delta.ts'
import { textOffset, textSize } from './blocks.ts'
import { DeltaBuilder, DeltaReader, opLength } from './delta.ts'
import type { Part } from './part.ts'
import { containerAt } from './places.ts'

/**
 * What a part holds in two: what does not touch the composed line, and then what does. For the text itself a composed line
 * in a cell is the table; for other cells there is none.
 */
export function aroundComposed(
  doc: Node,
  head: number,
  { name, held }: Part,
): { outside: Delta; inside: Delta } {
  const at = containerAt(doc, head)
  const { node, start } = name === '' ? { node: doc, start: 0 } : at
  if (name !== '' && at.name !== name) return { outside: held, inside: [] }
  const { index } = node.childAfter(Math.max(0, Math.min(head - start, node.content.size - 1)))
  const block = node.child(index)
  let before = 0
  for (let other = 0; other < index; other += 1) before += node.child(other).nodeSize
  const from = textOffset(node, before)
  return splitAround(held, from, from + textSize(block) - (block.attrs['open'] === true ? 0 : 1))
}

/**
 * A change in two: what does not touch the line from `start` to `end` (the place before its newline), and then what does.
 * Both one after the other do what the whole does. The newline before the line belongs to it when it is deleted, as that
 * joins the line to the one before.
 */
export function splitAround(delta: Delta, start: number, end: number): { outside: Delta; inside: Delta } {
  const outside = new DeltaBuilder()
  const inside = new DeltaBuilder()
  const reader = new DeltaReader(delta)
  const edges = [start - 1, start, end + 1]
  let at = 0
  while (reader.more) {
    if (reader.kind === 'insert') {
      const op = reader.take()
      if (at >= start && at <= end) inside.push(op)
      else {
        outside.push(op)
        inside.retain(opLength(op))
      }
      continue
    }
    const edge = edges.find((one) => one > at) ?? Number.POSITIVE_INFINITY
    const length = Math.min(reader.length, edge - at)
    const op = reader.take(length)
    const touches = (at >= start && at <= end) || (at === start - 1 && 'delete' in op)
    if (touches) {
      inside.push(op)
      outside.retain(length)
    } else {
      outside.push(op)
      if ('retain' in op) inside.retain(length)
    }
    at += length
  }
  return { outside: outside.done(), inside: inside.done() }
}
