/** Pictures in files of strangers (SPEC-formats F80): cleaned as those that people bring, and named by what they are. */
import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { MAX_ASSET_BYTES } from '../../../shared/board/limits.ts'
import { MOST_PIXELS, cleaned } from '../../../shared/pictures/clean.ts'
import type { CleanPicture } from '../../../shared/pictures/picture.ts'
import type { HtmlElement } from '../../../shared/text/html-node.ts'

/** Pictures of one file, and their bytes. */
const MOST = 200
const MOST_BYTES = 64 * 1024 * 1024
/** Of a width, what programs round. */
const NEARLY = 0.03

/** A picture of a file, under the key it will have beside the pad. */
export interface FilePicture extends CleanPicture {
  readonly key: string
}

/** What a file says of a picture. */
export interface PictureSaid {
  alt?: string
  /** Percent of the text's width. */
  show?: string
  /** CSS pixels it takes up, of those that the text is wide. */
  size?: { wide: number; room: number } | null
}

/** Keeps the pictures of a file. */
export interface PictureTray {
  /** The element that stands for a picture; null for what is none, or too much. */
  take(bytes: Uint8Array | null, said?: PictureSaid): HtmlElement | null
  readonly all: readonly FilePicture[]
}

/** @param shows whether anybody shows pictures; none is taken otherwise */
export function pictureTray(shows = true): PictureTray {
  const kept = new Map<string, FilePicture>()
  let bytes = 0
  return {
    get all() {
      return [...kept.values()]
    },
    take(given, { alt = '', show = '', size = null } = {}) {
      if (
        !shows ||
        given === null ||
        given.length > MAX_ASSET_BYTES ||
        kept.size >= MOST ||
        bytes >= MOST_BYTES
      )
        return null
      const picture = cleanedOrNull(given)
      if (!picture || picture.width * picture.height > MOST_PIXELS) return null
      const key = createHash('sha256').update(picture.bytes).digest('base64url')
      if (!kept.has(key)) bytes += picture.bytes.length
      kept.set(key, { ...picture, key })
      const facts = `${key} ${picture.width} ${picture.height}`
      const part = size === null ? show : partOf(size, picture.width)
      return {
        tag: 'img',
        attributes: { 'data-picture': facts, alt, ...(part === '' ? {} : { 'data-show': part }) },
      }
    },
  }
}

/** Percent; nothing for one that is as large as it is, or as large as the text has room. */
function partOf({ wide, room }: { wide: number; room: number }, width: number): string {
  if (!(wide > 0) || !(room > 0)) return ''
  const natural = Math.min(width, room)
  if (Math.abs(wide - natural) <= natural * NEARLY) return ''
  return String(Math.max(1, Math.min(100, Math.round((wide / room) * 100))))
}

function cleanedOrNull(bytes: Uint8Array): CleanPicture | null {
  try {
    return cleaned(bytes)
  } catch {
    // Drawings, and whatever else browsers show, stay behind.
    return null
  }
}

/** What stands at the address of a picture; null for none that is in the file. */
export type PictureAt = (address: string) => Uint8Array | null

const DATA = /^data:image\/(?:png|jpeg|jpg|webp|gif);base64,/i

/** A picture that stands in its own address. */
export const inAddress: PictureAt = (address) => {
  const head = DATA.exec(address.slice(0, 100))?.[0]
  return head === undefined || address.length > MAX_ASSET_BYTES * 1.4
    ? null
    : Buffer.from(address.slice(head.length), 'base64')
}

/** A part of an archive, named from another part of it. */
export function partAt(archive: { part(path: string): Buffer | null }, from: string): PictureAt {
  return (address) => {
    if (DATA.test(address.slice(0, 100))) return inAddress(address)
    const path = posix.normalize(posix.join(posix.dirname(from), unescaped(address)))
    return /^[a-z]+:/i.test(address) || path.startsWith('..') ? null : archive.part(path)
  }
}

function unescaped(address: string): string {
  try {
    return decodeURIComponent(address.replace(/[?#].*$/, ''))
  } catch {
    return address
  }
}
