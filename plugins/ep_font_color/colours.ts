/** Colours as other programs write them, and which of them a person meant as colours. */

/** HTML's basic names that our palettes do not have, and what Word calls its own. */
const NAMES: Readonly<Record<string, string>> = {
  aqua: '#00ffff',
  cyan: '#00ffff',
  darkblue: '#00008b',
  darkgreen: '#006400',
  darkred: '#8b0000',
  fuchsia: '#ff00ff',
  gold: '#ffd700',
  gray: '#808080',
  lime: '#00ff00',
  magenta: '#ff00ff',
  maroon: '#800000',
  navy: '#000080',
  olive: '#808000',
  silver: '#c0c0c0',
  white: '#ffffff',
}

/** The pure colours that stand for names of Etherpad's plugin. */
const PURE: Readonly<Record<string, string>> = {
  '#ff0000': 'red',
  '#008000': 'green',
  '#0000ff': 'blue',
  '#ffff00': 'yellow',
  '#ffa500': 'orange',
}

/** No colour of somebody's choice: the page's own. */
const NONE: ReadonlySet<string> = new Set([
  'auto',
  'initial',
  'none',
  'revert',
  'transparent',
  'unset',
  'windowtext',
])

/** Difference of the largest and the smallest channel below which a colour is a grey. */
const GREY = 28

/** `#rrggbb` in small letters, of `#rgb`, `#rrggbb` or `rgb()`; null for everything else. */
export function hexOf(text: string): string | null {
  const value = text.trim().toLowerCase()
  if (/^#[0-9a-f]{6}$/.test(value)) return value
  if (/^#[0-9a-f]{3}$/.test(value)) return value.replace(/[0-9a-f]/g, '$&$&')
  const parts = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:\s*[,/]\s*([\d.]+)(%?))?\s*\)$/.exec(
    value,
  )
  if (!parts) return null
  const [, red, green, blue, alpha, percent] = parts
  if (alpha !== undefined && Number(alpha) < (percent ? 20 : 0.2)) return null
  return `#${[red, green, blue].map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0')).join('')}`
}

/**
 * A colour of a foreign style as one of the palette's names or `#rrggbb`. Null: it is the page's own, as blacks, whites
 * and greys are there, and takes a colour off; undefined: it says nothing.
 */
export function foreignColour(
  text: string,
  palette: Readonly<Record<string, unknown>>,
): string | null | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/\s*!important$/, '')
  if (word === '' || word === 'inherit' || word === 'currentcolor') return undefined
  if (NONE.has(word)) return null
  if (word !== 'black' && word !== 'grey' && Object.hasOwn(palette, word)) return word
  const hex = word === 'black' || word === 'grey' ? '#000000' : hexOf(NAMES[word] ?? word)
  if (hex === null) return /^rgba?\(/.test(word) ? null : undefined
  if (isGrey(hex)) return null
  const pure = PURE[hex]
  return pure !== undefined && Object.hasOwn(palette, pure) ? pure : hex
}

function isGrey(hex: string): boolean {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return Math.max(...channels) - Math.min(...channels) < GREY
}
