/** Pictures in a form that a rasteriser and a PDF take (SPEC-board B513): JPEG and plain PNG as they are, others as PNG. */
import { crc32, deflateSync } from 'node:zlib'
import { decode } from '@cwasm/webp'
import { Resvg } from '@resvg/resvg-js'
import { base64OfBytes } from '../../../shared/board/base64.ts'
import { AppError } from '../../errors.ts'
import { cleanPicture } from '../../pictures/clean.ts'

/** Bytes with their type. */
export interface Picture {
  readonly mime: string
  readonly bytes: Uint8Array
}

const MOST_PIXELS = 20_000_000

/** For a PDF; null for what cannot be read, or has too many pixels. */
export function rasterPicture(picture: Picture): Buffer | null {
  const plain = plainPicture(picture)
  return plain && Buffer.from(plain.bytes.buffer, plain.bytes.byteOffset, plain.bytes.byteLength)
}

/** JPEG or PNG of eight bits. */
export function plainPicture({ mime, bytes }: Picture): Picture | null {
  try {
    const { type, width, height } = cleanPicture(bytes)
    if (width * height > MOST_PIXELS) return null
    if (type === 'image/jpeg') return { mime: type, bytes }
    if (type === 'image/png' && isPlainPng(bytes)) return { mime: type, bytes }
    if (type === 'image/webp') {
      const image = decode(bytes)
      return { mime: 'image/png', bytes: pngOf(image.data, image.width, image.height) }
    }
    return { mime: 'image/png', bytes: redrawn(mime, bytes, width, height) }
  } catch (error) {
    // What was kept as a picture and still cannot be read leaves its place empty.
    if (error instanceof AppError || error instanceof Error) return null
    throw error
  }
}

function redrawn(mime: string, bytes: Uint8Array, width: number, height: number): Uint8Array {
  const size = `width="${width}" height="${height}"`
  const image = `<image ${size} href="data:${mime};base64,${base64OfBytes(bytes)}"/>`
  return new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${image}</svg>`).render().asPng()
}

/** Eight bits a channel and rows from top to bottom: what PDF writers read without doubt. */
function isPlainPng(png: Uint8Array): boolean {
  return png.length > 33 && png[24] === 8 && png[28] === 0
}

/** A PNG of plain rows: quick to write, and what is in it is drawn again anyway. */
function pngOf(rgba: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const stride = width * 4
  const rows = new Uint8Array(height * (stride + 1))
  for (let y = 0; y < height; y++) rows.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 6], 8)
  return Buffer.concat([
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 3 })),
    chunk('IEND', new Uint8Array(0)),
  ])
}

function chunk(kind: string, body: Uint8Array): Uint8Array {
  const out = Buffer.alloc(body.length + 12)
  out.writeUInt32BE(body.length, 0)
  out.write(kind, 4, 'latin1')
  out.set(body, 8)
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8)
  return out
}
