/** Tables as lines of text, for readers that have none (SPEC-tables TB14): a line a row, tabs between the cells. */
import type { Content, Insert } from '../delta.ts'
import type { Formats } from '../formats.ts'
import { isLineKey } from '../formats.ts'
import { tableOfEmbed } from './value.ts'

/** The content with its tables as lines; the object itself when it has none. */
export function tablesAsLines(content: Content, formats: Formats): Content {
  if (!content.some(({ insert }) => tableOfEmbed(insert))) return content
  return content.flatMap((one): Insert[] => {
    const table = tableOfEmbed(one.insert)
    if (!table) return [one]
    return table.rows.flatMap(({ cells }, at) => [
      ...(at > 0 ? [{ insert: '\n' }] : []),
      ...cells.flatMap(({ content: words }, index) => [
        ...(index > 0 ? [{ insert: '\t' }] : []),
        ...inOneLine(words, formats),
      ]),
    ])
  })
}

function inOneLine(content: Content, formats: Formats): Insert[] {
  const last = content.length - 1
  return content.flatMap(({ insert, attributes }, at): Insert[] => {
    const kept = Object.entries(attributes ?? {}).filter(([key]) => !isLineKey(key, formats))
    const text =
      typeof insert === 'string'
        ? (at === last ? insert.replace(/\n+$/, '') : insert).replaceAll('\n', ' ')
        : insert
    if (text === '') return []
    return [kept.length > 0 ? { insert: text, attributes: Object.fromEntries(kept) } : { insert: text }]
  })
}
