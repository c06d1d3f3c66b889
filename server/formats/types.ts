/** What a writer gets and gives (SPEC-formats F10). */
import type { Person } from '../../shared/protocol.ts'
import type { PadSettings } from '../../shared/settings.ts'
import type { Content } from '../../shared/text/delta.ts'
import type { Formats } from '../../shared/text/formats.ts'
import type { ChatRow } from '../store/store.ts'

/** A pad's text at one revision, with what it is called. */
export interface TextSource {
  /** The name to show: for a reader who came by a read-only id it is that id. */
  shown: string
  title: string
  /** Language of the pad, as the settings say; '' when they say none. */
  lang: string
  rtl: boolean
  revision: number
  /** When the revision was made, ms since 1970. */
  time: number
  formats: Formats
  /** Every text run names its author, '' for nobody. */
  content: Content
}

/** All of a pad at one revision: nothing in it is younger than the revision. */
export interface PadSource extends TextSource {
  created: number
  chat: readonly ChatRow[]
  /** Of the text and the chat, in the order of their ids. */
  people: readonly Person[]
  settings: PadSettings
}

interface Facts {
  /** The `Content-Type`. */
  mime: string
  /** The end of its files' names. */
  ending: string
}

/** A format: a pure function of the source whose bytes are the same for the same source (F10). */
export type Writer =
  | (Facts & { needs: 'text'; write: (source: TextSource) => string })
  | (Facts & { needs: 'pad'; write: (source: PadSource) => string })
