/** SVG's path data and lists of numbers, read strictly (SPEC-board B524). */
import { CLOSE, CUBIC, LINE, MOVE } from '../../../shared/board/geometry/path.ts'

const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const BETWEEN = /[\s,]*/y

/** Numbers with spaces or commas between them; null for anything else. */
export function readNumbers(text: string): number[] | null {
  const numbers: number[] = []
  const cursor = { text, at: 0 }
  for (skip(cursor); cursor.at < text.length; skip(cursor)) {
    const number = next(cursor)
    if (number === null) return null
    numbers.push(number)
  }
  return numbers
}

interface Cursor {
  readonly text: string
  at: number
}

function skip(cursor: Cursor): void {
  BETWEEN.lastIndex = cursor.at
  BETWEEN.exec(cursor.text)
  cursor.at = BETWEEN.lastIndex
}

function next(cursor: Cursor): number | null {
  NUMBER.lastIndex = cursor.at
  const [found] = NUMBER.exec(cursor.text) ?? []
  if (found === undefined) return null
  cursor.at = NUMBER.lastIndex
  const number = Number(found)
  return Number.isFinite(number) ? number : null
}

/** A flag of an arc is one digit, also where nothing stands behind it. */
function flag(cursor: Cursor): number | null {
  const char = cursor.text.charAt(cursor.at)
  if (char !== '0' && char !== '1') return null
  cursor.at++
  return Number(char)
}

const COUNTS: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7 }

/** A path of moves, lines, cubics and closings; null for what is none. `most` numbers at most. */
export function readPathData(text: string, most: number): number[] | null {
  const path: number[] = []
  const cursor = { text, at: 0 }
  let [x, y, startX, startY] = [0, 0, 0, 0]
  /** The handle the next smooth curve mirrors. */
  let [handleX, handleY] = [0, 0]
  let before = ''
  for (skip(cursor); cursor.at < text.length; skip(cursor)) {
    let letter = text.charAt(cursor.at)
    if (/[a-zA-Z]/.test(letter)) cursor.at++
    else if (before === '' || before.toLowerCase() === 'z') return null
    // After a move, numbers without a letter are lines.
    else letter = before === 'm' ? 'l' : before === 'M' ? 'L' : before
    const kind = letter.toLowerCase()
    if (path.length === 0 && kind !== 'm') return null
    if (kind === 'z') {
      path.push(CLOSE)
      x = startX
      y = startY
      before = letter
      continue
    }
    const count = COUNTS[kind]
    if (count === undefined) return null
    const values: number[] = []
    for (let i = 0; i < count; i++) {
      skip(cursor)
      const value = kind === 'a' && (i === 3 || i === 4) ? flag(cursor) : next(cursor)
      if (value === null) return null
      values.push(value)
    }
    const [dx, dy] = letter === kind ? [x, y] : [0, 0]
    const at = (i: number): number => (values[i] ?? 0) + (i % 2 === 0 ? dx : dy)
    const smooth = before.toLowerCase()
    switch (kind) {
      case 'm':
      case 'l':
        x = at(0)
        y = at(1)
        path.push(kind === 'm' ? MOVE : LINE, x, y)
        if (kind === 'm') {
          startX = x
          startY = y
        }
        break
      case 'h':
        x = at(0)
        path.push(LINE, x, y)
        break
      case 'v':
        y = (values[0] ?? 0) + dy
        path.push(LINE, x, y)
        break
      case 'c':
      case 's': {
        const mirrored = kind === 's'
        const first = mirrored
          ? smooth === 'c' || smooth === 's'
            ? [2 * x - handleX, 2 * y - handleY]
            : [x, y]
          : [at(0), at(1)]
        const rest = mirrored ? 0 : 2
        handleX = at(rest)
        handleY = at(rest + 1)
        path.push(CUBIC, first[0] ?? 0, first[1] ?? 0, handleX, handleY, at(rest + 2), at(rest + 3))
        x = at(rest + 2)
        y = at(rest + 3)
        break
      }
      case 'q':
      case 't': {
        const mirrored = kind === 't'
        const known = smooth === 'q' || smooth === 't'
        handleX = mirrored ? (known ? 2 * x - handleX : x) : at(0)
        handleY = mirrored ? (known ? 2 * y - handleY : y) : at(1)
        const [ex, ey] = mirrored ? [at(0), at(1)] : [at(2), at(3)]
        pushQuadratic(path, x, y, handleX, handleY, ex, ey)
        x = ex
        y = ey
        break
      }
      default: {
        const [rx = 0, ry = 0, turn = 0, large = 0, sweep = 0] = values
        const [ex, ey] = [(values[5] ?? 0) + dx, (values[6] ?? 0) + dy]
        pushArc(path, x, y, rx, ry, (turn * Math.PI) / 180, large === 1, sweep === 1, ex, ey)
        x = ex
        y = ey
      }
    }
    before = letter
    if (path.length > most) return null
  }
  return path
}

function pushQuadratic(
  path: number[],
  x: number,
  y: number,
  cx: number,
  cy: number,
  ex: number,
  ey: number,
): void {
  path.push(
    CUBIC,
    x + (2 / 3) * (cx - x),
    y + (2 / 3) * (cy - y),
    ex + (2 / 3) * (cx - ex),
    ey + (2 / 3) * (cy - ey),
    ex,
    ey,
  )
}

/** An elliptical arc as cubics of a quarter turn at most (SVG 2, appendix B.2.4). */
function pushArc(
  path: number[],
  x1: number,
  y1: number,
  rx: number,
  ry: number,
  turn: number,
  large: boolean,
  sweep: boolean,
  x2: number,
  y2: number,
): void {
  let [a, b] = [Math.abs(rx), Math.abs(ry)]
  if (a === 0 || b === 0 || (x1 === x2 && y1 === y2)) {
    path.push(LINE, x2, y2)
    return
  }
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [mx, my] = [(x1 - x2) / 2, (y1 - y2) / 2]
  const [px, py] = [cos * mx + sin * my, -sin * mx + cos * my]
  const reach = (px / a) ** 2 + (py / b) ** 2
  if (reach > 1) {
    a *= Math.sqrt(reach)
    b *= Math.sqrt(reach)
  }
  const square = (a * b) ** 2 / ((a * py) ** 2 + (b * px) ** 2) - 1
  const root = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, square))
  const [ux, uy] = [(root * a * py) / b, (-root * b * px) / a]
  const cx = cos * ux - sin * uy + (x1 + x2) / 2
  const cy = sin * ux + cos * uy + (y1 + y2) / 2
  const start = Math.atan2((py - uy) / b, (px - ux) / a)
  let sweepAngle = Math.atan2((-py - uy) / b, (-px - ux) / a) - start
  if (sweep && sweepAngle < 0) sweepAngle += 2 * Math.PI
  if (!sweep && sweepAngle > 0) sweepAngle -= 2 * Math.PI
  const pieces = Math.max(1, Math.ceil(Math.abs(sweepAngle) / (Math.PI / 2)))
  const step = sweepAngle / pieces
  const handle = (4 / 3) * Math.tan(step / 4)
  const put = (ex: number, ey: number): number[] => [
    cx + cos * a * ex - sin * b * ey,
    cy + sin * a * ex + cos * b * ey,
  ]
  for (let i = 0; i < pieces; i++) {
    const [from, to] = [start + i * step, start + (i + 1) * step]
    const [c1, s1, c2, s2] = [Math.cos(from), Math.sin(from), Math.cos(to), Math.sin(to)]
    const end = i === pieces - 1 ? [x2, y2] : put(c2, s2)
    path.push(
      CUBIC,
      ...put(c1 - handle * s1, s1 + handle * c1),
      ...put(c2 + handle * s2, s2 - handle * c2),
      ...end,
    )
  }
}
