/** What a board may hold (SPEC-board B30). */

/** Shapes of one board. */
export const MAX_SHAPES = 50_000
/** Entries of the list of pictures, and bytes of one picture. */
export const MAX_ASSETS = 2000
export const MAX_ASSET_BYTES = 10 * 1024 * 1024
/** Bytes and points of one stroke. */
export const MAX_INK_BYTES = 16_384
export const MAX_INK_POINTS = 4000
/** Points after which a tool ends a stroke and begins another one at the same place. */
export const SPLIT_INK_POINTS = 1000
/** UTF-16 units of one shape's text. */
export const MAX_TEXT = 20_000
/** Units of a name or a picture's description. */
export const MAX_NAME = 400
/** Coordinates and sizes, in page units, either way. */
export const MAX_COORDINATE = 1e7
/** Points of a line. */
export const MAX_LINE_POINTS = 256
/** Frames and groups inside each other. */
export const MAX_DEPTH = 16
/** Keys of one shape. */
export const MAX_KEYS = 64
/** Characters of an order key. */
export const MAX_ORDER = 48
/** Page units of a pen's or a line's width. */
export const MAX_WIDTH = 1000
export const MIN_WIDTH = 0.001
/** Page units of letters. */
export const MIN_TEXT_SIZE = 0.1
export const MAX_TEXT_SIZE = 2000
/** Levels, entries and characters of a value whose meaning is not known here. */
export const UNKNOWN_LEVELS = 4
export const UNKNOWN_ENTRIES = 256
export const UNKNOWN_STRING = 4096
