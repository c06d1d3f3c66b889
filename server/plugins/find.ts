/** Finds the plugins that come with Inkpad, and what is known of names that are none (`plugins/known.json`). */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPluginName } from '../../shared/plugin.ts'
import type { PluginFacts } from '../../shared/plugin.ts'
import type { BootPlugin } from '../../shared/settings.ts'
import { isTree } from '../settings/substitute.ts'
import { isLanguage, readFacts } from './facts.ts'

/** A plugin that is here, whether it is on or not. */
export interface FoundPlugin {
  readonly facts: PluginFacts
  readonly source: 'bundled' | 'package'
  /** The key of its settings in `settings.json`. */
  readonly block: string
  /** Keys of earlier days, which count where {@link FoundPlugin.block} says nothing. */
  readonly oldBlocks?: readonly string[]
  /** Other content has another mark: the plugin is loaded again. */
  readonly mark: string
  /** Absolute paths. */
  readonly shared: string
  readonly server: string | null
  /** It has something of its own for pages: a client half, or a style sheet. */
  readonly page: boolean
  /** Folder of its translations. */
  readonly locales: string | null
  /** Where pages fetch a third party's plugin; bundled ones are part of the build. */
  readonly files: BootPlugin['files'] | null
  /** Of a third party's: its package, and whether that came from a registry. */
  readonly package: { readonly name: string; readonly registry: boolean } | null
}

/** Names that administrators may ask for and that are no plugin of ours. */
export interface KnownNames {
  /** Will come with a later version. */
  readonly toCome: readonly string[]
  /** What they do is part of Inkpad itself. */
  readonly builtIn: readonly string[]
  /** Another plugin does it. */
  readonly instead: Readonly<Record<string, string>>
}

const NO_NAMES: KnownNames = { toCome: [], builtIn: [], instead: {} }

/**
 * The plugins in `folder` (`plugins` of the sources, or of the build), in the order of their names. One with wrong
 * facts is left out and told of in one line that names file and key.
 */
export function findBundled(
  folder: string,
  version: string,
  warn: (message: string) => void,
): readonly FoundPlugin[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isPluginName(entry.name))
    .map((entry) => entry.name)
    .sort()
  return names.flatMap((name) => {
    try {
      return [bundled(join(folder, name), name, version)]
    } catch (error) {
      warn(`plugins/${name}/plugin.json: ${error instanceof Error ? error.message : String(error)}`)
      return []
    }
  })
}

function bundled(folder: string, name: string, version: string): FoundPlugin {
  const { block, oldBlocks, languages, ...facts } = readFacts(
    name,
    JSON.parse(readFileSync(join(folder, 'plugin.json'), 'utf8')),
  )
  const shared = module(folder, 'shared')
  if (shared === null) throw new RangeError('there is no shared half beside it')
  const locales = existsSync(join(folder, 'locales')) ? join(folder, 'locales') : null
  return {
    facts: { ...facts, version, languages: languages ?? languagesIn(locales) },
    source: 'bundled',
    block,
    oldBlocks,
    mark: '',
    shared,
    server: module(folder, 'server'),
    page: ['client.tsx', 'style.css'].some((file) => existsSync(join(folder, file))),
    locales,
    files: null,
    package: null,
  }
}

/** A half as it was built, or, among the sources, as it is written. */
function module(folder: string, half: string): string | null {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const path = join(folder, `${half}.${ending}`)
  return existsSync(path) ? path : null
}

/** The languages a folder of translations has. */
export function languagesIn(folder: string | null): readonly string[] {
  const names = folder === null || !existsSync(folder) ? [] : readdirSync(folder)
  const codes = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5))
  return ['en', ...codes.filter((code) => code !== 'en' && code !== 'qqq' && isLanguage(code)).sort()]
}

/** Reads what is known of names that are no plugins here; nothing when the file is not there. */
export function readKnownNames(folder: string): KnownNames {
  const file = join(folder, 'known.json')
  if (!existsSync(file)) return NO_NAMES
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!isTree(content)) return NO_NAMES
  const names = (value: unknown) => (Array.isArray(value) ? value.filter(isPluginName) : [])
  const instead = isTree(content.instead) ? Object.entries(content.instead) : []
  return {
    toCome: names(content.toCome),
    builtIn: names(content.builtIn),
    instead: Object.fromEntries(
      instead.filter((pair): pair is [string, string] => isPluginName(pair[0]) && isPluginName(pair[1])),
    ),
  }
}
