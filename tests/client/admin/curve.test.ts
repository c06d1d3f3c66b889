import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { marks, reach, spot, strokes } from '../../../client/admin/curve.ts'

const frame = { from: 0, to: 100, top: 10, width: 200, height: 50 }
/** All y of a path. */
const heights = (path: string) =>
  [...path.matchAll(/(?:M|C)([^MCVHz]+)/g)].flatMap(([, numbers]) =>
    (numbers ?? '')
      .trim()
      .split(/\s+/)
      .map(Number)
      .filter((_value, index) => index % 2 === 1),
  )

describe('charts', () => {
  test('a point stands where its time and its value put it', () => {
    expect(spot(frame, 0, 0)).toEqual([0, 50])
    expect(spot(frame, 100, 10)).toEqual([200, 0])
    expect(spot(frame, 50, 5)).toEqual([100, 25])
  })

  test('A51: a line never shows more or less than was measured', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 2, maxLength: 40 }),
        (values) => {
          const points = values.map((value, index) => ({ time: index, value }))
          const drawn = heights(strokes(points, frame)[0]?.line ?? '')
          const asked = values.map((value) => 50 - (value / 10) * 50)
          expect(drawn.length).toBeGreaterThan(0)
          expect(Math.min(...drawn)).toBeGreaterThanOrEqual(Math.min(...asked) - 0.1)
          expect(Math.max(...drawn)).toBeLessThanOrEqual(Math.max(...asked) + 0.1)
        },
      ),
    )
  })

  test('A51: what was not measured is a gap, not a line', () => {
    const points = [1, 2, null, 3, 4].map((value, index) => ({ time: index * 10, value }))
    expect(strokes(points, frame)).toHaveLength(2)
    const late = [0, 10, 60, 70].map((time) => ({ time, value: 1 }))
    expect(strokes(late, frame, 30)).toHaveLength(2)
    expect(strokes([{ time: 10, value: 1 }], frame)).toHaveLength(0)
    expect(strokes([{ time: -20, value: 1 }, ...late], frame)[0]?.line.startsWith('M0 ')).toBe(true)
  })

  test('the scale is round, holds the most, and begins at nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e12, noNaN: true }), (most) => {
        const { top, at } = marks(most, 0.01)
        expect(top).toBeGreaterThanOrEqual(most * 0.999)
        expect(top).toBeLessThanOrEqual(most * 3.01)
        expect(at[0]).toBe(0)
        expect(at.at(-1)).toBeCloseTo(top)
      }),
    )
    expect(marks(86, 3).at).toEqual([0, 40, 80, 120])
    expect(marks(0, 3).at).toEqual([0, 1, 2, 3])
  })

  test('a chart looks back as far as is known, within its limits', () => {
    const known = (ms: number) => [
      { time: 0, value: 1 },
      { time: ms, value: 1 },
    ]
    expect(reach(known(5), 10, 100)).toBe(10)
    expect(reach(known(50), 10, 100)).toBe(50)
    expect(reach(known(500), 10, 100)).toBe(100)
    expect(reach([], 10, 100)).toBe(10)
  })
})
