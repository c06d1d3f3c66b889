/** What a plugin's rule says of a picture or a note, checked (SPEC-formats F17, F18). Pure. */

/** A picture beside the pad (SPEC-board B434) as files show it. */
export interface ShownPicture {
  /** SHA-256 of its bytes, in base64url. */
  readonly key: string
  /** As it is, in pixels. */
  readonly width: number
  readonly height: number
  /** What it shows, for who does not see it; '' when nobody said. */
  readonly alt: string
  readonly caption: string
  /** Null: in the line, like a letter. */
  readonly side: 'left' | 'center' | 'right' | null
  /** Of the text's width, 0 to 1; null: as large as it is, where there is room. */
  readonly part: number | null
}

const KEY = /^[A-Za-z0-9_-]{43}$/
const MOST_WORDS = 2000
/** UTF-16 units of a note. */
const MOST_NOTE = 10_000

/** Null for what is no picture. */
export function readShownPicture(value: unknown): ShownPicture | null {
  if (typeof value !== 'object' || value === null) return null
  const { key, width, height, alt, caption, side, part } = value as Record<string, unknown>
  if (typeof key !== 'string' || !KEY.test(key) || !isLength(width) || !isLength(height)) return null
  return {
    key,
    width,
    height,
    alt: oneLine(alt, MOST_WORDS),
    caption: oneLine(caption, MOST_WORDS),
    side: side === 'left' || side === 'center' || side === 'right' ? side : null,
    part: typeof part === 'number' && part > 0 && part <= 1 ? part : null,
  }
}

/** The words of a note in one line; null for none. */
export function readNote(value: unknown): string | null {
  const words = oneLine(value, MOST_NOTE)
  return words === '' ? null : words
}

function oneLine(value: unknown, most: number): string {
  return typeof value === 'string'
    ? value
        .replaceAll(/[\p{Cc}\s]+/gu, ' ')
        .trim()
        .slice(0, most)
    : ''
}

function isLength(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535
}
