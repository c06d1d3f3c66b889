/** Pictures and notes of an OpenDocument text (OpenDocument 1.3, part 3, 6.3 and 10.4). */
import { pictureFile, pictureList, pictureSize, pictureWords, vectorFile } from '../document/pictures.ts'
import { wordsRtl } from '../document/lines.ts'
import { escapeXml } from '../document/xml.ts'
import type { PictureView } from '../tree.ts'
import { wordsXml } from './spans.ts'

/** CSS pixels of a centimetre. */
const CENTIMETRE = 96 / 2.54

/** Centimetres a text has on a page. */
const ROOMS = { a4: { width: 16, height: 24.7 }, letter: { width: 16.51, height: 22.86 } } as const

/** Styles of notes that run another way than the pad. */
export const FOOTNOTES = { rtl: 'Footnote_20_RTL', ltr: 'Footnote_20_LTR' } as const

interface Size {
  width: number
  height: number
}

export interface Extras {
  /** A picture in its line, or at a side of the words that follow. */
  picture(picture: PictureView, float?: 'left' | 'right'): string
  /** A box with paragraphs, as wide as a size, at a side of the words that follow. */
  box(size: Size, float: 'left' | 'right', inner: string): string
  note(number: number, words: string): string
  /** The label of the next figure with a caption. */
  number(): string
  readonly pictures: readonly PictureView[]
  /** CSS pixels of a page's text. */
  readonly room: Size
  /** What has to be declared before the text; '' for nothing. */
  declared(): string
}

/** `label` stands before the numbers of figures. */
export function odtExtras(paper: keyof typeof ROOMS, label: string, rtl: boolean): Extras {
  const { width, height } = ROOMS[paper]
  const room = { width: width * CENTIMETRE, height: height * CENTIMETRE }
  const list = pictureList()
  let frames = 0
  let figures = 0
  const name = escapeXml(label)
  /** Whether words run the other way than the pad does. */
  const turned = (words: string): boolean => wordsRtl(words, rtl) !== rtl
  const sized = (length: number): string => `${(length / CENTIMETRE).toFixed(3)}cm`
  const placed = (float: 'left' | 'right' | undefined): string =>
    float === undefined
      ? 'text:anchor-type="as-char"'
      : `draw:style-name="Picture_20_${float}" text:anchor-type="paragraph"`
  const image = (file: string): string =>
    `<draw:image xlink:href="Pictures/${file}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>`
  return {
    pictures: list.all,
    room,
    picture(picture, float) {
      list.number(picture)
      frames += 1
      const size = pictureSize(picture, room)
      // The first that a program can draw counts.
      const vectors = picture.vector === null ? '' : image(vectorFile(picture))
      return `<draw:frame draw:name="Picture ${frames}" ${placed(float)} svg:width="${sized(size.width)}" svg:height="${sized(size.height)}">${vectors}${image(pictureFile(picture))}<svg:title>${escapeXml(pictureWords(picture))}</svg:title></draw:frame>`
    },
    box(size, float, inner) {
      frames += 1
      return `<draw:frame draw:name="Frame ${frames}" ${placed(float)} svg:width="${sized(size.width)}"><draw:text-box fo:min-height="${sized(size.height)}">${inner}</draw:text-box></draw:frame>`
    },
    note: (number, words) =>
      `<text:note text:id="note${number}" text:note-class="footnote"><text:note-citation>${number}</text:note-citation><text:note-body><text:p text:style-name="${turned(words) ? FOOTNOTES[rtl ? 'ltr' : 'rtl'] : 'Footnote'}">${wordsXml(words)}</text:p></text:note-body></text:note>`,
    number() {
      figures += 1
      return `${name} <text:sequence text:ref-name="refFigure${figures - 1}" text:name="${name}" text:formula="ooow:${name}+1" style:num-format="1">${figures}</text:sequence>: `
    },
    declared: () =>
      figures === 0
        ? ''
        : `<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="${name}"/></text:sequence-decls>`,
  }
}
