/** A picture in the text as its embed says it: `{image: {key, type, width, height, alt, caption, align, show}}`. Pure. */

export const ALIGNS = ['left', 'center', 'right'] as const
export type Align = (typeof ALIGNS)[number]

export interface Picture {
  /** SHA-256 of the bytes, in base64url. */
  readonly key: string
  /** As it is, in pixels. */
  readonly width: number
  readonly height: number
  /** What it shows, for who does not see it; '' while nobody said. */
  readonly alt: string
  readonly caption: string
  /** Null: in the line, like a letter. */
  readonly align: Align | null
  /** Percent of the text's width; null: as large as it is. */
  readonly show: number | null
}

export const KIND = 'image'
export const MAX_ALT = 500
export const MAX_CAPTION = 500
/** Percent. */
export const LEAST_SHOWN = 5

const KEY = /^[A-Za-z0-9_-]{43}$/

/** Reads the value of an embed of unknown origin; null for what is no picture here. */
export function readPicture(value: unknown): Picture | null {
  if (typeof value !== 'object' || value === null) return null
  const { key, width, height, alt, caption, align, show } = value as Record<string, unknown>
  if (typeof key !== 'string' || !KEY.test(key) || !isLength(width) || !isLength(height)) return null
  return {
    key,
    width,
    height,
    alt: words(alt, MAX_ALT),
    caption: words(caption, MAX_CAPTION),
    align: ALIGNS.find((one) => one === align) ?? null,
    show: typeof show === 'number' && show >= LEAST_SHOWN && show <= 100 ? Math.round(show) : null,
  }
}

/** The embed; what says nothing is left out. */
export function pictureEmbed({ key, width, height, alt, caption, align, show }: Picture): {
  image: Record<string, string | number>
} {
  return {
    image: {
      key,
      width,
      height,
      ...(alt === '' ? {} : { alt: words(alt, MAX_ALT) }),
      ...(caption === '' ? {} : { caption: words(caption, MAX_CAPTION) }),
      ...(align === null ? {} : { align }),
      ...(show === null ? {} : { show: shownWithin(show) }),
    },
  }
}

/** A size as people may choose it, in percent. */
export function shownWithin(show: number): number {
  return Math.max(LEAST_SHOWN, Math.min(100, Math.round(show)))
}

/** Words on one line. */
export function words(value: unknown, most: number): string {
  return typeof value === 'string'
    ? value
        .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
        .trim()
        .slice(0, most)
        .replace(/[\uD800-\uDBFF]$/, '')
    : ''
}

function isLength(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535
}
