/**
 * What form a stroke was meant to be (SPEC-board B240): a line, an arrow drawn in one go, an upright or turned rectangle, an
 * ellipse, a diamond, a triangle, another polygon. Pure; nothing for what is only ink.
 */
import { boundsOfPoints } from './bounds.ts'
import { boxOf, boxOfBounds } from './box.ts'
import type { Box } from './box.ts'
import { formPath } from './forms.ts'
import { flatten } from './path.ts'
import { polylineDistance, polylineLength, segmentsMeet } from './polyline.ts'
import { cornersOf, resampled, sharpTurns } from './corners.ts'

/** A form, in the units of the points. */
export type Recognised =
  | { readonly kind: 'line' | 'arrow'; readonly path: readonly number[] }
  | { readonly kind: 'form'; readonly form: 'rect' | 'ellipse' | 'diamond' | 'triangle'; readonly box: Box }
  /** Corners, x and y by turns; the last is joined to the first. */
  | { readonly kind: 'polygon'; readonly path: readonly number[] }

/** Points a stroke is looked at with. */
const SAMPLES = 96
/** Shares of a stroke's length: how far its end may stay away from its beginning, and how straight a line is. */
const GAP = 0.2
const STRAIGHT = 0.05
/** Share of the size that points lie off a form on average. */
const OFF = 0.045
const DEGREE = Math.PI / 180

/** The form of a stroke given as x and y by turns; null when it looks like none. */
export function recognise(stroke: ArrayLike<number>): Recognised | null {
  const length = polylineLength(stroke)
  if (!(length > 0) || stroke.length < 4) return null
  const points = resampled(stroke, SAMPLES)
  const line = lineOf(points, length) ?? arrowOf(points, length)
  if (line) return line
  const closed = closedPart(points, length)
  return closed && areaOf(closed)
}

function lineOf(points: readonly number[], length: number): Recognised | null {
  const ends = [points[0] ?? 0, points[1] ?? 0, points.at(-2) ?? 0, points.at(-1) ?? 0]
  const chord = Math.hypot((ends[2] ?? 0) - (ends[0] ?? 0), (ends[3] ?? 0) - (ends[1] ?? 0))
  if (chord < length * 0.92) return null
  for (let i = 0; i < points.length; i += 2)
    if (polylineDistance(ends, points[i] ?? 0, points[i + 1] ?? 0) > chord * STRAIGHT) return null
  return { kind: 'line', path: levelled(ends) }
}

/** Close to level or upright it is. */
function levelled([ax = 0, ay = 0, bx = 0, by = 0]: readonly number[]): number[] {
  const angle = Math.atan2(by - ay, bx - ax)
  const right = Math.round(angle / (Math.PI / 2)) * (Math.PI / 2)
  if (Math.abs(angle - right) > 4 * DEGREE) return [ax, ay, bx, by]
  return Math.abs(bx - ax) > Math.abs(by - ay) ? [ax, ay, bx, ay] : [ax, ay, ax, by]
}

/** A shaft, and from its tip one barb and then, over the tip or across, the other. */
function arrowOf(points: readonly number[], length: number): Recognised | null {
  const turns = sharpTurns(points, length * 0.03)
  const count = turns.length / 2
  if (count < 4 || count > 6) return null
  const at = (i: number): readonly [number, number] => [turns[2 * i] ?? 0, turns[2 * i + 1] ?? 0]
  const [sx, sy] = at(0)
  const [tx, ty] = at(1)
  const shaft = Math.hypot(tx - sx, ty - sy)
  if (shaft < length * 0.35) return null
  // Up to the tip it is straight.
  const back = Math.atan2(sy - ty, sx - tx)
  const barb = (x: number, y: number): { side: number; size: number } | null => {
    const size = Math.hypot(x - tx, y - ty)
    const angle = turnOf(Math.atan2(y - ty, x - tx) - back)
    if (
      size < shaft * 0.08 ||
      size > shaft * 0.6 ||
      Math.abs(angle) < 8 * DEGREE ||
      Math.abs(angle) > 80 * DEGREE
    )
      return null
    return { side: Math.sign(angle), size }
  }
  const first = barb(...at(2))
  const last = barb(...at(count - 1))
  if (!first || !last || first.side === last.side) return null
  for (let i = 3; i < count - 1; i++) {
    // Between the barbs the pen only comes back to the tip.
    const [x, y] = at(i)
    if (Math.hypot(x - tx, y - ty) > Math.max(first.size, last.size) * 0.5) return null
  }
  return { kind: 'arrow', path: levelled([sx, sy, tx, ty]) }
}

/** An angle between -pi and pi. */
function turnOf(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle))
}

/** The stroke without what overshoots its beginning; null when it does not come back there. */
function closedPart(points: readonly number[], length: number): number[] | null {
  const count = points.length / 2
  let best = -1
  let least = length * GAP
  // Beginning and end may both stick out a little: the pair that is closest counts, most of the way apart.
  let start = 0
  const early = Math.floor(count * 0.12)
  for (let i = 0; i <= early; i++) {
    for (let j = Math.floor(count * 0.7); j < count; j++) {
      const distance = Math.hypot(
        (points[2 * j] ?? 0) - (points[2 * i] ?? 0),
        (points[2 * j + 1] ?? 0) - (points[2 * i + 1] ?? 0),
      )
      // What is cut away has to be worth it.
      const cost = distance + ((i + count - 1 - j) / count) * length * 0.1
      if (cost < least) {
        least = cost
        best = j
        start = i
      }
    }
  }
  if (best < 0) return null
  return resampled(
    [...points.slice(2 * start, 2 * best + 2), points[2 * start] ?? 0, points[2 * start + 1] ?? 0],
    SAMPLES,
  )
}

function areaOf(points: readonly number[]): Recognised | null {
  const bounds = boundsOfPoints(points)
  const size = Math.hypot(bounds.right - bounds.left, bounds.bottom - bounds.top)
  const corners = cornersOf(points, size)
  const count = corners.length / 2
  const round = ellipseOf(points)
  const roundOff = offOf(points, outlineOf('ellipse', round)) / size
  const edged = [...corners, corners[0] ?? 0, corners[1] ?? 0]
  if (crossesItself(edged)) return null
  const edgedOff = count >= 3 ? offOf(points, edged) / size : Infinity
  if (roundOff < OFF * 0.75 && (count > 5 || count < 3 || roundOff < edgedOff * 0.8))
    return { kind: 'form', form: 'ellipse', box: round }
  if (edgedOff > OFF || count < 3 || count > 8)
    return roundOff < OFF ? { kind: 'form', form: 'ellipse', box: round } : null
  if (count === 3) return triangleOf(points, corners, size) ?? { kind: 'polygon', path: corners }
  if (count === 4) return fourOf(points, corners, size) ?? { kind: 'polygon', path: corners }
  return { kind: 'polygon', path: corners }
}

/** Whether sides that are no neighbours meet, as in an eight. */
function crossesItself(ring: readonly number[]): boolean {
  const sides = ring.length / 2 - 1
  const at = (i: number): number => ring[i] ?? 0
  for (let i = 0; i < sides; i++) {
    for (let j = i + 2; j < sides; j++) {
      if (i === 0 && j === sides - 1) continue
      const [a, b] = [2 * i, 2 * j]
      if (segmentsMeet(at(a), at(a + 1), at(a + 2), at(a + 3), at(b), at(b + 1), at(b + 2), at(b + 3)))
        return true
    }
  }
  return false
}

/** The mean distance of points from an outline. */
function offOf(points: readonly number[], outline: readonly number[]): number {
  let sum = 0
  for (let i = 0; i + 1 < points.length; i += 2)
    sum += polylineDistance(outline, points[i] ?? 0, points[i + 1] ?? 0)
  return (sum * 2) / points.length
}

function outlineOf(form: 'ellipse' | 'triangle' | 'diamond', box: Box): readonly number[] {
  const outline = flatten(formPath(form, box), 0.01 * Math.max(box.w, box.h, 1e-6))[0] ?? []
  return [...outline, outline[0] ?? 0, outline[1] ?? 0]
}

/** Upright unless it clearly is not; a circle when it nearly is one. */
function ellipseOf(points: readonly number[]): Box {
  const count = points.length / 2
  let mx = 0
  let my = 0
  for (let i = 0; i < points.length; i += 2) {
    mx += (points[i] ?? 0) / count
    my += (points[i + 1] ?? 0) / count
  }
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < points.length; i += 2) {
    const x = (points[i] ?? 0) - mx
    const y = (points[i + 1] ?? 0) - my
    xx += x * x
    yy += y * y
    xy += x * y
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const right = Math.round(angle / (Math.PI / 2)) * (Math.PI / 2)
  const spread = Math.hypot(xx - yy, 2 * xy) / (xx + yy || 1)
  // With little between its axes their direction says nothing.
  if (spread < 0.3 || Math.abs(angle - right) < 12 * DEGREE)
    return evened(boxOfBounds(boundsOfPoints(points)), 0.12)
  return turnedBox(points, angle)
}

/** The box along an angle that holds points. */
function turnedBox(points: readonly number[], angle: number): Box {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const turned: number[] = []
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] ?? 0
    const y = points[i + 1] ?? 0
    turned.push(x * cos + y * sin, y * cos - x * sin)
  }
  const { left, top, right, bottom } = boundsOfPoints(turned)
  const cx = (left + right) / 2
  const cy = (top + bottom) / 2
  const w = right - left
  const h = bottom - top
  return boxOf(cx * cos - cy * sin - w / 2, cx * sin + cy * cos - h / 2, w, h, angle)
}

/** As high as wide where it nearly is. */
function evened(box: Box, near: number): Box {
  const side = (box.w + box.h) / 2
  if (Math.abs(box.w - box.h) > side * near) return box
  return { ...box, x: box.x + (box.w - side) / 2, y: box.y + (box.h - side) / 2, w: side, h: side }
}

/** A triangle that stands on its base; others are polygons. */
function triangleOf(points: readonly number[], corners: readonly number[], size: number): Recognised | null {
  const box = boxOfBounds(boundsOfPoints(corners))
  return offOf(points, outlineOf('triangle', box)) < size * OFF * 0.8
    ? { kind: 'form', form: 'triangle', box }
    : null
}

function fourOf(points: readonly number[], corners: readonly number[], size: number): Recognised | null {
  const box = boxOfBounds(boundsOfPoints(corners))
  const diamondOff = offOf(points, outlineOf('diamond', box))
  if (diamondOff < size * OFF * 0.8) return { kind: 'form', form: 'diamond', box: evened(box, 0.1) }
  const sides = [0, 1, 2, 3].map((i) => {
    const dx = (corners[(2 * i + 2) % 8] ?? 0) - (corners[2 * i] ?? 0)
    const dy = (corners[(2 * i + 3) % 8] ?? 0) - (corners[2 * i + 1] ?? 0)
    return { angle: Math.atan2(dy, dx), length: Math.hypot(dx, dy) }
  })
  for (let i = 0; i < 4; i++) {
    const turn = Math.abs(turnOf((sides[(i + 1) % 4]?.angle ?? 0) - (sides[i]?.angle ?? 0)))
    if (Math.abs(turn - Math.PI / 2) > 20 * DEGREE) return null
  }
  // The mean direction of the sides, a quarter turn counting as none; longer sides count more.
  let x = 0
  let y = 0
  for (const { angle, length } of sides) {
    x += Math.cos(4 * angle) * length
    y += Math.sin(4 * angle) * length
  }
  const angle = Math.atan2(y, x) / 4
  const upright = Math.abs(angle) < 9 * DEGREE
  return { kind: 'form', form: 'rect', box: evened(middled(corners, upright ? 0 : angle), 0.1) }
}

/** The rectangle along an angle whose sides go through the middle of where the corners put them. */
function middled(corners: readonly number[], angle: number): Box {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const xs: number[] = []
  const ys: number[] = []
  for (let i = 0; i < 8; i += 2) {
    const x = corners[i] ?? 0
    const y = corners[i + 1] ?? 0
    xs.push(x * cos + y * sin)
    ys.push(y * cos - x * sin)
  }
  xs.sort((a, b) => a - b)
  ys.sort((a, b) => a - b)
  const mean = (list: readonly number[], i: number): number => ((list[i] ?? 0) + (list[i + 1] ?? 0)) / 2
  const left = mean(xs, 0)
  const right = mean(xs, 2)
  const top = mean(ys, 0)
  const bottom = mean(ys, 2)
  const cx = (left + right) / 2
  const cy = (top + bottom) / 2
  const w = right - left
  const h = bottom - top
  return boxOf(cx * cos - cy * sin - w / 2, cx * sin + cy * cos - h / 2, w, h, angle)
}
