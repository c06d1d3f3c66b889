/**
 * Colours of a board (SPEC-board B9): a place in the palette, which has a form for light and one for dark, or a custom
 * `#rrggbb`, which is the same in both.
 */

/** A place in {@link PALETTE}, or `#rrggbb`. */
export type Colour = number | string

export type Theme = 'light' | 'dark'

/** The palette; places are stored, so entries are only ever added. */
export const PALETTE: readonly { name: string; light: string; dark: string }[] = [
  { name: 'black', light: '#1a1d23', dark: '#e8eaee' },
  { name: 'grey', light: '#7c8491', dark: '#939ba8' },
  { name: 'red', light: '#c0392b', dark: '#ff8175' },
  { name: 'orange', light: '#c2600f', dark: '#ffa45c' },
  { name: 'green', light: '#1e7a3c', dark: '#63c983' },
  { name: 'teal', light: '#0b7568', dark: '#4cc2a8' },
  { name: 'blue', light: '#2563c9', dark: '#7fb0ff' },
  { name: 'violet', light: '#8a3fc0', dark: '#cf97f5' },
  { name: 'marker-yellow', light: '#ffe066', dark: '#6b5a12' },
  { name: 'marker-green', light: '#a8e6a1', dark: '#2d5a2a' },
  { name: 'marker-pink', light: '#ffb3c7', dark: '#6b2c40' },
  { name: 'marker-blue', light: '#a5d8ff', dark: '#234f73' },
  { name: 'note-yellow', light: '#ffefb0', dark: '#564a1c' },
  { name: 'note-green', light: '#d7f0d0', dark: '#2b4a2c' },
  { name: 'note-blue', light: '#d5e9fb', dark: '#23425e' },
  { name: 'note-pink', light: '#fcdde4', dark: '#5a2c3b' },
  { name: 'note-violet', light: '#e6dffb', dark: '#41346b' },
  { name: 'note-grey', light: '#eceef2', dark: '#363b44' },
]

/** Places the palette may grow to. */
const PLACES = 64
const CUSTOM = /^#[0-9a-f]{6}$/

/** The ground a board is drawn on. */
export const GROUND: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#16181d' }

/** Whether a value is a colour; also a place this version's palette does not have yet. */
export function isColour(value: unknown): value is Colour {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value < PLACES
  return typeof value === 'string' && CUSTOM.test(value)
}

/** The colour as `#rrggbb`; black for a place not known here and for anything else. */
export function hexOfColour(colour: Colour, theme: Theme): string {
  if (typeof colour === 'string' && CUSTOM.test(colour)) return colour
  return (PALETTE[Number(colour)] ?? PALETTE[0])?.[theme] ?? '#000000'
}

/** A colour between two; `share` 0 gives the first, 1 the second. All are `#rrggbb`. */
export function mixColours(first: string, second: string, share: number): string {
  let mixed = '#'
  for (let i = 1; i < 7; i += 2) {
    const a = Number.parseInt(first.slice(i, i + 2), 16)
    const b = Number.parseInt(second.slice(i, i + 2), 16)
    mixed += Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0')
  }
  return mixed
}
