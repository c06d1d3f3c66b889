/** What a content has, for people to see before they take it. */
import type { Content, Embed } from '../../shared/text/delta.ts'
import type { Formats } from '../../shared/text/formats.ts'
import { isEmbed, linesOf } from '../../shared/text/lines.ts'
import { tableOfEmbed } from '../../shared/text/table/value.ts'

export interface Seen {
  lines: number
  words: number
  headings: number
  /** Items of lists, tasks among them. */
  items: number
  links: number
  tables: number
  /** Those that come along. */
  pictures: number
  /** The first lines with words, shortened. */
  beginning: readonly string[]
}

const BEGINNING = 5
const LONGEST = 120

/** @param isPicture whether an embed shows a picture of the file */
export function seenIn(
  content: Content,
  formats: Formats,
  isPicture: (embed: Embed) => boolean = () => false,
): Seen {
  const seen = { lines: 0, words: 0, headings: 0, items: 0, links: 0, tables: 0, pictures: 0 }
  const beginning: string[] = []
  for (const { attributes, inserts } of linesOf(content, formats)) {
    seen.lines += 1
    if (attributes['header'] !== undefined) seen.headings += 1
    if (attributes['list'] !== undefined) seen.items += 1
    let text = ''
    let link: unknown
    for (const { insert, attributes: own } of inserts) {
      if (!isEmbed(insert)) text += insert
      else if (tableOfEmbed(insert)) seen.tables += 1
      else if (isPicture(insert)) seen.pictures += 1
      if (own?.['link'] !== undefined && own['link'] !== link) seen.links += 1
      link = own?.['link']
    }
    const words = text.match(/\S+/g)
    seen.words += words?.length ?? 0
    if (words && beginning.length < BEGINNING) beginning.push(text.trim().slice(0, LONGEST))
  }
  return { ...seen, beginning }
}
