/** Pictures of Word documents: their bytes, their size, their side, and captions (SPEC-formats F66, F80, F81). */
import type { HtmlElement } from '../../../shared/text/html-node.ts'
import { placePicture, withoutNumber } from './figures.ts'
import type { Side } from './figures.ts'
import type { PictureAt, PictureTray } from './pictures.ts'
import { valueOf } from './docx-styles.ts'
import { childOf, elementsOf, textOf } from './xml.ts'
import type { XmlElement } from './xml.ts'
import type { Archive } from './zip.ts'
import { partAt } from './pictures.ts'

export interface PictureParts {
  tray: PictureTray
  /** Bytes by the id of a relationship. */
  at: PictureAt
  /** CSS pixels that the text is wide. */
  room: number
}

/** EMU and twips of a CSS pixel. */
const EMU = 9525
const TWIPS = 15
/** Twips of Word's own page and margins. */
const PAGE = 12_240
const MARGIN = 1440
const LONGEST_ALT = 2000

/** Bytes by the ids of a part's relationships; those that lead out of the file are none. */
export function relatedPictures(archive: Archive, main: string, relations: XmlElement | null): PictureAt {
  const at = partAt(archive, main)
  const targets = new Map(
    elementsOf(relations ?? undefined)
      .filter(({ attributes }) => attributes['TargetMode'] !== 'External')
      .filter(({ attributes }) => (attributes['Type'] ?? '').endsWith('/image'))
      .map(({ attributes }) => [attributes['Id'] ?? '', attributes['Target'] ?? '']),
  )
  return (id) => {
    const target = targets.get(id)
    if (target === undefined) return null
    return target.startsWith('/') ? archive.part(target.slice(1)) : at(target)
  }
}

/** CSS pixels between the margins of a document's last section. */
export function roomOf(body: XmlElement | undefined): number {
  const section = childOf(body, 'w:sectPr')
  const twips = (name: string, key: string, otherwise: number): number => {
    const said = Number(childOf(section, name)?.attributes[key] ?? Number.NaN)
    return Number.isFinite(said) ? said : otherwise
  }
  const margins = twips('w:pgMar', 'w:left', MARGIN) + twips('w:pgMar', 'w:right', MARGIN)
  return (twips('w:pgSz', 'w:w', PAGE) - margins) / TWIPS
}

/** The raster picture of a drawing, at its side; null where it is none. */
export function pictureIn(element: XmlElement, { tray, at, room }: PictureParts): HtmlElement | null {
  const named = (one: XmlElement): string | undefined =>
    Object.entries(one.attributes).find(([name]) => /^(?:r|\?):(?:embed|id)$/.test(name))?.[1]
  const blip = within(element, /:(?:blip|imagedata)$/)
  const id = blip && named(blip)
  if (id === undefined || id === null) return null
  const alt = (within(element, /:docPr$/)?.attributes['descr'] ?? '').slice(0, LONGEST_ALT)
  const wide = wideOf(element)
  const picture = tray.take(at(id), { alt, size: wide > 0 ? { wide, room } : null })
  if (picture) placeAtAnchor(picture, element, room)
  return picture
}

const wideOf = (element: XmlElement): number =>
  Number(within(element, /^wp:extent$/)?.attributes['cx'] ?? 0) / EMU

/** Gives a picture the side at which the drawing stands that holds it. */
export function placeAtAnchor(picture: HtmlElement, drawing: XmlElement, room: number): void {
  const anchor = within(drawing, /^wp:anchor$/)
  if (anchor) placePicture(picture, anchorSide(anchor, wideOf(drawing), room))
}

/** What is written in a drawing; null for one that is no box of text. */
export function boxIn(drawing: XmlElement): XmlElement | null {
  return within(drawing, /^w:txbxContent$/)
}

/** The drawing that stands in a run; of two for programs of two ages the one for the newer. */
export function drawingIn(element: XmlElement): XmlElement | null {
  if (/^w:(?:drawing|pict|object)$/.test(element.name)) return element
  if (element.name !== 'mc:AlternateContent') return null
  const [choice, fallback] = [childOf(element, 'mc:Choice'), childOf(element, 'mc:Fallback')]
  return childOf(choice, 'w:drawing') ?? childOf(fallback, 'w:pict') ?? childOf(fallback, 'w:drawing') ?? null
}

/** Where words flow round a picture, the side it stands at; null for one above or below words. */
function anchorSide(anchor: XmlElement, wide: number, room: number): Side | null {
  const place = childOf(anchor, 'wp:positionH')
  const said = childOf(place, 'wp:align')
  const name = said ? textOf(said).trim() : ''
  if (name === 'left' || name === 'center' || name === 'right') return name
  if (name === 'inside' || name === 'outside') return name === 'inside' ? 'left' : 'right'
  const offset = childOf(place, 'wp:posOffset')
  if (!offset || !(room > 0)) return null
  const middle = (Number(textOf(offset)) / EMU + wide / 2) / room
  return Number.isFinite(middle) ? (middle < 0.4 ? 'left' : middle > 0.6 ? 'right' : 'center') : null
}

/** The side of a paragraph in a frame, which words flow round. */
export function frameSide(properties: XmlElement | undefined): Side | null {
  const side = childOf(properties, 'w:framePr')?.attributes['w:xAlign']
  return side === 'left' || side === 'center' || side === 'right' ? side : null
}

/** The first element of this name at any depth. */
function within(element: XmlElement, name: RegExp): XmlElement | null {
  if (name.test(element.name)) return element
  for (const child of elementsOf(element)) {
    const found = within(child, name)
    if (found) return found
  }
  return null
}

const SEQUENCE = /^\s*SEQ\s/i
const GONE: ReadonlySet<string> = new Set(['w:pPr', 'w:del', 'w:moveFrom', 'w:rPr'])

/** The words of a caption, behind the number that Word counts. */
export function captionWords(paragraph: XmlElement): string {
  let words = ''
  let counts = false
  let counted = false
  const walk = (element: XmlElement): void => {
    for (const child of elementsOf(element)) {
      if (GONE.has(child.name)) continue
      if (child.name === 'w:t') words += textOf(child)
      else if (child.name === 'w:tab' || child.name === 'w:br') words += ' '
      else if (child.name === 'w:instrText') counts ||= SEQUENCE.test(textOf(child))
      else if (child.name === 'w:fldChar') {
        if (valueAt(child) === 'end' && counts) begin()
      } else {
        walk(child)
        if (child.name === 'w:fldSimple' && SEQUENCE.test(child.attributes['w:instr'] ?? '')) begin()
      }
    }
  }
  const begin = (): void => {
    words = ''
    counts = false
    counted = true
  }
  walk(paragraph)
  return counted ? withoutNumber(words) : words
}

const valueAt = (sign: XmlElement): string => sign.attributes['w:fldCharType'] ?? valueOf(sign) ?? ''
