/** GIF 87a and 89a: comments, texts and what applications left go, how an animation repeats stays. */
import type { CleanPicture } from './picture.ts'
import type { Reader } from './picture.ts'
import { NoPicture, checkSize, joined, readerOf } from './picture.ts'

const REPEATS: ReadonlySet<string> = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0'])

export function isGif(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 6))
  return head === 'GIF87a' || head === 'GIF89a'
}

/** @throws NoPicture */
export function cleanGif(bytes: Uint8Array): CleanPicture {
  const reader = readerOf(bytes)
  const width = reader.le16(6)
  const height = reader.le16(8)
  checkSize(width, height)
  let at = 13 + tableLength(reader.byte(10))
  const parts: Uint8Array[] = [reader.slice(0, at)]
  let data = false
  for (;;) {
    const start = at
    const kind = reader.byte(at)
    if (kind === 0x3b) break
    if (kind === 0x2c) {
      at = endOfBlocks(reader, at + 11 + tableLength(reader.byte(at + 9)))
      data = true
      parts.push(reader.slice(start, at))
    } else if (kind === 0x21) {
      at = endOfBlocks(reader, at + 2)
      if (isKept(reader, start)) parts.push(reader.slice(start, at))
    } else throw new NoPicture('block')
  }
  if (!data) throw new NoPicture('no data')
  return { type: 'image/gif', width, height, bytes: joined([...parts, Uint8Array.of(0x3b)]) }
}

/** Bytes of a table of colours, by the flags that announce it. */
function tableLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

/** Behind the empty block that ends a row of blocks. */
function endOfBlocks(reader: Reader, from: number): number {
  let at = from
  for (let length = reader.byte(at); length > 0; length = reader.byte(at)) at += 1 + length
  return at + 1
}

/** Extensions: how a frame is shown, and how often all of them. */
function isKept(reader: Reader, at: number): boolean {
  const label = reader.byte(at + 1)
  return (
    label === 0xf9 || (label === 0xff && reader.byte(at + 2) === 11 && REPEATS.has(reader.ascii(at + 3, 11)))
  )
}
