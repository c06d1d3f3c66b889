/** Third parties' plugins on the disk: found, installed, replaced, removed, and the files pages fetch of them. */
import type { FoundPlugin } from './find.ts'
import type { CatalogAnswer } from './types.ts'

export interface Packages {
  /** Those that are installed, by name. Cheap enough to ask every few seconds. */
  find(): readonly FoundPlugin[]
  /** @throws AppError `badRequest` with what is wrong; then nothing changed. `taken` are names of bundled plugins. */
  install(what: string, taken: ReadonlySet<string>): Promise<FoundPlugin>
  update(name: string): Promise<FoundPlugin>
  remove(name: string): Promise<void>
  search(words: string): Promise<CatalogAnswer>
}
