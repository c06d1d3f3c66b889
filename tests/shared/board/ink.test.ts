import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { BoardError } from '../../../shared/board/error.ts'
import { flatten } from '../../../shared/board/geometry/path.ts'
import { polylineDistance } from '../../../shared/board/geometry/polyline.ts'
import { decodeInk, encodeInk } from '../../../shared/board/ink/header.ts'
import { inkForm, inkRadius } from '../../../shared/board/ink/outline.ts'
import { decodePoints, encodePoints, inkExponent, pointsBounds } from '../../../shared/board/ink/points.ts'
import type { InkPoints } from '../../../shared/board/ink/points.ts'
import { createSimplifier, simplify } from '../../../shared/board/ink/simplify.ts'
import { INK_REACH, smoothPath } from '../../../shared/board/ink/smooth.ts'
import { MAX_COORDINATE, MAX_INK_POINTS } from '../../../shared/board/limits.ts'
import { createRandom } from '../../support/random.ts'
import { handwriting } from './strokes.ts'

const coordinate = fc.oneof(
  fc.double({ min: -2000, max: 2000, noNaN: true }),
  fc.double({ min: -MAX_COORDINATE, max: MAX_COORDINATE, noNaN: true }),
)

/** Any stroke: far jumps and fine movements, with and without pressure. */
const anyPoints = fc
  .tuple(
    fc.array(fc.tuple(coordinate, coordinate, fc.integer({ min: 0, max: 63 })), {
      minLength: 1,
      maxLength: 60,
    }),
    fc.boolean(),
  )
  .map(([points, pressure]): InkPoints => ({
    xy: Float64Array.from(points.flatMap(([x, y]) => [x, y])),
    pressure: pressure ? Uint8Array.from(points.map(([, , p]) => p)) : null,
  }))

const code = (run: () => unknown): string => {
  try {
    run()
    return 'nothing'
  } catch (error) {
    return error instanceof BoardError ? error.code : String(error)
  }
}

describe('points as bytes', () => {
  test('B14: decoding gives every point to the quantum, and encoding that again the same bytes', () => {
    fc.assert(
      fc.property(anyPoints, fc.integer({ min: -10, max: 20 }), (points, exponent) => {
        const bytes = encodePoints(points, exponent)
        const back = decodePoints(bytes)
        const quantum = 2 ** -exponent
        expect(back.exponent).toBeLessThanOrEqual(exponent)
        expect(back.pressure).toEqual(points.pressure)
        expect([...back.xy]).toEqual([...points.xy].map((value) => Math.round(value / quantum) * quantum + 0))
        expect(encodePoints(back, exponent)).toEqual(bytes)
      }),
      { numRuns: 300 },
    )
  })

  test('B14: the bits are those SPEC-board says', () => {
    const points = { xy: Float64Array.of(1, -1, 1.25, -1, 1.25, 3), pressure: Uint8Array.of(5, 6, 6) }
    const bits = [
      '0001 1 100010', // version, pressure, exponent 2
      '000000000011 00011 0001', // three points, three low bits and one
      '000100 1000 000011 111 000101', // x 4 folded 8; y -4 folded 7; pressure 5
      '0010 0000 100', // a step of 1 and 0, pressure 1 folded 2
      '0000 11110000 00', // steps of 0, less 0 expected, and 16; pressure the same
    ]
      .join('')
      .replaceAll(' ', '')
    const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []
    expect([...encodePoints(points, 2)].map((byte) => byte.toString(2).padStart(8, '0'))).toEqual(bytes)
  })

  test('B14: places of a mouse are written as whole pixels', () => {
    const xy = Float64Array.from({ length: 100 }, (_, i) => Math.round(40 * Math.sin(i / 9)))
    const bytes = encodePoints({ xy, pressure: null }, 5)
    expect(decodePoints(bytes)).toEqual({ xy, pressure: null, exponent: 0 })
    expect(bytes.length).toBeLessThan(
      encodePoints({ xy: xy.map((v) => v + 0.03125), pressure: null }, 5).length / 1.5,
    )
  })

  test('B14: bounds without decoding are the bounds of what is decoded', () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const bytes = encodePoints(points, 4)
        const { xy } = decodePoints(bytes)
        const xs = xy.filter((_, i) => i % 2 === 0)
        const ys = xy.filter((_, i) => i % 2 === 1)
        expect(pointsBounds(bytes)).toEqual({
          left: Math.min(...xs),
          right: Math.max(...xs),
          top: Math.min(...ys),
          bottom: Math.max(...ys),
        })
      }),
      { numRuns: 100 },
    )
  })

  test('B14: ink drawn closer keeps more detail', () => {
    expect([0.1, 1, 4, 64, 1e9, 0, Number.NaN].map(inkExponent)).toEqual([-1, 2, 4, 8, 20, 2, 2])
    const fine = { xy: Float64Array.of(0, 0, 0.01, 0.01), pressure: null }
    expect(decodePoints(encodePoints(fine, inkExponent(64))).xy[2]).toBeCloseTo(0.01, 2)
    expect(decodePoints(encodePoints(fine, inkExponent(1))).xy[2]).toBe(0)
  })

  test('B15: what cannot be written is refused', () => {
    const one = (x: number): InkPoints => ({ xy: Float64Array.of(x, 0), pressure: null })
    expect(code(() => encodePoints({ xy: new Float64Array(0), pressure: null }, 3))).toBe('count')
    expect(
      code(() => encodePoints({ xy: new Float64Array(2 * MAX_INK_POINTS + 2), pressure: null }, 3)),
    ).toBe('count')
    for (const x of [Number.NaN, Infinity, MAX_COORDINATE * 1.01])
      expect(code(() => encodePoints(one(x), 3))).toBe('range')
    expect(code(() => encodePoints(one(0), 21))).toBe('range')
    expect(code(() => encodePoints(one(0), 2.5))).toBe('range')
  })

  const packed = (...bits: readonly string[]): Uint8Array => {
    const all = bits.join('')
    return Uint8Array.from(all.padEnd(Math.ceil(all.length / 8) * 8, '0').match(/.{8}/g) ?? [], (byte) =>
      Number.parseInt(byte, 2),
    )
  }
  const head = ['0001', '0', '100010']
  const origin = ['000000', '000000']

  test.each([
    ['nothing', packed(), 'truncated'],
    ['one byte', packed('00010100'), 'truncated'],
    ['version 2', packed('0010', '0', '100010', '000000000001', '00000', ...origin), 'version'],
    ['an exponent beyond', packed('0001', '0', '111111', '000000000001', '00000', ...origin), 'range'],
    ['no points', packed(...head, '000000000000', '00000', ...origin), 'count'],
    ['more points than there may be', packed(...head, '111111111111', '00000', '0'.repeat(9000)), 'count'],
    ['a count beyond the bytes', packed(...head, '000111111111', '00000', ...origin), 'count'],
    ['too many low bits', packed(...head, '000000000001', '11111', ...origin), 'number'],
    [
      'a number too long',
      packed(...head, '000000000001', '00000', '111111', '1'.repeat(63), '000000'),
      'number',
    ],
    [
      'a place too far',
      packed(...head, '000000000001', '00000', '110000', '1'.repeat(48), '000000'),
      'range',
    ],
    ['an end within a number', packed(...head, '000000000001', '00000', '010000', '1'), 'truncated'],
    ['an end within the ones', packed(...head, '000000000010', '00000', ...origin, '1111111'), 'truncated'],
    ['bytes after the end', packed(...head, '000000000001', '00000', ...origin, '0'.repeat(16)), 'trailing'],
    ['a filler that is not 0', packed(...head, '000000000001', '00000', ...origin, '0001'), 'trailing'],
    [
      'pressure over 63',
      packed('0001', '1', '100010', '000000000010', '00000', '0000', ...origin, '111111', '0', '0', '110'),
      'range',
    ],
  ])('B15: %s', (_name, bytes, wanted) => {
    expect(code(() => decodePoints(bytes))).toBe(wanted)
    expect(code(() => pointsBounds(bytes))).toBe(wanted)
  })

  test('B15: random and damaged bytes give points in bounds or an error, never anything else', () => {
    const random = createRandom(3)
    const sound = encodePoints(handwriting(random, 50, 0, 0, true), 3)
    let decoded = 0
    for (let i = 0; i < 20_000; i++) {
      const bytes = i % 2 === 0 ? sound.slice() : new Uint8Array(random.below(80))
      const changes = i % 2 === 0 ? 1 + random.below(4) : bytes.length
      for (let n = 0; n < changes; n++) bytes[random.below(bytes.length || 1)] = random.below(256)
      const cut = random.below(8) === 0 ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes
      try {
        const { xy } = decodePoints(cut)
        decoded++
        expect(xy.length).toBeLessThanOrEqual(2 * MAX_INK_POINTS)
        expect(xy.every((value) => Math.abs(value) <= MAX_COORDINATE + 1024)).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(BoardError)
      }
    }
    expect(decoded).toBeGreaterThan(100)
  })
})

describe('a stroke’s header', () => {
  test('B13: everything comes back, the width to its quantum', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<'pen' | 'highlighter'>('pen', 'highlighter'),
        fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constantFrom('#12ab9f', '#000000')),
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0.5, max: 1000, noNaN: true }),
        fc.stringMatching(/^[0-9A-Za-z]{0,30}[1-9A-Za-z]$/),
        anyPoints,
        (brush, color, percent, width, order, points) => {
          const encoded = encodePoints(points, 3)
          const back = decodeInk(encodeInk({ brush, color, opacity: percent / 100, width, order }, encoded))
          expect(back).toMatchObject({ brush, color, opacity: percent / 100, order })
          expect(Math.abs(back.width / width - 1)).toBeLessThanOrEqual(1 / 255)
          expect(back.points).toEqual(encoded)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('B15: damaged headers give an error or a header that is right', () => {
    const random = createRandom(5)
    const points = encodePoints({ xy: Float64Array.of(1, 2), pressure: null }, 3)
    const sound = encodeInk(
      { brush: 'pen', color: '#aabbcc', opacity: 0.5, width: 4, order: 'V0a1z' },
      points,
    )
    for (let i = 0; i < 10_000; i++) {
      const bytes = sound.slice(0, random.below(5) === 0 ? random.below(sound.length + 1) : undefined)
      bytes[random.below(bytes.length || 1)] = random.below(256)
      try {
        const { width, opacity } = decodeInk(bytes)
        expect(width > 0 && width <= 1000 && opacity > 0 && opacity <= 1).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(BoardError)
      }
    }
  })
})

describe('fewer points', () => {
  const distanceOfDropped = (points: InkPoints, kept: InkPoints): number => {
    let most = 0
    for (let i = 0; i < points.xy.length; i += 2)
      most = Math.max(most, polylineDistance(kept.xy, points.xy[i] ?? 0, points.xy[i + 1] ?? 0))
    return most
  }

  test('B16: no dropped point is further off than the tolerance, and the ends stay', () => {
    fc.assert(
      fc.property(anyPoints, fc.constantFrom(0.2, 1, 30), (points, tolerance) => {
        const kept = simplify(points, { tolerance, width: 0 })
        expect(distanceOfDropped(points, kept)).toBeLessThanOrEqual(tolerance + 1e-6)
        expect([...kept.xy.slice(0, 2), ...kept.xy.slice(-2)]).toEqual([
          ...points.xy.slice(0, 2),
          ...points.xy.slice(-2),
        ])
      }),
      { numRuns: 200 },
    )
  })

  test('B16: handwriting loses a good part of its points', () => {
    const points = handwriting(createRandom(1), 200, 0, 0, false)
    const kept = simplify(points, { tolerance: 0.5, width: 4 })
    expect(kept.xy.length / 2).toBeLessThan(100)
    expect(distanceOfDropped(points, kept)).toBeLessThanOrEqual(0.5)
  })

  test('B16: a change of pressure along a straight line is kept', () => {
    const xy = Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? i : 0))
    const pressure = Uint8Array.from({ length: 30 }, (_, i) => (i === 15 ? 63 : 10))
    expect(simplify({ xy, pressure }, { tolerance: 0.5, width: 8 }).pressure).toContain(63)
    expect(simplify({ xy, pressure }, { tolerance: 0.5, width: 0 }).xy.length).toBe(4)
  })

  test('B16: a point is held back for 48 others at most', () => {
    const kept: number[] = []
    const simplifier = createSimplifier({ tolerance: 1, width: 0 }, (x) => kept.push(x))
    for (let i = 0; i < 1000; i++) {
      simplifier.add(i, 0, 0)
      expect(i - (kept.at(-1) ?? 0)).toBeLessThanOrEqual(48)
    }
  })
})

describe('how a stroke looks', () => {
  test('B17: the line goes through every point', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 })), {
          minLength: 2,
          maxLength: 30,
        }),
        (points) => {
          const xy = points.flat()
          const line = flatten(smoothPath(xy), 0.01)[0] ?? []
          for (const [x, y] of points) expect(polylineDistance(line, x, y)).toBeLessThan(1e-6)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('B17: a right angle stays a corner, a round bend stays close to its points', () => {
    expect(flatten(smoothPath([0, 0, 50, 0, 50, 50]), 0.01)).toEqual([[0, 0, 50, 0, 50, 50]])
    const circle = Array.from({ length: 25 }, (_, i) => [
      Math.cos((i / 24) * 2 * Math.PI) * 100,
      Math.sin((i / 24) * 2 * Math.PI) * 100,
    ]).flat()
    const line = flatten(smoothPath(circle), 0.01)[0] ?? []
    for (let i = 0; i < line.length; i += 2)
      expect(Math.abs(Math.hypot(line[i] ?? 0, line[i + 1] ?? 0) - 100)).toBeLessThan(0.6)
  })

  test('B16, B17: what is drawn of a simplified stroke stays close to the hand, also where it went straight on after a bend', () => {
    const box = [0, 0, 150, 2, 153, 110, -2, 107, 0, 5]
    const strokes: number[][] = []
    for (const follow of [0.4, 0.6, 0.8]) {
      // Corners that a steadied pen cuts.
      const stroke: number[] = []
      let [x, y] = [0, 0]
      for (let i = 2; i < box.length; i += 2) {
        for (let step = 1; step <= 12; step++) {
          const share = step / 12
          x += ((box[i - 2] ?? 0) + ((box[i] ?? 0) - (box[i - 2] ?? 0)) * share - x) * follow
          y += ((box[i - 1] ?? 0) + ((box[i + 1] ?? 0) - (box[i - 1] ?? 0)) * share - y) * follow
          stroke.push(x, y)
        }
      }
      strokes.push(stroke)
    }
    for (let i = 0; i < 20; i++) strokes.push([...handwriting(createRandom(i), 60, 0, 0, false).xy])
    for (const hand of strokes) {
      const { xy } = simplify({ xy: Float64Array.from(hand), pressure: null }, { tolerance: 0.4, width: 0 })
      const line = flatten(smoothPath(xy, INK_REACH), 0.02)[0] ?? []
      for (let i = 0; i < hand.length; i += 2)
        expect(polylineDistance(line, hand[i] ?? 0, hand[i + 1] ?? 0)).toBeLessThan(1.2)
      for (let i = 0; i < line.length; i += 2)
        expect(polylineDistance(hand, line[i] ?? 0, line[i + 1] ?? 0)).toBeLessThan(1.2)
    }
  })

  test('B17, B18: constant width is a line to stroke, pressure an outline to fill', () => {
    const random = createRandom(2)
    expect(inkForm(handwriting(random, 50, 0, 0, false), 4, 0.25).fill).toBe(false)
    const points = handwriting(random, 50, 0, 0, true)
    const form = inkForm(points, 8, 0.25)
    expect(form.fill).toBe(true)
    const outline = flatten(form.path, 0.25)[0] ?? []
    for (let i = 0; i < outline.length; i += 2)
      expect(polylineDistance(points.xy, outline[i] ?? 0, outline[i + 1] ?? 0)).toBeLessThan(
        inkRadius(8, 63) + 0.5,
      )
  })

  test('B18: a dot with pressure is a disc, and a stroke drawn twice is the same', () => {
    const dot = { xy: Float64Array.of(5, 5), pressure: Uint8Array.of(40) }
    const outline = flatten(inkForm(dot, 8, 0.25).path, 0.1)[0] ?? []
    expect(outline.length).toBeGreaterThan(10)
    const points = handwriting(createRandom(4), 40, 0, 0, true)
    expect(inkForm(points, 5, 0.25)).toEqual(inkForm(points, 5, 0.25))
  })
})
