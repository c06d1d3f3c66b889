/**
 * A path as SVG's `d`, small (SPEC-board B503): whole numbers of some part of a page unit, each point relative to the one
 * before as it was written, so that rounding does not add up; a cubic that a quadratic matches to half such a part is written
 * as one.
 */
import { CLOSE, CUBIC, MOVE, QUADRATIC } from '../geometry/path.ts'
import type { Path } from '../geometry/path.ts'

/** How far the quadratic through a cubic's ends is off at most, of the third difference of the cubic's points. */
const QUADRATIC_ERROR = Math.sqrt(3) / 36
/** Of one part, what that may be. */
const ACCEPTED = 0.75
/** Whole numbers beyond are no places. */
const MOST = 2 ** 52

/** Letters of the path that is being written: bytes are put together far faster than strings. */
let bytes = new Uint8Array(1 << 16)
let length = 0
const decoder = new TextDecoder()

const SPACE = 32
const MINUS = 45
const ZERO = 48
const LETTERS = { m: 109, l: 108, q: 113, c: 99, z: 122 } as const
/** Bytes of the longest number, and of what may stand before it. */
const ROOM = 32

function room(): void {
  if (length + ROOM <= bytes.length) return
  const larger = new Uint8Array(bytes.length * 2)
  larger.set(bytes)
  bytes = larger
}

/** A whole number, with a space before it unless it begins a list or says by its sign that it begins. */
function putWhole(value: number, first: boolean): void {
  room()
  let rest = value
  if (rest < 0) {
    bytes[length++] = MINUS
    rest = -rest
  } else if (!first) bytes[length++] = SPACE
  if (rest > 0x7fffffff) {
    for (const digit of String(rest)) bytes[length++] = digit.charCodeAt(0)
    return
  }
  const start = length
  do {
    const next = (rest / 10) | 0
    bytes[length++] = ZERO + rest - next * 10
    rest = next
  } while (rest > 0)
  // The digits came from the last to the first.
  for (let from = start, to = length - 1; from < to; from++, to--) {
    const digit = bytes[from] ?? 0
    bytes[from] = bytes[to] ?? 0
    bytes[to] = digit
  }
}

/** `unit` is the number of parts a page unit has. What is no number counts as 0. */
export function pathData(path: Path, unit: number): string {
  length = 0
  /** Where the pen is: in parts, as written, and in page units, as meant. */
  let x = 0
  let y = 0
  let atX = 0
  let atY = 0
  let startX = 0
  let startY = 0
  let last = 0
  const whole = (value: number): number => {
    const scaled = Math.round(value * unit)
    return scaled > -MOST && scaled < MOST ? scaled : 0
  }
  const letter = (next: number): boolean => {
    const repeated = next === last && next !== LETTERS.m
    if (!repeated) {
      room()
      bytes[length++] = next
    }
    last = next
    return !repeated
  }
  const pair = (px: number, py: number, first: boolean): void => {
    putWhole(whole(px) - x, first)
    putWhole(whole(py) - y, false)
  }
  const go = (px: number, py: number): void => {
    x = whole(px)
    y = whole(py)
    atX = px
    atY = py
  }
  const at = (i: number): number => path[i] ?? 0
  for (let i = 0; i < path.length;) {
    const code = at(i++)
    if (code === CLOSE) {
      room()
      bytes[length++] = LETTERS.z
      last = LETTERS.z
      x = startX
      y = startY
      atX = startX / unit
      atY = startY / unit
      continue
    }
    if (code === CUBIC) {
      const [ax, ay, bx, by, ex, ey] = [at(i), at(i + 1), at(i + 2), at(i + 3), at(i + 4), at(i + 5)]
      const error = Math.hypot(ex - 3 * bx + 3 * ax - atX, ey - 3 * by + 3 * ay - atY) * QUADRATIC_ERROR
      if (error * unit <= ACCEPTED) {
        pair((3 * (ax + bx) - atX - ex) / 4, (3 * (ay + by) - atY - ey) / 4, letter(LETTERS.q))
      } else {
        pair(ax, ay, letter(LETTERS.c))
        pair(bx, by, false)
      }
      pair(ex, ey, false)
      go(ex, ey)
      i += 6
    } else if (code === QUADRATIC) {
      pair(at(i), at(i + 1), letter(LETTERS.q))
      pair(at(i + 2), at(i + 3), false)
      go(at(i + 2), at(i + 3))
      i += 4
    } else {
      pair(at(i), at(i + 1), letter(code === MOVE ? LETTERS.m : LETTERS.l))
      go(at(i), at(i + 1))
      i += 2
      if (code === MOVE) {
        startX = x
        startY = y
      }
    }
  }
  return decoder.decode(bytes.subarray(0, length))
}
