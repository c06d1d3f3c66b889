/** Which of what waits touches the line somebody composes in (SPEC-text R15). */
import type { Node } from 'prosemirror-model'
import type { Delta } from '../../../shared/text/delta.ts'
import { textOffset, textSize } from './blocks.ts'
import { splitAround } from './delta.ts'
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
