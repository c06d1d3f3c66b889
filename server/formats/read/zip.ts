/**
 * Reads archives that strangers made (SPEC-formats F61): nothing is unpacked but what is asked for by its exact name,
 * nothing touches the disk, and sizes are counted, not believed. Format: PKWARE's APPNOTE 6.3, without zip64.
 */
import { inflateRawSync } from 'node:zlib'
import { Refusal } from './refusal.ts'

export interface ZipLimits {
  entries: number
  /** Bytes of one part, and of all parts together, unpacked. */
  part: number
  all: number
  /** How many times smaller than its content a part may be, once that is over `ratioFrom` bytes. */
  ratio: number
  ratioFrom: number
}

export const ZIP_LIMITS: ZipLimits = {
  entries: 2000,
  part: 64_000_000,
  all: 128_000_000,
  ratio: 200,
  ratioFrom: 1_000_000,
}

/** An archive. */
export interface Archive {
  names: ReadonlySet<string>
  /** The content of a part; null when there is none of this name. @throws Refusal */
  part(name: string): Buffer | null
}

interface Entry {
  method: number
  packed: number
  size: number
  offset: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
/** Bytes of the end record, of a central and a local header without their texts; the longest comment. */
const END_SIZE = 22
const CENTRAL_SIZE = 46
const LOCAL_SIZE = 30
const LONGEST_COMMENT = 65_535
const LONGEST_NAME = 500

/** Whether bytes begin as an archive does. */
export function isZip(bytes: Buffer): boolean {
  return bytes.length > LOCAL_SIZE && bytes.readUInt32LE(0) === LOCAL
}

/** Opens an archive. @throws Refusal */
export function openZip(bytes: Buffer, limits: ZipLimits = ZIP_LIMITS): Archive {
  const entries = directory(bytes, limits)
  let total = 0
  for (const { size } of entries.values()) total += size
  if (total > limits.all) throw new Refusal('tooLarge', 'the archive unpacks to too much')
  let unpacked = 0
  return {
    names: new Set(entries.keys()),
    part(name) {
      const entry = entries.get(name)
      if (!entry) return null
      const content = unpack(bytes, entry, limits)
      unpacked += content.length
      if (unpacked > limits.all) throw new Refusal('tooLarge', 'the archive unpacks to too much')
      return content
    },
  }
}

function directory(bytes: Buffer, limits: ZipLimits): Map<string, Entry> {
  const end = endOf(bytes)
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count > limits.entries) throw new Refusal('tooLarge', 'too many parts')
  const entries = new Map<string, Entry>()
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_SIZE > end || bytes.readUInt32LE(at) !== CENTRAL)
      throw new Refusal('damaged', 'directory')
    const flags = bytes.readUInt16LE(at + 8)
    const length = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + CENTRAL_SIZE, at + CENTRAL_SIZE + length)
    const entry = {
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    }
    if ((flags & 1) === 1) throw new Refusal('locked')
    checkName(name)
    checkSize(entry, limits)
    if (entries.has(name)) throw new Refusal('damaged', 'two parts of one name')
    if (!name.endsWith('/')) entries.set(name, entry)
    at += CENTRAL_SIZE + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

function endOf(bytes: Buffer): number {
  const least = Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT)
  for (let at = bytes.length - END_SIZE; at >= least; at -= 1) if (bytes.readUInt32LE(at) === END) return at
  throw new Refusal('damaged', 'no directory')
}

/** Names that lead out of an archive are never honest. */
function checkName(name: string): void {
  if (name.length > LONGEST_NAME) throw new Refusal('damaged', 'a name is too long')
  if (/^[/\\]|^[A-Za-z]:|\\|\0/.test(name) || name.split('/').includes('..'))
    throw new Refusal('damaged', 'a name leads out of the archive')
}

function checkSize({ packed, size }: Entry, limits: ZipLimits): void {
  if (size > limits.part) throw new Refusal('tooLarge', 'a part unpacks to too much')
  if (size > limits.ratioFrom && size > packed * limits.ratio)
    throw new Refusal('tooLarge', 'a part unpacks to many times its size')
}

function unpack(bytes: Buffer, entry: Entry, limits: ZipLimits): Buffer {
  const { offset, packed, size, method } = entry
  if (offset + LOCAL_SIZE > bytes.length || bytes.readUInt32LE(offset) !== LOCAL)
    throw new Refusal('damaged', 'a part is not where it should be')
  const from = offset + LOCAL_SIZE + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  if (from + packed > bytes.length) throw new Refusal('damaged', 'a part is cut off')
  const content = bytes.subarray(from, from + packed)
  if (method === 0) return content
  if (method !== 8) throw new Refusal('damaged', 'packed in a way nobody here knows')
  try {
    return inflateRawSync(content, { maxOutputLength: Math.min(limits.part, Math.max(size, 1)) })
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
    throw code === 'ERR_BUFFER_TOO_LARGE'
      ? new Refusal('tooLarge', 'a part is larger than it says')
      : new Refusal('damaged', 'a part cannot be unpacked')
  }
}
