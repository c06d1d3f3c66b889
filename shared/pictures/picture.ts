/** What a file of a picture is made of, and what of it is kept. */

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'

/** A picture without anything that says where, when or by whom it was made. */
export interface CleanPicture {
  readonly type: PictureType
  /** As it is shown, in pixels: turned as the file says it is to be turned. */
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Bytes are no picture of a kind known here, or a broken one. */
export class NoPicture extends Error {
  constructor(why: string) {
    super(`no picture: ${why}`)
    this.name = 'NoPicture'
  }
}

/** Numbers in bytes; reading behind the end is a {@link NoPicture}. */
export interface Reader {
  readonly bytes: Uint8Array
  byte(at: number): number
  /** Big-endian. */
  be16(at: number): number
  be32(at: number): number
  /** Little-endian. */
  le16(at: number): number
  le24(at: number): number
  le32(at: number): number
  ascii(at: number, length: number): string
  /** @throws NoPicture */
  slice(from: number, to: number): Uint8Array
}

export function readerOf(bytes: Uint8Array): Reader {
  const byte = (at: number): number => {
    const value = bytes[at]
    if (value === undefined) throw new NoPicture('too short')
    return value
  }
  const be16 = (at: number): number => byte(at) * 256 + byte(at + 1)
  const le16 = (at: number): number => byte(at) + byte(at + 1) * 256
  return {
    bytes,
    byte,
    be16,
    be32: (at) => be16(at) * 65_536 + be16(at + 2),
    le16,
    le24: (at) => le16(at) + byte(at + 2) * 65_536,
    le32: (at) => le16(at) + le16(at + 2) * 65_536,
    ascii: (at, length) => {
      byte(at + length - 1)
      return String.fromCharCode(...bytes.subarray(at, at + length))
    },
    slice(from, to) {
      if (from > to || to > bytes.length) throw new NoPicture('too short')
      return bytes.subarray(from, to)
    },
  }
}

/** The parts in one piece. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Characters below 256 as bytes. */
export function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** @throws NoPicture for sizes no picture has */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1 || width > 65_535 || height > 65_535) throw new NoPicture('size')
}
