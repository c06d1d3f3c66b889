/** Pictures and footnotes of WordprocessingML (ECMA-376 part 1, 17.11 and 20.4). */
import { pictureList, pictureSize, pictureFile, pictureWords } from '../document/pictures.ts'
import { oneWay, wordsRtl } from '../document/lines.ts'
import { escapeXml, XML } from '../document/xml.ts'
import type { PictureView } from '../tree.ts'
import { NAMESPACES } from './parts.ts'

/** EMU of a CSS pixel, and CSS pixels of a twip. */
const EMU = 9525
export const PIXELS = 96 / 1440
/** EMU between a picture and the words that flow round it. */
const GAP = 144_000
/** Word keeps 0 and 1 for its own signs. */
const FIRST_NOTE = 2

const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006'

/** At which side words flow round a picture. */
export type Float = 'left' | 'right'

/** What runs need beside words. */
export interface Extras {
  /** A picture in its line, or at a side of the words that follow. */
  picture(picture: PictureView, float?: Float): string
  /** The sign of a note. */
  note(words: string): string
  /** The number of the next figure with a caption. */
  figure(): number
}

interface Size {
  width: number
  height: number
}

/** Keeps the pictures and notes of a document; `room` in CSS pixels. */
export function wordExtras(room: Size): Extras & {
  pictures: readonly PictureView[]
  notes: readonly string[]
  /** CSS pixels of a picture. */
  size(picture: PictureView): Size
  room: Size
} {
  const list = pictureList()
  const notes: string[] = []
  let drawings = 0
  let figures = 0
  return {
    pictures: list.all,
    notes,
    room,
    size: (picture) => pictureSize(picture, room),
    picture(picture, float) {
      drawings += 1
      return drawing(picture, list.number(picture), drawings, pictureSize(picture, room), float)
    },
    note(words) {
      notes.push(words)
      return `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${notes.length - 1 + FIRST_NOTE}"/></w:r>`
    },
    figure: () => (figures += 1),
  }
}

/** Office 2016 and later draw the vectors (MS-ODRAWXML 2.2.11); others the picture. */
const VECTORS = 'http://schemas.microsoft.com/office/drawing/2016/SVG/main'
const vectors = (number: number): string =>
  `<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="${VECTORS}" r:embed="vector${number}"/></a:ext></a:extLst>`

function drawing(picture: PictureView, number: number, id: number, size: Size, float?: Float): string {
  const extent = `cx="${Math.round(size.width * EMU)}" cy="${Math.round(size.height * EMU)}"`
  const facts = `id="${id}" name="${escapeXml(pictureFile(picture))}" descr="${escapeXml(pictureWords(picture))}"`
  const inner = picture.vector === null ? '' : vectors(number)
  const blip = `<a:blip r:embed="image${number}"${inner === '' ? '/>' : `>${inner}</a:blip>`}`
  const shown = `<wp:docPr ${facts}/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="${DRAWING}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic xmlns:a="${DRAWING}/main"><a:graphicData uri="${DRAWING}/picture"><pic:pic xmlns:pic="${DRAWING}/picture"><pic:nvPicPr><pic:cNvPr ${facts}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>${blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`
  const placed =
    float === undefined
      ? `<wp:inline xmlns:wp="${DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent ${extent}/>${shown}</wp:inline>`
      : `<wp:anchor xmlns:wp="${DRAWING}/wordprocessingDrawing" distT="0" distB="${GAP / 2}" distL="${float === 'right' ? GAP : 0}" distR="${float === 'left' ? GAP : 0}" simplePos="0" relativeHeight="${id}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:align>${float}</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent ${extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="bothSides"/>${shown}</wp:anchor>`
  return `<w:r><w:drawing>${placed}</w:drawing></w:r>`
}

/** The part with the notes; the first two are the lines Word draws above them. */
export function footnotesXml(notes: readonly string[], rtl: boolean): string {
  const way = (words: string): string => (wordsRtl(words, rtl) ? '<w:bidi/>' : '')
  const piece = ({ text, rtl: turned }: { text: string; rtl: boolean }): string =>
    `<w:r>${turned ? '<w:rPr><w:rtl/></w:rPr>' : ''}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`
  const line = (type: string, id: number, sign: string): string =>
    `<w:footnote w:type="${type}" w:id="${id}"><w:p><w:r><w:${sign}/></w:r></w:p></w:footnote>`
  const own = notes.map(
    (words, at) =>
      `<w:footnote w:id="${at + FIRST_NOTE}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>${way(words)}</w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>${oneWay(` ${words}`).map(piece).join('')}</w:p></w:footnote>`,
  )
  return `${XML}<w:footnotes ${NAMESPACES}>${line('separator', 0, 'separator')}${line('continuationSeparator', 1, 'continuationSeparator')}${own.join('')}</w:footnotes>`
}

/** Styles that only documents with notes have. */
export const NOTE_STYLES =
  '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style><w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
