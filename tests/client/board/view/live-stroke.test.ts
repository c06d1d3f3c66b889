/** What has to be painted anew of a stroke that grows (SPEC-board B114, B226). */
import { expect, test } from '@jest/globals'
import { grown, growing } from '../../../../client/board/view/live-stroke.ts'
import type { LiveStroke } from '../../../../client/board/types.ts'
import { DEFAULT_STYLE } from '../../../../shared/board/model/style.ts'

const values: number[] = []
/** A stroke along the x axis up to `to`, one point a unit of ten, and what is expected behind it. */
function stroke(to: number, ahead?: readonly number[]): LiveStroke {
  while (values.length / 3 <= to / 10) values.push((values.length / 3) * 10, 0, 0.5)
  const length = 3 * (to / 10 + 1)
  return {
    id: 's',
    points: { values, length },
    hasPressure: false,
    style: { ...DEFAULT_STYLE, width: 4 },
    ...(ahead ? { ahead } : {}),
  }
}

test('B226: what was painted ahead of a stroke is painted over when it comes, comes elsewhere, or does not come', () => {
  const one = growing(stroke(100, [130, 40, 0.5]))
  const first = grown(one)
  expect(first?.left).toBeLessThan(0)
  expect(first?.right).toBeGreaterThan(130)
  expect(first?.bottom).toBeGreaterThan(40)

  one.stroke = stroke(110, [130, -40, 0.5])
  const second = grown(one)
  expect(second?.top).toBeLessThan(-40)
  expect(second?.bottom).toBeGreaterThan(40)
  expect(second?.left).toBeGreaterThan(30)

  one.stroke = stroke(110)
  const third = grown(one)
  expect(third?.top).toBeLessThan(-40)
  expect(third?.bottom).toBeLessThan(10)
  expect(one.bounds.top).toBeGreaterThan(-10)
  expect(grown(one)).toBeNull()
})
