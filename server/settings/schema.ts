/** All settings, once: key, kind, default, environment variable, meaning. Keys and variables are Etherpad's where it has them. */
import type { Field, Idle } from './field.ts'
import { ACCESS } from './table/access.ts'
import { ACCOUNTS } from './table/accounts.ts'
import { DATABASE } from './table/database.ts'
import { FORMATS } from './table/formats.ts'
import { INSTALLATION } from './table/installation.ts'
import { NETWORK } from './table/network.ts'
import { OPERATION } from './table/operation.ts'
import { PADS } from './table/pads.ts'
import { PLUGINS } from './table/plugins.ts'

/** The parts of the table under their headings, in the order of the file. */
export const SECTIONS = {
  'This installation': INSTALLATION,
  'Addresses, proxies, frames': NETWORK,
  Database: DATABASE,
  Pads: PADS,
  People: ACCESS,
  'Accounts of our own, what is recorded': ACCOUNTS,
  'Import and export': FORMATS,
  'Plugins and the admin page': PLUGINS,
  'Logs, figures, limits': OPERATION,
} as const

/** Nested like the settings file; every leaf is a {@link Field}. */
export const SCHEMA = {
  ...INSTALLATION,
  ...NETWORK,
  ...DATABASE,
  ...PADS,
  ...ACCESS,
  ...ACCOUNTS,
  ...FORMATS,
  ...PLUGINS,
  ...OPERATION,
}

/** The settings a schema makes; those without effect are left out. */
export type SettingsOf<S> = {
  readonly [K in keyof S as S[K] extends Idle ? never : K]: S[K] extends Field<infer T> ? T : SettingsOf<S[K]>
}

/** All settings, checked. Passwords inside: never log it as a whole. */
export type Settings = SettingsOf<typeof SCHEMA>

/** A group of settings. */
export type Branch = { readonly [key: string]: Field<unknown> | Branch }

/** Is this node of the schema a setting, not a group of them? */
export function isField(node: Field<unknown> | Branch): node is Field<unknown> {
  return typeof node.read === 'function'
}

/** The schema as a table: path and field, in the order of the file. */
export function fields(
  branch: Branch = SCHEMA,
  path: readonly string[] = [],
): [readonly string[], Field<unknown>][] {
  return Object.entries(branch).flatMap(([key, node]) =>
    isField(node) ? [[[...path, key], node] as [string[], Field<unknown>]] : fields(node, [...path, key]),
  )
}
