/** Archives with the same bytes for the same parts. */
import { strToU8, zipSync } from 'fflate'
import type { Zippable } from 'fflate'

/** A fixed moment: archives hold nothing of when they were made. */
const TIME = new Date(1980, 0, 1, 12)
/** Little is won beyond, and it costs twice the time. */
const LEVEL = 6

/** A part of an archive. */
export interface Part {
  path: string
  content: string | Uint8Array
  /** Not compressed: pictures, and what must be readable in place. */
  stored?: boolean
}

/** The archive of these parts, in their order. */
export function zipped(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const files: Zippable = Object.create(null)
  for (const { path, content, stored } of parts)
    files[path] = [
      typeof content === 'string' ? strToU8(content) : content,
      { mtime: TIME, level: stored === true ? 0 : LEVEL },
    ]
  return zipSync(files)
}
