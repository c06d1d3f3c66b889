/** A picture that somebody sends, as it is kept (SPEC-board B430). */
import { MAX_ASSET_BYTES } from '../../shared/board/limits.ts'
import { AppError } from '../errors.ts'
import { cleanGif, isGif } from './gif.ts'
import { cleanJpeg, isJpeg } from './jpeg.ts'
import { NoPicture } from './picture.ts'
import type { CleanPicture } from './picture.ts'
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
 * What the bytes are, whatever their name says, without what is not part of the picture. Linear in their length.
 * @throws AppError `badRequest` for anything but PNG, JPEG, WebP and GIF, `tooLarge` beyond the limits of B30
 */
export function cleanPicture(bytes: Uint8Array): CleanPicture {
  if (bytes.length > MAX_ASSET_BYTES)
    throw new AppError('tooLarge', `A picture has at most ${MAX_ASSET_BYTES / 1024 / 1024} MiB.`)
  const clean = KINDS.find(([is]) => is(bytes))?.[1]
  let picture: CleanPicture | undefined
  try {
    picture = clean?.(bytes)
  } catch (error) {
    if (!(error instanceof NoPicture)) throw error
  }
  if (!picture)
    throw new AppError('badRequest', 'This is no picture that can be shown here: PNG, JPEG, WebP or GIF.')
  if (picture.width * picture.height > MOST_PIXELS)
    throw new AppError('tooLarge', `A picture has at most ${MOST_PIXELS / 1_000_000} million pixels.`)
  return picture
}
