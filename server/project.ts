/** Where we are, and which version. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The nearest folder above that holds our package.json: the same for the sources and for `dist`. */
export function projectFolder(): string {
  let folder = import.meta.dirname
  while (dirname(folder) !== folder) {
    try {
      readFileSync(join(folder, 'package.json'))
      return folder
    } catch {
      folder = dirname(folder)
    }
  }
  return process.cwd()
}

/** The version in a project's package.json. */
export function versionOf(folder: string): string {
  const content: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const version =
    typeof content === 'object' && content !== null && 'version' in content ? content.version : ''
  return String(version)
}
