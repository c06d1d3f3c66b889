/** OpenDocument texts (SPEC-formats F44): version 1.3, with LibreOffice's own styles. */
import { mixed } from '../document/colour.ts'
import { headingsOf } from '../document/lines.ts'
import type { Heading } from '../document/lines.ts'
import { namedPeople, tintsOf } from '../document/people.ts'
import { dayOf, said } from '../document/said.ts'
import { escapeXml, XML } from '../document/xml.ts'
import { zipped } from '../document/zip.ts'
import { pictureFile } from '../document/pictures.ts'
import type { Paragraph } from '../tree.ts'
import type { TextSource, Writer } from '../types.ts'
import { walk } from '../walk.ts'
import { bodyXml } from './body.ts'
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
  const blocks = walk(content, { formats, authors: options.authors, pictures: source.pictures })
  const entries = options.toc ? headingsOf(blocks).filter(({ level }) => level <= DEEPEST_ENTRY) : []
  const places = new Map<Paragraph, string>(entries.map(({ block }, at) => [block, `contents${at + 1}`]))
  const spans = spanWriter(tintsOf(source), between)
  const styles = paragraphStyles()
  const tables = tableWriter()
  const front = frontXml(entries, source, styles.name)
  const body = bodyXml(blocks, { spans, between, tables, paragraphStyle: styles.name, places, rtl })
  const end = peopleXml(source)
  return `${XML}<office:document-content ${NAMESPACES}>${FONTS}<office:automatic-styles>${styles.xml()}${spans.styles()}${tables.styles()}${end.styles}</office:automatic-styles><office:body><office:text>${front}${body}${end.body}</office:text></office:body></office:document-content>`
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
function frontXml(entries: readonly Heading[], source: TextSource, style: StyleName): string {
  const { options, title, revision, time, lang } = source
  const last = ' fo:break-after="page"'
  let xml = ''
  if (options.cover) {
    const first = style('Title', '', ' style:master-page-name="Front"')
    xml += `<text:p text:style-name="${first}">${escapeXml(title)}</text:p><text:p text:style-name="${style('Subtitle', last)}">${escapeXml(`${said(lang).revision} ${revision} · ${dayOf(time)}`)}</text:p>`
  }
  return entries.length === 0 ? xml : xml + indexXml(entries, lang, style, last)
}

/** A table of contents that LibreOffice can bring up to date, filled with links that work without. */
function indexXml(entries: readonly Heading[], lang: string, style: StyleName, last: string): string {
  const title = escapeXml(said(lang).contents)
  const templates = Array.from(
    { length: DEEPEST_ENTRY },
    (_, at) =>
      `<text:table-of-content-entry-template text:outline-level="${at + 1}" text:style-name="Contents_20_${at + 1}"><text:index-entry-link-start/><text:index-entry-text/><text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>`,
  ).join('')
  const lines = entries.map(({ level, words }, at) => {
    const name = style(`Contents_20_${level}`, at === entries.length - 1 ? last : '')
    return `<text:p text:style-name="${name}"><text:a xlink:type="simple" xlink:href="#contents${at + 1}" text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link">${escapeXml(words)}</text:a></text:p>`
  })
  return `<text:table-of-content text:name="Contents" text:protected="false"><text:table-of-content-source text:outline-level="${DEEPEST_ENTRY}"><text:index-title-template text:style-name="Contents_20_Heading">${title}</text:index-title-template>${templates}</text:table-of-content-source><text:index-body><text:index-title text:name="Contents_Head"><text:p text:style-name="Contents_20_Heading">${title}</text:p></text:index-title>${lines.join('')}</text:index-body></text:table-of-content>`
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
  mime: MIME,
  ending: 'odt',
  write(source: TextSource) {
    const extras = odtExtras(source.options.paper)
    const content = contentXml(source, extras)
    return zipped([
      { path: 'mimetype', content: MIME, stored: true },
      { path: 'content.xml', content },
      { path: 'styles.xml', content: stylesXml(source) },
      { path: 'meta.xml', content: metaXml(source) },
      ...extras.pictures.map((one) => ({
        path: `Pictures/${pictureFile(one)}`,
        content: one.bytes,
        stored: true,
      })),
      { path: 'META-INF/manifest.xml', content: manifest(extras.pictures) },
    ])
  },
}
