/** Pictures in files: their names, and how large they are on a page (SPEC-formats F17). */
import type { PictureView } from '../tree.ts'

const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/svg+xml': 'svg',
}
/** Of the room's height, so that a caption stays with its picture. */
const HIGHEST = 0.85

/** The name of a picture's file: its key has no letter that a file system minds. */
export function pictureFile({ key, mime }: Pick<PictureView, 'key' | 'mime'>): string {
  return `${key}.${ENDINGS[mime] ?? 'bin'}`
}

/** The name of the file with a picture's vectors. */
export function vectorFile({ key }: Pick<PictureView, 'key'>): string {
  return `${key}.svg`
}

/** What a picture is called for those who do not see it. */
export function pictureWords({ alt, caption }: Pick<PictureView, 'alt' | 'caption'>): string {
  return alt === '' ? caption : alt
}

/** CSS pixels (96 to an inch) that a picture takes up in a room of so many, never more than there is. */
export function pictureSize(
  { width, height, part }: Pick<PictureView, 'width' | 'height' | 'part'>,
  room: { width: number; height: number },
): { width: number; height: number } {
  const wished = part === null ? Math.min(width, room.width) : room.width * part
  const scale = Math.min(wished / width, (room.height * HIGHEST) / height)
  return { width: Math.max(1, width * scale), height: Math.max(1, height * scale) }
}

/** Of the room's width, the widest picture that words flow round. */
const WIDEST_FLOAT = 0.6

/** Whether words flow round a picture: it is at a side, and there is room for them. */
export function floats(
  { side }: Pick<PictureView, 'side'>,
  size: { width: number },
  room: { width: number },
): boolean {
  return (side === 'left' || side === 'right') && size.width <= room.width * WIDEST_FLOAT
}

/** The pictures that a file holds, each once, numbered from 1 in the order in which they come. */
export interface PictureList {
  number(picture: PictureView): number
  readonly all: readonly PictureView[]
}

export function pictureList(): PictureList {
  const numbers = new Map<string, number>()
  const all: PictureView[] = []
  return {
    all,
    number(picture) {
      const known = numbers.get(picture.key)
      if (known !== undefined) return known
      all.push(picture)
      numbers.set(picture.key, all.length)
      return all.length
    },
  }
}
