/**
 * JPEG (ITU-T T.81, JFIF 1.02): segments that make the picture stay. EXIF with its places and times, XMP, IPTC, comments, thumbnails
 * and whatever lies behind the end go; of EXIF only which way up the picture is held is written anew.
 */
import type { CleanPicture } from './picture.ts'
import type { Reader } from './picture.ts'
import { NoPicture, checkSize, joined, latin, readerOf } from './picture.ts'

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const COMMENT = 0xfe

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff
}

/** @throws NoPicture */
export function cleanJpeg(bytes: Uint8Array): CleanPicture {
  const reader = readerOf(bytes)
  const parts: Uint8Array[] = []
  let turned = 1
  let size: { width: number; height: number } | null = null
  let scans = 0
  let at = 2
  for (;;) {
    if (reader.byte(at) !== 0xff) throw new NoPicture('marker')
    const marker = reader.byte(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === EOI) break
    // Markers without a length: none of them stands between segments, but some writers put restarts there.
    if (marker >= 0xd0 && marker <= 0xd7) {
      at += 2
      continue
    }
    if (marker === SOI || marker < 0xc0) throw new NoPicture('marker')
    const length = reader.be16(at + 2)
    if (length < 2) throw new NoPicture('segment')
    const end = at + 2 + length
    const segment = reader.slice(at, end)
    if (marker === APP1) turned = orientationOf(reader, at + 4, end) ?? turned
    else {
      if (isFrame(marker) && !size) size = { height: reader.be16(at + 5), width: reader.be16(at + 7) }
      const kept = keptOf(reader, marker, at, segment)
      if (kept) parts.push(kept)
    }
    at = end
    if (marker === SOS) {
      scans++
      const next = endOfScan(bytes, at)
      parts.push(reader.slice(at, next))
      at = next
    }
  }
  if (!size || scans === 0) throw new NoPicture('no data')
  checkSize(size.width, size.height)
  const sideways = turned >= 5
  return {
    type: 'image/jpeg',
    width: sideways ? size.height : size.width,
    height: sideways ? size.width : size.height,
    bytes: joined([
      Uint8Array.of(0xff, SOI),
      ...(turned === 1 ? [] : [orientationSegment(turned)]),
      ...parts,
      Uint8Array.of(0xff, EOI),
    ]),
  }
}

/** Start of a frame: C0 to CF but tables of Huffman codes (C4), JPG (C8) and arithmetic conditioning (CC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function keptOf(reader: Reader, marker: number, at: number, segment: Uint8Array): Uint8Array | null {
  if (marker === COMMENT) return null
  if (marker < APP0 || marker > 0xef) return segment
  if (marker === APP0 && segment.length >= 18 && reader.ascii(at + 4, 5) === 'JFIF\0')
    return withoutThumbnail(segment)
  if (marker === APP2 && segment.length >= 16 && reader.ascii(at + 4, 12) === 'ICC_PROFILE\0') return segment
  if (marker === APP14 && segment.length >= 16 && reader.ascii(at + 4, 5) === 'Adobe') return segment
  return null
}

/** JFIF without the small picture it may carry. */
function withoutThumbnail(segment: Uint8Array): Uint8Array {
  const short = segment.slice(0, 18)
  short.set([0, 16], 2)
  short.set([0, 0], 16)
  return short
}

/** Where the data of a scan ends: before the next marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) break
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  throw new NoPicture('no end')
}

/** Which way up the picture is held (EXIF 2.3, tag 0x0112), 1 to 8; undefined where nothing says so. */
function orientationOf(reader: Reader, from: number, end: number): number | undefined {
  try {
    if (end - from < 14 || reader.ascii(from, 6) !== 'Exif\0\0') return undefined
    const tiff = from + 6
    const little = reader.ascii(tiff, 2) === 'II'
    const two = (at: number): number => (little ? reader.le16(at) : reader.be16(at))
    const four = (at: number): number => (little ? reader.le32(at) : reader.be32(at))
    const table = tiff + four(tiff + 4)
    const count = Math.min(two(table), 512)
    for (let i = 0; i < count; i++) {
      const entry = table + 2 + 12 * i
      if (entry + 12 > end) return undefined
      if (two(entry) !== 0x0112) continue
      const value = two(entry + 8)
      return value >= 1 && value <= 8 ? value : undefined
    }
  } catch {
    // Cut off: it says nothing.
  }
  return undefined
}

/** EXIF that says nothing but which way up the picture is held. */
function orientationSegment(turned: number): Uint8Array {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    turned,
    0,
    0,
    0,
    0,
    0,
    0,
  ]
  const body = [...latin('Exif\0\0'), ...tiff]
  return Uint8Array.of(0xff, APP1, 0, body.length + 2, ...body)
}
