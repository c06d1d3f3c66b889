/** A picture in a form that a PDF takes (SPEC-board B513). */
import { Resvg } from '@resvg/resvg-js'
import { base64OfBytes } from '../../../shared/board/base64.ts'

const MOST_PIXELS = 20_000_000

/** JPEG and plain PNG as they are, others drawn anew as PNG; null for what cannot be read. */
export function rasterPicture({ mime, bytes }: { mime: string; bytes: Uint8Array }): Buffer | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (mime === 'image/jpeg' && buffer[0] === 0xff && buffer[1] === 0xd8) return buffer
  if (mime === 'image/png' && isPlainPng(buffer)) return buffer
  try {
    const image = `<image href="data:${mime};base64,${base64OfBytes(bytes)}"/>`
    const drawn = new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">${image}</svg>`)
    const box = drawn.getBBox()
    if (!box || box.width * box.height > MOST_PIXELS) return null
    drawn.cropByBBox(box)
    return drawn.render().asPng()
  } catch {
    return null
  }
}

/** Eight bits a channel and rows from top to bottom: what PDF writers read without doubt. */
function isPlainPng(png: Buffer): boolean {
  return png.length > 33 && png.readUInt32BE(0) === 0x89504e47 && png[24] === 8 && png[28] === 0
}
