/** Third parties' packages: what `inkpad` in their package.json says, checked against what is there. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { isPluginName } from '../../shared/plugin.ts'
import type { PluginFacts } from '../../shared/plugin.ts'
import { isTree } from '../settings/substitute.ts'
import { readFacts, show } from './facts.ts'
import { languagesIn } from './find.ts'

/** A package's files by their paths inside it. */
export interface PackageFiles {
  readonly shared: string
  readonly server: string | null
  readonly client: string | null
  readonly style: string | null
  /** A folder. */
  readonly locales: string | null
}

/** A package that is a plugin. */
export interface PluginPackage {
  readonly facts: PluginFacts
  readonly block: string
  /** Name of the package. */
  readonly package: string
  readonly files: PackageFiles
}

/** Files and bytes a package may have. */
const MOST_FILES = 5000
const MOST_BYTES = 50_000_000

const PACKAGE = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/
const VERSION = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/
const PATH = /^(\.\/)?[\w@][\w@.+-]*(\/[\w@][\w@.+-]*)*\/?$/

/** Is this a package's name, as npm allows it? */
export function isPackageName(name: string): boolean {
  return name.length <= 200 && PACKAGE.test(name)
}

/** Is this one exact version? */
export function isVersion(version: string): boolean {
  return version.length <= 60 && VERSION.test(version)
}

/** The plugin a package of this name is: its last part. */
export function pluginOf(packageName: string): string {
  return packageName.slice(packageName.indexOf('/') + 1)
}

/** Reads the package in a folder. @throws RangeError with what is wrong with it */
export function readPackage(folder: string): PluginPackage {
  const content: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (!isTree(content)) throw new RangeError('its package.json holds no object')
  const { name, version, inkpad } = content
  if (typeof name !== 'string' || !isPackageName(name)) throw new RangeError(`its name is ${show(name)}`)
  if (!isPluginName(pluginOf(name)))
    throw new RangeError(`its name is "${name}"; a plugin's is ep_... or @you/ep_...`)
  if (typeof version !== 'string' || !isVersion(version))
    throw new RangeError(`its version is ${show(version)}`)
  if (!isTree(inkpad)) throw new RangeError('its package.json has no "inkpad", so it is no plugin of Inkpad')
  const { block, oldBlocks: _oldBlocks, languages, ...facts } = readFacts(pluginOf(name), inkpad)
  const file = (key: string): string | null => pathOf(folder, key, inkpad[key])
  const shared = file('shared')
  if (shared === null) throw new RangeError('inkpad.shared is missing; it is the path of the shared half')
  const locales = file('locales')
  return {
    facts: {
      ...facts,
      version,
      // Only what comes with Inkpad is on without being asked for.
      standard: false,
      languages: languages ?? languagesIn(locales === null ? null : join(folder, locales)),
    },
    block,
    package: name,
    files: { shared, server: file('server'), client: file('client'), style: file('style'), locales },
  }
}

/** A path inside the package, without `./`; null for none. @throws RangeError when it is none, or nothing is there */
function pathOf(folder: string, key: string, value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string' || value.length > 200 || !PATH.test(value))
    throw new RangeError(`inkpad.${key} is ${show(value)}; allowed is a path inside the package`)
  const path = value.replace(/^\.\//, '').replace(/\/$/, '')
  const stat = statSync(join(folder, path), { throwIfNoEntry: false })
  if (stat === undefined || stat.isDirectory() !== (key === 'locales'))
    throw new RangeError(`inkpad.${key} is "${value}", which is not in the package`)
  if (!isInside(folder, join(folder, path))) throw new RangeError(`inkpad.${key} leads out of the package`)
  return path
}

/** Does this path, links followed, stay inside the folder? */
export function isInside(folder: string, path: string): boolean {
  return realpathSync(path).startsWith(realpathSync(folder) + sep)
}

/** A short word for all content of a folder: other content has another one. @throws RangeError for too much */
export function digestOf(folder: string): string {
  const hash = createHash('sha256')
  let files = 0
  let bytes = 0
  const add = (path: string, name: string): void => {
    const stat = statSync(path)
    if (stat.isDirectory()) {
      for (const entry of readdirSync(path).sort()) add(join(path, entry), `${name}/${entry}`)
      return
    }
    files++
    bytes += stat.size
    if (files > MOST_FILES || bytes > MOST_BYTES)
      throw new RangeError(`it has more than ${MOST_FILES} files or ${MOST_BYTES / 1_000_000} MB`)
    hash.update(`${name}\0${stat.size}\0`).update(readFileSync(path))
  }
  add(folder, '')
  return hash.digest('hex').slice(0, 10)
}
