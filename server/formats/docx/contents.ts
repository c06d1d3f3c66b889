/** Tables of contents in WordprocessingML: fields that Word can bring up to date, filled with links that work without (SPEC-formats F29, F43). */
import type { Heading } from '../document/lines.ts'
import { runXml } from './runs.ts'

/** The name of the place of a heading, which a field and its links share. */
export const placeName = (at: number): string => `_Toc${String(at + 1).padStart(6, '0')}`

/** Where a heading stands in the list of those that something leads to. */
export interface Entry extends Heading {
  place: string
}

/** Paragraphs of a field. `way` stands in each paragraph's properties, `end` in the last one's. */
export function contentsField(
  entries: readonly Entry[],
  deepest: number,
  { way, end }: { way: string; end: string },
): string {
  const begin = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-${deepest}" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
  const done = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
  const last = entries.length - 1
  return entries
    .map(
      ({ level, words, place }, at) =>
        `<w:p><w:pPr><w:pStyle w:val="TOC${level}"/>${way}${at === last ? end : ''}</w:pPr>${at === 0 ? begin : ''}<w:hyperlink w:anchor="${place}" w:history="1">${runXml('', words)}</w:hyperlink>${at === last ? done : ''}</w:p>`,
    )
    .join('')
}
