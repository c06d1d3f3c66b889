/** OpenDocument texts (SPEC-formats F44): version 1.3, with LibreOffice's own styles. */
import { mixed } from '../document/colour.ts'
import { placesOf } from '../document/contents.ts'
import { namedPeople, tintsOf } from '../document/people.ts'
import { dayOf, said } from '../document/said.ts'
import { escapeXml, XML } from '../document/xml.ts'
import { zipped } from '../document/zip.ts'
import { pictureParts } from '../document/picture-parts.ts'
import type { Paragraph } from '../tree.ts'
import type { TextSource, Writer } from '../types.ts'
import { walk } from '../walk.ts'
import { bodyXml } from './body.ts'
import { contentsIndex, placeName } from './contents.ts'
import type { Entry } from './contents.ts'
import { FONTS, manifest, metaXml, MIME, NAMESPACES } from './parts.ts'
import { odtExtras } from './pictures.ts'
import type { Extras } from './pictures.ts'
import { spanWriter } from './spans.ts'
import { stylesXml } from './styles.ts'
import { tableWriter } from './tables.ts'

/** The deepest heading in a table of contents. */
const DEEPEST_ENTRY = 3

function contentXml(source: TextSource, between: Extras): string {
  const { content, formats, options, rtl } = source
  const { pictures, boards } = source
  const blocks = walk(content, { formats, authors: options.authors, pictures, boards })
  const entries = placesOf(blocks, options.toc, DEEPEST_ENTRY).map((one, at) => ({
    ...one,
    place: placeName(at),
  }))
  const places = new Map<Paragraph, string>(entries.map(({ block, place }) => [block, place]))
  const spans = spanWriter(tintsOf(source), between)
  const styles = paragraphStyles()
  const tables = tableWriter()
  const front = frontXml(entries, source, styles.name)
  const body = bodyXml(blocks, { spans, between, tables, paragraphStyle: styles.name, entries, places, rtl })
  const end = peopleXml(source)
  return `${XML}<office:document-content ${NAMESPACES}>${FONTS}<office:automatic-styles>${styles.xml()}${spans.styles()}${tables.styles()}${end.styles}</office:automatic-styles><office:body><office:text>${between.declared()}${front}${body}${end.body}</office:text></office:body></office:document-content>`
}

/** Automatic styles of paragraphs, each once. */
function paragraphStyles(): { name: StyleName; xml: () => string } {
  const names = new Map<string, string>()
  return {
    name: (parent, properties, facts = '') => {
      if (properties === '' && facts === '') return parent
      const key = `style:family="paragraph" style:parent-style-name="${parent}"${facts}><style:paragraph-properties${properties}/>`
      const name = names.get(key) ?? `P${names.size + 1}`
      names.set(key, name)
      return name
    },
    xml: () =>
      [...names].map(([key, name]) => `<style:style style:name="${name}" ${key}</style:style>`).join(''),
  }
}

type StyleName = (parent: string, properties: string, facts?: string) => string

/** What stands before the text; the page after it is the text's. */
function frontXml(all: readonly Entry[], source: TextSource, style: StyleName): string {
  const { options, title, revision, time, lang } = source
  const last = ' fo:break-after="page"'
  let xml = ''
  if (options.cover) {
    const first = style('Title', '', ' style:master-page-name="Front"')
    xml += `<text:p text:style-name="${first}">${escapeXml(title)}</text:p><text:p text:style-name="${style('Subtitle', last)}">${escapeXml(`${said(lang).revision} ${revision} · ${dayOf(time)}`)}</text:p>`
  }
  const entries = options.toc ? all.filter(({ level }) => level <= DEEPEST_ENTRY) : []
  if (entries.length === 0) return xml
  const index = contentsIndex(entries, {
    name: 'Contents',
    title: said(lang).contents,
    deepest: DEEPEST_ENTRY,
    style: (level, isLast) => style(`Contents_20_${level}`, isLast ? last : ''),
  })
  return xml + index
}

/** Who wrote, each on the ground their words have. */
function peopleXml(source: TextSource): { styles: string; body: string } {
  const named = namedPeople(source)
  if (named.length === 0) return { styles: '', body: '' }
  const { authors, nobody } = said(source.lang)
  const styles = named.map(
    ({ colour }, at) =>
      `<style:style style:name="Author${at + 1}" style:family="text"><style:text-properties fo:background-color="${mixed(colour)}"/></style:style>`,
  )
  const names = named.map(
    ({ name }, at) =>
      `<text:span text:style-name="Author${at + 1}"><text:s/>${escapeXml(name === '' ? nobody : name)}<text:s/></text:span>`,
  )
  return {
    styles: `${styles.join('')}<style:style style:name="Authors" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties text:number-lines="false" text:line-number="0"/></style:style>`,
    body: `<text:p text:style-name="Horizontal_20_Line"/><text:p text:style-name="Authors">${authors}: ${names.join('<text:s text:c="2"/>')}</text:p>`,
  }
}

export const odt: Writer = {
  needs: 'text',
  boards: 'both',
  mime: MIME,
  ending: 'odt',
  write(source: TextSource) {
    const extras = odtExtras(source.options.paper, said(source.lang).figure, source.rtl)
    const content = contentXml(source, extras)
    return zipped([
      { path: 'mimetype', content: MIME, stored: true },
      { path: 'content.xml', content },
      { path: 'styles.xml', content: stylesXml(source) },
      { path: 'meta.xml', content: metaXml(source) },
      ...pictureParts('Pictures', extras.pictures),
      { path: 'META-INF/manifest.xml', content: manifest(extras.pictures) },
    ])
  },
}
