/** What readers make of files (SPEC-formats F60). */
import type { HtmlNode } from '../../../shared/text/html-node.ts'
import type { Insert } from '../../../shared/text/delta.ts'
import type { PastStep } from './past-rows.ts'
import type { FilePicture } from './pictures.ts'

/** Kinds of files that are read. */
export const KINDS = ['txt', 'html', 'md', 'docx', 'odt', 'epub', 'etherpad', 'json'] as const
export type ReadKind = (typeof KINDS)[number]

/** A person of a file, under the id it has there. */
export interface FilePerson {
  id: string
  name: string
  /** `#rrggbb` or one of our own; null when the file says none. */
  colour: string | null
}

/** A line of a file's chat. */
export interface FileChat {
  /** A person's id in the file. */
  id: string
  name: string
  text: string
  time: number
}

/** What was left out, for the person to know. */
export interface LeftOut {
  pictures: number
  /** Words of comments and notes of reviewers. */
  comments: number
}

/** Nodes are a tree for the reader of HTML, which knows the formats in use; content is a text as it is. */
export type Reading = { kind: ReadKind; left: LeftOut } & (
  | { nodes: HtmlNode[] }
  | {
      content: Insert[]
      people: FilePerson[]
      chat: FileChat[]
      /** How the text came to be; empty where nobody asked or the file does not say. */
      past: readonly PastStep[]
      /** The board as JSON (SPEC-board B501), unread. */
      board?: string
    }
)

/** With the pictures that nodes name. */
export type FileReading = Reading & { pictures: readonly FilePicture[] }

export const NOTHING_LEFT: LeftOut = { pictures: 0, comments: 0 }
