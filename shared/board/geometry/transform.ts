/**
 * Moving, resizing, turning, mirroring and arranging shapes (SPEC-board B32): each function says which parts of which shapes
 * change, and `changeShape` writes them.
 */
import { isBoxed } from '../model/shape.ts'
import type { Shape } from '../model/shape.ts'
import type { ShapeParts } from '../model/write.ts'
import type { Bounds } from './bounds.ts'
import { mapBox } from './box.ts'
import { mapPoints, rotation, scaling, translation } from './matrix.ts'
import type { Matrix } from './matrix.ts'

/** The shape's new place after a map; null for a shape without a place of its own. Widths and letters keep their size. */
export function mapShape(shape: Shape, map: Matrix): ShapeParts | null {
  if (isBoxed(shape)) return { box: mapBox(shape.box, map) }
  return shape.kind === 'line' ? { path: mapPoints(map, shape.path) } : null
}

/** Handles of a selection: -1, 0 or 1 across and down from its middle. */
export interface Handle {
  readonly x: -1 | 0 | 1
  readonly y: -1 | 0 | 1
}

export interface ResizeOptions {
  /** Keep the sides' ratio. */
  readonly ratio?: boolean
  /** The middle stays where it is, not the opposite side. */
  readonly centred?: boolean
}

/**
 * The map that drags a handle of upright bounds by a distance. Through the opposite side, it mirrors. A side of no length
 * cannot be stretched.
 */
export function resizing(
  bounds: Bounds,
  handle: Handle,
  dx: number,
  dy: number,
  options: ResizeOptions = {},
): Matrix {
  const { left, top, right, bottom } = bounds
  const width = right - left
  const height = bottom - top
  const reach = options.centred === true ? 2 : 1
  let sx = handle.x === 0 || width === 0 ? 1 : (width + reach * handle.x * dx) / width
  let sy = handle.y === 0 || height === 0 ? 1 : (height + reach * handle.y * dy) / height
  if (options.ratio === true) {
    const most = Math.abs(sx - 1) > Math.abs(sy - 1) ? Math.abs(sx) : Math.abs(sy)
    sx = handle.x === 0 ? most : Math.sign(sx || 1) * most
    sy = handle.y === 0 ? most : Math.sign(sy || 1) * most
  }
  const fixed = (side: -1 | 0 | 1, low: number, high: number): number =>
    options.centred === true || side === 0 ? (low + high) / 2 : side > 0 ? low : high
  return scaling(sx, sy, fixed(handle.x, left, right), fixed(handle.y, top, bottom))
}

/** The map that turns about the middle of bounds, by an angle or to the nearest of some steps (radians). */
export function turning({ left, top, right, bottom }: Bounds, angle: number, step = 0): Matrix {
  const to = step > 0 ? Math.round(angle / step) * step : angle
  return rotation(to, (left + right) / 2, (top + bottom) / 2)
}

/** The map that mirrors bounds in themselves. */
export function mirroring({ left, top, right, bottom }: Bounds, across: boolean): Matrix {
  return scaling(across ? -1 : 1, across ? 1 : -1, (left + right) / 2, (top + bottom) / 2)
}

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom'

/** How far each of some bounds moves so that they align with all of them together. */
export function aligned(list: readonly Bounds[], to: Alignment): Matrix[] {
  const left = Math.min(...list.map((bounds) => bounds.left))
  const right = Math.max(...list.map((bounds) => bounds.right))
  const top = Math.min(...list.map((bounds) => bounds.top))
  const bottom = Math.max(...list.map((bounds) => bounds.bottom))
  return list.map((bounds) => {
    switch (to) {
      case 'left':
        return translation(left - bounds.left, 0)
      case 'right':
        return translation(right - bounds.right, 0)
      case 'center':
        return translation((left + right - bounds.left - bounds.right) / 2, 0)
      case 'top':
        return translation(0, top - bounds.top)
      case 'bottom':
        return translation(0, bottom - bounds.bottom)
      case 'middle':
        return translation(0, (top + bottom - bounds.top - bounds.bottom) / 2)
    }
  })
}

/** How far each of some bounds moves so that the gaps between neighbours are equal; the outermost stay. */
export function distributed(list: readonly Bounds[], across: boolean): Matrix[] {
  const low = (bounds: Bounds): number => (across ? bounds.left : bounds.top)
  const high = (bounds: Bounds): number => (across ? bounds.right : bounds.bottom)
  const order = list
    .map((_, i) => i)
    .sort((a, b) => at(list, low, a) + at(list, high, a) - at(list, low, b) - at(list, high, b))
  const moves = list.map(() => translation(0, 0))
  const first = order[0]
  const last = order.at(-1)
  if (first === undefined || last === undefined || list.length < 3) return moves
  const start = at(list, low, first)
  const room = at(list, high, last) - start
  const used = list.reduce((sum, bounds) => sum + high(bounds) - low(bounds), 0)
  const gap = (room - used) / (list.length - 1)
  let next = start
  for (const i of order) {
    const by = next - at(list, low, i)
    moves[i] = across ? translation(by, 0) : translation(0, by)
    next += at(list, high, i) - at(list, low, i) + gap
  }
  return moves
}

function at(list: readonly Bounds[], side: (bounds: Bounds) => number, i: number): number {
  const bounds = list[i]
  return bounds ? side(bounds) : 0
}
