/** Colours for documents: always `#rrggbb`. */

const NAMES: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#ffffff',
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  orange: '#ffa500',
  purple: '#800080',
  gray: '#808080',
  grey: '#808080',
  brown: '#a52a2a',
  pink: '#ffc0cb',
  teal: '#008080',
}
/** How much of a colour is left behind words, so that they can be read. */
const TINT = 0.18

/** A CSS colour; null for what documents cannot say. */
export function colourOf(css: string): string | null {
  const value = css.trim().toLowerCase()
  if (/^#[0-9a-f]{6}$/.test(value)) return value
  if (/^#[0-9a-f]{3}$/.test(value)) return value.replace(/[0-9a-f]/g, (one) => one + one)
  if (Object.hasOwn(NAMES, value)) return NAMES[value] ?? null
  const [, red, green, blue] =
    /^rgb\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)$/.exec(value) ?? []
  if (red === undefined) return null
  return hex([Number(red), Number(green), Number(blue)])
}

/** A pale shade on white of a colour in the form `#rrggbb`. */
export function mixed(colour: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return hex(parts.map((one) => Math.round(255 - (255 - one) * TINT)))
}

function hex(parts: readonly number[]): string {
  return `#${parts.map((one) => Math.min(255, one).toString(16).padStart(2, '0')).join('')}`
}
