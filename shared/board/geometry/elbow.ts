/**
 * Ways round corners (SPEC-board B28): every pair of sides the line could leave and arrive by gives one way; the best one is
 * short, has few corners and does not run through the shapes it joins.
 */
import { growBounds } from './bounds.ts'
import type { Bounds } from './bounds.ts'

/** An end; `around` are the bounds of the shape it is on. */
export interface ElbowEnd {
  readonly x: number
  readonly y: number
  readonly around: Bounds | null
}

/** Page units a line goes straight on before it may turn. */
const STUB = 20
/** What a corner and a run through a shape cost, in page units of detour. */
const CORNER_COST = 40
const CROSSING_COST = 10_000

const SIDES = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

type Side = (typeof SIDES)[number]

/** The points of the way, with the ends; neighbours differ in x or in y only. */
export function elbow(from: ElbowEnd, to: ElbowEnd): number[] {
  let best: number[] = []
  let least = Infinity
  for (const out of SIDES) {
    for (const into of SIDES) {
      for (const way of ways(from, out, to, into)) {
        const points = straightened(way)
        const cost = costOf(points, from, to)
        if (cost < least) {
          least = cost
          best = points
        }
      }
    }
  }
  return best
}

/** Where a line that leaves an end by a side may first turn. */
function stub({ x, y, around }: ElbowEnd, [dx, dy]: Side): [number, number] {
  if (!around) return [x + dx * STUB, y + dy * STUB]
  const { left, top, right, bottom } = growBounds(around, STUB)
  return [dx > 0 ? right : dx < 0 ? left : x, dy > 0 ? bottom : dy < 0 ? top : y]
}

function ways(from: ElbowEnd, out: Side, to: ElbowEnd, into: Side): number[][] {
  const [ax, ay] = stub(from, out)
  const [bx, by] = stub(to, into)
  const start = [from.x, from.y, ax, ay]
  const end = [bx, by, to.x, to.y]
  const mx = (ax + bx) / 2
  const my = (ay + by) / 2
  const both = boundsOfEnds(from, to, ax, ay, bx, by)
  return [
    [...start, bx, ay, ...end],
    [...start, ax, by, ...end],
    [...start, mx, ay, mx, by, ...end],
    [...start, ax, my, bx, my, ...end],
    [...start, ax, both.top, bx, both.top, ...end],
    [...start, ax, both.bottom, bx, both.bottom, ...end],
    [...start, both.left, ay, both.left, by, ...end],
    [...start, both.right, ay, both.right, by, ...end],
  ]
}

function boundsOfEnds(from: ElbowEnd, to: ElbowEnd, ax: number, ay: number, bx: number, by: number): Bounds {
  const a = from.around ? growBounds(from.around, STUB) : null
  const b = to.around ? growBounds(to.around, STUB) : null
  return {
    left: Math.min(ax, bx, a?.left ?? ax, b?.left ?? bx),
    top: Math.min(ay, by, a?.top ?? ay, b?.top ?? by),
    right: Math.max(ax, bx, a?.right ?? ax, b?.right ?? bx),
    bottom: Math.max(ay, by, a?.bottom ?? ay, b?.bottom ?? by),
  }
}

/** Without points that lie on the way between their neighbours. Turning back on the spot stays, and costs. */
function straightened(way: readonly number[]): number[] {
  const points: number[] = []
  for (let i = 0; i < way.length; i += 2) {
    const x = way[i] ?? 0
    const y = way[i + 1] ?? 0
    const n = points.length
    if (n >= 2 && points[n - 2] === x && points[n - 1] === y) continue
    if (n >= 4) {
      const [ax, ay, bx, by] = [
        points[n - 4] ?? 0,
        points[n - 3] ?? 0,
        points[n - 2] ?? 0,
        points[n - 1] ?? 0,
      ]
      const along =
        (ax === bx && bx === x && (by - ay) * (y - by) > 0) ||
        (ay === by && by === y && (bx - ax) * (x - bx) > 0)
      if (along) points.splice(n - 2, 2)
    }
    points.push(x, y)
  }
  if (points.length === 2) points.push(points[0] ?? 0, points[1] ?? 0)
  return points
}

function costOf(points: readonly number[], from: ElbowEnd, to: ElbowEnd): number {
  let cost = (points.length / 2 - 2) * CORNER_COST
  const last = points.length - 4
  for (let i = 0; i <= last; i += 2) {
    const [ax, ay, bx, by] = [points[i] ?? 0, points[i + 1] ?? 0, points[i + 2] ?? 0, points[i + 3] ?? 0]
    cost += Math.abs(bx - ax) + Math.abs(by - ay)
    if (i >= 2) {
      const back = (ax - (points[i - 2] ?? 0)) * (bx - ax) + (ay - (points[i - 1] ?? 0)) * (by - ay)
      if (back < 0) cost += CROSSING_COST
    }
    if (i > 0 && from.around && runsThrough(from.around, ax, ay, bx, by)) cost += CROSSING_COST
    if (i < last && to.around && runsThrough(to.around, ax, ay, bx, by)) cost += CROSSING_COST
  }
  return cost
}

/** Whether an upright or level piece runs through the inside of bounds. */
function runsThrough(
  { left, top, right, bottom }: Bounds,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): boolean {
  return (
    Math.max(ax, bx) > left && Math.min(ax, bx) < right && Math.max(ay, by) > top && Math.min(ay, by) < bottom
  )
}
