import { expect, test } from '@jest/globals'
import { drawShape } from '../../../shared/board/draw/shapes.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { CLOSE } from '../../../shared/board/geometry/path.ts'
import { routeLine } from '../../../shared/board/geometry/route.ts'
import { lineShape } from './shapes.ts'

/** A regular octagon about 0, 0. */
const octagon = Array.from({ length: 8 }, (_, i) => [
  Math.cos((i * Math.PI) / 4) * 100,
  Math.sin((i * Math.PI) / 4) * 100,
]).flat()

test('B504: a closed curve comes back to where it began, smooth there as everywhere', () => {
  const { path, points } = routeLine(
    lineShape('a', octagon, { route: 'curve', closed: true }),
    () => undefined,
  )
  expect(path.at(-1)).toBe(CLOSE)
  // Through all eight corners and never far from a circle.
  expect(path.filter((_, i) => i >= 3 && (i - 3) % 7 === 0)).toHaveLength(9)
  for (let i = 0; i < points.length; i += 2)
    expect(Math.abs(Math.hypot(points[i] ?? 0, points[i + 1] ?? 0) - 100)).toBeLessThan(1)
  expect(points.slice(0, 2).map(Math.round)).toEqual(points.slice(-2).map(Math.round))
  // The last piece bends like the first: where it ends it goes straight down, as the first begins.
  expect(path[path.length - 5]).toBeCloseTo(100, 6)
  expect(path[4]).toBeCloseTo(100, 6)
})

test('B504: its area and its edge are one path', () => {
  const line = lineShape('a', octagon, { route: 'curve', closed: true, fill: 'solid' })
  const options = { theme: 'light', measure: measureText, lookup: () => undefined, tolerance: 0.25 } as const
  const [first] = drawShape(line, options)
  expect(first?.op === 'path' && first.fill !== null && first.stroke !== null && first.path.at(-1)).toBe(
    CLOSE,
  )
})
