/** Pictures and notes of a text, for writers that put them at the end. */
import type { Block, EmbedView, Run } from './tree.ts'

/** What is embedded, in its order: pictures of figures, embeds in lines. */
export function* embedsOf(blocks: readonly Block[]): Generator<Pick<EmbedView, 'picture' | 'note'>> {
  for (const block of blocks) {
    if (block.kind === 'paragraph') yield* inRuns(block.runs)
    else if (block.kind === 'figure') yield { picture: block.picture, note: null }
    else if (block.kind === 'quote') yield* embedsOf(block.blocks)
    else if (block.kind === 'table')
      for (const row of block.rows) for (const cell of row) yield* embedsOf(cell.blocks)
    else if (block.kind === 'code') for (const runs of block.lines) yield* inRuns(runs)
    else if (block.kind === 'list')
      for (const { content, lists } of block.items) {
        yield* embedsOf([content])
        yield* embedsOf(lists)
      }
  }
}

function* inRuns(runs: readonly Run[]): Generator<EmbedView> {
  for (const run of runs) if ('embed' in run) yield run.embed
}
