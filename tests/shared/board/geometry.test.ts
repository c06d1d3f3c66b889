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
import { formPath } from '../../../shared/board/geometry/forms.ts'
import { hitShape, lassoHolds, rectangleHolds, sweptBy } from '../../../shared/board/geometry/hit.ts'
import {
  compose,
  inverse,
  mapPoints,
  rotation,
  scaling,
  translation,
} from '../../../shared/board/geometry/matrix.ts'
import type { Matrix } from '../../../shared/board/geometry/matrix.ts'
import { flatten } from '../../../shared/board/geometry/path.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import { createIndex } from '../../../shared/board/geometry/spatial-index.ts'
import { aligned, distributed, mirroring, resizing } from '../../../shared/board/geometry/transform.ts'
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
