/** Snapping (SPEC-board B33): edges and middles of what is near, and the grid. */
import type { Bounds } from './bounds.ts'

/** A line that shows what was snapped to. */
export interface Guide {
  /** Upright lines have an x, level ones a y. */
  readonly axis: 'x' | 'y'
  readonly at: number
  /** Ends along the other axis. */
  readonly from: number
  readonly to: number
}

export interface Snapped {
  readonly dx: number
  readonly dy: number
  readonly guides: readonly Guide[]
}

export interface SnapOptions {
  /** Page units within which something is near. */
  readonly tolerance: number
  /** Page units between grid lines; 0: no grid. */
  readonly grid?: number
}

/** Candidates looked at; the caller asks the index for what is in view. */
const MOST = 500

/** How bounds that are being moved should move on to lie right; 0 and no guides where nothing is near. */
export function snapBounds(moving: Bounds, others: readonly Bounds[], options: SnapOptions): Snapped {
  const x = snapAxis('x', moving, others, options)
  const y = snapAxis('y', moving, others, options)
  const shifted: Bounds = {
    left: moving.left + x.by,
    right: moving.right + x.by,
    top: moving.top + y.by,
    bottom: moving.bottom + y.by,
  }
  return {
    dx: x.by,
    dy: y.by,
    guides: [...guides('x', shifted, x.to), ...guides('y', shifted, y.to)],
  }
}

/** How a single point, such as an end that is dragged, should move on. */
export function snapPoint(x: number, y: number, others: readonly Bounds[], options: SnapOptions): Snapped {
  return snapBounds({ left: x, right: x, top: y, bottom: y }, others, options)
}

interface Found {
  by: number
  /** Lines that fit: where, and whose. */
  to: readonly { at: number; other: Bounds }[]
}

function places(axis: 'x' | 'y', { left, right, top, bottom }: Bounds): readonly number[] {
  return axis === 'x' ? [left, (left + right) / 2, right] : [top, (top + bottom) / 2, bottom]
}

function snapAxis(axis: 'x' | 'y', moving: Bounds, others: readonly Bounds[], options: SnapOptions): Found {
  const own = places(axis, moving)
  let by = 0
  let least = options.tolerance
  let found = false
  const near = others.slice(0, MOST)
  for (const other of near) {
    for (const there of places(axis, other)) {
      for (const here of own) {
        const distance = Math.abs(there - here)
        if (distance > least || (found && distance === least)) continue
        least = distance
        by = there - here
        found = true
      }
    }
  }
  if (!found) return { by: toGrid(own, options), to: [] }
  const to: { at: number; other: Bounds }[] = []
  for (const other of near)
    for (const there of places(axis, other))
      if (own.some((here) => Math.abs(here + by - there) < 1e-6)) to.push({ at: there, other })
  return { by, to }
}

/** The low edge goes to the nearest grid line. */
function toGrid(own: readonly number[], { grid = 0, tolerance }: SnapOptions): number {
  const here = own[0] ?? 0
  if (grid <= 0) return 0
  const by = Math.round(here / grid) * grid - here
  return Math.abs(by) <= Math.max(tolerance, grid / 2) ? by : 0
}

function guides(axis: 'x' | 'y', moved: Bounds, to: Found['to']): Guide[] {
  const lines = new Map<number, Guide>()
  const span = ({ left, right, top, bottom }: Bounds): [number, number] =>
    axis === 'x' ? [top, bottom] : [left, right]
  for (const { at, other } of to) {
    const [low, high] = span(moved)
    const [otherLow, otherHigh] = span(other)
    const known = lines.get(at)
    lines.set(at, {
      axis,
      at,
      from: Math.min(low, otherLow, known?.from ?? Infinity),
      to: Math.max(high, otherHigh, known?.to ?? -Infinity),
    })
  }
  return [...lines.values()]
}
