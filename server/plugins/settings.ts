/**
 * A plugin's settings from all layers: default, then `settings.json`, then the environment, then the administrator's
 * decision (never over the environment), then a pad's owner.
 */
import type { Fields, FieldValue, Values } from '../../shared/plugin.ts'
import { isPublic, mayDecide, readField } from '../../shared/plugin/fields.ts'
import type { Field } from '../../shared/plugin/fields.ts'
import type { Environment } from '../settings/substitute.ts'
import { isTree } from '../settings/substitute.ts'
import { show } from './facts.ts'
import type { SettingView } from './types.ts'

/** Where a plugin's settings come from. */
export interface SettingLayers {
  /** Its key in `settings.json`. */
  block: string
  /** What stands there. */
  file: unknown
  env: Environment
  /** The administrator's decisions by key, as kept. */
  decided: ReadonlyMap<string, unknown>
}

/** The settings in force for the whole installation. */
export interface ResolvedSettings {
  readonly views: readonly SettingView[]
  readonly values: Values<Fields>
  /** Those a browser may know. */
  readonly open: Readonly<Record<string, FieldValue>>
}

/** Resolves all settings; `warn` hears of each value that is wrong and of each key nobody declared. */
export function resolveSettings(
  fields: Fields,
  layers: SettingLayers,
  warn: (message: string) => void,
): ResolvedSettings {
  const fixed = environmentOf(layers.env, layers.block)
  const file = isTree(layers.file) ? layers.file : {}
  const views = Object.entries(fields).map(([key, field]) => resolve(key, field, file, fixed, layers, warn))
  warnOfRest(fields, layers, fixed, warn)
  const values = Object.fromEntries(views.map(({ key, value }) => [key, value])) as Values<Fields>
  const open = Object.fromEntries(
    views.filter(({ field }) => isPublic(field)).map(({ key, value }) => [key, value]),
  )
  return { views, values: Object.freeze(values), open }
}

/** Variables such as `EP__ep_x__key`, by key: what they say, and their name. */
function environmentOf(env: Environment, block: string): ReadonlyMap<string, { name: string; text: string }> {
  const prefix = `EP__${block}__`
  const found = Object.entries(env).flatMap(([name, text]) =>
    name.startsWith(prefix) && text !== undefined && text !== 'undefined' && text !== 'null'
      ? [[name.slice(prefix.length), { name, text }] as const]
      : [],
  )
  return new Map(found)
}

function resolve(
  key: string,
  field: Field,
  file: Record<string, unknown>,
  fixed: ReadonlyMap<string, { name: string; text: string }>,
  { block, decided, env }: SettingLayers,
  warn: (message: string) => void,
): SettingView {
  const take = (place: string, given: unknown): FieldValue | undefined => {
    try {
      return readField(field, given)
    } catch (error) {
      const shown = field.type === 'secret' ? 'not what it should be' : show(given)
      const rest = field.type === 'secret' ? '' : `: ${show(field.default)}`
      warn(`${place} is ${shown}; allowed is ${(error as Error).message}. The default counts${rest}`)
      return undefined
    }
  }
  const variable = fixed.get(key)
  if (variable !== undefined) {
    const value = take(variable.name, variable.text)
    if (value !== undefined) return { key, field, value, source: 'environment', fixed: variable.name }
  }
  if (decided.has(key)) {
    const value = take(`${block}.${key}, as the administrator decided it,`, decided.get(key))
    if (value !== undefined) return { key, field, value, source: 'administrator', fixed: null }
  }
  // What a variable says also stands in the settings as they were read.
  const given = Object.hasOwn(file, key) && variable === undefined ? file[key] : undefined
  if (given !== undefined && given !== null) {
    const value = take(`${block}.${key}`, given)
    if (value !== undefined) return { key, field, value, source: 'file', fixed: null }
  }
  const named = field.variable === undefined ? undefined : env[field.variable]
  if (field.variable !== undefined && named !== undefined && !['', 'undefined', 'null'].includes(named)) {
    const value = take(field.variable, named)
    if (value !== undefined) return { key, field, value, source: 'environment', fixed: null }
  }
  return { key, field, value: field.default, source: 'default', fixed: null }
}

function warnOfRest(
  fields: Fields,
  { block, file }: SettingLayers,
  fixed: ReadonlyMap<string, unknown>,
  warn: (message: string) => void,
): void {
  if (file !== undefined && file !== null && !isTree(file)) {
    warn(`${block} is ${show(file)}; allowed is an object: { ... }`)
    return
  }
  const keys = Object.keys(fields)
  const unknown = [...new Set([...Object.keys(isTree(file) ? file : {}), ...fixed.keys()])]
  for (const key of unknown)
    if (!Object.hasOwn(fields, key))
      warn(
        keys.length === 0
          ? `${block}.${key} has no effect: this plugin has no settings`
          : `${block}.${key} is unknown and has no effect; its settings are ${keys.join(', ')}`,
      )
}

/** The settings with what a pad's owner decided over them. */
export function settingsInPad(
  fields: Fields,
  values: Values<Fields>,
  decided: Readonly<Record<string, FieldValue>> | undefined,
): Values<Fields> {
  if (decided === undefined) return values
  const over: Record<string, FieldValue> = {}
  for (const [key, field] of Object.entries(fields)) {
    if (!mayDecide('pad', field) || !Object.hasOwn(decided, key)) continue
    try {
      over[key] = readField(field, decided[key])
    } catch {
      // Decided under another version of the plugin: what counts for all pads counts.
    }
  }
  return { ...values, ...over }
}
