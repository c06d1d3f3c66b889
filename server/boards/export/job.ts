/** What the server and the thread that draws boards say to each other (SPEC-board B510). */
import type { Theme } from '../../../shared/board/colours.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'

export const BOARD_TYPES = ['svg', 'png', 'pdf', 'json'] as const

export type BoardType = (typeof BOARD_TYPES)[number]

export function isBoardType(type: string): type is BoardType {
  return BOARD_TYPES.some((one) => one === type)
}

/** How a board is to be drawn. */
export interface PictureOptions {
  /** Pixels a page unit, for png. */
  readonly scale: 1 | 2 | 3
  /** Nothing behind the shapes. */
  readonly transparent: boolean
  readonly theme: Theme
  /** Only this frame or group. */
  readonly only: string | null
  /** Only what is within; everything for null. */
  readonly within: Bounds | null
  /** Everything on one page, also where there are frames. */
  readonly whole: boolean
}

/** A board as the store has it. */
export interface StoredBoard {
  readonly updates: readonly Uint8Array[]
  /** Whose each Yjs client id is. */
  readonly clients: ReadonlyMap<number, string>
}

/** The bytes of a board's pictures. */
export type PictureBytes = (
  pad: string,
  key: string,
) => Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null>

export type Pictures = ReadonlyMap<string, { readonly mime: string; readonly bytes: Uint8Array }>

export type ToThread =
  | { readonly kind: 'read'; readonly board: StoredBoard; readonly options: PictureOptions }
  | {
      readonly kind: 'draw'
      readonly type: BoardType
      readonly options: PictureOptions
      readonly pictures: Pictures
      /** Of the document, and when this revision was made; they stand in a PDF. */
      readonly title: string
      readonly time: number
    }

export type FromThread =
  /** Keys of the pictures that are seen, and of all the board has. */
  | { readonly kind: 'read'; readonly seen: readonly string[]; readonly all: readonly string[] }
  | { readonly kind: 'drawn'; readonly file: Uint8Array }
  /** `missing`: there is no such frame; `large`: it is too much for one file. */
  | { readonly kind: 'failed'; readonly reason: 'missing' | 'large' | 'bug'; readonly message: string }
