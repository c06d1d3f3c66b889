/** What a writer gets and gives (SPEC-formats F10). */
import type { Person } from '../../shared/protocol.ts'
import type { PadSettings } from '../../shared/settings.ts'
import type { Content } from '../../shared/text/delta.ts'
import type { Formats } from '../../shared/text/formats.ts'
import type { ChatRow } from '../store/store.ts'
import type { PastText } from './past.ts'
import type { FileBoards, FilePictures } from './tree.ts'

/** What a person may choose for a document (SPEC-formats F13). */
export interface FileOptions {
  paper: 'a4' | 'letter'
  /** A table of the headings at the beginning. */
  toc: boolean
  /** Who wrote what, in people's colours. */
  authors: boolean
  lineNumbers: boolean
  /** The title on a page of its own. */
  cover: boolean
}

export const NO_OPTIONS: FileOptions = {
  paper: 'a4',
  toc: false,
  authors: false,
  lineNumbers: false,
  cover: false,
}

/** What is known of a pad's text at one revision beside the text itself. */
export interface TextFacts {
  /** The name to show: for a reader who came by a read-only id it is that id. */
  shown: string
  title: string
  /** Language of the pad, as the settings or the person say; '' when they say none. */
  lang: string
  rtl: boolean
  revision: number
  /** When the revision was made, ms since 1970. */
  time: number
  options: FileOptions
  /** In the order of their ids; empty where nobody asks who wrote what. */
  people: readonly Person[]
  /** What the text shows of pictures, as far as it is there. */
  pictures?: FilePictures
  /** What the text shows of the board, in the order in which it does. */
  boards?: FileBoards
}

/** A pad's text at one revision, with what it is called. */
export interface TextSource extends TextFacts {
  formats: Formats
  /** Every text run names its author, '' for nobody. */
  content: Content
}

/** What a pad has beside its text. Nothing in it is younger than the revision. */
export interface PadFacts extends TextFacts {
  created: number
  chat: readonly ChatRow[]
  settings: PadSettings
  /** The board as JSON (SPEC-board B501), for writers that hold everything; null for none. */
  board?: string | null
}

/** All of a pad at one revision. */
export interface PadSource extends PadFacts, TextSource {
  /** The text as it was, for writers that ask for it. */
  past: Iterable<PastText>
}

/** What a writer makes: text, or bytes. */
export type Written = string | Uint8Array<ArrayBuffer>

interface Facts {
  /** The `Content-Type`. */
  mime: string
  /** The end of its files' names. */
  ending: string
  /** How it shows the board: as vectors with a picture beside them, as either, or (left out) in words. */
  boards?: 'both' | 'either'
}

/** A format: a pure function of the source whose bytes are the same for the same source (F10). */
export type Writer =
  /** `everything`: also pictures and the board. With `press`, what is written is not yet the file: the press makes it of that. */
  | (Facts & { needs: 'text'; press?: 'pdf'; write: (source: TextSource) => Written })
  | (Facts & { needs: 'pad'; past?: true; everything?: true; write: (source: PadSource) => Written })
