import { expect, test } from '@jest/globals'
import { drawBoard } from '../../../shared/board/draw/draw.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { pathData } from '../../../shared/board/draw/path-data.ts'
import { digitsFor, writeSvg } from '../../../shared/board/draw/svg.ts'
import { cubicAt } from '../../../shared/board/geometry/path.ts'
import { readShapes } from '../../../shared/board/model/board.ts'
import { createRandom } from '../../support/random.ts'
import { boardOfInk } from './strokes.ts'

test.each([
  ['constant width', false, 600],
  ['pressure', true, 850],
])('B503: a stroke of 50 points with %s is small', (_name, pressure, most) => {
  const { board } = boardOfInk(500, 50, pressure)
  const bounds = { left: 0, top: 0, right: 2000, bottom: 2000 }
  const commands = drawBoard(readShapes(board), { theme: 'light', measure: measureText, tolerance: 0.25 })
  const svg = [...writeSvg(commands, { bounds, ground: null, picture: () => null, digits: 1 })].join('')
  expect(svg.length / 500).toBeLessThan(most)
})

test('B503: a cubic that is written as a quadratic is off by less than a part', () => {
  const random = createRandom(3)
  let quadratics = 0
  for (let i = 0; i < 500; i++) {
    const [x, y, ex, ey] = [0, 0, random.next() * 12, random.next() * 12]
    const bend = () => (random.next() - 0.5) * 2
    const [ax, ay, bx, by] = [ex / 3 + bend(), ey / 3 + bend(), (2 * ex) / 3 + bend(), (2 * ey) / 3 + bend()]
    const d = pathData([0, x, y, 3, ax, ay, bx, by, ex, ey], 10)
    const [cx, cy, qx, qy] = (/q(.*)/.exec(d)?.[1]?.match(/-?\d+/g) ?? []).map(
      (number) => Number(number) / 10,
    )
    if (cx === undefined || cy === undefined || qx === undefined || qy === undefined) continue
    quadratics++
    for (let t = 0; t <= 1; t += 0.125) {
      const s = 1 - t
      const off = Math.hypot(
        2 * s * t * cx + t * t * qx - cubicAt(x, ax, bx, ex, t),
        2 * s * t * cy + t * t * qy - cubicAt(y, ay, by, ey, t),
      )
      expect(off).toBeLessThan(0.15)
    }
  }
  expect(quadratics).toBeGreaterThan(20)
})

test('B503: thinner lines get more digits', () => {
  expect([300, 1, 0.5, 0.06, 0.001].map(digitsFor)).toEqual([1, 1, 2, 3, 4])
})

test('B503: long paths and far places are written whole', () => {
  const random = createRandom(8)
  const points = Array.from({ length: 60_000 }, () => (random.next() - 0.5) * 2e7)
  const path = points.flatMap((value, i) => (i % 2 === 0 ? [i === 0 ? 0 : 1, value] : [value]))
  for (const unit of [10, 100_000]) {
    const numbers = pathData([...path, 4], unit).match(/-?\d+/g) ?? []
    let [x, y, worst] = [0, 0, 0]
    for (let i = 0; i < numbers.length; i += 2) {
      x += Number(numbers[i])
      y += Number(numbers[i + 1])
      worst = Math.max(
        worst,
        Math.abs(x - (points[i] ?? 0) * unit),
        Math.abs(y - (points[i + 1] ?? 0) * unit),
      )
    }
    expect(numbers).toHaveLength(points.length)
    expect(worst).toBeLessThan(0.51)
  }
  expect(pathData([0, Number.NaN, Infinity, 1, -0.01, 1e300, 4], 10)).toBe('m0 0l0 0z')
})
