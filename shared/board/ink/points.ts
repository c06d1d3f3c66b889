/**
 * The points of a stroke as bytes (SPEC-board B14, B15): how every stroke is stored and how live ink travels.
 *
 * | what | bytes |
 * |---|---|
 * | version 1 in the upper half; in the lower bit 0: has pressure | 1 |
 * | exponent + 32: points are multiples of 2^-exponent page units | 1 |
 * | count, then x and y of the first point, its pressure | half bytes |
 * | for each further point: x, y and pressure less those before | half bytes |
 */
import { BoardError } from '../error.ts'
import { MAX_COORDINATE, MAX_INK_POINTS } from '../limits.ts'
import {
  nibbleBytes,
  nibbleReader,
  nibbleWriter,
  readEnd,
  readSigned,
  readUnsigned,
  writeSigned,
  writeUnsigned,
} from './nibbles.ts'
import type { NibbleReader } from './nibbles.ts'

/** Points in page units. */
export interface InkPoints {
  /** x and y by turns. */
  readonly xy: Float64Array
  /** One of 0 to {@link MAX_PRESSURE} for each point; null where the device has none. */
  readonly pressure: Uint8Array | null
}

/** Left, top, right, bottom. */
export interface InkBounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The greatest pressure; steps finer than this cannot be seen. */
export const MAX_PRESSURE = 63
const VERSION = 1
const HAS_PRESSURE = 1
const EXPONENT_ZERO = 32
export const MIN_EXPONENT = -10
export const MAX_EXPONENT = 20

/** The exponent for ink drawn at a zoom: an eighth of a pixel as it was seen, so that enlarged ink keeps its detail. */
export function inkExponent(zoom: number): number {
  const exponent = 3 + Math.round(Math.log2(Number.isFinite(zoom) && zoom > 0 ? zoom : 1))
  return Math.min(MAX_EXPONENT, Math.max(MIN_EXPONENT, exponent))
}

/**
 * Rounds points to the quantum and writes them; without pressure when there is none.
 * @throws BoardError `count` for none or too many, `range` for a coordinate or an exponent out of bounds
 */
export function encodePoints(points: InkPoints, exponent: number): Uint8Array {
  const { xy, pressure } = points
  const count = xy.length >> 1
  if (count === 0 || count > MAX_INK_POINTS) throw new BoardError('count')
  if (!Number.isInteger(exponent) || exponent < MIN_EXPONENT || exponent > MAX_EXPONENT)
    throw new BoardError('range')
  const scale = 2 ** exponent
  const writer = nibbleWriter(16 + count * 3)
  writer.bytes[0] = (VERSION << 4) | (pressure ? HAS_PRESSURE : 0)
  writer.bytes[1] = exponent + EXPONENT_ZERO
  writer.at = 4
  writeUnsigned(writer, count)
  let lastX = 0
  let lastY = 0
  let lastPressure = 0
  for (let i = 0; i < count; i++) {
    const x = quantum(xy[2 * i], scale)
    const y = quantum(xy[2 * i + 1], scale)
    writeSigned(writer, x - lastX)
    writeSigned(writer, y - lastY)
    lastX = x
    lastY = y
    if (pressure) {
      const p = Math.min(MAX_PRESSURE, pressure[i] ?? 0)
      writeSigned(writer, p - lastPressure)
      lastPressure = p
    }
  }
  return nibbleBytes(writer)
}

function quantum(value: number | undefined, scale: number): number {
  // Written this way round, NaN is out of range too.
  if (value === undefined || !(Math.abs(value) <= MAX_COORDINATE)) throw new BoardError('range')
  return Math.round(value * scale)
}

interface Head {
  reader: NibbleReader
  hasPressure: boolean
  exponent: number
  count: number
}

function readHead(bytes: Uint8Array): Head {
  const first = bytes[0]
  const second = bytes[1]
  if (first === undefined || second === undefined) throw new BoardError('truncated')
  if (first >> 4 !== VERSION || (first & 15) > HAS_PRESSURE) throw new BoardError('version')
  const exponent = second - EXPONENT_ZERO
  if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) throw new BoardError('range')
  const reader = nibbleReader(bytes, 2)
  const count = readUnsigned(reader)
  const hasPressure = (first & HAS_PRESSURE) === 1
  // Nothing is allocated for a claim: each point takes half a byte a number at least.
  const least = hasPressure ? 3 : 2
  if (count === 0 || count > MAX_INK_POINTS || count * least > reader.end - reader.at)
    throw new BoardError('count')
  return { reader, hasPressure, exponent, count }
}

/** @throws BoardError for bytes {@link encodePoints} cannot have written; time and memory are bounded by their length */
export function decodePoints(bytes: Uint8Array): InkPoints & { readonly exponent: number } {
  const { reader, hasPressure, exponent, count } = readHead(bytes)
  const xy = new Float64Array(count * 2)
  const pressure = hasPressure ? new Uint8Array(count) : null
  walk(reader, count, exponent, pressure, (i, x, y) => {
    xy[2 * i] = x
    xy[2 * i + 1] = y
  })
  return { xy, pressure, exponent }
}

/** The box round the points; checks everything {@link decodePoints} checks and allocates nothing. @throws BoardError */
export function pointsBounds(bytes: Uint8Array): InkBounds {
  const { reader, hasPressure, exponent, count } = readHead(bytes)
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  walk(reader, count, exponent, hasPressure ? NOWHERE : null, (_i, x, y) => {
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  })
  return { left, top, right, bottom }
}

const NOWHERE = new Uint8Array(0)

function walk(
  reader: NibbleReader,
  count: number,
  exponent: number,
  pressure: Uint8Array | null,
  take: (i: number, x: number, y: number) => void,
): void {
  const scale = 2 ** -exponent
  const most = MAX_COORDINATE / scale + 0.5
  let x = 0
  let y = 0
  let p = 0
  for (let i = 0; i < count; i++) {
    x += readSigned(reader)
    y += readSigned(reader)
    if (Math.abs(x) > most || Math.abs(y) > most) throw new BoardError('range')
    if (pressure) {
      p += readSigned(reader)
      if (p < 0 || p > MAX_PRESSURE) throw new BoardError('range')
      pressure[i] = p
    }
    take(i, x * scale, y * scale)
  }
  readEnd(reader)
}
