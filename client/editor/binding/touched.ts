/** Which blocks a change touched, before and after it. */
import type { Node } from 'prosemirror-model'
import { textSize, textSizeAt } from './blocks.ts'
import type { Region } from './blocks.ts'

/** What shows a text before or after a change: the document or a cell, and where its first block begins. */
export interface Shown {
  node: Node
  start: number
}

/** The blocks that differ and one more on either side, whose `open` may depend on them; and the old text's length. */
export function touchedRegions(before: Shown, after: Shown): [Region, Region, number] | undefined {
  const old = before.node.children
  const now = after.node.children
  const least = Math.min(old.length, now.length)
  let from = 0
  let pos = 0
  let offset = 0
  for (; from < least; from += 1) {
    const block = old[from]
    if (!block || block !== now[from]) break
    pos += block.nodeSize
    offset += textSizeAt(old, from)
  }
  if (from === old.length && from === now.length) return undefined
  let tail = 0
  let length = 0
  for (; tail < least - from; tail += 1) {
    const block = old[old.length - 1 - tail]
    if (!block || block !== now[now.length - 1 - tail]) break
    length += textSizeAt(old, old.length - 1 - tail)
  }
  const first = old[from - 1]
  if (first) {
    from -= 1
    pos -= first.nodeSize
    offset -= textSize(first)
  }
  const last = tail > 0 ? old[old.length - tail] : undefined
  if (last) {
    tail -= 1
    length -= textSize(last)
  }
  const region = (blocks: readonly Node[], start: number): Region => {
    const to = blocks.length - tail
    return { from, to, pos: start + pos, offset, blocks: blocks.slice(from, to) }
  }
  const [a, b] = [region(old, before.start), region(now, after.start)]
  return [a, b, a.blocks.reduce((sum, block) => sum + textSize(block), offset + length)]
}

/** The region with every block closed that may not be open where it is (SPEC-text T5). */
export function closed(region: Region, doc: Node): Region {
  const blocks = [...region.blocks]
  let next = doc.maybeChild(region.to) ?? undefined
  for (let index = blocks.length - 1; index >= 0; index -= 1) {
    const block = blocks[index]
    if (!block) continue
    if (block.attrs['open'] === true && !mayBeOpen(block, next, doc.childCount === 1)) {
      const node = block.type.create({ ...block.attrs, open: false }, block.content, block.marks)
      blocks[index] = node
      next = node
    } else next = block
  }
  return { ...region, blocks }
}

function mayBeOpen(block: Node, next: Node | undefined, alone: boolean): boolean {
  if (block.isTextblock) {
    for (const [name, value] of Object.entries(block.attrs)) {
      if (name !== 'open' && value !== null && value !== '') return false
    }
    if (!next) return block.content.size > 0 || alone
    return !next.isTextblock && block.content.size > 0
  }
  return block.attrs['formats'] === '' && !(next?.isTextblock && next.content.size === 0)
}

/** Whether nothing differs but what stands in cells of tables, which have texts of their own. */
export function onlyInTables(a: readonly Node[], b: readonly Node[]): boolean {
  return (
    a.length === b.length &&
    a.every((block, index) => {
      const other = b[index]
      return (
        block === other || (block.type.name === 'table' && other !== undefined && block.sameMarkup(other))
      )
    })
  )
}
