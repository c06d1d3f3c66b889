import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { BoardError } from '../../../shared/board/error.ts'
import { inkExponent } from '../../../shared/board/ink/points.ts'
import { decodeLive, encodeLiveEnd, encodeLivePoints } from '../../../shared/board/live.ts'
import type { LiveStyle } from '../../../shared/board/live.ts'
import { LIMITS } from '../../../shared/protocol.ts'
import { handwriting } from './strokes.ts'
import { createRandom } from '../../support/random.ts'

const style: LiveStyle = { brush: 'pen', color: 5, opacity: 1, width: 3, laser: false }
const options = { exponent: inkExponent(1), hasPressure: true }

/** x, y, pressure by turns, in multiples of what is kept. */
function stroke(count: number): number[] {
  const { xy } = handwriting(createRandom(7), count, 100, 100, false)
  return Array.from({ length: count }, (_, i) => [
    Math.round((xy[2 * i] ?? 0) * 4) / 4,
    Math.round((xy[2 * i + 1] ?? 0) * 4) / 4,
    (i % 64) / 63,
  ]).flat()
}

test('B400: a stroke in pieces is the stroke, whole and a few points at a time', () => {
  const values = stroke(700)
  for (const step of [1, 3, 1000]) {
    const got: number[] = []
    for (let from = 0; from < 700;) {
      const points = { values, length: 3 * Math.min(700, from + step) }
      const { bytes, to } = encodeLivePoints('abc', style, points, from, options)
      expect(bytes.length).toBeLessThanOrEqual(LIMITS.ink - 12)
      const ink = decodeLive(bytes)
      expect(ink).toMatchObject(
        from === 0 ? { kind: 'whole', id: 'abc', style } : { kind: 'more', id: 'abc', keep: from },
      )
      if (ink.kind === 'whole' || ink.kind === 'more') got.push(...ink.points.values)
      from = to
    }
    expect(got).toEqual(values)
  }
})

test('B400: what one frame adds to a stroke takes no more than 60 bytes', () => {
  const values = stroke(300)
  for (let from = 4; from + 4 < 300; from += 4) {
    const { bytes } = encodeLivePoints('0123456789', style, { values, length: 3 * (from + 4) }, from, options)
    expect(bytes.length).toBeLessThanOrEqual(60)
  }
})

test('B400: far jumps make more messages, not longer ones', () => {
  const values = Array.from({ length: 900 }, (_, i) =>
    i % 3 === 2 ? 0.5 : (i % 2 ? -1 : 1) * (9.9e6 + i / 7),
  )
  const { bytes, to } = encodeLivePoints('far', style, { values, length: 900 }, 0, {
    ...options,
    exponent: 20,
  })
  expect(bytes.length).toBeLessThanOrEqual(LIMITS.ink - 12)
  expect(to).toBeLessThan(300)
})

test('B400: end, cancel and the laser pointer are told apart', () => {
  expect(decodeLive(encodeLiveEnd('a', 'end'))).toEqual({ kind: 'end', id: 'a' })
  expect(decodeLive(encodeLiveEnd('a', 'cancel'))).toEqual({ kind: 'cancel', id: 'a' })
  const laser = { ...style, laser: true }
  const { bytes } = encodeLivePoints('p', laser, { values: [1, 2, 0.5], length: 3 }, 0, {
    ...options,
    hasPressure: false,
  })
  expect(decodeLive(bytes)).toMatchObject({ kind: 'whole', style: laser, points: { hasPressure: false } })
})

test('B401: bytes that are no live ink give an error, whatever they are', () => {
  const whole = encodeLivePoints('abcdef', style, { values: stroke(40), length: 120 }, 0, options).bytes
  const more = encodeLivePoints('abcdef', style, { values: stroke(40), length: 120 }, 9, options).bytes
  const isFine = (bytes: Uint8Array): void => {
    try {
      const ink = decodeLive(bytes)
      if (ink.kind === 'whole' || ink.kind === 'more') {
        expect(ink.points.values.length % 3).toBe(0)
        expect(ink.points.values.every((value) => Math.abs(value) <= 1.1e7)).toBe(true)
      }
    } catch (error) {
      expect(error).toBeInstanceOf(BoardError)
    }
  }
  for (const good of [whole, more])
    for (let at = 0; at < good.length; at++) {
      expect(() => decodeLive(good.subarray(0, at))).toThrow(BoardError)
      for (const flip of [1, 128, 255]) {
        const bad = good.slice()
        bad[at] = (bad[at] ?? 0) ^ flip
        isFine(bad)
      }
    }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => isFine(bytes)))
  expect(() => decodeLive(Uint8Array.of(0x10, 1, 0x2e))).toThrow(BoardError)
  expect(() => decodeLive(Uint8Array.of(0x11, 1, 0x61, 0xff, 0xff))).toThrow(BoardError)
})
