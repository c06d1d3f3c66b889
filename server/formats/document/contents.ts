/** Tables of contents that stand in a text (SPEC-formats F29), for writers that know no such thing: lists of links. */
import { DEEPEST_HEADING, headingsOf } from './lines.ts'
import type { Heading } from './lines.ts'
import { PLAIN } from '../tree.ts'
import type { Block, Item, List, Look, Run } from '../tree.ts'

const LOOK: Look = { direction: null, drawn: [] }

/** Whether a table of contents stands somewhere in a text. */
export function hasContents(blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    if (block.kind === 'quote') return hasContents(block.blocks)
    if (block.kind === 'table') return block.rows.some((row) => row.some((cell) => hasContents(cell.blocks)))
    return block.kind === 'contents'
  })
}

/** The headings that something leads to: those of the table before the text, all where one stands in it. */
export function placesOf(blocks: readonly Block[], toc: boolean, deepest: number): Heading[] {
  const most = hasContents(blocks) ? DEEPEST_HEADING : toc ? deepest : 0
  return most === 0 ? [] : headingsOf(blocks).filter(({ level }) => level <= most)
}

/** The blocks with lists of links in the place of tables of contents; `to` is the address of a heading, null for none. */
export function contentsAsLists(
  blocks: readonly Block[],
  headings: readonly Heading[],
  to: (heading: Heading, at: number) => string | null,
): readonly Block[] {
  if (!hasContents(blocks)) return blocks
  const entries = headings.map((heading, at) => ({
    level: heading.level,
    run: linked(heading, to(heading, at)),
  }))
  const lists = listOf(entries, 0)
  const inside = (all: readonly Block[]): Block[] =>
    all.flatMap((block): Block[] => {
      if (block.kind === 'contents') return lists
      if (block.kind === 'quote') return [{ ...block, blocks: inside(block.blocks) }]
      if (block.kind !== 'table') return [block]
      const rows = block.rows.map((row) => row.map((cell) => ({ ...cell, blocks: inside(cell.blocks) })))
      return [{ ...block, rows }]
    })
  return inside(blocks)
}

function linked({ words }: Heading, link: string | null): Run {
  return { text: words, marks: link === null ? PLAIN : { ...PLAIN, link } }
}

interface Entry {
  level: number
  run: Run
}

/** A level that is left out makes no empty list. */
function listOf(entries: readonly Entry[], level: number): List[] {
  const items: Item[] = []
  for (let at = 0; at < entries.length;) {
    const [first, ...later] = entries.slice(at)
    if (!first) break
    const end = later.findIndex((one) => one.level <= first.level)
    const under = end < 0 ? later : later.slice(0, end)
    items.push({
      number: null,
      checked: false,
      look: LOOK,
      content: { kind: 'paragraph', heading: 0, indent: 0, look: LOOK, runs: [first.run] },
      lists: listOf(under, level + 1),
    })
    at += 1 + under.length
  }
  return items.length === 0 ? [] : [{ kind: 'list', of: 'bullet', level, items }]
}
