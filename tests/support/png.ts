/** PNG files for tests: reads those of 8 bits a channel, writes small ones. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue, opacity of each pixel, row by row. */
  readonly rgba: Uint8Array
  readonly at: (x: number, y: number) => number[]
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/** @throws for what is no PNG of this kind */
export function pngPixels(file: Uint8Array): Pixels {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let [width, height, channels] = [0, 0, 0]
  const data: Uint8Array[] = []
  for (let at = 8; at + 8 < file.length;) {
    const length = view.getUint32(at)
    const kind = String.fromCharCode(...file.subarray(at + 4, at + 8))
    const body = file.subarray(at + 8, at + 8 + length)
    if (kind === 'IHDR') {
      width = view.getUint32(at + 8)
      height = view.getUint32(at + 12)
      channels = body[8] === 8 && body[12] === 0 ? (CHANNELS[body[9] ?? -1] ?? 0) : 0
    }
    if (kind === 'IDAT') data.push(body)
    at += length + 12
  }
  if (channels === 0) throw new TypeError('not a PNG this can read')
  const rows = unfiltered(inflateSync(Buffer.concat(data)), width * channels, height, channels)
  const rgba = new Uint8Array(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const at = i * channels
    const grey = channels < 3
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = rows[at + (grey ? 0 : c)] ?? 0
    rgba[4 * i + 3] = channels % 2 === 0 ? (rows[at + channels - 1] ?? 0) : 255
  }
  return {
    width,
    height,
    rgba,
    at: (x, y) => [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)],
  }
}

function unfiltered(bytes: Uint8Array, length: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array(length * height)
  for (let y = 0; y < height; y++) {
    const filter = bytes[y * (length + 1)] ?? 0
    for (let x = 0; x < length; x++) {
      const left = x >= step ? (out[y * length + x - step] ?? 0) : 0
      const up = y > 0 ? (out[(y - 1) * length + x] ?? 0) : 0
      const corner = x >= step && y > 0 ? (out[(y - 1) * length + x - step] ?? 0) : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      out[y * length + x] = (bytes[y * (length + 1) + 1 + x] ?? 0) + guess
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** A PNG of `width` by `height`; `colour` gives red, green, blue and opacity of a pixel. */
export function pngFile(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number, number],
): Uint8Array {
  const rows = new Uint8Array(height * (width * 4 + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (width * 4 + 1) + 1 + x * 4)
  const head = new Uint8Array(13)
  const view = new DataView(head.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  head.set([8, 6], 8)
  return Buffer.concat([
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
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

/** An 8 by 8 chequer of dark blue and light orange. */
export function chequer(): Uint8Array {
  return pngFile(8, 8, (x, y) => ((x + y) % 2 === 0 ? [20, 40, 120, 255] : [250, 190, 120, 255]))
}
