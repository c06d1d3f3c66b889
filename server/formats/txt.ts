/** Plain text in the form of Etherpad's `getText` (SPEC-formats F20, SPEC-text T9). */
import { contentsAsLists } from './document/contents.ts'
import { headingsOf } from './document/lines.ts'
import { embedsOf } from './embeds.ts'
import { pictureWords } from './document/pictures.ts'
import { plainRuns } from './plain-runs.ts'
import { alignedRows } from '../../shared/text/table/text.ts'
import type { Block, CodeBlock, List, Paragraph, Table } from './tree.ts'
import { never } from './tree.ts'
import type { TextSource, Writer } from './types.ts'
import { walk } from './walk.ts'

/** The text of blocks, a newline after every line. */
export function plainBlocks(blocks: readonly Block[]): string {
  let text = ''
  for (const block of blocks) text += plainBlock(block)
  return text
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `${'\t'.repeat(block.indent)}${plainRuns(block.runs)}\n`
    case 'code':
      return codeLines(block)
    case 'list':
      return plainList(block)
    case 'quote':
      return plainBlocks(block.blocks)
    case 'divider':
      return '---\n'
    case 'figure':
      return `${pictureWords(block.picture) || '[image]'}\n`
    case 'table':
      return plainTable(block)
    case 'contents':
      // The writer has put a list in its place.
      return ''
    case 'embed':
      return `${block.embed.text}\n`
    default:
      return never(block)
  }
}

/** Columns below each other (SPEC-tables TB12). */
function plainTable({ rows, headerRow }: Table): string {
  const words = rows.map((row) =>
    row.map(({ blocks }) => plainBlocks(blocks).trimEnd().replaceAll('\t', ' ').replaceAll('\n', ' / ')),
  )
  return `${alignedRows(words, headerRow)}\n`
}

function plainList({ of, level, items }: List): string {
  let text = ''
  for (const { number, checked, content, lists } of items) {
    const marker = of === 'ordered' ? `${number ?? 1}. ` : of === 'tasks' ? (checked ? '[x] ' : '[ ] ') : '* '
    text += `${'\t'.repeat(level + 1)}${marker}${itemText(content)}`
    for (const list of lists) text += plainList(list)
  }
  return text
}

function itemText(content: Paragraph | CodeBlock): string {
  return content.kind === 'code' ? codeLines(content) : `${plainRuns(content.runs)}\n`
}

function codeLines({ lines }: CodeBlock): string {
  return lines.map((runs) => `${plainRuns(runs)}\n`).join('')
}

export const txt: Writer = {
  needs: 'text',
  mime: 'text/plain; charset=utf-8',
  ending: 'txt',
  write({ content, formats, boards }: TextSource) {
    const tree = walk(content, { formats, boards })
    const blocks = contentsAsLists(tree, headingsOf(tree), () => null)
    const notes = [...embedsOf(blocks)].flatMap(({ note }) =>
      note ? [`[${note.number}] ${note.words}\n`] : [],
    )
    return `${plainBlocks(blocks)}${notes.length > 0 ? '\n' : ''}${notes.join('')}`
  },
}
