/** Pictures of OpenDocument texts: their bytes, their size, their side, and captions (SPEC-formats F67, F80, F81). */
import type { HtmlElement } from '../../../shared/text/html-node.ts'
import { captionPicture, placePicture, withoutNumber } from './figures.ts'
import type { Side } from './figures.ts'
import { pixelsOf } from './odt-styles.ts'
import type { OdtStyles } from './odt-styles.ts'
import type { PictureAt, PictureTray } from './pictures.ts'
import { childOf, elementsOf, textOf } from './xml.ts'
import type { XmlElement } from './xml.ts'

export interface OdtPictures {
  styles: OdtStyles
  tray: PictureTray
  at: PictureAt
}

const LONGEST_ALT = 2000

/**
 * The raster picture of a frame, at its side; of a box with one picture and words, that picture with its caption. Null
 * where it holds none.
 */
export function pictureIn(frame: XmlElement, pictures: OdtPictures): HtmlElement | null {
  const box = childOf(frame, 'draw:text-box')
  const picture = box ? boxedIn(box, pictures) : imageIn(frame, pictures)
  if (picture) placePicture(picture, sideOf(frame, pictures.styles))
  return picture
}

function imageIn(frame: XmlElement, { tray, at, styles }: OdtPictures): HtmlElement | null {
  const words = childOf(frame, 'svg:title') ?? childOf(frame, 'svg:desc')
  const alt = words ? textOf(words).slice(0, LONGEST_ALT) : ''
  const wide = pixelsOf(frame.attributes['svg:width'])
  const size = wide > 0 ? { wide, room: styles.room } : null
  for (const image of elementsOf(frame, 'draw:image')) {
    const picture = tray.take(at(image.attributes['xlink:href'] ?? ''), { alt, size })
    if (picture) return picture
  }
  return null
}

/** LibreOffice puts a picture with its caption into a box. */
function boxedIn(box: XmlElement, pictures: OdtPictures): HtmlElement | null {
  const frames = framesIn(box)
  const [frame] = frames
  if (!frame || frames.length > 1 || childOf(frame, 'draw:text-box')) return null
  const picture = imageIn(frame, pictures)
  if (picture) captionPicture(picture, elementsOf(box).map(captionWords).join(' '))
  return picture
}

function framesIn(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((one) => (one.name === 'draw:frame' ? [one] : framesIn(one)))
}

/** Where words flow round a frame, or it stands above them, the side it stands at; null for one in a line. */
function sideOf({ attributes }: XmlElement, styles: OdtStyles): Side | null {
  if (attributes['text:anchor-type'] === 'as-char') return null
  const graphic = styles.style('graphic', attributes['draw:style-name']).graphic
  const side = graphic.get('style:horizontal-pos')
  if (side === 'left' || side === 'center' || side === 'right') return side
  if (side === 'inside' || side === 'outside') return side === 'inside' ? 'left' : 'right'
  const middle = (pixelsOf(attributes['svg:x']) + pixelsOf(attributes['svg:width']) / 2) / styles.room
  if (attributes['svg:x'] === undefined || !Number.isFinite(middle)) return null
  return middle < 0.4 ? 'left' : middle > 0.6 ? 'right' : 'center'
}

/** The words of a caption, behind the number that is counted. */
export function captionWords(paragraph: XmlElement): string {
  let words = ''
  let counted = false
  const walk = (element: XmlElement): void => {
    for (const child of element.children) {
      if (typeof child === 'string') words += child
      else if (child.name === 'text:sequence') {
        words = ''
        counted = true
      } else if (child.name === 'text:s' || child.name === 'text:tab' || child.name === 'text:line-break')
        words += ' '
      else if (!/^(?:draw:|office:annotation|text:note)/.test(child.name)) walk(child)
    }
  }
  walk(paragraph)
  return counted ? withoutNumber(words) : words
}
