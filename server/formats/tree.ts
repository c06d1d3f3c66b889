/**
 * The neutral document between a pad's text and the writers (SPEC-formats F1 to F8): what each run and block is, with
 * nothing of how any format writes it. {@link file://./walk.ts} makes it; every writer handles every kind.
 */

import type { ShownPicture } from '../../shared/text/formats.ts'
import type { Alignment, Background } from '../../shared/text/table/model.ts'

/** How characters look that a format of the table draws. Checked: nothing here can do harm, whoever gave it. */
export interface Drawn {
  /** The format's name. */
  name: string
  /** An element of HTML such as `sub` or `mark`; '' for none. */
  tag: string
  /** `class` and `data-` attributes. */
  attributes: Readonly<Record<string, string>>
  /** CSS properties by name, for where there is no style sheet. */
  style: Readonly<Record<string, string>>
}

/** What lies on characters. Equal marks are one object within a document. */
export interface Marks {
  bold: boolean
  italic: boolean
  underline: boolean
  strike: boolean
  code: boolean
  /** An address that may stand behind a link; null for none. */
  link: string | null
  /** Of formats with a drawing of their own, in the order of their names. */
  drawn: readonly Drawn[]
  /** Keys of the threads of comments and suggestions that lie here. */
  threads: readonly string[]
  /** Who wrote it; null when that is not said, '' for nobody. */
  author: string | null
}

/** Nothing lies there. */
export const PLAIN: Marks = {
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  code: false,
  link: null,
  drawn: [],
  threads: [],
  author: null,
}

/** A picture with its bytes. */
export interface PictureView extends ShownPicture {
  mime: string
  bytes: Uint8Array
  /** The same as SVG, for files that hold both; null for none. */
  vector: Uint8Array | null
}

/** Pictures that come into a file, by their keys. */
export type FilePictures = ReadonlyMap<string, { mime: string; bytes: Uint8Array }>

/** What a text shows of the board, drawn; `width` and `height` in CSS pixels. */
export interface FileBoard {
  width: number
  height: number
  /** What it is called and what is written on it. */
  words: string
  /** Null where only words are asked for, or it cannot be drawn. */
  drawing: Pick<PictureView, 'mime' | 'bytes' | 'vector'> | null
}

/** Parts of the board by their `boardKey`. */
export type FileBoards = ReadonlyMap<string, FileBoard>

/** An embed, in a line or as a block of its own. */
export interface EmbedView {
  kind: string
  /** What it is called, or its kind in brackets; of a note its number in brackets. */
  text: string
  value: unknown
  /** What it shows; null for none, or one whose bytes are not there. */
  picture: PictureView | null
  /** A note at the foot, with its number from 1. */
  note: { number: number; words: string } | null
}

/** A piece of a line with the same marks. */
export type Run = { text: string; marks: Marks } | { embed: EmbedView; marks: Marks }

/** What a line's block carries besides its kind. */
export interface Look {
  direction: 'ltr' | 'rtl' | null
  /** Of formats of lines with a drawing, in the order of their names. */
  drawn: readonly Drawn[]
}

/** A line of text. */
export interface Paragraph {
  kind: 'paragraph'
  /** From 1 for headings, 0 for text. */
  heading: number
  /** Depth from 0. */
  indent: number
  look: Look
  runs: readonly Run[]
}

/** Lines of code. */
export interface CodeBlock {
  kind: 'code'
  /** '' when none was named. */
  language: string
  lines: readonly (readonly Run[])[]
}

/** A list with the items of one depth and kind. */
export interface List {
  kind: 'list'
  of: 'bullet' | 'ordered' | 'tasks'
  /** Depth from 0. */
  level: number
  items: readonly Item[]
}

/** An item with the lists below it. */
export interface Item {
  /** Of an ordered list. */
  number: number | null
  checked: boolean
  look: Look
  content: Paragraph | CodeBlock
  lists: readonly List[]
}

/** What is quoted; in it further quotations, whose paragraphs keep their indent. */
export interface Quote {
  kind: 'quote'
  blocks: readonly Block[]
}

/** A picture that stands alone on its line, at a side or with a caption. */
export interface Figure {
  kind: 'figure'
  picture: PictureView
}

export interface Divider {
  kind: 'divider'
}

/** A cell with what stands in it. */
export interface Cell {
  blocks: readonly Block[]
  background: Background | null
  align: Alignment | null
}

/** A table; all rows have as many cells. */
export interface Table {
  kind: 'table'
  /** CSS pixels; null for a column that has no width of its own. */
  widths: readonly (number | null)[]
  rows: readonly (readonly Cell[])[]
  headerRow: boolean
  headerColumn: boolean
}

/** A board, a file, or what a plugin adds. */
export interface EmbedBlock {
  kind: 'embed'
  embed: EmbedView
}

/** A table of the headings that stand in the text. */
export interface Contents {
  kind: 'contents'
}

export type Block = Paragraph | CodeBlock | List | Quote | Figure | Divider | Table | Contents | EmbedBlock

/** For the end of a `switch` over kinds: a kind that is not handled does not compile. */
export function never(kind: never): never {
  throw new TypeError(`unhandled kind ${JSON.stringify(kind)}`)
}
