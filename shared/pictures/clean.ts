/** A picture that somebody brings, as it is kept (SPEC-board B430); pages clean it before they keep it, the server again. */
import { cleanGif, isGif } from './gif.ts'
import { cleanJpeg, isJpeg } from './jpeg.ts'
import type { CleanPicture } from './picture.ts'
import { NoPicture } from './picture.ts'
import { cleanPng, isPng } from './png.ts'
import { cleanWebp, isWebp } from './webp.ts'

/** Pixels of one picture: what browsers still show on a phone. */
export const MOST_PIXELS = 50_000_000

const KINDS = [
  [isPng, cleanPng],
  [isJpeg, cleanJpeg],
  [isWebp, cleanWebp],
  [isGif, cleanGif],
] as const

/**
 * What the bytes are, whatever their name says, without what is not part of the picture. Linear in their length; cleaned
 * once more it is the same bytes.
 * @throws NoPicture for anything but PNG, JPEG, WebP and GIF
 */
export function cleaned(bytes: Uint8Array): CleanPicture {
  const clean = KINDS.find(([is]) => is(bytes))?.[1]
  if (!clean) throw new NoPicture('kind')
  return clean(bytes)
}
