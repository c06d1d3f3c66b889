/** Reads the settings: files, environment, defaults; everything checked (DESIGN D7). */
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse, printParseErrorCode } from 'jsonc-parser'
import type { ParseError } from 'jsonc-parser'
import { AppError } from '../errors.ts'
import { WITHOUT_EFFECT } from './etherpad.ts'
import type { Field } from './field.ts'
import { fields, SCHEMA } from './schema.ts'
import type { Settings } from './schema.ts'
import { coerceText, environmentTree, isTree, merge, substitute } from './substitute.ts'
import type { Environment, KeepsText } from './substitute.ts'
import { USER_VARIABLES } from './users.ts'

/** The settings, and what the administrator should hear about them. */
export interface LoadedSettings {
  settings: Settings
  /** Settings of plugins, by plugin (`ep_*`). */
  plugins: Readonly<Record<string, unknown>>
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
}

const TABLE = fields()
const GROUPS = new Set(TABLE.filter(([path]) => path.length > 1).map(([path]) => path[0]))
const BY_KEY = new Map(TABLE.map(([path, field]) => [path.join('.'), field]))

const keepsText: KeepsText = (path) =>
  path[0] === 'users' ? path[2] === 'password' : (BY_KEY.get(path.join('.'))?.text ?? false)

/**
 * Loads settings from files, environment and defaults.
 * @throws AppError `badSettings` with one line that names key, value and what is allowed
 */
export function loadSettings(sources: SettingsSources): LoadedSettings {
  const warnings: string[] = []
  const warn = (warning: string) => warnings.push(warning)
  const { env, root } = sources
  const read = (option: string, short: string | null, standard: string) => {
    const named = argument(sources.args, option, short)
    const file = named === null ? join(root, standard) : resolve(named)
    const content = readSettingsFile(file)
    if (content === null && named !== null)
      warn(`${file} is not there; environment variables and defaults are used`)
    return substitute(content ?? {}, env, keepsText, warn)
  }
  const file = merge(
    read('--settings', '-s', 'settings.json'),
    read('--credentials', null, 'credentials.json'),
  )
  const raw = merge(file, environmentTree(env, keepsText)) as Record<string, unknown>
  const settings = check(raw, env, warn)
  const { plugins, notes } = rest(raw, warn)
  return { settings: adjust(settings, root), plugins, warnings, notes }
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

/** The content of a settings file (JSON with comments and trailing commas); null when there is none. */
function readSettingsFile(file: string): Record<string, unknown> | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const code = isTree(error) && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT') return null
    throw new AppError('badSettings', `${file} cannot be read (${code})`)
  }
  const errors: ParseError[] = []
  const content: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const first = errors[0]
  if (first !== undefined) {
    const before = text.slice(0, first.offset).split('\n')
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
    throw new AppError('badSettings', `${file}, ${place}: ${printParseErrorCode(first.error)}`)
  }
  if (content === undefined) return {}
  if (!isTree(content)) throw new AppError('badSettings', `${file} must hold a JSON object: { ... }`)
  return content
}

function check(raw: Record<string, unknown>, env: Environment, warn: (warning: string) => void): Settings {
  const settings: Record<string, unknown> = {}
  for (const group of GROUPS) {
    if (group === undefined || !Object.hasOwn(raw, group)) continue
    const value = raw[group]
    if (value !== null && !isTree(value))
      throw new AppError('badSettings', `${group} is ${show(value)}; allowed is an object: { ... }`)
  }
  for (const [path, field] of TABLE) {
    const value = readField(path, field, raw, env, warn)
    let place = settings
    for (const key of path.slice(0, -1)) {
      if (!isTree(place[key])) place[key] = {}
      place = place[key] as Record<string, unknown>
    }
    place[path.at(-1) ?? ''] = value
  }
  return settings as unknown as Settings
}

function readField(
  path: readonly string[],
  field: Field<unknown>,
  raw: Record<string, unknown>,
  env: Environment,
  warn: (warning: string) => void,
): unknown {
  const key = path.join('.')
  let value = at(raw, path)
  let source = key
  if (key === 'users') value = withVariables(value, env)
  else if (value === undefined && field.env !== null) {
    value = fromVariable(field, env)
    if (value !== undefined) source = `${key} (environment variable ${field.env})`
  }
  if (key === 'defaultPadText' && typeof value === 'string') value = unquote(value)
  if (value === undefined || value === null || (value === '' && !field.keepsEmpty)) return field.fallback
  const reading = field.read(value)
  if ('refused' in reading) {
    const { refused } = reading
    const where = refused.at === undefined ? source : `${source}.${refused.at}`
    const shown =
      field.secret && refused.value === undefined ? 'not what it should be' : show(refused.value ?? value)
    throw new AppError('badSettings', `${where} is ${shown}; allowed is ${refused.allowed ?? field.allowed}`)
  }
  if (reading.warning !== undefined) warn(reading.warning)
  return reading.value
}

function fromVariable(field: Field<unknown>, env: Environment): unknown {
  const text = field.env === null ? undefined : env[field.env]
  return text === undefined ? undefined : coerceText(text)
}

/** Accounts whose password stands in a variable, where the file does not name them. */
function withVariables(value: unknown, env: Environment): unknown {
  if (value !== undefined && value !== null && !isTree(value)) return value
  const users: Record<string, unknown> = { ...value }
  for (const { env: name, name: user, isAdmin } of USER_VARIABLES)
    if (env[name] !== undefined && !Object.hasOwn(users, user))
      users[user] = { password: coerceText(env[name]), is_admin: isAdmin }
  return users
}

/** Quotes round it and `\n` inside it come from `.env` files that were passed on as they are. */
function unquote(text: string): string {
  const inner = /^"(.*)"$/s.exec(text)?.[1] ?? text
  return inner.includes('\n') ? inner : inner.replaceAll('\\n', '\n')
}

function at(tree: Record<string, unknown>, path: readonly string[]): unknown {
  let value: unknown = tree
  for (const key of path) value = isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

/** What is left of the file: plugins' settings, keys without effect, keys nobody knows. */
function rest(
  raw: Record<string, unknown>,
  warn: (warning: string) => void,
): { plugins: Record<string, unknown>; notes: string[] } {
  const plugins: Record<string, unknown> = {}
  const idle: string[] = []
  const sort = (key: string) => {
    if (WITHOUT_EFFECT.has(key)) idle.push(key)
    else warn(`unknown setting ${key}; it has no effect`)
  }
  for (const [key, value] of Object.entries(raw)) {
    if (key.startsWith('ep_')) plugins[key] = value
    else if (GROUPS.has(key) && isTree(value)) {
      for (const inner of Object.keys(value)) if (!BY_KEY.has(`${key}.${inner}`)) sort(`${key}.${inner}`)
    } else if (!Object.hasOwn(SCHEMA, key)) sort(key)
  }
  const notes =
    idle.length === 0 ? [] : [`settings known from Etherpad that have no effect here: ${idle.join(', ')}`]
  return { plugins, notes }
}

/** Rules between settings. */
function adjust(settings: Settings, root: string): Settings {
  if (settings.requireAuthentication)
    throw new AppError(
      'badSettings',
      'requireAuthentication is true; allowed is false, because signing in is not available yet and pads must not stand open by mistake',
    )
  const { filename } = settings.dbSettings
  // Etherpad's dirty.db is no SQLite file; ours stands beside it.
  const own = /(^|\/)dirty\.db$/.test(filename) ? join(dirname(filename), 'inkpad.db') : filename
  return { ...settings, dbSettings: { ...settings.dbSettings, filename: resolve(root, own) } }
}
