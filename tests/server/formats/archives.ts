/** Archives as tests look at them. */
import { strFromU8, unzipSync } from 'fflate'

/** The parts by their paths, in the archive's order, as text. */
export function partsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]))
}

/** All of it as one text with a line for each element, for golden files. */
export function archiveText(bytes: Uint8Array): string {
  return [...partsOf(bytes)]
    .map(([path, text]) => `=== ${path}\n${text.replace(/></g, '>\n<').trim()}\n`)
    .join('')
}
