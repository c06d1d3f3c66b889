/**
 * Numbers in half bytes (SPEC-board B14): three bits a half byte, lowest first, the fourth bit says that more follow. Small
 * numbers, which ink mostly has, take half of what byte-wise numbers take. Signed ones are folded: 0, -1, 1, -2, ...
 */
import { BoardError } from '../error.ts'

/** Half bytes of the longest number: 17 * 3 bits are within a double's 53. */
const LONGEST = 17

export interface NibbleWriter {
  bytes: Uint8Array
  /** Half bytes written. */
  at: number
}

export function nibbleWriter(room: number): NibbleWriter {
  return { bytes: new Uint8Array(room), at: 0 }
}

/** Writes a whole number that is not negative. */
export function writeUnsigned(writer: NibbleWriter, value: number): void {
  let rest = value
  if (writer.at + LONGEST + 1 > writer.bytes.length * 2) grow(writer)
  do {
    const more = rest > 7
    put(writer, (rest % 8) + (more ? 8 : 0))
    rest = Math.floor(rest / 8)
  } while (rest > 0)
}

/** Writes a whole number. */
export function writeSigned(writer: NibbleWriter, value: number): void {
  writeUnsigned(writer, value < 0 ? -2 * value - 1 : 2 * value)
}

/** The bytes written, a last half byte filled with 0. */
export function nibbleBytes(writer: NibbleWriter): Uint8Array {
  return writer.bytes.slice(0, (writer.at + 1) >> 1)
}

function put(writer: NibbleWriter, nibble: number): void {
  const byte = writer.at >> 1
  writer.bytes[byte] = (writer.bytes[byte] ?? 0) | ((writer.at & 1) === 0 ? nibble : nibble << 4)
  writer.at++
}

function grow(writer: NibbleWriter): void {
  const bytes = new Uint8Array(writer.bytes.length * 2 + LONGEST)
  bytes.set(writer.bytes)
  writer.bytes = bytes
}

export interface NibbleReader {
  readonly bytes: Uint8Array
  /** The next half byte, counted from the start of `bytes`. */
  at: number
  readonly end: number
}

/** Reads from a byte on. */
export function nibbleReader(bytes: Uint8Array, from: number): NibbleReader {
  return { bytes, at: from * 2, end: bytes.length * 2 }
}

/** @throws BoardError `truncated` at the end, `number` for one too long to be right */
export function readUnsigned(reader: NibbleReader): number {
  const { bytes } = reader
  let at = reader.at
  let value = 0
  let shift = 0
  while (shift < 30) {
    if (at >= reader.end) throw new BoardError('truncated')
    const nibble = ((bytes[at >> 1] ?? 0) >> ((at & 1) << 2)) & 15
    at++
    value |= (nibble & 7) << shift
    if (nibble < 8) {
      reader.at = at
      return value
    }
    shift += 3
  }
  reader.at = at
  return readLong(reader, value)
}

function readLong(reader: NibbleReader, low: number): number {
  let value = low
  let unit = 2 ** 30
  for (let i = 10; i < LONGEST; i++) {
    if (reader.at >= reader.end) throw new BoardError('truncated')
    const nibble = ((reader.bytes[reader.at >> 1] ?? 0) >> ((reader.at & 1) << 2)) & 15
    reader.at++
    value += (nibble & 7) * unit
    if (nibble < 8) return value
    unit *= 8
  }
  throw new BoardError('number')
}

/** @throws BoardError like {@link readUnsigned} */
export function readSigned(reader: NibbleReader): number {
  const folded = readUnsigned(reader)
  return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
}

/** Nothing may be left but the half byte that fills the last byte. @throws BoardError `trailing` */
export function readEnd(reader: NibbleReader): void {
  const left = reader.end - reader.at
  if (left === 0) return
  const last = (reader.bytes[reader.at >> 1] ?? 0) >> 4
  if (left > 1 || last !== 0) throw new BoardError('trailing')
}
