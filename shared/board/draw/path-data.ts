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

/** Texts of small whole numbers, by number + {@link SMALL}. */
const SMALL = 2048
const TEXTS = Array.from({ length: 2 * SMALL + 1 }, (_, i) => String(i - SMALL))

/** `unit` is the number of parts a page unit has. What is no number counts as 0. */
export function pathData(path: Path, unit: number): string {
  let d = ''
  /** Where the pen is: in parts, as written, and in page units, as meant. */
  let x = 0
  let y = 0
  let atX = 0
  let atY = 0
  let startX = 0
  let startY = 0
  let last = ''
  const whole = (value: number): number => {
    const scaled = Math.round(value * unit)
    return Number.isFinite(scaled) ? scaled : 0
  }
  const letter = (next: string): boolean => {
    const repeated = next === last && next !== 'm'
    if (!repeated) d += next
    last = next
    return !repeated
  }
  const pair = (px: number, py: number, first: boolean): void => {
    const dx = whole(px) - x
    const dy = whole(py) - y
    d += first || dx < 0 ? textOf(dx) : ` ${textOf(dx)}`
    d += dy < 0 ? textOf(dy) : ` ${textOf(dy)}`
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
      d += 'z'
      last = 'z'
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
        pair((3 * (ax + bx) - atX - ex) / 4, (3 * (ay + by) - atY - ey) / 4, letter('q'))
      } else {
        pair(ax, ay, letter('c'))
        pair(bx, by, false)
      }
      pair(ex, ey, false)
      go(ex, ey)
      i += 6
    } else if (code === QUADRATIC) {
      pair(at(i), at(i + 1), letter('q'))
      pair(at(i + 2), at(i + 3), false)
      go(at(i + 2), at(i + 3))
      i += 4
    } else {
      pair(at(i), at(i + 1), letter(code === MOVE ? 'm' : 'l'))
      go(at(i), at(i + 1))
      i += 2
      if (code === MOVE) {
        startX = x
        startY = y
      }
    }
  }
  return d
}

function textOf(whole: number): string {
  return TEXTS[whole + SMALL] ?? String(whole)
}
