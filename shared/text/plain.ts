/** Content as plain text (SPEC-text T9). */
import type { Attributes, Content, Embed } from './delta.ts'
import { coreFormats, embedKind } from './formats.ts'
import type { Formats } from './formats.ts'
import { isEmbed, linesOf } from './lines.ts'
import { listCounter, listLevel } from './numbers.ts'
import { alignedTable, tabbedTable } from './table/text.ts'
import { tableOfEmbed } from './table/value.ts'
import type { TableValue } from './table/value.ts'

/** What a reader without pictures sees of an embed: its own words when it has some, else its kind in brackets. */
export function embedText(embed: Embed): string {
  const kind = embedKind(embed)
  if (kind === 'divider') return '---'
  const value = embed[kind]
  if (typeof value === 'object' && value !== null) {
    for (const key of ['text', 'name', 'alt', 'title']) {
      const words: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
      if (typeof words === 'string' && words !== '') return words.replace(/\s+/g, ' ').slice(0, 200)
    }
  }
  return `[${kind || '?'}]`
}

/** What stands in the cells of a table, a line each; '' for other embeds. */
function wordsInTable(embed: Embed): string {
  const table = tableOfEmbed(embed)
  if (!table) return ''
  return table.rows.flatMap(({ cells }) => cells.map(({ content }) => bareText(content))).join('')
}

/** Only the characters, embeds left out but for what stands in tables; always ends with a newline. For search and counting. */
export function bareText(content: Content): string {
  let text = ''
  for (const { insert } of content) text += typeof insert === 'string' ? insert : wordsInTable(insert)
  return text.endsWith('\n') ? text : `${text}\n`
}

/** The form of Etherpad's `getText` and txt export: list lines begin with a tab per level and `* ` or their number. */
export function plainText(content: Content, formats: Formats = coreFormats): string {
  return written(content, formats, alignedTable, (attributes, number) => {
    const list = attributes['list']
    const tabs = '\t'.repeat(listLevel(attributes) + (typeof list === 'string' ? 1 : 0))
    return `${tabs}${marker(list, number, '* ')}`
  })
}

/** The form for the clipboard and mails: `- `, `1. `, `[x] `, two spaces a level; the last newline is left out. */
export function readingText(content: Content, formats: Formats = coreFormats): string {
  const text = written(content, formats, tabbedTable, (attributes, number) => {
    const list = attributes['list']
    const quote = attributes['blockquote'] === true ? '> ' : ''
    return `${quote}${'  '.repeat(listLevel(attributes))}${marker(list, number, '- ')}`
  })
  return text.slice(0, -1)
}

function marker(list: unknown, number: number | undefined, bullet: string): string {
  if (number !== undefined) return `${number}. `
  if (list === 'bullet') return bullet
  if (list === 'checked') return '[x] '
  return list === 'unchecked' ? '[ ] ' : ''
}

function written(
  content: Content,
  formats: Formats,
  table: (value: TableValue) => string,
  before: (attributes: Attributes, number: number | undefined) => string,
): string {
  const counter = listCounter()
  let text = ''
  for (const line of linesOf(content, formats)) {
    const { attributes, inserts } = line
    const number = counter.next(attributes)
    const code = attributes['code-block'] !== undefined && typeof attributes['list'] !== 'string'
    if (!code) text += before(attributes, number)
    for (const { insert } of inserts) {
      const value = isEmbed(insert) ? tableOfEmbed(insert) : null
      text += value ? table(value) : isEmbed(insert) ? embedText(insert) : insert
    }
    text += '\n'
  }
  return text
}
