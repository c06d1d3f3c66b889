/** Words of WordprocessingML (ECMA-376 part 1, 17.3.2): runs, links, tabs, right-to-left pieces. */
import { oneWay } from '../document/lines.ts'
import { uriOf } from '../document/uri.ts'
import { BODY_SIZE, wordLook } from '../document/words.ts'
import type { WordLook } from '../document/words.ts'
import { escapeXml } from '../document/xml.ts'
import type { Marks, Run } from '../tree.ts'
import type { Extras } from './pictures.ts'

/** Writes runs; addresses get numbers in the order in which they come. */
export interface RunWriter {
  /** The XML of a line's runs. In code no run has the look of code for itself. */
  runs(runs: readonly Run[], code?: boolean): string
  /** Addresses by their number from 1, percent-encoded. */
  readonly links: readonly string[]
}

export function runWriter(tints: ReadonlyMap<string, string>, extras: Extras): RunWriter {
  const looks = new Map<Marks, { link: number; ltr: string; rtl: string; inCode: string }>()
  const numbers = new Map<string, number>()
  const links: string[] = []

  function linkNumber(link: string | null): number {
    const target = link === null ? null : uriOf(link)
    if (target === null) return 0
    const known = numbers.get(target)
    if (known !== undefined) return known
    links.push(target)
    numbers.set(target, links.length)
    return links.length
  }

  function lookOf(marks: Marks): { link: number; ltr: string; rtl: string; inCode: string } {
    const known = looks.get(marks)
    if (known) return known
    const look = wordLook(marks, tints.get(marks.author ?? '') ?? null)
    const link = linkNumber(look.link)
    const made = {
      link,
      ltr: properties(look, link > 0, false),
      rtl: properties(look, link > 0, true),
      inCode: properties({ ...look, code: false }, link > 0, false),
    }
    looks.set(marks, made)
    return made
  }

  return {
    links,
    runs(runs, code = false) {
      let xml = ''
      let open = 0
      for (const run of runs) {
        const look = lookOf(run.marks)
        if (look.link !== open) {
          if (open > 0) xml += '</w:hyperlink>'
          if (look.link > 0) xml += `<w:hyperlink r:id="link${look.link}" w:history="1">`
          open = look.link
        }
        const { picture = null, note = null } = 'embed' in run ? run.embed : {}
        const text = 'text' in run ? run.text : run.embed.text
        if (picture) xml += extras.picture(picture)
        else if (note) xml += extras.note(note.words)
        else if (code) xml += runXml(look.inCode, text)
        else for (const piece of oneWay(text)) xml += runXml(piece.rtl ? look.rtl : look.ltr, piece.text)
      }
      return open > 0 ? `${xml}</w:hyperlink>` : xml
    },
  }
}

/** One run with its properties. */
export function runXml(properties: string, text: string): string {
  let inner = ''
  for (const piece of text.split(/(\t)/)) {
    if (piece === '\t') inner += '<w:tab/>'
    else if (piece !== '') inner += `<w:t xml:space="preserve">${escapeXml(piece)}</w:t>`
  }
  return inner === '' ? '' : `<w:r>${properties}${inner}</w:r>`
}

/** In the order of the schema (CT_RPr). */
function properties(look: WordLook, link: boolean, rtl: boolean): string {
  let xml = ''
  if (link) xml += '<w:rStyle w:val="Hyperlink"/>'
  else if (look.code) xml += '<w:rStyle w:val="VerbatimChar"/>'
  // A run has one style: code that is a link has its font by itself.
  if (link && look.code) xml += '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
  if (look.bold) xml += '<w:b/><w:bCs/>'
  if (look.italic) xml += '<w:i/><w:iCs/>'
  if (look.strike) xml += '<w:strike/>'
  if (look.colour !== null) xml += `<w:color w:val="${bare(look.colour)}"/>`
  const size = look.size === null || look.size === BODY_SIZE ? null : Math.round(look.size * 2)
  if (size !== null) xml += `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`
  if (look.underline) xml += '<w:u w:val="single"/>'
  if (look.ground !== null) xml += `<w:shd w:val="clear" w:color="auto" w:fill="${bare(look.ground)}"/>`
  if (look.height !== null)
    xml += `<w:vertAlign w:val="${look.height === 'sub' ? 'subscript' : 'superscript'}"/>`
  if (rtl) xml += '<w:rtl/>'
  return xml === '' ? '' : `<w:rPr>${xml}</w:rPr>`
}

function bare(colour: string): string {
  return colour.slice(1).toUpperCase()
}
