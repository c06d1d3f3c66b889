/** Tables of contents of an OpenDocument text: indexes LibreOffice can bring up to date, filled with links that work without (SPEC-formats F29, F44). */
import type { Heading } from '../document/lines.ts'
import { escapeXml } from '../document/xml.ts'

export const placeName = (at: number): string => `contents${at + 1}`

/** Where a heading stands in the list of those that something leads to. */
export interface Entry extends Heading {
  place: string
}

export interface Index {
  /** Its name in the document. */
  name: string
  /** '' for none. */
  title: string
  deepest: number
  /** The style of the entries of a level. */
  style: (level: number, last: boolean) => string
}

export function contentsIndex(entries: readonly Entry[], { name, title, deepest, style }: Index): string {
  const templates = Array.from(
    { length: deepest },
    (_, at) =>
      `<text:table-of-content-entry-template text:outline-level="${at + 1}" text:style-name="Contents_20_${at + 1}"><text:index-entry-link-start/><text:index-entry-text/><text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>`,
  ).join('')
  const lines = entries.map(({ level, words, place }, at) => {
    const own = style(level, at === entries.length - 1)
    return `<text:p text:style-name="${own}"><text:a xlink:type="simple" xlink:href="#${place}" text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link">${escapeXml(words)}</text:a></text:p>`
  })
  const words = escapeXml(title)
  const head =
    title === ''
      ? ''
      : `<text:index-title text:name="${name}_Head"><text:p text:style-name="Contents_20_Heading">${words}</text:p></text:index-title>`
  return `<text:table-of-content text:name="${name}" text:protected="false"><text:table-of-content-source text:outline-level="${deepest}"><text:index-title-template text:style-name="Contents_20_Heading">${words}</text:index-title-template>${templates}</text:table-of-content-source><text:index-body>${head}${lines.join('')}</text:index-body></text:table-of-content>`
}
