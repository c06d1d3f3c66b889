/** Ids of shapes (SPEC-board B3) and where randomness comes from. */

/** At least 0, below 1; `Math.random` or, in tests, something that can be repeated. */
export type Random = () => number

/** Digits in the order in which strings compare. */
export const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const ID = /^[0-9A-Za-z_-]{1,32}$/
/** 62 to the tenth: two of 50 000 shapes get the same id on one board in a billion. */
const LENGTH = 10

/** A new id. */
export function newShapeId(random: Random = Math.random): string {
  let id = ''
  for (let i = 0; i < LENGTH; i++) id += DIGITS.charAt(Math.floor(random() * DIGITS.length))
  return id
}

/** Whether a value can be a shape's id: ours, and those of importers. */
export function isShapeId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value)
}
