/**
 * Numbers in bits, highest first (SPEC-board B14). Small signed numbers take Rice's code: folded (0, -1, 1, -2 are 0, 1, 2,
 * 3), what lies above the lowest k bits in ones with a zero behind them, then the k bits. Sixteen ones say that the number is
 * written out: six bits of length, then as many bits.
 */
import { BoardError } from '../error.ts'

/** Ones that say a number is written out. */
const ESCAPE = 16
/** The greatest k. */
export const MOST_LOW_BITS = 20
/** Bits of the longest number written out: the furthest places at the finest exponent, folded. */
const LONGEST = 48
const LENGTH_BITS = 6

export interface BitWriter {
  bytes: Uint8Array
  /** Bits written. */
  at: number
}

export function bitWriter(room: number): BitWriter {
  return { bytes: new Uint8Array(room), at: 0 }
}

/** Writes the lowest `count` (up to 24) bits. */
export function writeBits(writer: BitWriter, value: number, count: number): void {
  if (writer.at + count > writer.bytes.length * 8) grow(writer)
  const { bytes } = writer
  let left = count
  while (left > 0) {
    const room = 8 - (writer.at & 7)
    const take = Math.min(room, left)
    const part = (value >>> (left - take)) & ((1 << take) - 1)
    const byte = writer.at >> 3
    bytes[byte] = (bytes[byte] ?? 0) | (part << (room - take))
    writer.at += take
    left -= take
  }
}

function grow(writer: BitWriter): void {
  const bytes = new Uint8Array(writer.bytes.length * 2 + 16)
  bytes.set(writer.bytes)
  writer.bytes = bytes
}

/** Writes a whole number out: its length, then its bits. */
export function writeLong(writer: BitWriter, value: number): void {
  const number = fold(value)
  let length = 0
  while (length < LONGEST && number >= 2 ** length) length++
  writeBits(writer, length, LENGTH_BITS)
  if (length > 24) writeBits(writer, Math.floor(number / 2 ** 24), length - 24)
  writeBits(writer, number % 2 ** 24, Math.min(24, length))
}

/** Writes a small whole number with `low` low bits. */
export function writeRice(writer: BitWriter, value: number, low: number): void {
  const number = fold(value)
  const ones = Math.floor(number / 2 ** low)
  if (ones >= ESCAPE) {
    writeBits(writer, 2 ** ESCAPE - 1, ESCAPE)
    writeLong(writer, value)
    return
  }
  writeBits(writer, 2 ** (ones + 1) - 2, ones + 1)
  if (low > 0) writeBits(writer, number & (2 ** low - 1), low)
}

/** The number of low bits that suits some numbers best, near enough. */
export function lowBits(numbers: readonly number[]): number {
  let sum = 0
  for (const number of numbers) sum += fold(number)
  const mean = numbers.length === 0 ? 0 : sum / numbers.length
  return Math.min(MOST_LOW_BITS, Math.max(0, Math.round(Math.log2(mean * 0.7 + 1))))
}

function fold(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

function unfold(number: number): number {
  return number % 2 === 0 ? number / 2 : -(number + 1) / 2
}

/** The bytes written, the last one filled with zeros. */
export function bitBytes(writer: BitWriter): Uint8Array {
  return writer.bytes.slice(0, (writer.at + 7) >> 3)
}

export interface BitReader {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
}

export function bitReader(bytes: Uint8Array): BitReader {
  return { bytes, at: 0, end: bytes.length * 8 }
}

/** Bits that {@link window} shows. */
const SEEN = 25

/** The next {@link SEEN} bits at the top of 32; zeros behind the end. */
function window({ bytes, at }: BitReader): number {
  const byte = at >> 3
  const word =
    ((bytes[byte] ?? 0) << 24) |
    ((bytes[byte + 1] ?? 0) << 16) |
    ((bytes[byte + 2] ?? 0) << 8) |
    (bytes[byte + 3] ?? 0)
  return word << (at & 7)
}

/** Reads up to 24 bits. @throws BoardError `truncated` */
export function readBits(reader: BitReader, count: number): number {
  if (count === 0) return 0
  if (reader.at + count > reader.end) throw new BoardError('truncated')
  const value = window(reader) >>> (32 - count)
  reader.at += count
  return value
}

/** @throws BoardError `truncated` or, for a number too long to be right, `number` */
export function readLong(reader: BitReader): number {
  const length = readBits(reader, LENGTH_BITS)
  if (length > LONGEST) throw new BoardError('number')
  const high = length > 24 ? readBits(reader, length - 24) : 0
  return unfold(high * 2 ** 24 + readBits(reader, Math.min(24, length)))
}

/** @throws BoardError like {@link readLong} */
export function readRice(reader: BitReader, low: number): number {
  const seen = window(reader)
  const ones = Math.clz32(~seen)
  if (ones >= ESCAPE) {
    reader.at += ESCAPE
    return readLong(reader)
  }
  const length = ones + 1 + low
  const end = reader.at + length
  if (end > reader.end) throw new BoardError('truncated')
  let number = ones
  if (low > 0) {
    // Nearly always the low bits are among those that were looked at.
    if (length > SEEN) reader.at += ones + 1
    const rest = length > SEEN ? window(reader) : seen << (ones + 1)
    number = (ones << low) + (rest >>> (32 - low))
  }
  reader.at = end
  // `unfold`, for what is less than 31 bits long.
  return (number >>> 1) ^ -(number & 1)
}

/** Nothing may be left but the zeros that fill the last byte. @throws BoardError `trailing` */
export function readEnd(reader: BitReader): void {
  const left = reader.end - reader.at
  if (left > 7 || (left > 0 && readBits(reader, left) !== 0)) throw new BoardError('trailing')
}
