/**
 * The points of a stroke as bytes (SPEC-board B14, B15): how every stroke is stored and how live ink travels.
 *
 * | what | bits |
 * |---|---|
 * | version 1; whether there is pressure | 4, 1 |
 * | exponent + 32: points are multiples of 2^-exponent page units | 6 |
 * | count; low bits of places; low bits of pressure, if any | 12, 5, 4 |
 * | the first point: x and y written out, pressure, if any | `bits.ts`, 6 |
 * | each further point: what x and y are off from where the last step, five eighths of it, leads; pressure less the one before | `bits.ts` |
 */
import { BoardError } from '../error.ts'
import { MAX_COORDINATE, MAX_INK_POINTS } from '../limits.ts'
import {
  MOST_LOW_BITS,
  bitBytes,
  bitReader,
  bitWriter,
  lowBits,
  readBits,
  readEnd,
  readLong,
  readRice,
  writeBits,
  writeLong,
  writeRice,
} from './bits.ts'
import type { BitReader } from './bits.ts'

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
const PRESSURE_BITS = 6
const VERSION = 1
const VERSION_BITS = 4
const EXPONENT_BITS = 6
const EXPONENT_ZERO = 32
const COUNT_BITS = 12
const LOW_BITS = 5
const PRESSURE_LOW_BITS = 4
export const MIN_EXPONENT = -10
export const MAX_EXPONENT = 20
/** How much of the last step a hand goes on by; measured on handwriting, and exact in binary. */
const MOMENTUM = 0.625

/** The exponent for ink drawn at a zoom: a quarter of a pixel as it was seen, so that enlarged ink keeps its detail. */
export function inkExponent(zoom: number): number {
  const exponent = 2 + Math.round(Math.log2(Number.isFinite(zoom) && zoom > 0 ? zoom : 1))
  return Math.min(MAX_EXPONENT, Math.max(MIN_EXPONENT, exponent))
}

/**
 * Rounds points to the quantum and writes them, without pressure when there is none. Where all places are multiples of a
 * coarser quantum, as a mouse's are, that one is written.
 * @throws BoardError `count` for none or too many, `range` for a coordinate or an exponent out of bounds
 */
export function encodePoints({ xy, pressure }: InkPoints, exponent: number): Uint8Array {
  const count = xy.length >> 1
  if (count === 0 || count > MAX_INK_POINTS) throw new BoardError('count')
  if (!Number.isInteger(exponent) || exponent < MIN_EXPONENT || exponent > MAX_EXPONENT)
    throw new BoardError('range')
  const quanta = new Float64Array(count * 2)
  const scale = 2 ** exponent
  for (let i = 0; i < quanta.length; i++) quanta[i] = quantum(xy[i], scale)
  let written = exponent
  while (written > MIN_EXPONENT && quanta.every((value) => value % 2 === 0)) {
    for (let i = 0; i < quanta.length; i++) quanta[i] = (quanta[i] ?? 0) / 2
    written--
  }
  const steps = stepsOf(quanta)
  const low = lowBits(steps)
  const writer = bitWriter(24 + count * 3)
  writeBits(writer, VERSION, VERSION_BITS)
  writeBits(writer, pressure ? 1 : 0, 1)
  writeBits(writer, written + EXPONENT_ZERO, EXPONENT_BITS)
  writeBits(writer, count, COUNT_BITS)
  writeBits(writer, low, LOW_BITS)
  const changes = pressure ? changesOf(pressure, count) : []
  const pressureLow = lowBits(changes)
  if (pressure) writeBits(writer, pressureLow, PRESSURE_LOW_BITS)
  writeLong(writer, quanta[0] ?? 0)
  writeLong(writer, quanta[1] ?? 0)
  if (pressure) writeBits(writer, clamped(pressure[0]), PRESSURE_BITS)
  for (let i = 1; i < count; i++) {
    writeRice(writer, steps[2 * i - 2] ?? 0, low)
    writeRice(writer, steps[2 * i - 1] ?? 0, low)
    if (pressure) writeRice(writer, changes[i - 1] ?? 0, pressureLow)
  }
  return bitBytes(writer)
}

/** What each point but the first is off from where it was expected, x and y by turns. */
function stepsOf(quanta: Float64Array): number[] {
  const steps: number[] = []
  let lastX = 0
  let lastY = 0
  for (let i = 2; i < quanta.length; i += 2) {
    const x = (quanta[i] ?? 0) - (quanta[i - 2] ?? 0)
    const y = (quanta[i + 1] ?? 0) - (quanta[i - 1] ?? 0)
    steps.push(x - Math.trunc(lastX * MOMENTUM), y - Math.trunc(lastY * MOMENTUM))
    lastX = x
    lastY = y
  }
  return steps
}

function changesOf(pressure: Uint8Array, count: number): number[] {
  const changes: number[] = []
  for (let i = 1; i < count; i++) changes.push(clamped(pressure[i]) - clamped(pressure[i - 1]))
  return changes
}

function clamped(pressure: number | undefined): number {
  return Math.min(MAX_PRESSURE, pressure ?? 0)
}

function quantum(value: number | undefined, scale: number): number {
  // Written this way round, NaN is out of range too.
  if (value === undefined || !(Math.abs(value) <= MAX_COORDINATE)) throw new BoardError('range')
  return Math.round(value * scale)
}

interface Head {
  reader: BitReader
  exponent: number
  count: number
  low: number
  /** -1: no pressure. */
  pressureLow: number
}

function readHead(bytes: Uint8Array): Head {
  const reader = bitReader(bytes)
  if (readBits(reader, VERSION_BITS) !== VERSION) throw new BoardError('version')
  const hasPressure = readBits(reader, 1) === 1
  const exponent = readBits(reader, EXPONENT_BITS) - EXPONENT_ZERO
  if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) throw new BoardError('range')
  const count = readBits(reader, COUNT_BITS)
  const low = readBits(reader, LOW_BITS)
  const pressureLow = hasPressure ? readBits(reader, PRESSURE_LOW_BITS) : -1
  if (low > MOST_LOW_BITS) throw new BoardError('number')
  // Nothing is allocated for a claim: each point takes as many bits at least.
  const least = 2 * (low + 1) + pressureLow + 1
  if (count === 0 || count > MAX_INK_POINTS || (count - 1) * Math.min(least, 2) > reader.end - reader.at)
    throw new BoardError('count')
  return { reader, exponent, count, low, pressureLow }
}

/** @throws BoardError for bytes {@link encodePoints} cannot have written; time and memory are bounded by their length */
export function decodePoints(bytes: Uint8Array): InkPoints & { readonly exponent: number } {
  const head = readHead(bytes)
  const xy = new Float64Array(head.count * 2)
  const pressure = head.pressureLow >= 0 ? new Uint8Array(head.count) : null
  const scale = 2 ** -head.exponent
  walk(head, pressure, (i, x, y) => {
    xy[2 * i] = x * scale
    xy[2 * i + 1] = y * scale
  })
  return { xy, pressure, exponent: head.exponent }
}

/** The box round the points; checks everything {@link decodePoints} checks and allocates nothing. @throws BoardError */
export function pointsBounds(bytes: Uint8Array): InkBounds {
  const head = readHead(bytes)
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  walk(head, null, (_i, x, y) => {
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  })
  const scale = 2 ** -head.exponent
  return { left: left * scale, top: top * scale, right: right * scale, bottom: bottom * scale }
}

/** `take` gets places in quanta. */
function walk(
  { reader, exponent, count, low, pressureLow }: Head,
  pressure: Uint8Array | null,
  take: (i: number, x: number, y: number) => void,
): void {
  const most = MAX_COORDINATE * 2 ** exponent + 0.5
  let x = readLong(reader)
  let y = readLong(reader)
  let p = pressureLow >= 0 ? readBits(reader, PRESSURE_BITS) : 0
  let stepX = 0
  let stepY = 0
  for (let i = 0; ;) {
    if (Math.abs(x) > most || Math.abs(y) > most || p < 0 || p > MAX_PRESSURE) throw new BoardError('range')
    if (pressure) pressure[i] = p
    take(i, x, y)
    if (++i === count) break
    stepX = readRice(reader, low) + Math.trunc(stepX * MOMENTUM)
    stepY = readRice(reader, low) + Math.trunc(stepY * MOMENTUM)
    x += stepX
    y += stepY
    if (pressureLow >= 0) p += readRice(reader, pressureLow)
  }
  readEnd(reader)
}
