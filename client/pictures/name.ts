/** A prepared picture without anything that is not part of it, and its name: the hash of what is left (SPEC-text I2). */
import { digest } from 'lib0/hash/sha256'
import { MAX_ASSET_BYTES } from '../../shared/board/limits.ts'
import { MOST_PIXELS, cleaned } from '../../shared/pictures/clean.ts'
import type { CleanPicture } from '../../shared/pictures/picture.ts'
import { PictureError } from '../board/pictures/source.ts'

export interface NamedPicture extends CleanPicture {
  readonly key: string
}

/** @throws PictureError */
export async function namedPicture(blob: Blob): Promise<NamedPicture> {
  if (blob.size > MAX_ASSET_BYTES) throw new PictureError('tooLarge')
  const picture = cleanedOrRefused(new Uint8Array(await blob.arrayBuffer()))
  if (picture.width * picture.height > MOST_PIXELS) throw new PictureError('tooLarge')
  return { ...picture, key: base64url(await sha256(picture.bytes)) }
}

function cleanedOrRefused(bytes: Uint8Array): CleanPicture {
  try {
    return cleaned(bytes)
  } catch {
    throw new PictureError('noPicture')
  }
}

/** Pages that did not come over https have no `crypto.subtle`. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const subtle = (crypto as Partial<Crypto>).subtle
  return subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : digest(bytes)
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
