/** Pictures and notes of an OpenDocument text (OpenDocument 1.3, part 3, 6.3 and 10.4). */
import { pictureFile, pictureList, pictureSize, pictureWords } from '../document/pictures.ts'
import { escapeXml } from '../document/xml.ts'
import type { PictureView } from '../tree.ts'
import { wordsXml } from './spans.ts'

/** CSS pixels of a centimetre. */
const CENTIMETRE = 96 / 2.54

/** Centimetres a text has on a page. */
const ROOMS = { a4: { width: 16, height: 24.7 }, letter: { width: 16.51, height: 22.86 } } as const

export interface Extras {
  picture(picture: PictureView): string
  note(number: number, words: string): string
  readonly pictures: readonly PictureView[]
}

export function odtExtras(paper: keyof typeof ROOMS): Extras {
  const { width, height } = ROOMS[paper]
  const room = { width: width * CENTIMETRE, height: height * CENTIMETRE }
  const list = pictureList()
  let frames = 0
  return {
    pictures: list.all,
    picture(picture) {
      list.number(picture)
      frames += 1
      const size = pictureSize(picture, room)
      const [wide, high] = [size.width, size.height].map((length) => `${(length / CENTIMETRE).toFixed(3)}cm`)
      return `<draw:frame draw:name="Picture ${frames}" text:anchor-type="as-char" svg:width="${wide}" svg:height="${high}"><draw:image xlink:href="Pictures/${pictureFile(picture)}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:title>${escapeXml(pictureWords(picture))}</svg:title></draw:frame>`
    },
    note: (number, words) =>
      `<text:note text:id="note${number}" text:note-class="footnote"><text:note-citation>${number}</text:note-citation><text:note-body><text:p text:style-name="Footnote">${wordsXml(words)}</text:p></text:note-body></text:note>`,
  }
}
