/** Word documents (SPEC-formats F41, F42): Office Open XML, transitional, with the styles that Word itself uses. */
import { placesOf } from '../document/contents.ts'
import { namedPeople, tintsOf } from '../document/people.ts'
import { dayOf, said } from '../document/said.ts'
import { mixed } from '../document/colour.ts'
import { escapeXml, XML } from '../document/xml.ts'
import { zipped } from '../document/zip.ts'
import { pictureParts } from '../document/picture-parts.ts'
import type { Paragraph, PictureView } from '../tree.ts'
import type { TextSource, Writer } from '../types.ts'
import { walk } from '../walk.ts'
import { bodyXml } from './body.ts'
import { contentsField, placeName } from './contents.ts'
import type { Entry } from './contents.ts'
import { numbers } from './numbering.ts'
import {
  APP_XML,
  contentTypes,
  coreXml,
  documentRelations,
  FONT_TABLE,
  footerXml,
  NAMESPACES,
  PAGES,
  ROOT_RELATIONS,
  sectionXml,
  SETTINGS_XML,
} from './parts.ts'
import { footnotesXml, NOTE_STYLES, PIXELS, wordExtras } from './pictures.ts'
import { runWriter, runXml } from './runs.ts'
import { stylesXml } from './styles.ts'
import { TABLE_STYLE } from './tables.ts'

/** The deepest heading in a table of contents. */
const DEEPEST_ENTRY = 3

interface Document {
  xml: string
  links: readonly string[]
  numbering: string
  pictures: readonly PictureView[]
  notes: readonly string[]
}

function document(source: TextSource): Document {
  const { content, formats, options, rtl, lang } = source
  const shown = { pictures: source.pictures, boards: source.boards }
  const blocks = walk(content, { formats, authors: options.authors, ...shown })
  const entries = placesOf(blocks, options.toc, DEEPEST_ENTRY).map((one, at) => ({
    ...one,
    place: placeName(at),
  }))
  const { width, height, margin } = PAGES[options.paper]
  const room = { width: (width - 2 * margin) * PIXELS, height: (height - 2 * margin) * PIXELS }
  const extras = wordExtras(room)
  const runs = runWriter(tintsOf(source), extras)
  const lists = numbers()
  const body = bodyXml(blocks, { runs, extras, numbers: lists, entries, places: placed(entries), rtl, lang })
  const front = frontXml(entries, source)
  const xml = `${XML}<w:document ${NAMESPACES}><w:body>${front}${body}${people(source)}${sectionXml(source)}</w:body></w:document>`
  const { pictures, notes } = extras
  return { xml, links: runs.links, numbering: lists.xml(), pictures, notes }
}

const placed = (entries: readonly Entry[]): ReadonlyMap<Paragraph, string> =>
  new Map(entries.map(({ block, place }) => [block, place]))

/** What stands before the text, in a section of its own whose end is in its last paragraph. */
function frontXml(all: readonly Entry[], source: TextSource): string {
  const { cover, toc } = source.options
  const entries = toc ? all.filter(({ level }) => level <= DEEPEST_ENTRY) : []
  if (!cover && entries.length === 0) return ''
  const way = source.rtl ? '<w:bidi/>' : ''
  const end = sectionXml(source, true)
  const title = cover ? coverXml(source, way, entries.length === 0 ? end : '') : ''
  if (entries.length === 0) return title
  const page = cover ? '<w:pageBreakBefore/>' : ''
  const head = `<w:p><w:pPr><w:pStyle w:val="TOCHeading"/>${page}${way}</w:pPr>${runXml('', said(source.lang).contents)}</w:p>`
  return title + head + contentsField(entries, DEEPEST_ENTRY, { way, end })
}

function coverXml({ title, revision, time, lang }: TextSource, way: string, end: string): string {
  const under = `${said(lang).revision} ${revision} · ${dayOf(time)}`
  return `<w:p><w:pPr><w:pStyle w:val="Title"/>${way}</w:pPr>${runXml('', title)}</w:p><w:p><w:pPr><w:pStyle w:val="Subtitle"/>${way}${end}</w:pPr>${runXml('', under)}</w:p>`
}

/** Who wrote, each on the ground their words have. */
function people(source: TextSource): string {
  const named = namedPeople(source)
  if (named.length === 0) return ''
  const { authors, nobody } = said(source.lang)
  const names = named.map(
    ({ name, colour }) =>
      `<w:r><w:rPr><w:shd w:val="clear" w:color="auto" w:fill="${mixed(colour).slice(1).toUpperCase()}"/></w:rPr><w:t xml:space="preserve"> ${escapeXml(name === '' ? nobody : name)} </w:t></w:r>`,
  )
  return `<w:p><w:pPr><w:pStyle w:val="HorizontalLine"/></w:pPr></w:p><w:p><w:pPr><w:suppressLineNumbers/></w:pPr>${runXml('', `${authors}: `)}${names.join(runXml('', '  '))}</w:p>`
}

export const docx: Writer = {
  needs: 'text',
  boards: 'both',
  mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ending: 'docx',
  write(source: TextSource) {
    const { xml, links, numbering, pictures, notes } = document(source)
    const noted = notes.length > 0
    return zipped([
      { path: '[Content_Types].xml', content: contentTypes(pictures, noted) },
      { path: '_rels/.rels', content: ROOT_RELATIONS },
      { path: 'word/document.xml', content: xml },
      { path: 'word/_rels/document.xml.rels', content: documentRelations(links, pictures, noted) },
      {
        path: 'word/styles.xml',
        content: stylesXml(source.lang, `${TABLE_STYLE}${noted ? NOTE_STYLES : ''}`),
      },
      { path: 'word/numbering.xml', content: numbering },
      { path: 'word/settings.xml', content: SETTINGS_XML },
      { path: 'word/fontTable.xml', content: FONT_TABLE },
      { path: 'word/footer1.xml', content: footerXml(source) },
      ...(noted ? [{ path: 'word/footnotes.xml', content: footnotesXml(notes, source.rtl) }] : []),
      ...pictureParts('word/media', pictures),
      { path: 'docProps/core.xml', content: coreXml(source) },
      { path: 'docProps/app.xml', content: APP_XML },
    ])
  },
}
