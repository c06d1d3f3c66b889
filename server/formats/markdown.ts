/** Markdown as GitHub reads it (SPEC-formats F22 to F24): lines of a paragraph end with a hard break, an empty line parts. */
import { inPage } from './html-pictures.ts'
import { markdownLine, markdownPicture, pictureName } from './markdown-runs.ts'
import { escapeMarkdown, longestRun, withoutControls } from './markdown-text.ts'
import { contentsAsLists } from './document/contents.ts'
import { headingsOf } from './document/lines.ts'
import { embedsOf } from './embeds.ts'
import type { Block, Cell, CodeBlock, Figure, Item, List, Paragraph, Table } from './tree.ts'
import { never } from './tree.ts'
import { plainRuns } from './plain-runs.ts'
import type { TextSource, Writer } from './types.ts'
import { walk } from './walk.ts'

/** Blocks as lines, without one at the end. */
export function markdownBlocks(blocks: readonly Block[]): string[] {
  const parts: string[][] = []
  let text: string[] = []
  let marker = { bullet: '*', ordered: ')' }
  const endText = (): void => {
    if (text.length > 0) parts.push(text.map((line, at) => (at < text.length - 1 ? `${line}\\` : line)))
    text = []
  }
  for (const block of blocks) {
    if (block.kind === 'paragraph' && block.heading === 0) {
      const line = markdownLine(block.runs)
      if (line === '') endText()
      else text.push(line)
      if (block.runs.length > 0) marker = { bullet: '*', ordered: ')' }
      continue
    }
    endText()
    if (block.kind === 'list') {
      for (const piece of pieces(block)) {
        marker = other(marker, piece.of)
        parts.push(listLines(piece, marker))
      }
      continue
    }
    marker = { bullet: '*', ordered: ')' }
    parts.push(blockLines(block))
  }
  endText()
  return parts.flatMap((lines, at) => (at > 0 ? ['', ...lines] : lines))
}

function blockLines(block: Exclude<Block, List>): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [headingLine(block)]
    case 'code':
      return codeLines(block)
    case 'quote':
      return quoteLines(block.blocks)
    case 'divider':
      // Three hyphens at a file's beginning are front matter to many readers.
      return ['***']
    case 'figure':
      return figureLines(block)
    case 'table':
      return tableLines(block)
    case 'contents':
      // The writer has put a list in its place.
      return []
    case 'embed':
      return [escapeMarkdown(block.embed.text, true, true)]
    default:
      return never(block)
  }
}

/** A table of GFM (SPEC-tables TB14), which always has a header row, and only lines of words in its cells. */
function tableLines({ rows, headerRow }: Table): string[] {
  const [first = [], ...rest] = rows
  const line = (cells: readonly Cell[]): string => `| ${cells.map(cellText).join(' | ')} |`
  const rules = first.map((_cell, at) => {
    const sides = new Set(rows.map((row) => row[at]?.align ?? null))
    const [side] = sides
    if (sides.size !== 1 || side === null || side === undefined) return '---'
    return side === 'center' ? ':-:' : side === 'right' ? '--:' : ':--'
  })
  const rule = `| ${rules.join(' | ')} |`
  return headerRow
    ? [line(first), rule, ...rest.map(line)]
    : [`|${'  |'.repeat(first.length)}`, rule, ...rows.map(line)]
}

function cellText({ blocks }: Cell): string {
  return markdownBlocks(blocks)
    .map((line) => line.replace(/\\$/, ''))
    .filter((line) => line !== '')
    .join('<br>')
    .replace(/(^|[^\\])\|/g, '$1\\|')
}

function figureLines({ picture }: Figure): string[] {
  const line = markdownPicture(picture)
  return picture.caption === '' || picture.alt === ''
    ? [line]
    : [`${line}\\`, `*${escapeMarkdown(picture.caption, true, true)}*`]
}

/** Pictures and notes that lines refer to, at the end. */
function references(blocks: readonly Block[]): string[] {
  const pictures = new Map<string, string>()
  const notes: string[] = []
  for (const { picture, note } of embedsOf(blocks)) {
    if (picture) pictures.set(pictureName(picture), inPage(picture))
    if (note) notes.push(`[^${note.number}]: ${escapeMarkdown(note.words, true, true)}`)
  }
  const named = [...pictures].map(([name, address]) => `[${name}]: ${address}`)
  return [...notes.flatMap((line) => ['', line]), ...(named.length > 0 ? ['', ...named] : [])]
}

function quoteLines(blocks: readonly Block[]): string[] {
  const lines = markdownBlocks(blocks)
  return (lines.length > 0 ? lines : ['']).map((line) => (line === '' ? '>' : `> ${line}`))
}

function headingLine({ heading, runs }: Paragraph): string {
  // Signs at a heading's end would close it.
  const line = markdownLine(runs).replace(/(^|\s)(#+)$/, '$1\\$2')
  return `${'#'.repeat(heading)} ${line}`.trimEnd()
}

function codeLines({ language, lines }: CodeBlock): string[] {
  const plain = lines.map((runs) => withoutControls(plainRuns(runs)))
  const most = Math.max(2, ...plain.map((line) => longestRun(line, '`')))
  const fence = '`'.repeat(most + 1)
  return [`${fence}${language}`, ...plain, fence]
}

type Marker = Readonly<{ bullet: string; ordered: string }>

/** Lists that follow each other begin with other signs, else they would be one. */
function other(marker: Marker, of: List['of']): { bullet: string; ordered: string } {
  if (of === 'ordered') return { ...marker, ordered: marker.ordered === '.' ? ')' : '.' }
  return { ...marker, bullet: marker.bullet === '-' ? '*' : '-' }
}

/** An ordered list whose numbers jump, as several. */
function pieces(list: List): List[] {
  if (list.of !== 'ordered') return [list]
  const out: Item[][] = []
  let next: number | null = null
  for (const item of list.items) {
    if (next === null || item.number !== next) out.push([])
    out.at(-1)?.push(item)
    next = (item.number ?? 0) + 1
  }
  return out.map((items) => ({ ...list, items }))
}

function listLines({ of, items }: List, marker: Marker): string[] {
  return items.flatMap((item) => {
    const sign = of === 'ordered' ? `${item.number ?? 1}${marker.ordered}` : marker.bullet
    const box = of === 'tasks' ? (item.checked ? '[x] ' : '[ ] ') : ''
    const lines = itemLines(item)
    const [first = '', ...rest] = lines
    const indent = ' '.repeat(sign.length + 1)
    return [
      `${sign} ${box}${first}`.trimEnd(),
      ...rest.map((line) => (line === '' ? '' : `${indent}${line}`)),
    ]
  })
}

function itemLines({ content, lists }: Item): string[] {
  const own =
    content.kind === 'code'
      ? codeLines(content)
      : [content.heading > 0 ? headingLine(content) : markdownLine(content.runs)]
  let marker: { bullet: string; ordered: string } = { bullet: '*', ordered: ')' }
  const below = lists.flatMap(pieces).flatMap((list) => {
    marker = other(marker, list.of)
    return listLines(list, marker)
  })
  return [...own, ...below]
}

/** The names that GitHub, and others after it, give headings. */
function slugsOf(headings: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return headings.map((words) => {
    const slug = words
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
}

export const markdown: Writer = {
  needs: 'text',
  mime: 'text/markdown; charset=utf-8',
  ending: 'md',
  boards: 'either',
  write({ content, formats, pictures, boards }: TextSource) {
    const tree = walk(content, { formats, pictures, boards })
    const headings = headingsOf(tree)
    const slugs = slugsOf(headings.map(({ words }) => words))
    const blocks = contentsAsLists(tree, headings, (_heading, at) => `#${slugs[at] ?? ''}`)
    return `${[...markdownBlocks(blocks), ...references(blocks)].join('\n')}\n`
  },
}
