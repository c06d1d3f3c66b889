/** Small real pictures, and the ways files carry more than a picture. */
import { crc32, deflateSync } from 'node:zlib'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const be32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const le32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** A chunk of a PNG. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([latin(type), data])
  return Buffer.concat([be32(data.length), body, be32(crc32(body))])
}

/** A PNG of one colour, with more chunks before its data. */
export function pngFile(
  width: number,
  height: number,
  more: readonly Uint8Array[] = [],
  colour = [200, 40, 40],
): Buffer {
  const header = Buffer.concat([be32(width), be32(height), Buffer.from([8, 2, 0, 0, 0])])
  const line = Buffer.concat([
    Buffer.from([0]),
    Buffer.concat(Array.from({ length: width }, () => Buffer.from(colour))),
  ])
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    ...more,
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** EXIF with a place on earth, a camera's name and how the picture is held. */
export function exif(orientation: number): Buffer {
  const entry = (tag: number, type: number, count: number, value: readonly number[]): Buffer =>
    Buffer.concat([Buffer.from([tag & 255, tag >> 8, type, 0]), le32(count), Buffer.from(value)])
  const entries = [
    entry(0x010f, 2, 4, [0x4d, 0x6f, 0x65, 0]),
    entry(0x0112, 3, 1, [orientation, 0, 0, 0]),
    entry(0x8825, 4, 1, [0x40, 0, 0, 0]),
  ]
  const table = Buffer.concat([Buffer.from([entries.length, 0]), ...entries, le32(0)])
  return Buffer.concat([latin('II*\0'), le32(8), table, latin('GPS 52.5200 N 13.4050 E')])
}

/** A segment of a JPEG. */
export function jpegSegment(marker: number, data: Uint8Array): Buffer {
  const length = data.length + 2
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 255]), data])
}

const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAACAAQDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCAANSP/9k=',
  'base64',
)

/** A JPEG of 4 by 2 pixels, with more segments behind its head and more bytes behind its end. */
export function jpegFile(segments: readonly Uint8Array[] = [], behind: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([JPEG.subarray(0, 20), ...segments, JPEG.subarray(20), behind])
}

/** A chunk of a WebP. */
export function webpChunk(type: string, data: Uint8Array): Buffer {
  return Buffer.concat([latin(type), le32(data.length), data, Buffer.alloc(data.length % 2)])
}

const VP8 = Buffer.from('kAEAnQEqBAACAALATCWgAnS6AAOYAP7uQx/ubHOLcFf/bQ//Wh/+tD/pQAA=', 'base64')

/** A WebP of 4 by 2 pixels in the extended form, with more chunks behind its data. */
export function webpFile(flags = 0, more: readonly Uint8Array[] = []): Buffer {
  const head = webpChunk('VP8X', Buffer.from([flags, 0, 0, 0, 3, 0, 0, 1, 0, 0]))
  const body = Buffer.concat([latin('WEBP'), head, webpChunk('VP8 ', VP8), ...more])
  return Buffer.concat([latin('RIFF'), le32(body.length), body])
}

/** A GIF of 1 by 1 pixel, with more blocks before its picture. */
export function gifFile(more: readonly Uint8Array[] = []): Buffer {
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
  return Buffer.concat([gif.subarray(0, 19), ...more, gif.subarray(19)])
}

/** An extension of a GIF. */
export function gifExtension(label: number, head: string, text: string): Buffer {
  const block = (words: string): Buffer => Buffer.concat([Buffer.from([words.length]), latin(words)])
  const blocks = [...(head === '' ? [] : [block(head)]), block(text), Buffer.from([0])]
  return Buffer.concat([Buffer.from([0x21, label]), ...blocks])
}
