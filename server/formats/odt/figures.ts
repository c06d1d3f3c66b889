/** Figures of an OpenDocument text: pictures with captions, in the middle or at a side of the words (OpenDocument 1.3, part 3, 10.4). */
import { floats, pictureSize } from '../document/pictures.ts'
import type { Figure } from '../tree.ts'
import type { Extras } from './pictures.ts'
import { wordsXml } from './spans.ts'

export interface FigureParts {
  between: Extras
  /** Gives the name of a style with these properties; the parent itself when there are none. */
  paragraphStyle: (parent: string, properties: string) => string
  rtl: boolean
}

/** A figure; one that leaves room beside it stands at its side, and what follows flows round it. */
export function figureXml({ picture }: Figure, { between, paragraphStyle, rtl }: FigureParts): string {
  const { caption } = picture
  const side = picture.side ?? 'center'
  const turned = rtl && side !== 'center' ? (side === 'left' ? 'right' : 'left') : side
  const align = ` fo:text-align="${turned}"`
  const size = pictureSize(picture, between.room)
  if (turned !== 'center' && floats(picture, size, between.room)) {
    const frame =
      caption === ''
        ? between.picture(picture, turned)
        : between.box(
            size,
            turned,
            `<text:p text:style-name="Figure">${between.picture(picture)}</text:p>${captionXml(caption, paragraphStyle('Caption', align), between)}`,
          )
    return `<text:p text:style-name="Picture_20_Anchor">${frame}</text:p>`
  }
  const kept = caption === '' ? '' : ' fo:keep-with-next="always"'
  const own = `<text:p text:style-name="${paragraphStyle('Standard', align + kept)}">${between.picture(picture)}</text:p>`
  return caption === '' ? own : own + captionXml(caption, paragraphStyle('Caption', align), between)
}

/** "Figure 1: ", with a number that LibreOffice counts. */
function captionXml(caption: string, style: string, between: Extras): string {
  return `<text:p text:style-name="${style}">${between.number()}${wordsXml(caption)}</text:p>`
}
