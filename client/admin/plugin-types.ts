/** Plugins as the server tells of them to the administrator's page. */
import type { Field, FieldValue, PluginFacts } from '../../shared/plugin.ts'

/** A plugin that is here. */
export interface AdminPlugin {
  facts: PluginFacts
  source: 'bundled' | 'package'
  state: 'on' | 'off' | 'waiting' | 'failed'
  /** Why it waits or failed. */
  error: string | null
  /** Messages of people that were not as the plugin expects. */
  refused: number
  package: { name: string; registry: boolean } | null
}

export interface AdminPluginList {
  plugins: readonly AdminPlugin[]
  /** Whether others may be looked for in the registry. */
  catalog: boolean
}

/** A setting of a plugin; the value of a secret is only whether there is one. */
export interface AdminPluginSetting {
  key: string
  field: Field
  value: FieldValue
  source: 'default' | 'file' | 'environment' | 'administrator'
  /** The variable that fixes it. */
  fixed: string | null
}

export interface AdminPluginSettings {
  words: Readonly<Record<string, string>>
  settings: readonly AdminPluginSetting[]
}

/** What a search gave. */
export type AdminCatalog =
  | { state: 'found'; entries: readonly AdminCatalogEntry[] }
  | { state: 'off' | 'offline'; why: string }

export interface AdminCatalogEntry {
  name: string
  version: string
  about: string
  /** Version that is here. */
  installed: string | null
}

/** What may be done to a plugin. */
export type PluginDeed = 'enable' | 'disable' | 'update'
