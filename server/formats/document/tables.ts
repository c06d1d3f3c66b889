/** What writers of documents share about tables (SPEC-tables TB14). */
import { sideOf } from './lines.ts'
import type { Block, Cell, Paragraph, Run, Table } from '../tree.ts'

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

/** The rows of a table as lines, with tabs between the cells: for formats that have no table of ours yet. */
export function rowLines({ rows }: Table): Paragraph[] {
  return rows.map((cells) => ({
    kind: 'paragraph',
    heading: 0,
    indent: 0,
    look: { direction: null, drawn: [] },
    runs: cells.flatMap(({ blocks }, at) => {
      const runs = blocks.flatMap((block, index) => (index > 0 ? [SPACE, ...runsIn(block)] : runsIn(block)))
      return at > 0 ? [TAB, ...runs] : runs
    }),
  }))
}

const PLAIN = {
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  code: false,
  link: null,
  drawn: [],
  threads: [],
  author: null,
} as const
const TAB: Run = { text: '\t', marks: PLAIN }
const SPACE: Run = { text: ' ', marks: PLAIN }

/** What stands in a block, its lines with spaces between them. */
function runsIn(block: Block): Run[] {
  const joined = (parts: readonly (readonly Run[])[]): Run[] =>
    parts.flatMap((runs, at) => (at > 0 ? [SPACE, ...runs] : [...runs]))
  switch (block.kind) {
    case 'paragraph':
      return [...block.runs]
    case 'code':
      return joined(block.lines)
    case 'list':
      return joined(block.items.map(({ content, lists }) => joined([content, ...lists].map(runsIn))))
    case 'quote':
      return joined(block.blocks.map(runsIn))
    case 'embed':
      return [{ embed: block.embed, marks: PLAIN }]
    case 'table':
      return joined(rowLines(block).map(({ runs }) => runs))
    default:
      return []
  }
}
