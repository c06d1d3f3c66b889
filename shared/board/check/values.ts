/** Which values are right, one question each; readers and the server's door ask the same (SPEC-board B20). */
import { safeLink } from '../../text/links.ts'
import { isShapeId } from '../ids.ts'
import { MAX_COORDINATE, MAX_LINE_POINTS, MAX_NAME, MAX_ORDER } from '../limits.ts'

/** A finite number a place on the board can have. */
export function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE
}

/** x, y, width, height, angle: see `geometry/box.ts`. */
export function isBoxArray(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length === 5 &&
    value.every((number) => isCoordinate(number)) &&
    Math.abs(Number(value[4])) <= 7
  )
}

/** The points of a line. */
export function isLinePoints(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length >= 4 &&
    value.length <= MAX_LINE_POINTS * 2 &&
    value.length % 2 === 0 &&
    value.every((number) => isCoordinate(number))
  )
}

const ORDER = /^[0-9A-Za-z]*[1-9A-Za-z]$/

/** An order key: digits and letters, the last one not 0. */
export function isOrder(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_ORDER && ORDER.test(value)
}

/** The id of a parent, or null for none. */
export function isParent(value: unknown): value is string | null {
  return value === null || isShapeId(value)
}

/** A binding: shape, x, y and, when the line ends exactly there, true. Null for none. */
export function isBindingArray(value: unknown): value is readonly unknown[] | null {
  if (value === null) return true
  if (!Array.isArray(value) || value.length < 3 || value.length > 4) return false
  const [shape, x, y, exact] = value as readonly unknown[]
  return isShapeId(shape) && isShare(x) && isShare(y) && (exact === undefined || typeof exact === 'boolean')
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

const ASSET = /^[0-9A-Za-z_-]{16,86}$/

/** The key of a picture: a hash in hex or base64url. */
export function isAssetKey(value: unknown): value is string {
  return typeof value === 'string' && ASSET.test(value)
}

/** An address that is the safe one already; null for none. */
export function isLink(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && safeLink(value) === value)
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** A name or a description: one line. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_NAME && !CONTROL.test(value)
}

/** An author's id, or '' for who wrote it. */
export function isAuthor(value: unknown): value is string {
  return typeof value === 'string' && /^(?:a\.[0-9A-Za-z]{16})?$/.test(value)
}

/** Facts about a shape, by name. */
export const FACT_RULES: Readonly<Record<FactName, (value: unknown) => boolean>> = {
  lock: (value) => value === true || value === null,
  link: isLink,
  name: isName,
  author: isAuthor,
  asset: isAssetKey,
}

export type FactName = 'lock' | 'link' | 'name' | 'author' | 'asset'

export function isFactName(name: string): name is FactName {
  return Object.hasOwn(FACT_RULES, name)
}
