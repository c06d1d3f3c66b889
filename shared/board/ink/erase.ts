/** The eraser that takes part of a stroke (SPEC-board B19): what lies under it goes, what is left becomes strokes of their own. */
import { inkRadius } from './outline.ts'
import type { InkPoints } from './points.ts'

/** A piece of the eraser's way: a round tip of some radius that went from one point to another. */
export interface EraserMove {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
  readonly radius: number
}

/**
 * The pieces left of a stroke; null when the eraser did not touch it, none when nothing is left. Everything in the units
 * of the points. A piece of no length is no piece, unless the stroke is a dot.
 */
export function erase(points: InkPoints, width: number, moves: readonly EraserMove[]): InkPoints[] | null {
  const { xy, pressure } = points
  const count = xy.length >> 1
  const half = pressure ? (i: number) => inkRadius(width, pressure[i] ?? 0) : () => width / 2
  if (count === 1) {
    const under = moves.some((move) => distanceToMove(move, xy[0] ?? 0, xy[1] ?? 0) <= move.radius + half(0))
    return under ? [] : null
  }
  const pieces: Piece[] = []
  let piece: Piece | null = null
  let touched = false
  const at = (i: number): Point => ({ x: xy[2 * i] ?? 0, y: xy[2 * i + 1] ?? 0, p: pressure?.[i] ?? 0 })
  for (let i = 1; i < count; i++) {
    const a = at(i - 1)
    const b = at(i)
    const reach = Math.max(half(i - 1), half(i))
    const gaps = mergeSpans(moves.flatMap((move) => spansUnder(a, b, move, move.radius + reach)))
    if (gaps.length > 0) touched = true
    let from = 0
    for (const [start, end] of [...gaps, [1, 1] as const]) {
      if (start > from) {
        if (from > 0 || !piece) piece = begin(pieces, between(a, b, from))
        add(piece, between(a, b, start))
      }
      if (end < 1 || start < 1) piece = null
      from = Math.max(from, end)
    }
    if (gaps.some(([, end]) => end >= 1)) piece = null
  }
  if (!touched) return null
  return pieces
    .filter(({ xy: left }) => left.length > 2)
    .map(({ xy: left, p }) => ({
      xy: Float64Array.from(left),
      pressure: pressure ? Uint8Array.from(p) : null,
    }))
}

interface Point {
  x: number
  y: number
  p: number
}

interface Piece {
  xy: number[]
  p: number[]
}

function begin(pieces: Piece[], { x, y, p }: Point): Piece {
  const piece = { xy: [x, y], p: [Math.round(p)] }
  pieces.push(piece)
  return piece
}

function add({ xy, p: pressures }: Piece, { x, y, p }: Point): void {
  if (xy.at(-2) === x && xy.at(-1) === y) return
  xy.push(x, y)
  pressures.push(Math.round(p))
}

function between(a: Point, b: Point, t: number): Point {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, p: a.p + (b.p - a.p) * t }
}

function distanceToMove({ fromX, fromY, toX, toY }: EraserMove, x: number, y: number): number {
  const dx = toX - fromX
  const dy = toY - fromY
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length))
  return Math.hypot(x - fromX - t * dx, y - fromY - t * dy)
}

type Span = readonly [from: number, to: number]

/**
 * Where a segment runs inside the capsule of a move: one span, because both are convex. Its ends are where the distance,
 * a convex function of the way, equals `reach`.
 */
function spansUnder(a: Point, b: Point, move: EraserMove, reach: number): Span[] {
  const distance = (t: number): number =>
    distanceToMove(move, a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t) - reach
  let low = 0
  let high = 1
  // The lowest place of a convex function, by thirds.
  for (let i = 0; i < 40 && distance((low + high) / 2) > 0; i++) {
    const third = (high - low) / 3
    if (distance(low + third) < distance(high - third)) high -= third
    else low += third
  }
  const inside = (low + high) / 2
  if (distance(inside) > 0) return []
  return [[edge(distance, inside, 0), edge(distance, inside, 1)]]
}

/** The way from inside to an end, up to where it leaves. */
function edge(distance: (t: number) => number, inside: number, end: 0 | 1): number {
  if (distance(end) <= 0) return end
  let inner = inside
  let outer: number = end
  for (let i = 0; i < 30; i++) {
    const middle = (inner + outer) / 2
    if (distance(middle) <= 0) inner = middle
    else outer = middle
  }
  return outer
}

function mergeSpans(spans: Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && span[0] <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], span[1])]
    else merged.push(span)
  }
  return merged
}
