/**
 * The import map that lets a third party's plugin use the page's own copies of libraries (DESIGN D7). It is the only
 * inline script of a page, allowed by its hash: the text is the same for every page of a build, so that pages can be kept.
 */
import { createHash } from 'node:crypto'

export interface ImportMap {
  /** What stands in `<script type="importmap">`. */
  text: string
  /** Its source expression for `script-src`. */
  source: string
}

/** The map of libraries to their built files; `up` leads from the page to our root. */
export function importMapOf(libraries: ReadonlyMap<string, string>, up: string): ImportMap {
  const imports = Object.fromEntries([...libraries].map(([library, file]) => [library, `${up}${file}`]))
  const text = `\n${JSON.stringify({ imports }, null, 1)}\n`
  const hash = createHash('sha256').update(text).digest('base64')
  return { text, source: `'sha256-${hash}'` }
}
