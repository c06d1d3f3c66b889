/** The parts of a Word document beside its text (ECMA-376 parts 1 and 2). */
import { isoTime } from '../document/said.ts'
import { escapeXml, XML } from '../document/xml.ts'
import { pictureFile, vectorFile } from '../document/pictures.ts'
import type { PictureView } from '../tree.ts'
import type { TextSource } from '../types.ts'

export const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** Twips. */
export const PAGES = {
  a4: { width: 11906, height: 16838, margin: 1417 },
  letter: { width: 12240, height: 15840, margin: 1440 },
} as const

/** What each part is; `noted` with footnotes. */
export function contentTypes(pictures: readonly PictureView[], noted: boolean): string {
  const kinds = new Map(pictures.map((one) => [pictureFile(one).replace(/^.*\./, ''), one.mime]))
  if (pictures.some(({ vector }) => vector !== null)) kinds.set('svg', 'image/svg+xml')
  const defaults = [...kinds].map(
    ([ending, mime]) => `<Default Extension="${ending}" ContentType="${mime}"/>`,
  )
  const notes: readonly (readonly [string, string])[] = noted
    ? [['/word/footnotes.xml', `${WORD}.footnotes+xml`]]
    : []
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${defaults.join('')}${[
    ['/word/document.xml', `${WORD}.document.main+xml`],
    ['/word/styles.xml', `${WORD}.styles+xml`],
    ['/word/numbering.xml', `${WORD}.numbering+xml`],
    ['/word/settings.xml', `${WORD}.settings+xml`],
    ['/word/fontTable.xml', `${WORD}.fontTable+xml`],
    ['/word/footer1.xml', `${WORD}.footer+xml`],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ['/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
    ...notes,
  ]
    .map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`)
    .join('')}</Types>`
}

export const ROOT_RELATIONS = relations([
  ['rId1', `${OFFICE}/officeDocument`, 'word/document.xml'],
  ['rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
  ['rId3', `${OFFICE}/extended-properties`, 'docProps/app.xml'],
])

/** What the text refers to; links by their number from 1. */
export function documentRelations(
  links: readonly string[],
  pictures: readonly PictureView[],
  noted: boolean,
): string {
  const parts = ['styles', 'numbering', 'settings', 'fontTable'].map(
    (name, at) => [`rId${at + 1}`, `${OFFICE}/${name}`, `${name}.xml`] as const,
  )
  return relations(
    [
      ...parts,
      ['footer', `${OFFICE}/footer`, 'footer1.xml'],
      ...(noted ? [['footnotes', `${OFFICE}/footnotes`, 'footnotes.xml'] as const] : []),
      ...pictures.map(
        (one, at) => [`image${at + 1}`, `${OFFICE}/image`, `media/${pictureFile(one)}`] as const,
      ),
      ...pictures.flatMap((one, at) =>
        one.vector === null
          ? []
          : [[`vector${at + 1}`, `${OFFICE}/image`, `media/${vectorFile(one)}`] as const],
      ),
    ],
    links.map((link, at) => [`link${at + 1}`, `${OFFICE}/hyperlink`, link]),
  )
}

type Relation = readonly [id: string, type: string, target: string]

function relations(inside: readonly Relation[], outside: readonly Relation[] = []): string {
  const one = ([id, type, target]: Relation, mode: string): string =>
    `<Relationship Id="${id}" Type="${type}" Target="${escapeXml(target)}"${mode}/>`
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${inside.map((each) => one(each, '')).join('')}${outside.map((each) => one(each, ' TargetMode="External"')).join('')}</Relationships>`
}

export function coreXml({ title, lang, time, revision }: TextSource): string {
  const moment = isoTime(time)
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><cp:revision>${revision}</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${moment}</dcterms:modified>${lang === '' ? '' : `<dc:language>${escapeXml(lang)}</dc:language>`}</cp:coreProperties>`
}

export const APP_XML = `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Inkpad</Application></Properties>`

export const SETTINGS_XML = `${XML}<w:settings ${NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

/** Which fonts may stand in for ours, for programs that have other ones. */
export const FONT_TABLE = `${XML}<w:fonts ${NAMESPACES}>${[
  ['Calibri', 'Carlito', 'swiss', 'variable'],
  ['Consolas', 'Liberation Mono', 'modern', 'fixed'],
  ['Segoe UI Symbol', 'DejaVu Sans', 'swiss', 'variable'],
]
  .map(
    ([name, other, family, pitch]) =>
      `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:family w:val="${family}"/><w:pitch w:val="${pitch}"/></w:font>`,
  )
  .join('')}</w:fonts>`

/** The title, and the page with the number of pages. */
export function footerXml({ title, options, rtl }: TextSource): string {
  const { width, margin } = PAGES[options.paper]
  const field = (name: string): string =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
  return `${XML}<w:ftr ${NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="${width - 2 * margin}"/></w:tabs>${rtl ? '<w:bidi/>' : ''}</w:pPr><w:r><w:t xml:space="preserve">${escapeXml(title)}</w:t></w:r><w:r><w:tab/></w:r>${field('PAGE')}<w:r><w:t xml:space="preserve"> / </w:t></w:r>${field('NUMPAGES')}</w:p></w:ftr>`
}

/** The pages of the text, or of what stands before it, which has no line numbers and no footer on a title page. */
export function sectionXml({ options, rtl }: TextSource, front = false): string {
  const { width, height, margin } = PAGES[options.paper]
  const lines = options.lineNumbers && !front ? '<w:lnNumType w:countBy="1" w:restart="continuous"/>' : ''
  const title = options.cover && front ? '<w:titlePg/>' : ''
  return `<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:type w:val="nextPage"/><w:pgSz w:w="${width}" w:h="${height}"/><w:pgMar w:top="${margin}" w:right="${margin}" w:bottom="${margin}" w:left="${margin}" w:header="709" w:footer="709" w:gutter="0"/>${lines}${title}${rtl ? '<w:bidi/>' : ''}</w:sectPr>`
}
