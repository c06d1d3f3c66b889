/** What the administrator decided about plugins, kept in the database: on or off, and settings. */
import type { FieldValue } from '../../shared/plugin.ts'
import type { Store } from '../store/store.ts'

/** Decisions as they were read last. */
export interface Decisions {
  readonly on: ReadonlyMap<string, boolean>
  /** Settings by plugin and key. */
  readonly settings: ReadonlyMap<string, ReadonlyMap<string, unknown>>
  /** Equal when the decisions are equal. */
  readonly mark: string
}

export const NO_DECISIONS: Decisions = { on: new Map(), settings: new Map(), mark: '' }

const PREFIX = 'plugin/'
const onKey = (name: string): string => `${PREFIX}${name}/on`
const settingKey = (name: string, key: string): string => `${PREFIX}${name}/set/${key}`

type Values = Pick<Store, 'pluginValues' | 'savePluginValue' | 'removePluginValue'>

/** Reads all decisions. */
export async function readDecisions(store: Values): Promise<Decisions> {
  const rows = await store.pluginValues('', PREFIX)
  const on = new Map<string, boolean>()
  const settings = new Map<string, Map<string, unknown>>()
  for (const { key, value } of rows) {
    const [, name = '', what, setting] = key.split('/')
    if (what === 'on') on.set(name, value === 'true')
    else if (what === 'set' && setting !== undefined) {
      const own = settings.get(name) ?? new Map<string, unknown>()
      settings.set(name, own.set(setting, JSON.parse(value)))
    }
  }
  return { on, settings, mark: JSON.stringify(rows) }
}

/** Decides whether a plugin is on; null takes the decision back. */
export async function decideOn(store: Values, name: string, on: boolean | null): Promise<void> {
  if (on === null) await store.removePluginValue('', onKey(name))
  else await store.savePluginValue('', onKey(name), String(on))
}

/** Decides a setting; null takes the decision back. */
export async function decideSetting(
  store: Values,
  name: string,
  key: string,
  value: FieldValue | null,
): Promise<void> {
  if (value === null) await store.removePluginValue('', settingKey(name, key))
  else await store.savePluginValue('', settingKey(name, key), JSON.stringify(value))
}

/** Forgets all decisions about a plugin. */
export async function forgetDecisions(store: Values, name: string): Promise<void> {
  for (const { key } of await store.pluginValues('', `${PREFIX}${name}/`))
    await store.removePluginValue('', key)
}
