/** Styles of a Word document, the ones Word itself has under these names (ECMA-376 part 1, 17.7). */
import { XML } from '../document/xml.ts'
import { NAMESPACES } from './parts.ts'

/** Languages with letters of their own in a document's defaults. */
const EAST_ASIAN: readonly (readonly [language: RegExp, font: string])[] = [
  [/^ja/, 'Yu Gothic'],
  [/^ko/, 'Malgun Gothic'],
  [/^zh-(?:hant|tw|hk|mo)/i, 'Microsoft JhengHei'],
]
const CHINESE = 'Microsoft YaHei'

/** Half points and twips before a heading, by its level from 1. */
const HEADINGS = [
  [36, 360],
  [30, 300],
  [26, 260],
  [23, 220],
  [22, 200],
  [22, 180],
] as const

/** `styles.xml` for a document's language, with `more` styles that only some documents have. */
export function stylesXml(lang: string, more = ''): string {
  const eastAsian = /^(?:ja|ko|zh)/.test(lang)
  const font = EAST_ASIAN.find(([language]) => language.test(lang))?.[1] ?? CHINESE
  const language = lang === '' ? 'en-US' : lang
  const bidi = /^(?:ar|fa|he|ur|yi|ps|sd|ug|dv)\b/.test(lang) ? lang : 'ar-SA'
  return `${XML}<w:styles ${NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:eastAsia="${font}" w:hAnsi="Calibri" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="${language}" w:eastAsia="${eastAsian ? lang : 'zh-CN'}" w:bidi="${bidi}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="271" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${STYLES}${more}</w:styles>`
}

interface Style {
  id: string
  name: string
  based?: string
  next?: string
  priority?: number
  /** Shown in Word's gallery. */
  quick?: boolean
  paragraph?: string
  run?: string
}

function paragraphStyle({
  id,
  name,
  based = 'Normal',
  next,
  priority,
  quick,
  paragraph,
  run,
}: Style): string {
  const facts = `<w:name w:val="${name}"/><w:basedOn w:val="${based}"/>${next === undefined ? '' : `<w:next w:val="${next}"/>`}${priority === undefined ? '' : `<w:uiPriority w:val="${priority}"/>`}${quick === true ? '<w:qFormat/>' : ''}`
  return `<w:style w:type="paragraph" w:styleId="${id}">${facts}${paragraph === undefined ? '' : `<w:pPr>${paragraph}</w:pPr>`}${run === undefined ? '' : `<w:rPr>${run}</w:rPr>`}</w:style>`
}

const heading = ([size, before]: (typeof HEADINGS)[number], at: number): string =>
  paragraphStyle({
    id: `Heading${at + 1}`,
    name: `heading ${at + 1}`,
    next: 'Normal',
    priority: 9,
    quick: true,
    paragraph: `<w:keepNext/><w:keepLines/><w:spacing w:before="${before}" w:after="80" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="${at}"/>`,
    run: `<w:b/><w:bCs/>${at === 5 ? '<w:i/><w:iCs/>' : ''}<w:color w:val="1F2A44"/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
  })

const contents = (level: number): string =>
  paragraphStyle({
    id: `TOC${level}`,
    name: `toc ${level}`,
    next: 'Normal',
    priority: 39,
    paragraph: `<w:suppressLineNumbers/><w:spacing w:after="40"/><w:ind w:left="${(level - 1) * 280}"/>`,
  })

const CODE_FONT = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
const side = (name: string): string => `<w:${name} w:val="single" w:sz="4" w:space="5" w:color="D5DAE3"/>`

const STYLES = [
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
  '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
  '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
  ...HEADINGS.map(heading),
  paragraphStyle({
    id: 'Title',
    name: 'Title',
    next: 'Normal',
    priority: 10,
    quick: true,
    paragraph:
      '<w:suppressLineNumbers/><w:spacing w:before="4200" w:after="240" w:line="240" w:lineRule="auto"/>',
    run: '<w:b/><w:bCs/><w:color w:val="1F2A44"/><w:sz w:val="60"/><w:szCs w:val="60"/>',
  }),
  paragraphStyle({
    id: 'Subtitle',
    name: 'Subtitle',
    next: 'Normal',
    priority: 11,
    quick: true,
    paragraph: '<w:suppressLineNumbers/>',
    run: '<w:color w:val="5A616D"/><w:sz w:val="26"/><w:szCs w:val="26"/>',
  }),
  paragraphStyle({
    id: 'ListParagraph',
    name: 'List Paragraph',
    priority: 34,
    quick: true,
    paragraph: '<w:spacing w:after="40"/><w:contextualSpacing/>',
  }),
  paragraphStyle({
    id: 'Quote',
    name: 'Quote',
    priority: 29,
    quick: true,
    paragraph:
      '<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="B9C2D3"/></w:pBdr><w:ind w:left="340" w:right="340"/>',
    run: '<w:color w:val="3A4356"/>',
  }),
  paragraphStyle({
    id: 'SourceCode',
    name: 'Source Code',
    quick: true,
    paragraph: `<w:pBdr>${side('top')}${side('left')}${side('bottom')}${side('right')}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F5F6F9"/><w:bidi w:val="0"/><w:spacing w:before="120" w:after="160" w:line="252" w:lineRule="auto"/><w:ind w:left="113" w:right="113"/><w:jc w:val="left"/>`,
    run: `${CODE_FONT}<w:noProof/><w:sz w:val="19"/><w:szCs w:val="19"/>`,
  }),
  paragraphStyle({
    id: 'HorizontalLine',
    name: 'Horizontal Line',
    next: 'Normal',
    paragraph:
      '<w:suppressLineNumbers/><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="B9C2D3"/></w:pBdr><w:spacing w:before="60" w:after="200" w:line="240" w:lineRule="auto"/>',
    run: '<w:sz w:val="12"/><w:szCs w:val="12"/>',
  }),
  paragraphStyle({
    id: 'Caption',
    name: 'caption',
    next: 'Normal',
    priority: 35,
    quick: true,
    paragraph: '<w:spacing w:before="120" w:after="160"/><w:jc w:val="center"/>',
    run: '<w:i/><w:iCs/><w:color w:val="5A616D"/>',
  }),
  // Holds a picture that stands at a side: a line nobody sees.
  paragraphStyle({
    id: 'PictureAnchor',
    name: 'Picture Anchor',
    next: 'Normal',
    paragraph: '<w:suppressLineNumbers/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
    run: '<w:sz w:val="2"/><w:szCs w:val="2"/>',
  }),
  paragraphStyle({
    id: 'TOCHeading',
    name: 'TOC Heading',
    next: 'Normal',
    priority: 39,
    quick: true,
    paragraph:
      '<w:keepNext/><w:suppressLineNumbers/><w:spacing w:after="160" w:line="240" w:lineRule="auto"/>',
    run: '<w:b/><w:bCs/><w:color w:val="1F2A44"/><w:sz w:val="30"/><w:szCs w:val="30"/>',
  }),
  ...[1, 2, 3, 4, 5, 6].map(contents),
  paragraphStyle({
    id: 'Footer',
    name: 'footer',
    priority: 99,
    paragraph: '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
    run: '<w:color w:val="5A616D"/><w:sz w:val="18"/><w:szCs w:val="18"/>',
  }),
  `<w:style w:type="character" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>${CODE_FONT}<w:noProof/><w:sz w:val="20"/><w:szCs w:val="20"/><w:shd w:val="clear" w:color="auto" w:fill="F0F2F6"/></w:rPr></w:style>`,
  '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:rPr><w:color w:val="1F55B0"/><w:u w:val="single"/></w:rPr></w:style>',
  '<w:style w:type="character" w:styleId="LineNumber"><w:name w:val="line number"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:rPr><w:color w:val="8A93A3"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>',
].join('')
