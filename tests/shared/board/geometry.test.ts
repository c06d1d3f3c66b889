import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { boundsOfPoints, boundsTouch, growBounds, joinBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import {
  boxBounds,
  boxFromArray,
  boxMatrix,
  boxOf,
  boxToArray,
  mapBox,
} from '../../../shared/board/geometry/box.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import { elbow } from '../../../shared/board/geometry/elbow.ts'
import { formPath } from '../../../shared/board/geometry/forms.ts'
import { hitShape, lassoHolds, rectangleHolds, sweptBy } from '../../../shared/board/geometry/hit.ts'
import {
  compose,
  inverse,
  mapPoints,
  mapX,
  mapY,
  rotation,
  scaling,
  translation,
} from '../../../shared/board/geometry/matrix.ts'
import type { Matrix } from '../../../shared/board/geometry/matrix.ts'
import { flatten } from '../../../shared/board/geometry/path.ts'
import {
  pointAlong,
  polygonHolds,
  polylineDistance,
  segmentsMeet,
} from '../../../shared/board/geometry/polyline.ts'
import { routeLine } from '../../../shared/board/geometry/route.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import { createIndex } from '../../../shared/board/geometry/spatial-index.ts'
import { snapBounds, snapPoint } from '../../../shared/board/geometry/snap.ts'
import { aligned, distributed, mirroring, resizing } from '../../../shared/board/geometry/transform.ts'
import { erase } from '../../../shared/board/ink/erase.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { FORMS } from '../../../shared/board/model/style.ts'
import type { InkShape, LineShape, Shape, TextShape } from '../../../shared/board/model/shape.ts'
import { drawShape } from '../../../shared/board/draw/shapes.ts'
import { createRandom } from '../../support/random.ts'
import { handwriting } from './strokes.ts'
import { geoShape, inkShape, lineShape, lookupOf } from './shapes.ts'

const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
const size = fc.double({ min: 1, max: 400, noNaN: true })
const anyBox: fc.Arbitrary<Box> = fc.record({
  x: number(500),
  y: number(500),
  w: size,
  h: size,
  r: number(3.1),
  flipX: fc.boolean(),
  flipY: fc.boolean(),
})
const close = (a: readonly number[], b: readonly number[], by = 1e-6): void => {
  expect(a).toHaveLength(b.length)
  a.forEach((value, i) => expect(Math.abs(value - (b[i] ?? 0))).toBeLessThan(by))
}

describe('boxes', () => {
  test('B7: a box is stored and read, mirrored sides too', () => {
    fc.assert(
      fc.property(anyBox, (box) => {
        const back = boxFromArray(boxToArray(box))
        expect([back.flipX, back.flipY]).toEqual([box.flipX, box.flipY])
        close([back.x, back.y, back.w, back.h, back.r], [box.x, box.y, box.w, box.h, box.r], 1e-3)
      }),
    )
  })

  test('B32: moved, turned, mirrored and evenly stretched, what is in a box goes where the map says', () => {
    const maps: fc.Arbitrary<Matrix> = fc.oneof(
      fc.tuple(number(300), number(300)).map(([x, y]) => translation(x, y)),
      fc.tuple(number(3), number(300), number(300)).map(([angle, x, y]) => rotation(angle, x, y)),
      fc
        .tuple(fc.double({ min: 0.1, max: 5, noNaN: true }), number(300))
        .map(([by, x]) => scaling(by, by, x, 20)),
      fc
        .tuple(fc.boolean(), number(300))
        .map(([across, at]) => scaling(across ? -1 : 1, across ? 1 : -1, at, at)),
    )
    fc.assert(
      fc.property(anyBox, maps, maps, (box, first, second) => {
        const map = compose(second, first)
        const square = [0, 0, 1, 0, 1, 1, 0.3, 0.7]
        const moved = mapBox(mapBox(box, first), second)
        close(mapPoints(boxMatrix(moved), square), mapPoints(map, mapPoints(boxMatrix(box), square)), 1e-6)
        const back = inverse(map)
        if (back)
          close(mapPoints(boxMatrix(mapBox(moved, back)), square), mapPoints(boxMatrix(box), square), 1e-5)
      }),
      { numRuns: 300 },
    )
  })

  test('B32: mirroring across keeps a box upright', () => {
    const { left, top, right, bottom } = boxBounds(boxOf(10, 20, 30, 40))
    expect(mapBox(boxOf(10, 20, 30, 40), mirroring({ left, top, right, bottom }, true))).toEqual({
      ...boxOf(10, 20, 30, 40),
      flipX: true,
    })
    expect(mapBox(boxOf(10, 20, 30, 40), mirroring({ left, top, right, bottom }, false))).toEqual({
      ...boxOf(10, 20, 30, 40),
      flipY: true,
    })
  })

  test('B32: a handle that is dragged arrives where it is dragged to, and the other side stays', () => {
    const bounds: Bounds = { left: 0, top: 0, right: 100, bottom: 50 }
    const after = (map: Matrix) => boundsOfPoints(mapPoints(map, [0, 0, 100, 50]))
    expect(after(resizing(bounds, { x: 1, y: 1 }, 20, 10))).toEqual({
      left: 0,
      top: 0,
      right: 120,
      bottom: 60,
    })
    expect(after(resizing(bounds, { x: -1, y: 0 }, 20, 99))).toEqual({
      left: 20,
      top: 0,
      right: 100,
      bottom: 50,
    })
    expect(after(resizing(bounds, { x: 1, y: 0 }, 10, 0, { centred: true }))).toEqual({
      left: -10,
      top: 0,
      right: 110,
      bottom: 50,
    })
    expect(after(resizing(bounds, { x: 1, y: 1 }, 100, 0, { ratio: true }))).toEqual({
      left: 0,
      top: 0,
      right: 200,
      bottom: 100,
    })
    expect(resizing(bounds, { x: 1, y: 0 }, -150, 0)[0]).toBe(-0.5)
  })

  test('B32: aligned edges meet, and distributed gaps are equal', () => {
    const list: Bounds[] = [boxOf(0, 0, 10, 10), boxOf(50, 7, 20, 10), boxOf(33, 90, 5, 30)].map(boxBounds)
    const moved = (maps: readonly Matrix[]) =>
      list.map((b, i) =>
        boundsOfPoints(mapPoints(maps[i] ?? translation(0, 0), [b.left, b.top, b.right, b.bottom])),
      )
    expect(moved(aligned(list, 'right')).map(({ right }) => right)).toEqual([70, 70, 70])
    expect(moved(aligned(list, 'middle')).map(({ top, bottom }) => top + bottom)).toEqual([120, 120, 120])
    const row = moved(distributed(list, true)).sort((a, b) => a.left - b.left)
    expect((row[1]?.left ?? 0) - (row[0]?.right ?? 0)).toBeCloseTo((row[2]?.left ?? 0) - (row[1]?.right ?? 0))
    expect([row[0]?.left, row[2]?.right]).toEqual([0, 70])
  })
})

describe('forms and bounds', () => {
  test.each(FORMS.map((form) => [form]))('B27: %s fills its box', (form) => {
    for (const box of [boxOf(10, 20, 100, 60), boxOf(0, 0, 7, 300, 0)]) {
      const { left, top, right, bottom } = boundsOfPoints(flatten(formPath(form, box, 12), 0.01).flat())
      const slack = form === 'cloud' ? 4 : form === 'cylinder' ? 1 : 0.01
      close(
        [left, top, right, bottom],
        [box.x, box.y, box.x + box.w, box.y + box.h],
        (slack * Math.max(box.w, box.h)) / 60 + 0.01,
      )
    }
  })

  test('B29: everything a shape paints lies within its bounds', () => {
    const random = createRandom(11)
    const measure = (text: string, face: { size: number }) => text.length * face.size * 0.5
    const shapes: Shape[] = []
    for (let i = 0; i < 60; i++) {
      const box: Box = {
        ...boxOf(
          random.next() * 300,
          random.next() * 300,
          5 + random.next() * 90,
          5 + random.next() * 90,
          random.next() * 6 - 3,
        ),
        flipX: i % 3 === 0,
      }
      const form = FORMS[i % FORMS.length] ?? 'rect'
      shapes.push(geoShape(`g${i}`, box, { form, width: 1 + random.below(9) }))
      shapes.push(
        inkShape(
          `i${i}`,
          handwriting(random, 30, 0, 0, i % 2 === 0),
          { width: 1 + random.below(20) },
          i % 4 === 0 ? box : null,
        ),
      )
      const path = Array.from({ length: 4 + 2 * random.below(4) }, () => random.next() * 200)
      const route = (['straight', 'curve', 'elbow'] as const)[i % 3] ?? 'straight'
      shapes.push(
        lineShape(
          `l${i}`,
          path,
          { route, end: 'triangle', start: 'bar', width: 1 + random.below(5) },
          { to: { shape: `g${i}`, x: 0.5, y: 0.5, exact: false } },
        ),
      )
    }
    const lookup = lookupOf(shapes)
    for (const shape of shapes) {
      const bounds = growBounds(shapeBounds(shape, lookup), 0.01)
      for (const command of drawShape(shape, { theme: 'light', measure, lookup, tolerance: 0.25 })) {
        if (command.op !== 'path') continue
        const half = (command.stroke?.width ?? 0) / 2
        const painted = growBounds(boundsOfPoints(flatten(command.path, 0.1).flat()), half)
        expect([shape.id, joinBounds(painted, bounds)]).toEqual([shape.id, bounds])
      }
    }
  })

  test('B34: the index finds what looking at everything finds, through changes', () => {
    const random = createRandom(12)
    const shapes = new Map<string, Shape>()
    const lookup = (id: string) => shapes.get(id)
    const place = () =>
      boxOf(random.next() * 1000, random.next() * 1000, random.next() * 80, random.next() * 80, random.next())
    for (let i = 0; i < 300; i++) shapes.set(`s${i}`, geoShape(`s${i}`, place(), {}))
    const index = createIndex(shapes.values(), lookup)
    for (let step = 0; step < 300; step++) {
      const id = `s${random.below(330)}`
      if (random.below(3) === 0) {
        index.remove(id)
        shapes.delete(id)
      } else {
        const shape = geoShape(id, place(), {})
        shapes.set(id, shape)
        index.put(shape)
      }
      const view = boxBounds(boxOf(random.next() * 900, random.next() * 900, 150, 100))
      const all = [...shapes.values()].filter((shape) => boundsTouch(view, shapeBounds(shape, lookup)))
      expect(index.search(view).sort()).toEqual(all.map((shape) => shape.id).sort())
    }
    expect(index.size).toBe(shapes.size)
    const bounds = [...shapes.values()].map((shape) => shapeBounds(shape, lookup)).reduce(joinBounds)
    expect(index.all()).toEqual(bounds)
  })
})

describe('hits', () => {
  const reach = { tolerance: 2, lookup: () => undefined }
  const full: TextShape = geoShape('full', boxOf(0, 0, 100, 100), { fill: 'solid', form: 'ellipse' })
  const hollow: TextShape = geoShape('hollow', boxOf(0, 0, 100, 100), { form: 'ellipse', width: 2 })

  test('B31: filled forms are hit inside, others at the edge; corners of an ellipse are outside', () => {
    expect([
      hitShape(full, 50, 50, reach),
      hitShape(full, 3, 3, reach),
      hitShape(full, 101, 50, reach),
    ]).toEqual([true, false, true])
    expect([hitShape(hollow, 50, 50, reach), hitShape(hollow, 50, 1, reach)]).toEqual([false, true])
    expect(hitShape(hollow, 50, 50, { ...reach, hollow: true })).toBe(true)
  })

  test('B31: ink and lines are hit within half their width and the tolerance', () => {
    const ink: InkShape = inkShape(
      'ink',
      { xy: Float64Array.of(0, 0, 100, 0), pressure: null },
      { width: 10 },
    )
    const line: LineShape = lineShape('line', [0, 0, 100, 0], { width: 10 })
    for (const shape of [ink, line])
      expect([6.9, 7.1].map((y) => hitShape(shape, 50, y, reach))).toEqual([true, false])
    const turned = inkShape(
      'ink',
      { xy: Float64Array.of(0, 0, 100, 0), pressure: null },
      { width: 10 },
      boxOf(0, 0, 100, 0, Math.PI / 2),
    )
    expect([hitShape(turned, 50, 45, reach), hitShape(turned, 5, 0, reach)]).toEqual([true, false])
  })

  test('B31: a lasso holds what lies in it as a whole, a rectangle too', () => {
    const ring = [-10, -10, 110, -10, 110, 110, -10, 110]
    const bay = [-10, -10, 110, -10, 110, 110, 60, 110, 60, 20, 40, 20, 40, 110, -10, 110]
    expect(lassoHolds(ring, hollow, reach.lookup)).toBe(true)
    expect(lassoHolds(bay, hollow, reach.lookup)).toBe(false)
    expect(lassoHolds([0, 0, 40, 0, 40, 40, 0, 40], hollow, reach.lookup)).toBe(false)
    expect(rectangleHolds({ left: -1, top: -1, right: 101, bottom: 101 }, hollow, reach.lookup)).toBe(true)
    expect(rectangleHolds({ left: 1, top: -1, right: 101, bottom: 101 }, hollow, reach.lookup)).toBe(false)
  })

  test('B31: an eraser that jumps over a line from one point to the next touches it', () => {
    const line = lineShape('line', [0, 0, 100, 0], { width: 1 })
    expect(sweptBy(line, [50, -40, 50, 40], reach)).toBe(true)
    expect(sweptBy(line, [150, -40, 150, 40], reach)).toBe(false)
  })
})

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
    expect(encodePoints({ xy: Float64Array.of(1, 2), pressure: null }, 2).length).toBeLessThan(10)
  })
})
