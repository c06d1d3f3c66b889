/** Tables as plain text (SPEC-tables TB12): columns below each other in files, tabs on the clipboard. */
import type { Content } from '../delta.ts'
import { isEmbed } from '../lines.ts'
import type { TableValue } from './value.ts'

/** Wider columns are not filled up: who reads a file would have to look for the next one. */
const WIDEST = 60

/** The words of a cell, its lines with spaces between them. */
function wordsOf(content: Content, between: string): string {
  return content
    .map(({ insert }) => (isEmbed(insert) ? '' : insert))
    .join('')
    .replace(/\n+$/, '')
    .replace(/[\t\r]/g, ' ')
    .replace(/\n/g, between)
}

/** Rows as lines, cells with ` | ` between them, columns below each other; a line below a header row. */
export function alignedTable({ rows, headerRow }: TableValue): string {
  return alignedRows(
    rows.map(({ cells }) => cells.map(({ content }) => wordsOf(content, ' / '))),
    headerRow === true,
  )
}

/** The words of rows of cells as {@link alignedTable} writes them. */
export function alignedRows(words: readonly (readonly string[])[], headerRow: boolean): string {
  const widths = (words[0] ?? []).map((_word, at) =>
    Math.min(WIDEST, Math.max(1, ...words.map((row) => length(row[at] ?? '')))),
  )
  const lines = words.map((row) =>
    row
      .map((word, at) => word + ' '.repeat(Math.max(0, (widths[at] ?? 0) - length(word))))
      .join(' | ')
      .trimEnd(),
  )
  if (headerRow) lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('-+-'))
  return lines.join('\n')
}

/** Rows as lines, cells with tabs between them, as spreadsheets read it. */
export function tabbedTable({ rows }: TableValue): string {
  return rows.map(({ cells }) => cells.map(({ content }) => wordsOf(content, ' ')).join('\t')).join('\n')
}

/** How many signs a reader sees, roughly: an emoji is one. */
function length(text: string): number {
  return text.length - (text.match(/[\udc00-\udfff]/g)?.length ?? 0)
}

/** Text of a spreadsheet, rows as lines and cells with tabs between them; null for other text. */
export function cellsOfText(text: string): string[][] | null {
  const lines = text.replace(/\n$/, '').split('\n')
  const rows = lines.map((line) => line.split('\t'))
  const width = rows[0]?.length ?? 0
  const right = rows.length > 1 && width > 1 && rows.every((row) => row.length === width)
  // Lines that begin with tabs are indented.
  return right && rows.some((row) => row[0] !== '') ? rows : null
}
