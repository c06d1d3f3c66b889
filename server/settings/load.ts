/** Reads the settings: files, environment, defaults; everything checked (DESIGN D7). */
import { join, resolve } from 'node:path'
import { AppError } from '../errors.ts'
import { checkLayers, TABLE } from './check.ts'
import type { Fault, Resolved } from './check.ts'
import { parseSettings, readSettingsText } from './files.ts'
import { layersOf } from './layers.ts'
import type { FileLayer } from './layers.ts'
import { placeholders } from './placeholders.ts'
import { adjust } from './rules.ts'
import type { Settings } from './schema.ts'
import type { Environment, KeepsText } from './substitute.ts'
import { SECRETS_OF_USERS } from './users.ts'

export type { Resolved } from './check.ts'
export type { Origin } from './layers.ts'

/** The settings, and what the administrator should hear about them. */
export interface LoadedSettings {
  settings: Settings
  /** Settings of plugins, by plugin (`ep_*`). */
  plugins: Readonly<Record<string, unknown>>
  /**
   * Every value as it may be shown, secrets hidden, with who decided it; by key (`padOptions.lang`, `users.admin`,
   * `ep_x.key`).
   */
  sources: ReadonlyMap<string, Resolved>
  /** The settings file that counts, whether it is there or not. */
  file: string
  /** Sentences about what is probably not meant so. */
  warnings: readonly string[]
  /** Sentences worth knowing. */
  notes: readonly string[]
}

/** Where settings come from. */
export interface SettingsSources {
  /** Command line after the script's name: `--settings FILE` (`-s FILE`), `--credentials FILE`. */
  args: readonly string[]
  env: Environment
  /** Folder of the project: home of `settings.json`, of `credentials.json` and of relative database files. */
  root: string
  /** Taken for the text of the settings file; nothing is read from there. */
  text?: string
}

/** Settings with all that is wrong with them. */
export interface Inspected {
  loaded: LoadedSettings
  faults: readonly Fault[]
}

const BY_KEY = new Map(TABLE.map(([path, field]) => [path.join('.'), field]))

const keepsText: KeepsText = (path) =>
  path[0] === 'users'
    ? SECRETS_OF_USERS.includes(path[2] ?? '') || path[2] === 'displayname'
    : (BY_KEY.get(path.join('.'))?.text ?? false)

/**
 * Loads settings from files, environment and defaults.
 * @throws AppError `badSettings` with one line that names key, value and what is allowed
 */
export function loadSettings(sources: SettingsSources): LoadedSettings {
  const { loaded, faults } = inspectSettings(sources)
  const first = faults[0]
  if (first !== undefined) throw new AppError('badSettings', first.line)
  return loaded
}

/** As {@link loadSettings}, with all faults at once. @throws AppError `badSettings` for files that cannot be read */
export function inspectSettings({ args, env, root, text }: SettingsSources): Inspected {
  const warnings: string[] = []
  const layers: FileLayer[] = []
  const read = (option: string, short: string | null, standard: string, instead?: string): string => {
    const named = argument(args, option, short)
    const file = named === null ? join(root, standard) : resolve(named)
    const content = instead ?? readSettingsText(file)
    if (content !== null) layers.push({ file, content: parseSettings(file, content) })
    else if (named !== null)
      warnings.push(`${file} is not there; environment variables and defaults are used`)
    return file
  }
  const file = read('--settings', '-s', 'settings.json', text)
  read('--credentials', null, 'credentials.json')
  const all = layersOf(layers, env, keepsText, (warning) => warnings.push(warning))
  const checked = checkLayers(all, env)
  const isSet = (key: string) => (checked.sources.get(key)?.from.kind ?? 'default') !== 'default'
  const adjusted = adjust(checked.settings, root, isSet)
  const known = placeholders(adjusted.settings, env['NODE_ENV'] === 'production')
  return {
    loaded: {
      settings: adjusted.settings,
      plugins: checked.plugins,
      sources: checked.sources,
      file,
      warnings: [...warnings, ...checked.warnings, ...adjusted.warnings, ...known.warnings],
      notes: [...checked.notes, ...adjusted.notes],
    },
    faults: [...checked.faults, ...adjusted.faults, ...known.faults],
  }
}

function argument(args: readonly string[], long: string, short: string | null): string | null {
  for (const [at, arg] of args.entries()) {
    if (arg.startsWith(`${long}=`)) return arg.slice(long.length + 1)
    if (arg !== long && arg !== short) continue
    const value = args[at + 1]
    if (value === undefined) throw new AppError('badSettings', `${arg} needs the name of a file`)
    return value
  }
  return null
}
