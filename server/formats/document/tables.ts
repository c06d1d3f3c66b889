/** What writers of documents share about tables (SPEC-tables TB14). */
import { sideOf } from './lines.ts'
import type { Block, Cell } from '../tree.ts'

/** What stands in a cell, where a cell has no alignment of its own and a header no style: its lines say both. */
export function cellBlocks({ blocks, align }: Cell, header: boolean): Block[] {
  if (align === null && !header) return [...blocks]
  return blocks.map((block): Block => {
    if (block.kind !== 'paragraph') return block
    const { look, runs } = block
    const side = { name: 'align', tag: '', attributes: {}, style: { 'text-align': align ?? '' } }
    return {
      ...block,
      look: align === null || sideOf(look) !== null ? look : { ...look, drawn: [...look.drawn, side] },
      runs: header ? runs.map((run) => ({ ...run, marks: { ...run.marks, bold: true } })) : runs,
    }
  })
}
