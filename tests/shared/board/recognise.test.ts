import { describe, expect, test } from '@jest/globals'
import { boxBounds } from '../../../shared/board/geometry/box.ts'
import { recognise } from '../../../shared/board/geometry/recognise.ts'
import type { Recognised } from '../../../shared/board/geometry/recognise.ts'
import { createDice } from '../../support/dice.ts'
import type { Dice } from '../../support/dice.ts'

/**
 * What a hand makes of corners: the pen shakes, cuts corners a little, begins and ends a bit off, and drifts. `noise` is a
 * share of the size.
 */
function byHand(corners: readonly number[], dice: Dice, { noise = 0.012, gap = 0.03 } = {}): number[] {
  const xs = corners.filter((_, i) => i % 2 === 0)
  const ys = corners.filter((_, i) => i % 2 === 1)
  const size = Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
  const shake = (by: number): number => (dice.next() - 0.5) * 2 * by * size
  const points: number[] = []
  let driftX = 0
  let driftY = 0
  for (let i = 0; i + 3 < corners.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = corners.slice(i, i + 4)
    const steps = Math.max(3, Math.round((Math.hypot(bx - ax, by - ay) / size) * 30))
    for (let step = i === 0 ? 0 : 1; step <= steps; step++) {
      const t = step / steps
      driftX = driftX * 0.9 + shake(noise * 0.3)
      driftY = driftY * 0.9 + shake(noise * 0.3)
      points.push(
        ax + (bx - ax) * t + shake(noise * 0.4) + driftX,
        ay + (by - ay) * t + shake(noise * 0.4) + driftY,
      )
    }
  }
  points[0] = (points[0] ?? 0) + shake(gap)
  points[1] = (points[1] ?? 0) + shake(gap)
  return points
}

function ring(cx: number, cy: number, rx: number, ry: number, turns: number, from: number): number[] {
  const points: number[] = []
  for (let i = 0; i <= 40; i++) {
    const angle = from + (i / 40) * turns * 2 * Math.PI
    points.push(cx + Math.cos(angle) * rx, cy + Math.sin(angle) * ry)
  }
  return points
}

function turned(points: readonly number[], angle: number, scale: number): number[] {
  const out: number[] = []
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] ?? 0
    const y = points[i + 1] ?? 0
    out.push(
      (x * Math.cos(angle) - y * Math.sin(angle)) * scale,
      (x * Math.sin(angle) + y * Math.cos(angle)) * scale,
    )
  }
  return out
}

/** Begins at another corner, and goes the other way about. */
function begun(corners: readonly number[], dice: Dice): number[] {
  const points: number[][] = []
  for (let i = 0; i < corners.length; i += 2) points.push(corners.slice(i, i + 2))
  const first = dice.int(points.length)
  const list = [...points.slice(first), ...points.slice(0, first)]
  if (dice.chance(0.5)) list.reverse()
  return [...list, list[0] ?? []].flat()
}

function nameOf(found: Recognised | null): string {
  if (!found) return 'none'
  return found.kind === 'form'
    ? found.form
    : found.kind === 'polygon'
      ? `polygon ${found.path.length / 2}`
      : found.kind
}

const ROUNDS = 100

/** How often strokes are taken for what they were meant to be. */
function share(name: string | RegExp, stroke: (dice: Dice) => number[]): number {
  const dice = createDice(20_261)
  let right = 0
  for (let i = 0; i < ROUNDS; i++) {
    const found = nameOf(recognise(stroke(dice)))
    if (typeof name === 'string' ? found === name : name.test(found)) right++
  }
  return right / ROUNDS
}

const scaleOf = (dice: Dice): number => 0.2 + dice.next() * 20

describe('recognising forms', () => {
  test.each<[string, string | RegExp, (dice: Dice) => number[]]>([
    [
      'lines in any direction',
      'line',
      (dice) => turned(byHand([0, 0, 100, 0], dice), dice.next() * 6, scaleOf(dice)),
    ],
    [
      'rectangles',
      'rect',
      (dice) => {
        const w = 60 + dice.int(120)
        return turned(
          byHand(begun([0, 0, w, 0, w, 80, 0, 80], dice), dice),
          (dice.next() - 0.5) * 0.12,
          scaleOf(dice),
        )
      },
    ],
    [
      'turned rectangles',
      /rect|diamond/,
      (dice) =>
        turned(
          byHand(begun([0, 0, 160, 0, 160, 70, 0, 70], dice), dice),
          0.3 + dice.next() * 0.5,
          scaleOf(dice),
        ),
    ],
    [
      'ellipses and circles',
      'ellipse',
      (dice) => {
        const points = ring(0, 0, 50 + dice.int(60), 50, 0.95 + dice.next() * 0.12, dice.next() * 6)
        return turned(byHand(points, dice, { noise: 0.01 }), 0, scaleOf(dice))
      },
    ],
    [
      'diamonds',
      'diamond',
      (dice) => turned(byHand(begun([50, 0, 100, 40, 50, 80, 0, 40], dice), dice), 0, scaleOf(dice)),
    ],
    [
      'triangles on their base',
      'triangle',
      (dice) => turned(byHand(begun([50, 0, 100, 90, 0, 90], dice), dice), 0, scaleOf(dice)),
    ],
    [
      'other triangles',
      /polygon 3|triangle/,
      (dice) => turned(byHand(begun([0, 0, 100, 20, 30, 80], dice), dice), dice.next() * 6, scaleOf(dice)),
    ],
    [
      'polygons with five corners',
      'polygon 5',
      (dice) =>
        turned(
          byHand(begun([50, 0, 100, 38, 80, 95, 20, 95, 0, 38], dice), dice, { noise: 0.008 }),
          0,
          scaleOf(dice),
        ),
    ],
    [
      'arrows in one go',
      'arrow',
      (dice) =>
        turned(
          byHand([0, 0, 100, 0, 80, -14, 100, 0, 81, 15], dice, { noise: 0.008 }),
          dice.next() * 6,
          scaleOf(dice),
        ),
    ],
    [
      'arrows with a head drawn across',
      'arrow',
      (dice) =>
        turned(
          byHand([0, 0, 120, 0, 100, -16, 101, 17], dice, { noise: 0.006 }),
          dice.next() * 6,
          scaleOf(dice),
        ),
    ],
  ])('B240: %s', (_what, name, stroke) => {
    expect(share(name, stroke)).toBeGreaterThanOrEqual(0.95)
  })

  test('B240: what is only ink stays ink', () => {
    const dice = createDice(77)
    const wave = Array.from({ length: 60 }, (_, i) => [i * 4, Math.sin(i / 4) * 30]).flat()
    const spiral = Array.from({ length: 120 }, (_, i) => [Math.cos(i / 8) * i, Math.sin(i / 8) * i]).flat()
    const scribble = Array.from({ length: 80 }, () => [dice.int(200), dice.int(200)]).flat()
    const hook = [0, 0, 50, 0, 100, 0, 100, 50, 100, 100]
    const eight = Array.from({ length: 60 }, (_, i) => [
      Math.sin((i / 59) * 2 * Math.PI) * 80,
      Math.sin((i / 59) * 4 * Math.PI) * 40,
    ]).flat()
    for (const [what, stroke] of Object.entries({ wave, spiral, scribble, hook, eight }))
      expect([what, recognise(stroke)]).toEqual([what, null])
  })

  test('B240: nothing and single points are no form, and neither breaks it', () => {
    for (const stroke of [[], [1, 2], [1, 2, 1, 2], [NaN, 0, 1, 1]]) expect(recognise(stroke)).toBeNull()
  })

  test('B240: a form lies where its stroke does, level, square and round where it nearly is', () => {
    const dice = createDice(5)
    const rect = recognise(
      byHand([100, 100, 200, 103, 198, 202, 101, 199, 100, 100], dice, { noise: 0.004, gap: 0 }),
    )
    if (rect?.kind !== 'form') throw new Error('no form')
    expect(rect.box.r).toBe(0)
    expect(rect.box.w).toBeCloseTo(rect.box.h, 6)
    for (const [side, value] of Object.entries({ left: 100, top: 101, right: 199, bottom: 200 }))
      expect(Math.abs(boxBounds(rect.box)[side as 'left'] - value)).toBeLessThan(4)
    const line = recognise([0, 0, 50, 1, 100, 2])
    expect(line).toEqual({ kind: 'line', path: [0, 0, 100, 0] })
  })
})
