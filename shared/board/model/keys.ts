/**
 * The keys of a shape's map (SPEC-board B4). What a shape begins with stands in its header; a key beside it is written when
 * that part changes, and then counts instead. So most shapes have one key, and each part is a conflict unit of its own.
 *
 * | key | in a header | what |
 * |---|---|---|
 * | `h` | | the header: bytes for ink, else an object with `t` (the kind) and the parts below |
 * | `g` | `g` | box: x, y, width, height, angle; a mirrored side is negative |
 * | `v` | `v` | points of a line: x and y by turns |
 * | `z` | `z` | order among siblings |
 * | `p` | `p` | parent, or null |
 * | `s.NAME` | `s: {NAME}` | one property of style |
 * | `m.NAME` | `m: {NAME}` | one fact: lock, link, name, author, asset |
 * | `b.from`, `b.to` | `b: {from, to}` | what an end of a line stays on |
 * | `x` | | the text, a Y.Text |
 */

export const HEADER = 'h'
export const TEXT = 'x'

/** Parts that stand alone. */
export const SINGLE_KEYS = ['g', 'v', 'z', 'p'] as const
/** Parts with a name behind a dot. */
export const GROUP_KEYS = ['s', 'm', 'b'] as const

export type SingleKey = (typeof SINGLE_KEYS)[number]
export type GroupKey = (typeof GROUP_KEYS)[number]

/** Roots of a board's document. */
export const SHAPES = 'shapes'
export const ASSETS = 'assets'
export const SETTINGS = 'settings'

/** A plain object, not a list, not bytes. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
