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

/** What a document has of a drawing: vectors and a picture, one of them, or only what is written there. */
export type FigureForm = 'both' | 'either' | 'words'

/** A part of a board for a document; sizes in page units. */
export interface Figure {
  readonly width: number
  readonly height: number
  /** Of the frame; '' for none. */
  readonly name: string
  readonly words: string
  /** SVG, and PNG, where they are wanted and can be had. */
  readonly vector: Uint8Array | null
  readonly raster: Uint8Array | null
}

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
  /** Several parts of one board; then `draw-figures` with what they show. */
  | {
      readonly kind: 'read-figures'
      readonly board: StoredBoard
      readonly parts: readonly PictureOptions[]
    }
  | { readonly kind: 'draw-figures'; readonly form: FigureForm; readonly pictures: Pictures }

export type FromThread =
  /** Keys of the pictures that are seen, and of all the board has. */
  | { readonly kind: 'read'; readonly seen: readonly string[]; readonly all: readonly string[] }
  | { readonly kind: 'drawn'; readonly file: Uint8Array }
  /** In the order of the parts; null for one that is not there, shows nothing or is too much. */
  | { readonly kind: 'figures'; readonly figures: readonly (Figure | null)[] }
  /** `missing`: there is no such frame; `large`: it is too much for one file. */
  | { readonly kind: 'failed'; readonly reason: 'missing' | 'large' | 'bug'; readonly message: string }
