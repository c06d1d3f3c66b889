/** PNG and animated PNG (W3C PNG, third edition): the chunks that make the picture stay, text, time and EXIF go. */
import type { CleanPicture } from './picture.ts'
import { NoPicture, checkSize, joined, readerOf } from './picture.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const KEPT: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'cICP',
  'iCCP',
  'sBIT',
  'pHYs',
  'acTL',
  'fcTL',
  'fdAT',
])

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((value, at) => bytes[at] === value)
}

/** @throws NoPicture */
export function cleanPng(bytes: Uint8Array): CleanPicture {
  const reader = readerOf(bytes)
  const parts: Uint8Array[] = [reader.slice(0, 8)]
  if (reader.ascii(12, 4) !== 'IHDR' || reader.be32(8) !== 13) throw new NoPicture('header')
  const width = reader.be32(16)
  const height = reader.be32(20)
  checkSize(width, height)
  let data = false
  for (let at = 8; ;) {
    const end = at + 12 + reader.be32(at)
    const type = reader.ascii(at + 4, 4)
    const chunk = reader.slice(at, end)
    if (KEPT.has(type)) parts.push(chunk)
    // What begins with a capital has to be understood, so a picture without it would be another one.
    else if (/^[A-Z]/.test(type)) throw new NoPicture(`chunk ${type}`)
    data ||= type === 'IDAT'
    if (type === 'IEND') break
    at = end
  }
  if (!data) throw new NoPicture('no data')
  return { type: 'image/png', width, height, bytes: joined(parts) }
}
