/**
 * A stroke's header (SPEC-board B5, B13): everything a pen stroke begins with, in one byte string, because boards are mostly
 * ink. What is changed later lies in keys of its own, as with every other shape.
 *
 * | what | bytes |
 * |---|---|
 * | version 1 in the upper half; 1: highlighter, 2: colour is `#rrggbb`, 4: has opacity | 1 |
 * | place in the palette, or red, green, blue | 1 or 3 |
 * | opacity in percent, when there is one | 1 |
 * | width: exponent + 16, then a fraction f: (1 + f / 256) * 2^exponent page units | 2 |
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
  /** Page units; kept to a part in 512. */
  readonly width: number
  readonly order: string
}

const VERSION = 1
const HIGHLIGHTER = 1
const CUSTOM = 2
const OPACITY = 4
const KNOWN = HIGHLIGHTER | CUSTOM | OPACITY
const WIDTH_ZERO = 16

/** @throws BoardError `range` for a width or a colour, `order` for a key that cannot be one, `count` when it gets too long */
export function encodeInk(header: InkHeader, points: Uint8Array): Uint8Array {
  const { color, order, width } = header
  if (!(width >= MIN_WIDTH && width <= MAX_WIDTH) || !isColour(color)) throw new BoardError('range')
  if (order.length === 0 || order.length > MAX_ORDER) throw new BoardError('order')
  const opacity = Math.round(header.opacity * 100)
  const flags =
    (header.brush === 'highlighter' ? HIGHLIGHTER : 0) |
    (typeof color === 'string' ? CUSTOM : 0) |
    (opacity < 100 ? OPACITY : 0)
  const head: number[] = [(VERSION << 4) | flags]
  if (typeof color === 'number') head.push(color)
  else for (let i = 1; i < 7; i += 2) head.push(Number.parseInt(color.slice(i, i + 2), 16))
  if (opacity < 100) head.push(Math.max(1, opacity))
  const exponent = Math.floor(Math.log2(width))
  head.push(exponent + WIDTH_ZERO, Math.min(255, Math.round((width / 2 ** exponent - 1) * 256)), order.length)
  for (let i = 0; i < order.length; i++) head.push(order.charCodeAt(i) & 127)
  const bytes = new Uint8Array(head.length + points.length)
  if (bytes.length > MAX_INK_BYTES) throw new BoardError('count')
  bytes.set(head)
  bytes.set(points, head.length)
  return bytes
}

/** The header, and the points' bytes as a view. The points are not looked at. @throws BoardError */
export function decodeInk(bytes: Uint8Array): InkHeader & { readonly points: Uint8Array } {
  if (bytes.length > MAX_INK_BYTES) throw new BoardError('count')
  let at = 0
  const next = (): number => {
    const byte = bytes[at++]
    if (byte === undefined) throw new BoardError('truncated')
    return byte
  }
  const first = next()
  const flags = first & 15
  if (first >> 4 !== VERSION || (flags & ~KNOWN) !== 0) throw new BoardError('version')
  let color: Colour = next()
  if ((flags & CUSTOM) !== 0) color = `#${hex(color)}${hex(next())}${hex(next())}`
  if (!isColour(color)) throw new BoardError('range')
  const opacity = (flags & OPACITY) === 0 ? 100 : next()
  if (opacity < 1 || opacity > 100) throw new BoardError('range')
  const exponent = next() - WIDTH_ZERO
  const width = (1 + next() / 256) * 2 ** exponent
  if (width < MIN_WIDTH * 0.99 || width > MAX_WIDTH) throw new BoardError('range')
  const length = next()
  if (length === 0 || length > MAX_ORDER || at + length > bytes.length) throw new BoardError('order')
  let order = ''
  for (let i = 0; i < length; i++) order += String.fromCharCode(next())
  const brush = (flags & HIGHLIGHTER) === 0 ? 'pen' : 'highlighter'
  return { brush, color, opacity: opacity / 100, width, order, points: bytes.subarray(at) }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
