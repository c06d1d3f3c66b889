/** WebP (Google's RIFF container, RFC 9649): EXIF, XMP and unknown chunks go. */
import type { CleanPicture } from './picture.ts'
import type { Reader } from './picture.ts'
import { NoPicture, checkSize, joined, latin, readerOf } from './picture.ts'

const KEPT: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
/** Flags of VP8X for EXIF and XMP. */
const EXIF = 0x08
const XMP = 0x04

export function isWebp(bytes: Uint8Array): boolean {
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
  return bytes.length >= 20 && word(0) === 'RIFF' && word(8) === 'WEBP'
}

/** @throws NoPicture */
export function cleanWebp(bytes: Uint8Array): CleanPicture {
  const reader = readerOf(bytes)
  const end = Math.min(bytes.length, 8 + reader.le32(4))
  const parts: Uint8Array[] = []
  let size: { width: number; height: number } | null = null
  let data = false
  for (let at = 12; at + 8 <= end;) {
    const type = reader.ascii(at, 4)
    const length = reader.le32(at + 4)
    const next = at + 8 + length + (length % 2)
    const chunk = reader.slice(at, at + 8 + length)
    size ??= sizeIn(reader, type, at + 8)
    data ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF'
    if (KEPT.has(type)) {
      parts.push(type === 'VP8X' ? withoutFlags(chunk) : chunk)
      if (length % 2 === 1) parts.push(Uint8Array.of(0))
    }
    at = next
  }
  if (!size || !data) throw new NoPicture('no data')
  checkSize(size.width, size.height)
  const whole = joined([latin('RIFF\0\0\0\0WEBP'), ...parts])
  new DataView(whole.buffer).setUint32(4, whole.length - 8, true)
  return { type: 'image/webp', ...size, bytes: whole }
}

function sizeIn(reader: Reader, type: string, at: number): { width: number; height: number } | null {
  if (type === 'VP8X') return { width: reader.le24(at + 4) + 1, height: reader.le24(at + 7) + 1 }
  if (type === 'VP8L') {
    if (reader.byte(at) !== 0x2f) throw new NoPicture('signature')
    const bits = reader.le32(at + 1)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (type !== 'VP8 ') return null
  if (reader.byte(at + 3) !== 0x9d || reader.byte(at + 4) !== 0x01 || reader.byte(at + 5) !== 0x2a)
    throw new NoPicture('signature')
  return { width: reader.le16(at + 6) & 0x3fff, height: reader.le16(at + 8) & 0x3fff }
}

function withoutFlags(chunk: Uint8Array): Uint8Array {
  const copy = chunk.slice()
  copy[8] = (copy[8] ?? 0) & ~(EXIF | XMP)
  return copy
}
