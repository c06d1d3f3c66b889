/**
 * A stroke's header (SPEC-board B5, B13): everything a pen stroke begins with, in one byte string, because boards are mostly
 * ink. What is changed later lies in keys of its own, as with every other shape.
 *
 * | what | bytes |
 * |---|---|
 * | version 1 | 1 |
 * | bit 0: highlighter; 1: colour is `#rrggbb`; 2: has opacity | 1 |
 * | place in the palette, or red, green, blue | 1 or 3 |
 * | opacity in percent, when there is one | 1 |
 * | width in 2^-(exponent + 1) page units, seven bits a byte, lowest first | 1 to 6 |
 * | length of the order key, the key in ASCII | 1 + n |
 * | the points (`points.ts`) | the rest |
 */
import { isColour } from '../colours.ts'
import type { Colour } from '../colours.ts'
import { BoardError } from '../error.ts'
import { MAX_INK_BYTES, MAX_ORDER, MAX_WIDTH, MIN_WIDTH } from '../limits.ts'

export type Brush = 'pen' | 'highlighter'

/** What a stroke begins with, besides its points. */
export interface InkHeader {
  readonly brush: Brush
  readonly color: Colour
  /** 0.01 to 1. */
  readonly opacity: number
  /** Page units. */
  readonly width: number
  readonly order: string
}

const VERSION = 1
const HIGHLIGHTER = 1
const CUSTOM = 2
const OPACITY = 4
const KNOWN = HIGHLIGHTER | CUSTOM | OPACITY
/** The smallest: version, flags, colour, width, order's length and one character, and points of 3 bytes. */
const LEAST = 9
const EXPONENT_AT = 1
const EXPONENT_ZERO = 32

/** @throws BoardError `range` for a width, `order` for a key that cannot be one, `count` when it gets too long */
export function encodeInk(header: InkHeader, points: Uint8Array): Uint8Array {
  const { color, order } = header
  const width = Math.round(header.width * widthScale(points, 0))
  if (!(header.width >= MIN_WIDTH && header.width <= MAX_WIDTH) || !isColour(color))
    throw new BoardError('range')
  if (order.length === 0 || order.length > MAX_ORDER) throw new BoardError('order')
  const opacity = Math.round(header.opacity * 100)
  const flags =
    (header.brush === 'highlighter' ? HIGHLIGHTER : 0) |
    (typeof color === 'string' ? CUSTOM : 0) |
    (opacity < 100 ? OPACITY : 0)
  const head: number[] = [VERSION, flags]
  if (typeof color === 'number') head.push(color)
  else for (let i = 1; i < 7; i += 2) head.push(Number.parseInt(color.slice(i, i + 2), 16))
  if (opacity < 100) head.push(Math.max(1, opacity))
  let rest = Math.max(1, width)
  for (; rest > 127; rest = Math.floor(rest / 128)) head.push((rest % 128) + 128)
  head.push(rest, order.length)
  for (let i = 0; i < order.length; i++) head.push(order.charCodeAt(i) & 127)
  const bytes = new Uint8Array(head.length + points.length)
  if (bytes.length > MAX_INK_BYTES) throw new BoardError('count')
  bytes.set(head)
  bytes.set(points, head.length)
  return bytes
}

/** The header, and the points' bytes as a view. The points are not looked at. @throws BoardError */
export function decodeInk(bytes: Uint8Array): InkHeader & { readonly points: Uint8Array } {
  if (bytes.length < LEAST) throw new BoardError('truncated')
  if (bytes.length > MAX_INK_BYTES) throw new BoardError('count')
  const flags = bytes[1] ?? 0
  if (bytes[0] !== VERSION || (flags & ~KNOWN) !== 0) throw new BoardError('version')
  let at = 2
  const next = (): number => {
    const byte = bytes[at++]
    if (byte === undefined) throw new BoardError('truncated')
    return byte
  }
  let color: Colour = next()
  if ((flags & CUSTOM) !== 0) color = `#${hex(color)}${hex(next())}${hex(next())}`
  if (!isColour(color)) throw new BoardError('range')
  const opacity = (flags & OPACITY) === 0 ? 100 : next()
  if (opacity < 1 || opacity > 100) throw new BoardError('range')
  let width = 0
  let unit = 1
  for (let more = true; more; unit *= 128) {
    if (unit > 2 ** 35) throw new BoardError('number')
    const byte = next()
    width += (byte & 127) * unit
    more = byte > 127
  }
  const length = next()
  if (length === 0 || length > MAX_ORDER || at + length > bytes.length) throw new BoardError('order')
  let order = ''
  for (let i = 0; i < length; i++) order += String.fromCharCode(next())
  width /= widthScale(bytes, at)
  if (width <= 0 || width > MAX_WIDTH) throw new BoardError('range')
  const brush = (flags & HIGHLIGHTER) === 0 ? 'pen' : 'highlighter'
  return { brush, color, opacity: opacity / 100, width, order, points: bytes.subarray(at) }
}

function widthScale(bytes: Uint8Array, pointsAt: number): number {
  const exponent = bytes[pointsAt + EXPONENT_AT]
  if (exponent === undefined) throw new BoardError('truncated')
  return 2 ** (exponent - EXPONENT_ZERO + 1)
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
