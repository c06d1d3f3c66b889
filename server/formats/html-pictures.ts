/** Pictures and notes in HTML (SPEC-formats F17, F18); where a picture's bytes lie, each kind of file says. */
import { Buffer } from 'node:buffer'
import type { HtmlElement, HtmlNode } from '../../shared/text/html-node.ts'
import type { EmbedView, Figure, Paragraph, PictureView } from './tree.ts'

/** Where the bytes of a picture lie for whoever reads the file. */
export type PictureAddress = (picture: PictureView) => string

/** In the page itself. */
export const inPage: PictureAddress = ({ mime, bytes }) =>
  `data:${mime};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`

/** A note that the text points to. */
export interface Note {
  number: number
  words: string
}

/** What stands in a text beside words. */
export interface HtmlExtras {
  address: PictureAddress
  /** Notes so far, in their order. */
  notes: Note[]
  /** Colours of those whose words are to be told apart. */
  tints: ReadonlyMap<string, string>
  /** Ids of headings that something leads to. */
  places: ReadonlyMap<Paragraph, string>
  /** Lines of code are elements, so that they can be counted. */
  numbered: boolean
  /** In a quotation, where a line's depth is that of the quotations it stands in. */
  quoted?: boolean
}

export function imageElement(picture: PictureView, { address }: HtmlExtras): HtmlElement {
  const { width, height, alt, part } = picture
  return {
    tag: 'img',
    attributes: {
      src: address(picture),
      alt,
      width: String(width),
      height: String(height),
      style: `${part === null ? '' : `width: ${Math.round(part * 100)}%; `}max-width: 100%; height: auto`,
    },
  }
}

const SIDES: Readonly<Record<string, string>> = { left: 'start', right: 'end' }

export function figureElement({ picture }: Figure, extras: HtmlExtras): HtmlElement {
  const side = SIDES[picture.side ?? ''] ?? 'center'
  return {
    tag: 'figure',
    attributes: { style: `margin: 1em 0; text-align: ${side}` },
    children: [
      imageElement(picture, extras),
      ...(picture.caption === '' ? [] : [{ tag: 'figcaption', children: [picture.caption] }]),
    ],
  }
}

/** An embed in a line. */
export function embedElement({ kind, text, picture, note }: EmbedView, extras: HtmlExtras): HtmlElement {
  if (picture) return imageElement(picture, extras)
  if (!note) return { tag: 'span', attributes: { 'data-kind': kind }, children: [text] }
  extras.notes.push(note)
  const link = { href: `#note-${note.number}`, id: `note-ref-${note.number}`, role: 'doc-noteref' }
  return { tag: 'sup', children: [{ tag: 'a', attributes: link, children: [String(note.number)] }] }
}

/** The notes at the end, each with a way back. */
export function noteNodes(notes: readonly Note[]): HtmlNode[] {
  const [first] = notes
  if (!first) return []
  const items = notes.map(({ number, words }): HtmlElement => ({
    tag: 'li',
    attributes: { id: `note-${number}` },
    children: [
      `${words} `,
      { tag: 'a', attributes: { href: `#note-ref-${number}`, role: 'doc-backlink' }, children: ['↩'] },
    ],
  }))
  const start: Record<string, string> = first.number === 1 ? {} : { start: String(first.number) }
  return [
    { tag: 'hr' },
    {
      tag: 'section',
      attributes: { role: 'doc-endnotes' },
      children: [{ tag: 'ol', attributes: start, children: items }],
    },
  ]
}
