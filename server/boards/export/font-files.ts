/** Where the board's font files are (SPEC-board B500): the packages they come in. */
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** The folder that holds `noto-sans` and the others. */
export function fontFolder(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans/package.json')))
}
