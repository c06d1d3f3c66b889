/** What writers of documents share about tables (SPEC-tables TB14). */
import { sideOf } from './lines.ts'
import type { Block, Cell } from '../tree.ts'

/** What stands in a cell, where cells have no alignment of their own: their lines say it. */
export function cellBlocks({ blocks, align }: Cell): readonly Block[] {
  if (align === null) return blocks
  const side = { name: 'align', tag: '', attributes: {}, style: { 'text-align': align } }
  return blocks.map((block): Block => {
    if (block.kind !== 'paragraph' || sideOf(block.look) !== null) return block
    return { ...block, look: { ...block.look, drawn: [...block.look.drawn, side] } }
  })
}
