/**
 * Order keys (SPEC-board B21): strings that compare as the shapes lie on each other, with room between any two. A key is a
 * fraction in base 62. What is put on top counts up in the first five digits, by a random step, so that two people who draw
 * at once get different keys and keys stay short; what is put between others takes as many digits as it needs.
 */
import { BoardError } from '../error.ts'
import { DIGITS } from '../ids.ts'
import type { Random } from '../ids.ts'

const BASE = 62
/** Digits that count up and down. */
const HEAD = 5
const HEAD_SIZE = BASE ** HEAD
const STEP = 1024
/** Places between two keys that make another digit unnecessary. */
const ROOM = 64

/** Compares order keys, and ids where keys are equal: the one order everybody sees. */
export function compareOrder(
  a: { readonly order: string; readonly id: string },
  b: { readonly order: string; readonly id: string },
): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/**
 * A key above `below` and under `above`; null for the ends.
 * @throws BoardError `order` when `below` is not under `above`
 */
export function orderBetween(below: string | null, above: string | null, random: Random): string {
  if (below === null && above === null) return head(Math.floor(HEAD_SIZE / 2) + step(random))
  if (below !== null && above === null) {
    const at = headOf(below)
    const most = Math.min(STEP, Math.floor((HEAD_SIZE - 1 - at) / 2))
    if (most > 0) return head(at + step(random, most))
  }
  if (below === null && above !== null) {
    const at = headOf(above)
    const most = Math.min(STEP, Math.floor(at / 2))
    if (most > 0) return head(at - step(random, most))
  }
  return within(below ?? '', above, random)
}

/** So many keys, ascending, between two. @throws BoardError like {@link orderBetween} */
export function orderKeys(
  count: number,
  below: string | null,
  above: string | null,
  random: Random,
): string[] {
  const keys: string[] = []
  if (above === null || below === null) {
    let last = above === null ? below : above
    for (let i = 0; i < count; i++) {
      last = above === null ? orderBetween(last, null, random) : orderBetween(null, last, random)
      keys.push(last)
    }
    return above === null ? keys : keys.reverse()
  }
  const fill = (from: number, to: number, low: string, high: string): void => {
    if (from >= to) return
    const middle = (from + to) >> 1
    const key = within(low, high, random)
    keys[middle] = key
    fill(from, middle, low, key)
    fill(middle + 1, to, key, high)
  }
  fill(0, count, below, above)
  return keys
}

function step(random: Random, most = STEP): number {
  return 1 + Math.floor(random() * most)
}

/** The number in the first five digits. */
function headOf(key: string): number {
  let value = 0
  for (let i = 0; i < HEAD; i++) value = value * BASE + digit(key, i)
  return value
}

function head(value: number): string {
  let key = ''
  for (let rest = value, i = 0; i < HEAD; i++) {
    key = DIGITS.charAt(rest % BASE) + key
    rest = Math.floor(rest / BASE)
  }
  return trimmed(key)
}

function digit(key: string, at: number): number {
  return at < key.length ? Math.max(0, DIGITS.indexOf(key.charAt(at))) : 0
}

/** Zeros at the end of a fraction say nothing; without them, strings compare as the numbers do. */
function trimmed(key: string): string {
  let end = key.length
  while (end > 1 && key.charAt(end - 1) === '0') end--
  return key.slice(0, end)
}

/** A key between two fractions, `above` null being 1: somewhere in the middle half, in as few digits as leave room. */
function within(below: string, above: string | null, random: Random): string {
  if (above !== null && below >= above) throw new BoardError('order')
  const longest = Math.max(below.length, above?.length ?? 0) + 2
  let gap = above === null ? 1 : 0
  for (let length = 1; length <= longest; length++) {
    const i = length - 1
    gap = gap * BASE + (above === null ? 0 : digit(above, i)) - digit(below, i)
    if (gap < ROOM && (gap < 2 || length < longest)) continue
    const offset = Math.min(gap - 1, Math.max(1, Math.floor(gap * (0.25 + random() / 2))))
    return plus(below, length, offset)
  }
  throw new BoardError('order')
}

/** The first `length` digits of a key, and a number added to them. */
function plus(key: string, length: number, add: number): string {
  const digits: number[] = []
  for (let i = 0; i < length; i++) digits.push(digit(key, i))
  let carry = add
  for (let i = length - 1; i >= 0 && carry > 0; i--) {
    const sum = (digits[i] ?? 0) + carry
    digits[i] = sum % BASE
    carry = Math.floor(sum / BASE)
  }
  return trimmed(digits.map((value) => DIGITS.charAt(value)).join(''))
}
