/**
 * The colours of people. A colour is one of the twelve hues of the look, written `1` to `12`, or, when an embedding
 * page asked for it (`userColor`), a custom `#rrggbb`. Nothing else is ever accepted, so a colour can go into a
 * custom property without further checks.
 */
export const HUES = [
  '#c0392b',
  '#b8510d',
  '#8a6100',
  '#4f7000',
  '#1e7a3c',
  '#0b7568',
  '#0a6f96',
  '#2563c9',
  '#5a4bd1',
  '#8a3fc0',
  '#b02f88',
  '#b8325f',
] as const

/** `1`..`12` or `#rrggbb`. */
export type PersonColour = string

/** Is `value` a colour a person can have? */
export function isPersonColour(value: unknown): value is PersonColour {
  return typeof value === 'string' && (/^([1-9]|1[0-2])$/.test(value) || /^#[0-9a-f]{6}$/.test(value))
}

/** The colour as `#rrggbb`. Unknown values give the first hue. */
export function hexOf(colour: PersonColour): string {
  if (colour.startsWith('#')) return isPersonColour(colour) ? colour : HUES[0]
  return HUES[Number(colour) - 1] ?? HUES[0]
}
