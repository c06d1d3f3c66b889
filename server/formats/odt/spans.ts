/** Words of an OpenDocument text: spans with styles of their own, links, and the spaces XML would drop. */
import { uriOf } from '../document/uri.ts'
import { BODY_SIZE, wordLook } from '../document/words.ts'
import type { WordLook } from '../document/words.ts'
import { escapeXml } from '../document/xml.ts'
import type { Marks, PictureView, Run } from '../tree.ts'

/** Writes runs and keeps the styles they need. */
export interface SpanWriter {
  runs(runs: readonly Run[], code?: boolean): string
  /** The automatic styles, each look once. */
  styles(): string
}

/** What stands between words. */
export interface Between {
  picture(picture: PictureView): string
  note(number: number, words: string): string
}

export function spanWriter(tints: ReadonlyMap<string, string>, between: Between): SpanWriter {
  const names = new Map<string, string>()
  const looks = new Map<Marks, { link: string | null; words: string; inCode: string }>()

  function styleOf(look: WordLook): string {
    const properties = textProperties(look)
    if (properties === '') return look.code ? 'Source_20_Text' : ''
    const key = `${look.code ? ' style:parent-style-name="Source_20_Text"' : ''}><style:text-properties${properties}/>`
    const known = names.get(key)
    if (known !== undefined) return known
    const name = `T${names.size + 1}`
    names.set(key, name)
    return name
  }

  function lookOf(marks: Marks): { link: string | null; words: string; inCode: string } {
    const known = looks.get(marks)
    if (known) return known
    const look = wordLook(marks, tints.get(marks.author ?? '') ?? null)
    const link = look.link === null ? null : uriOf(look.link)
    const made = { link, words: styleOf(look), inCode: styleOf({ ...look, code: false }) }
    looks.set(marks, made)
    return made
  }

  return {
    runs(runs, code = false) {
      let xml = ''
      let open: string | null = null
      let start = true
      for (const [at, run] of runs.entries()) {
        const look = lookOf(run.marks)
        if (look.link !== open) {
          if (open !== null) xml += '</text:a>'
          if (look.link !== null)
            xml += `<text:a xlink:type="simple" xlink:href="${escapeXml(look.link)}" text:style-name="Internet_20_link" text:visited-style-name="Internet_20_link">`
          open = look.link
        }
        const { picture = null, note = null } = 'embed' in run ? run.embed : {}
        if (picture || note) {
          xml += picture ? between.picture(picture) : note ? between.note(note.number, note.words) : ''
          start = false
          continue
        }
        const text = 'text' in run ? run.text : run.embed.text
        const inner = wordsXml(text, start, at === runs.length - 1)
        start = text.endsWith(' ')
        const style = code ? look.inCode : look.words
        xml += style === '' ? inner : `<text:span text:style-name="${style}">${inner}</text:span>`
      }
      return open === null ? xml : `${xml}</text:a>`
    },
    styles: () =>
      [...names]
        .map(([key, name]) => `<style:style style:name="${name}" style:family="text"${key}</style:style>`)
        .join(''),
  }
}

/**
 * Text whose tabs and spaces all stay: a plain space only counts beside a word.
 * @param start nothing, or a space, stands before it; @param end nothing comes after it
 */
export function wordsXml(text: string, start = true, end = true): string {
  if (!/\t| {2}|^ | $/.test(text)) return escapeXml(text)
  const pieces = text.split(/(\t| +)/)
  return pieces
    .map((piece, at) => {
      if (piece === '\t') return '<text:tab/>'
      if (!piece.startsWith(' ')) return escapeXml(piece)
      const before = at === 1 && pieces[0] === '' ? !start : pieces[at - 1] !== ''
      const after = at < pieces.length - 2 || pieces[at + 1] !== '' || !end
      const kept = before && (after || piece.length > 1) ? 1 : 0
      const count = piece.length - kept
      const rest = count > 1 ? `<text:s text:c="${count}"/>` : count === 1 ? '<text:s/>' : ''
      return ' '.repeat(kept) + rest
    })
    .join('')
}

function textProperties(look: WordLook): string {
  let out = ''
  const three = (name: string, value: string): string =>
    ` fo:${name}="${value}" style:${name}-asian="${value}" style:${name}-complex="${value}"`
  if (look.bold) out += three('font-weight', 'bold')
  if (look.italic) out += three('font-style', 'italic')
  if (look.underline)
    out +=
      ' style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"'
  if (look.strike) out += ' style:text-line-through-style="solid" style:text-line-through-type="single"'
  if (look.colour !== null) out += ` fo:color="${look.colour}"`
  if (look.size !== null && look.size !== BODY_SIZE) out += three('font-size', `${look.size}pt`)
  if (look.ground !== null) out += ` fo:background-color="${look.ground}"`
  if (look.height !== null) out += ` style:text-position="${look.height} 58%"`
  return out
}
