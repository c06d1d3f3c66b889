/** A picture that somebody sends, as it is kept (SPEC-board B430). */
import { MAX_ASSET_BYTES } from '../../shared/board/limits.ts'
import { MOST_PIXELS, cleaned } from '../../shared/pictures/clean.ts'
import { NoPicture } from '../../shared/pictures/picture.ts'
import type { CleanPicture } from '../../shared/pictures/picture.ts'
import { AppError } from '../errors.ts'

/**
 * What the bytes are, whatever their name says, without what is not part of the picture. Linear in their length.
 * @throws AppError `badRequest` for anything but PNG, JPEG, WebP and GIF, `tooLarge` beyond the limits of B30
 */
export function cleanPicture(bytes: Uint8Array): CleanPicture {
  if (bytes.length > MAX_ASSET_BYTES)
    throw new AppError('tooLarge', `A picture has at most ${MAX_ASSET_BYTES / 1024 / 1024} MiB.`)
  const picture = known(bytes)
  if (!picture)
    throw new AppError('badRequest', 'This is no picture that can be shown here: PNG, JPEG, WebP or GIF.')
  if (picture.width * picture.height > MOST_PIXELS)
    throw new AppError('tooLarge', `A picture has at most ${MOST_PIXELS / 1_000_000} million pixels.`)
  return picture
}

function known(bytes: Uint8Array): CleanPicture | null {
  try {
    return cleaned(bytes)
  } catch (error) {
    if (error instanceof NoPicture) return null
    throw error
  }
}
