/**
 * Live ink (SPEC-board B400 to B403): a stroke while it is drawn, as small messages that are kept nowhere. What a message
 * holds stands behind its type (and, from the server, behind the sender's client id):
 *
 * | what | bytes |
 * |---|---|
 * | version 1 in the upper half; kind: 0 whole, 1 more, 2 end, 3 cancel, 4 whole of a laser pointer | 1 |
 * | length of the stroke's id, the id | 1 + n |
 * | whole: a stroke's header with its first points, as a stroke is kept (B13); its order key means nothing | the rest |
 * | more: how many points stay, in seven bits a byte, the lowest first; the points that follow them (B14) | the rest |
 */
import { BoardError } from './error.ts'
import { isShapeId } from './ids.ts'
import { decodeInk, encodeInk } from './ink/header.ts'
import type { InkHeader } from './ink/header.ts'
import { MAX_PRESSURE, decodePoints, encodePoints } from './ink/points.ts'
import { MAX_INK_POINTS } from './limits.ts'

/** How a stroke that is being drawn looks; `laser`: a pointer's trail, which fades. */
export type LiveStyle = Omit<InkHeader, 'order'> & { readonly laser: boolean }

/** Points of a stroke that is being drawn: x, y and pressure (0 to 1) by turns. */
export interface LivePoints {
  readonly values: ArrayLike<number>
  /** Numbers that are good; three a point. */
  readonly length: number
}

/** One message of live ink. `keep`: points before these that stay. */
export type LiveInk =
  | { readonly kind: 'whole'; readonly id: string; readonly style: LiveStyle; readonly points: LiveBatch }
  | { readonly kind: 'more'; readonly id: string; readonly keep: number; readonly points: LiveBatch }
  | { readonly kind: 'end'; readonly id: string }
  | { readonly kind: 'cancel'; readonly id: string }

/** Points that came: x, y and pressure (0 to 1) by turns. */
export interface LiveBatch {
  readonly values: Float64Array
  readonly hasPressure: boolean
}

/** Points and bytes of one message: the rest of a long stroke comes in further ones. */
const LIVE_POINTS = 500
const MOST_BYTES = 3900

const VERSION = 1
const KINDS = { whole: 0, more: 1, end: 2, cancel: 3, laser: 4 } as const
/** Nothing is painted in this order. */
const NO_ORDER = 'V'

/** The end of a stroke: its shape is on its way, or it is given up. */
export function encodeLiveEnd(id: string, kind: 'end' | 'cancel'): Uint8Array {
  return joined(KINDS[kind], id, new Uint8Array(0))
}

/**
 * Points from the one with number `from` on, as many as one message takes; with the first one goes the style. `to` is the
 * number of the first point left out.
 * @throws BoardError like {@link encodePoints} and {@link encodeInk}
 */
export function encodeLivePoints(
  id: string,
  style: LiveStyle,
  points: LivePoints,
  from: number,
  options: LiveOptions,
): { bytes: Uint8Array; to: number } {
  const count = Math.floor(points.length / 3)
  for (let most = LIVE_POINTS; ; most = Math.ceil(most / 4)) {
    const to = Math.min(count, from + most)
    const bytes = encodeRange(id, style, points, from, to, options)
    if (bytes.length <= MOST_BYTES || to - from <= 1) return { bytes, to }
  }
}

/** The exponent points are kept at (`inkExponent`), and whether the device tells pressure. */
export interface LiveOptions {
  readonly exponent: number
  readonly hasPressure: boolean
}

function encodeRange(
  id: string,
  style: LiveStyle,
  { values }: LivePoints,
  from: number,
  to: number,
  { exponent, hasPressure }: LiveOptions,
): Uint8Array {
  const xy = new Float64Array((to - from) * 2)
  const pressure = hasPressure ? new Uint8Array(to - from) : null
  for (let i = from; i < to; i++) {
    xy[2 * (i - from)] = values[3 * i] ?? 0
    xy[2 * (i - from) + 1] = values[3 * i + 1] ?? 0
    if (pressure) pressure[i - from] = Math.round((values[3 * i + 2] ?? 0) * MAX_PRESSURE)
  }
  const body = encodePoints({ xy, pressure }, exponent)
  if (from > 0) return joined(KINDS.more, id, body, numberBytes(from))
  const ink = encodeInk({ ...style, order: NO_ORDER }, body)
  return joined(style.laser ? KINDS.laser : KINDS.whole, id, ink)
}

/** @throws BoardError for bytes that are no live ink; time and memory are bounded by their length */
export function decodeLive(bytes: Uint8Array): LiveInk {
  const [first, length] = bytes
  if (first === undefined || length === undefined) throw new BoardError('truncated')
  if (first >> 4 !== VERSION) throw new BoardError('version')
  const body = 2 + length
  if (body > bytes.length) throw new BoardError('truncated')
  const id = String.fromCharCode(...bytes.subarray(2, body))
  if (!isShapeId(id)) throw new BoardError('range')
  const kind = first & 15
  if (kind === KINDS.end || kind === KINDS.cancel) {
    if (bytes.length > body) throw new BoardError('trailing')
    return { kind: kind === KINDS.end ? 'end' : 'cancel', id }
  }
  if (kind === KINDS.whole || kind === KINDS.laser) {
    const { points, order: _order, ...look } = decodeInk(bytes.subarray(body))
    return { kind: 'whole', id, style: { ...look, laser: kind === KINDS.laser }, points: batchOf(points, 0) }
  }
  if (kind !== KINDS.more) throw new BoardError('version')
  const { value: keep, at } = readNumber(bytes, body)
  return { kind: 'more', id, keep, points: batchOf(bytes.subarray(at), keep) }
}

function batchOf(bytes: Uint8Array, keep: number): LiveBatch {
  const { xy, pressure } = decodePoints(bytes)
  const count = xy.length / 2
  if (keep + count > MAX_INK_POINTS) throw new BoardError('count')
  const values = new Float64Array(count * 3)
  for (let i = 0; i < count; i++) {
    values[3 * i] = xy[2 * i] ?? 0
    values[3 * i + 1] = xy[2 * i + 1] ?? 0
    values[3 * i + 2] = pressure ? (pressure[i] ?? 0) / MAX_PRESSURE : 0.5
  }
  return { values, hasPressure: pressure !== null }
}

function joined(kind: number, id: string, body: Uint8Array, between: readonly number[] = []): Uint8Array {
  if (!isShapeId(id)) throw new BoardError('range')
  const bytes = new Uint8Array(2 + id.length + between.length + body.length)
  bytes[0] = (VERSION << 4) | kind
  bytes[1] = id.length
  for (let i = 0; i < id.length; i++) bytes[2 + i] = id.charCodeAt(i)
  bytes.set(between, 2 + id.length)
  bytes.set(body, 2 + id.length + between.length)
  return bytes
}

function numberBytes(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest >>= 7) bytes.push(128 | (rest & 127))
  return [...bytes, rest]
}

/** A number of points; none is longer than two bytes. */
function readNumber(bytes: Uint8Array, from: number): { value: number; at: number } {
  const low = bytes[from]
  if (low === undefined) throw new BoardError('truncated')
  if (low < 128) return { value: low, at: from + 1 }
  const high = bytes[from + 1]
  if (high === undefined) throw new BoardError('truncated')
  const value = (low & 127) | (high << 7)
  if (high > 127 || value > MAX_INK_POINTS) throw new BoardError('count')
  return { value, at: from + 2 }
}
