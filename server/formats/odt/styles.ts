/** Styles of an OpenDocument text, under the names LibreOffice knows (OpenDocument 1.3, part 3, 16). */
import { escapeXml, XML } from '../document/xml.ts'
import type { TextSource } from '../types.ts'
import { FONTS, NAMESPACES } from './parts.ts'
import { FOOTNOTES } from './pictures.ts'

const PAGES = {
  a4: { width: '21cm', height: '29.7cm', margin: '2.5cm', text: '16cm' },
  letter: { width: '21.59cm', height: '27.94cm', margin: '2.54cm', text: '16.51cm' },
} as const

/** Points, and points before it, of a heading by its level from 1. */
const HEADINGS = [
  [18, 18],
  [15, 15],
  [13, 13],
  [11.5, 11],
  [11, 10],
  [11, 9],
] as const
const LEVELS = 10
/** Beside quotations. */
export const QUOTE_LINE = '2.2pt solid #b9c2d3'
/** Centimetres from one level of a list to the next. */
export const STEP = 0.75

export function stylesXml(source: TextSource): string {
  return `${XML}<office:document-styles ${NAMESPACES}>${FONTS}<office:styles>${defaults(source)}${STYLES}${LISTS}${lineNumbers(source.options.lineNumbers)}</office:styles><office:automatic-styles>${pageLayout(source)}</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"><style:footer><text:p text:style-name="Footer">${escapeXml(source.title)}<text:tab/><text:page-number text:select-page="current">1</text:page-number> / <text:page-count>1</text:page-count></text:p></style:footer></style:master-page><style:master-page style:name="Front" style:page-layout-name="Page" style:next-style-name="Standard"/></office:master-styles></office:document-styles>`
}

function defaults({ lang, rtl, options }: TextSource): string {
  const [language = 'en', country = ''] = (lang === '' ? 'en-US' : lang).split(/-(?=[A-Z]{2}$)/)
  const spoken = (ending: string, base: string, land: string): string =>
    ` ${ending === '' ? 'fo' : 'style'}:language${ending}="${base}" ${ending === '' ? 'fo' : 'style'}:country${ending}="${land === '' ? 'none' : land}"`
  const base = language.slice(0, 3).replace(/[^a-z]/g, '')
  const asian = /^(?:ja|ko|zh)$/.test(base) ? spoken('-asian', base, country) : spoken('-asian', 'zh', 'CN')
  const complex = /^(?:ar|fa|he|ur|yi)$/.test(base)
    ? spoken('-complex', base, country)
    : spoken('-complex', 'ar', 'SA')
  return `<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.1cm" fo:line-height="115%"${rtl ? ' fo:text-align="right"' : ''} fo:orphans="2" fo:widows="2" style:tab-stop-distance="1.25cm" style:writing-mode="${rtl ? 'rl-tb' : 'lr-tb'}" text:number-lines="${options.lineNumbers}"/><style:text-properties style:font-name="Body" fo:font-size="11pt" style:font-size-asian="11pt" style:font-size-complex="11pt"${spoken('', base, country)}${asian}${complex}/></style:default-style>`
}

interface Style {
  name: string
  shown: string
  parent?: string
  next?: string
  outline?: number
  paragraph?: string
  text?: string
  /** Inside of the paragraph's properties. */
  inner?: string
}

function style({
  name,
  shown,
  parent = 'Standard',
  next,
  outline,
  paragraph = '',
  text,
  inner = '',
}: Style): string {
  const facts = `style:name="${name}"${shown === name ? '' : ` style:display-name="${shown}"`} style:family="paragraph"${name === 'Standard' ? '' : ` style:parent-style-name="${parent}"`}${next === undefined ? '' : ` style:next-style-name="${next}"`}${outline === undefined ? '' : ` style:default-outline-level="${outline}"`} style:class="text"`
  const words = text === undefined ? '' : `<style:text-properties${text}/>`
  return `<style:style ${facts}><style:paragraph-properties${paragraph}>${inner}</style:paragraph-properties>${words}</style:style>`
}

const BOLD = ' fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'
const ITALIC = ' fo:font-style="italic" style:font-style-asian="italic" style:font-style-complex="italic"'
const INK = ' fo:color="#1f2a44"'
const GREY = ' fo:color="#5a616d"'
const MONO = ' style:font-name="Mono" style:font-name-asian="Mono" style:font-name-complex="Mono"'
const UNNUMBERED = ' text:number-lines="false" text:line-number="0"'
const sized = (points: number): string =>
  ` fo:font-size="${points}pt" style:font-size-asian="${points}pt" style:font-size-complex="${points}pt"`

const STYLES = [
  style({ name: 'Standard', shown: 'Standard' }),
  ...HEADINGS.map(([size, before], at) =>
    style({
      name: `Heading_20_${at + 1}`,
      shown: `Heading ${at + 1}`,
      next: 'Standard',
      outline: at + 1,
      paragraph: ` fo:margin-top="${before}pt" fo:margin-bottom="4pt" fo:line-height="100%" fo:keep-with-next="always" fo:keep-together="always"`,
      text: `${BOLD}${at === 5 ? ITALIC : ''}${INK}${sized(size)}`,
    }),
  ),
  style({
    name: 'Title',
    shown: 'Title',
    next: 'Subtitle',
    paragraph: ` fo:margin-top="7.4cm" fo:margin-bottom="0.4cm" fo:line-height="100%"${UNNUMBERED}`,
    text: `${BOLD}${INK}${sized(30)}`,
  }),
  style({ name: 'Subtitle', shown: 'Subtitle', paragraph: UNNUMBERED, text: `${GREY}${sized(13)}` }),
  style({ name: 'List_20_Contents', shown: 'List Contents', paragraph: ' fo:margin-bottom="0.05cm"' }),
  style({
    name: 'Quotations',
    shown: 'Quotations',
    paragraph:
      ' fo:margin-left="0.6cm" fo:margin-right="0.6cm" fo:padding-left="0.3cm" fo:border-left="2.2pt solid #b9c2d3" fo:border-right="none" fo:border-top="none" fo:border-bottom="none"',
    text: ' fo:color="#3a4356"',
  }),
  style({
    name: 'Quoted_20_List',
    shown: 'Quoted List',
    paragraph:
      ' fo:margin-bottom="0.05cm" fo:padding-left="0.3cm" fo:border-left="2.2pt solid #b9c2d3" fo:border-right="none" fo:border-top="none" fo:border-bottom="none"',
    text: ' fo:color="#3a4356"',
  }),
  style({
    name: 'Preformatted_20_Text',
    shown: 'Preformatted Text',
    paragraph:
      ' fo:margin-top="0.2cm" fo:margin-bottom="0.3cm" fo:margin-left="0.2cm" fo:margin-right="0.2cm" fo:line-height="110%" fo:text-align="left" style:writing-mode="lr-tb" fo:background-color="#f5f6f9" fo:padding="0.18cm" fo:border="0.5pt solid #d5dae3"',
    text: `${MONO}${sized(9.5)} fo:language="zxx" fo:country="none"`,
  }),
  style({
    name: 'Horizontal_20_Line',
    shown: 'Horizontal Line',
    next: 'Standard',
    paragraph: ` fo:margin-top="0.1cm" fo:margin-bottom="0.35cm" fo:line-height="100%" fo:padding="0cm" fo:border-left="none" fo:border-right="none" fo:border-top="none" fo:border-bottom="0.75pt solid #b9c2d3"${UNNUMBERED}`,
    text: sized(6),
  }),
  style({
    name: 'Footnote',
    shown: 'Footnote',
    paragraph: ' fo:margin-left="0.5cm" fo:text-indent="-0.5cm"',
    text: ' fo:font-size="9pt" style:font-size-asian="9pt" style:font-size-complex="9pt"',
  }),
  ...(['rtl', 'ltr'] as const).map((way) =>
    style({
      name: FOOTNOTES[way],
      shown: FOOTNOTES[way].replace('_20_', ' '),
      parent: 'Footnote',
      paragraph: ` style:writing-mode="${way === 'rtl' ? 'rl-tb' : 'lr-tb'}" fo:text-align="${way === 'rtl' ? 'right' : 'left'}"`,
    }),
  ),
  style({
    name: 'Caption',
    shown: 'Caption',
    paragraph: ' fo:margin-top="0.2cm" fo:margin-bottom="0.3cm" fo:text-align="center"',
    text: `${ITALIC}${GREY}`,
  }),
  style({
    name: 'Figure',
    shown: 'Figure',
    parent: 'Caption',
    paragraph: ' fo:margin-top="0cm" fo:margin-bottom="0cm" fo:text-align="start"',
  }),
  // Holds a picture that stands at a side: a line nobody sees.
  style({
    name: 'Picture_20_Anchor',
    shown: 'Picture Anchor',
    next: 'Standard',
    paragraph: ` fo:margin-top="0cm" fo:margin-bottom="0cm" fo:line-height="0.04cm"${UNNUMBERED}`,
    text: sized(2),
  }),
  style({ name: 'Table_20_Contents', shown: 'Table Contents' }),
  style({ name: 'Table_20_Heading', shown: 'Table Heading', parent: 'Table_20_Contents', text: BOLD }),
  style({
    name: 'Contents_20_Heading',
    shown: 'Contents Heading',
    paragraph: ` fo:margin-bottom="0.3cm" fo:keep-with-next="always"${UNNUMBERED}`,
    text: `${BOLD}${INK}${sized(15)}`,
  }),
  ...[1, 2, 3, 4, 5, 6].map((level) =>
    style({
      name: `Contents_20_${level}`,
      shown: `Contents ${level}`,
      paragraph: ` fo:margin-left="${(level - 1) * 0.5}cm" fo:margin-bottom="0.07cm"${UNNUMBERED}`,
    }),
  ),
  ...(['left', 'right'] as const).map(
    (side) =>
      `<style:style style:name="Picture_20_${side}" style:display-name="Picture ${side}" style:family="graphic"><style:graphic-properties fo:margin-${side === 'left' ? 'right' : 'left'}="0.4cm" fo:margin-bottom="0.2cm" style:wrap="parallel" style:number-wrapped-paragraphs="no-limit" style:vertical-pos="top" style:vertical-rel="paragraph" style:horizontal-pos="${side}" style:horizontal-rel="paragraph" fo:padding="0cm" fo:border="none"/></style:style>`,
  ),
  '<style:style style:name="Source_20_Text" style:display-name="Source Text" style:family="text"><style:text-properties' +
    `${MONO}${sized(10)} fo:background-color="#f0f2f6" fo:language="zxx" fo:country="none"/></style:style>`,
  '<style:style style:name="Internet_20_link" style:display-name="Internet link" style:family="text"><style:text-properties fo:color="#1f55b0" style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"/></style:style>',
  '<style:style style:name="Index_20_Link" style:display-name="Index Link" style:family="text"/>',
  '<style:style style:name="Bullet_20_Signs" style:display-name="Bullet Signs" style:family="text"><style:text-properties style:font-name="Signs" fo:font-weight="normal" fo:font-style="normal"/></style:style>',
  '<style:style style:name="Line_20_numbering" style:display-name="Line numbering" style:family="text"><style:text-properties fo:color="#8a93a3" fo:font-size="8pt"/></style:style>',
].join('')

const LISTS = [
  list(
    'Numbers',
    (level, place) =>
      `<text:list-level-style-number text:level="${level}" style:num-suffix="." style:num-format="1">${place}</text:list-level-style-number>`,
  ),
  bulleted('Bullets', ['•', '◦', '▪']),
  bulleted('Open_20_Tasks', ['☐']),
  bulleted('Done_20_Tasks', ['☑']),
].join('')

function bulleted(name: string, signs: readonly string[]): string {
  return list(
    name,
    (level, place) =>
      `<text:list-level-style-bullet text:level="${level}" text:style-name="Bullet_20_Signs" text:bullet-char="${signs[(level - 1) % signs.length] ?? '•'}">${place}</text:list-level-style-bullet>`,
  )
}

function list(name: string, one: (level: number, place: string) => string): string {
  let levels = ''
  for (let level = 1; level <= LEVELS; level += 1) {
    const far = `${(level * STEP).toFixed(2)}cm`
    levels += one(
      level,
      `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="${far}" fo:text-indent="-${STEP}cm" fo:margin-left="${far}"/></style:list-level-properties>`,
    )
  }
  const shown = name.replaceAll('_20_', ' ')
  return `<text:list-style style:name="${name}"${shown === name ? '' : ` style:display-name="${shown}"`}>${levels}</text:list-style>`
}

function lineNumbers(on: boolean): string {
  return `<text:linenumbering-configuration text:style-name="Line_20_numbering" text:number-lines="${on}" text:offset="0.5cm" style:num-format="1" text:number-position="left" text:increment="1"/>`
}

function pageLayout({ options, rtl }: TextSource): string {
  const { width, height, margin, text } = PAGES[options.paper]
  return `<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="${width}" fo:page-height="${height}" style:print-orientation="portrait" fo:margin-top="${margin}" fo:margin-bottom="1.4cm" fo:margin-left="${margin}" fo:margin-right="${margin}" style:writing-mode="${rtl ? 'rl-tb' : 'lr-tb'}"/><style:footer-style><style:header-footer-properties fo:min-height="1.1cm" fo:margin-top="0.7cm"/></style:footer-style></style:page-layout><style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0cm" text:number-lines="false" text:line-number="0"><style:tab-stops><style:tab-stop style:position="${text}" style:type="right"/></style:tab-stops></style:paragraph-properties><style:text-properties${GREY}${sized(9)}/></style:style>`
}
