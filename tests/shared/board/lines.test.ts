import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { boundsOfPoints, boundsTouch, growBounds } from '../../../shared/board/geometry/bounds.ts'
import { boxBounds, boxOf } from '../../../shared/board/geometry/box.ts'
import { elbow } from '../../../shared/board/geometry/elbow.ts'
import { formPath } from '../../../shared/board/geometry/forms.ts'
import { mapX, mapY, rotation } from '../../../shared/board/geometry/matrix.ts'
import { flatten } from '../../../shared/board/geometry/path.ts'
import {
  pointAlong,
  polygonHolds,
  polylineDistance,
  segmentsMeet,
} from '../../../shared/board/geometry/polyline.ts'
import { routeLine } from '../../../shared/board/geometry/route.ts'
import { snapBounds, snapPoint } from '../../../shared/board/geometry/snap.ts'
import { erase } from '../../../shared/board/ink/erase.ts'
import { createRandom } from '../../support/random.ts'
import { handwriting } from './strokes.ts'
import { geoShape, lineShape, lookupOf } from './shapes.ts'

const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
const size = fc.double({ min: 1, max: 400, noNaN: true })
const close = (a: readonly number[], b: readonly number[], by = 1e-6): void => {
  expect(a).toHaveLength(b.length)
  a.forEach((value, i) => expect(Math.abs(value - (b[i] ?? 0))).toBeLessThan(by))
}

describe('the partial eraser', () => {
  test('B19: what is left is what the tip did not cover, and nothing else', () => {
    const random = createRandom(21)
    for (let round = 0; round < 60; round++) {
      const points = handwriting(random, 40, 0, 0, round % 2 === 0)
      const tip = {
        fromX: random.next() * 80,
        fromY: random.next() * 60,
        toX: random.next() * 80,
        toY: random.next() * 60,
        radius: 3,
      }
      const pieces = erase(points, 2, [tip])
      const tipLine = [tip.fromX, tip.fromY, tip.toX, tip.toY]
      if (pieces === null) {
        expect(
          points.xy
            .filter((_, i) => i % 2 === 0)
            .every((x, i) => polylineDistance(tipLine, x, points.xy[2 * i + 1] ?? 0) > 3),
        ).toBe(true)
        continue
      }
      for (const piece of pieces)
        for (let i = 0; i < piece.xy.length; i += 2) {
          const [x, y] = [piece.xy[i] ?? 0, piece.xy[i + 1] ?? 0]
          expect(polylineDistance(tipLine, x, y)).toBeGreaterThan(3)
          expect(polylineDistance(points.xy, x, y)).toBeLessThan(1e-6)
        }
      for (let i = 0; i < points.xy.length; i += 2) {
        const [x, y] = [points.xy[i] ?? 0, points.xy[i + 1] ?? 0]
        if (polylineDistance(tipLine, x, y) > 3 + 1.7)
          expect(Math.min(...pieces.map((piece) => polylineDistance(piece.xy, x, y)))).toBeLessThan(1e-6)
      }
    }
  })

  test('B19: a line cut in the middle is two, wiped it is none, missed it is untouched; a dot goes whole', () => {
    const line = { xy: Float64Array.of(0, 0, 100, 0), pressure: null }
    const at = (fromX: number, toX: number) => [{ fromX, fromY: 0, toX, toY: 0, radius: 4 }]
    const halves = erase(line, 2, at(50, 50)) ?? []
    expect(halves).toHaveLength(2)
    close([...(halves[0]?.xy ?? [])], [0, 0, 45, 0], 1e-3)
    close([...(halves[1]?.xy ?? [])], [55, 0, 100, 0], 1e-3)
    expect(erase(line, 2, at(0, 100))).toEqual([])
    expect(erase(line, 2, at(200, 300))).toBeNull()
    expect(erase({ xy: Float64Array.of(5, 0), pressure: null }, 2, at(0, 0))).toEqual([])
  })
})

describe('lines', () => {
  const boxes = [
    geoShape('a', boxOf(0, 0, 100, 60), { fill: 'solid' }),
    geoShape('b', boxOf(300, 200, 80, 80), { form: 'ellipse', fill: 'solid' }),
  ]
  const lookup = lookupOf(boxes)
  const bound = {
    from: { shape: 'a', x: 0.5, y: 0.5, exact: false },
    to: { shape: 'b', x: 0.5, y: 0.5, exact: false },
  }

  test.each(['straight', 'curve', 'elbow'] as const)(
    'B28: a %s line ends at the outlines of what it is bound to',
    (route) => {
      const { points } = routeLine(
        lineShape('l', [0, 0, 50, 300, 9, 9].slice(0, route === 'curve' ? 6 : 4), { route }, bound),
        lookup,
      )
      const [fromX, fromY, toX, toY] = [
        points[0] ?? 0,
        points[1] ?? 0,
        points.at(-2) ?? 0,
        points.at(-1) ?? 0,
      ]
      for (const [shape, x, y] of [
        [boxes[0], fromX, fromY],
        [boxes[1], toX, toY],
      ] as const) {
        const outline =
          flatten(formPath(shape?.style.form ?? 'rect', shape?.box ?? boxOf(0, 0, 1, 1)), 0.1)[0] ?? []
        expect(polygonHolds(outline, x, y)).toBe(false)
        expect(polylineDistance(outline, x, y)).toBeLessThan(8)
      }
    },
  )

  test('B28: an exact end is exact, and an end bound to what is gone stays', () => {
    const exact = {
      from: { shape: 'a', x: 1, y: 0.5, exact: true },
      to: { shape: 'gone', x: 0, y: 0, exact: false },
    }
    expect(routeLine(lineShape('l', [5, 5, 400, 7], {}, exact), lookup).points).toEqual([100, 30, 400, 7])
  })

  test('B28: elbows run level and upright, arrive, and go round the shapes where they lie apart', () => {
    fc.assert(
      fc.property(number(400), number(400), fc.integer({ min: 20, max: 120 }), (x, y, side) => {
        const around = boxBounds(boxOf(-40, -40, 80, 80))
        const other = boxBounds(boxOf(x, y, side, side))
        const way = elbow({ x: 0, y: 0, around }, { x: x + side / 2, y: y + side / 2, around: other })
        close(way.slice(0, 2), [0, 0])
        close(way.slice(-2), [x + side / 2, y + side / 2])
        for (let i = 2; i < way.length; i += 2)
          expect(way[i] === way[i - 2] || way[i + 1] === way[i - 1]).toBe(true)
        expect(way.length / 2).toBeLessThanOrEqual(6)
        if (boundsTouch(growBounds(around, 45), other)) return
        for (let i = 2; i + 4 < way.length; i += 2) {
          const piece = boundsOfPoints(way.slice(i, i + 4))
          for (const shape of [around, other]) expect(boundsTouch(growBounds(shape, -1), piece)).toBe(false)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('snapping', () => {
  test('B33: never further than the tolerance, and where it says it lies right it does', () => {
    const bounds = fc
      .tuple(number(300), number(300), size, size)
      .map(([x, y, w, h]) => boxBounds(boxOf(x, y, w, h)))
    fc.assert(
      fc.property(bounds, fc.array(bounds, { maxLength: 8 }), (moving, others) => {
        const { dx, dy, guides } = snapBounds(moving, others, { tolerance: 6 })
        expect(Math.abs(dx) <= 6 && Math.abs(dy) <= 6).toBe(true)
        for (const { axis, at } of guides) {
          const own =
            axis === 'x'
              ? [moving.left + dx, (moving.left + moving.right) / 2 + dx, moving.right + dx]
              : [moving.top + dy, (moving.top + moving.bottom) / 2 + dy, moving.bottom + dy]
          expect(Math.min(...own.map((value) => Math.abs(value - at)))).toBeLessThan(1e-5)
        }
      }),
    )
  })

  test('B33: edges before the grid, and the grid where nothing is near', () => {
    const other = boxBounds(boxOf(103, 0, 50, 50))
    expect(snapPoint(101, 500, [other], { tolerance: 5, grid: 20 })).toMatchObject({
      dx: 2,
      dy: 0,
      guides: [{ axis: 'x', at: 103, from: 0, to: 500 }],
    })
    expect(snapPoint(47, 500, [other], { tolerance: 5, grid: 20 })).toEqual({ dx: -7, dy: 0, guides: [] })
  })
})

describe('kernels', () => {
  test('B31: distances, crossings and places along a line', () => {
    expect(polylineDistance([0, 0, 10, 0, 10, 10], 13, 5)).toBe(3)
    expect(polylineDistance([4, 4], 4, 9)).toBe(5)
    expect(segmentsMeet(0, 0, 10, 10, 0, 10, 10, 0)).toBe(true)
    expect(segmentsMeet(0, 0, 10, 0, 5, 0, 20, 0)).toBe(true)
    expect(segmentsMeet(0, 0, 10, 0, 11, 0, 20, 0)).toBe(false)
    expect(pointAlong([0, 0, 10, 0, 10, 30], 0.5)).toEqual({ x: 10, y: 10, angle: Math.PI / 2 })
    const turn = rotation(Math.PI / 2, 5, 5)
    close([mapX(turn, 10, 5), mapY(turn, 10, 5)], [5, 10])
  })

  test('B27: a flattened curve is no further off than the tolerance', () => {
    const fine = flatten(formPath('ellipse', boxOf(0, 0, 500, 200)), 0.001)[0] ?? []
    const coarse = flatten(formPath('ellipse', boxOf(0, 0, 500, 200)), 1)[0] ?? []
    for (let i = 0; i < fine.length; i += 2)
      expect(polylineDistance(coarse, fine[i] ?? 0, fine[i + 1] ?? 0)).toBeLessThan(1)
    expect(coarse.length).toBeLessThan(fine.length / 5)
  })
})
