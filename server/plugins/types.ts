/** What the rest of the server knows of plugins: the pages, the administrator's pages, the command line. */
import type { Router } from 'express'
import type { Field, FieldValue, PluginFacts } from '../../shared/plugin.ts'
import type { Person } from '../../shared/protocol.ts'
import type { BootPlugin } from '../../shared/settings.ts'
import type { Formats } from '../../shared/text/formats.ts'

/** `waiting`: it should be on, and something it needs is not there. `failed`: it threw, and is off until it is switched on again. */
export type PluginState = 'on' | 'off' | 'waiting' | 'failed'

/** A plugin as the administrator sees it. */
export interface PluginView {
  readonly facts: PluginFacts
  readonly source: 'bundled' | 'package'
  readonly state: PluginState
  /** Why it waits or failed, in a sentence; null when nothing is wrong. */
  readonly error: string | null
  /** What the administrator decided; null when on or off follows from the settings. */
  readonly decided: boolean | null
  /** Messages of people that were not what the plugin expects, since the start. */
  readonly refused: number
  /** Of a third party's: the name of its package, and whether it came from a registry, so that it can be updated. */
  readonly package: { readonly name: string; readonly registry: boolean } | null
}

/** A setting as the administrator sees it. The value of a secret must not be shown. */
export interface SettingView {
  readonly key: string
  readonly field: Field
  readonly value: FieldValue
  readonly source: 'default' | 'file' | 'environment' | 'administrator'
  /** The environment variable that fixes it, or null. */
  readonly fixed: string | null
}

/** A package found in the registry. */
export interface CatalogEntry {
  readonly name: string
  readonly version: string
  readonly about: string
  /** Version that is installed here, or null. */
  readonly installed: string | null
}

/** What a search gave: packages, or the sentence why there are none. */
export type CatalogAnswer =
  | { readonly state: 'found'; readonly entries: readonly CatalogEntry[] }
  | { readonly state: 'off' | 'offline'; readonly why: string }

/** The plugins of a running server. */
export interface Plugins {
  /** Reads what was decided and switches on what should be on. To be called once the store is open. */
  start(): Promise<void>
  /** Looks at once for what was decided or installed elsewhere: by another server, by the command line. */
  look(): Promise<void>
  close(): Promise<void>
  /** An error nobody caught: true when it came from a plugin, which is then off. */
  blame(error: unknown): boolean

  /** Origins that pages of pads may show in frames. */
  frames(): readonly string[]
  /** What a pad's page gets at its start, in the order in which it is loaded. */
  boot(pad: string, person: Person | null): Promise<readonly BootPlugin[]>
  /** The formats of the core and of all plugins that are on; another object whenever they change. */
  formats(): Formats
  /** `plugin/NAME/...` and `plugin-files/NAME/...`. */
  readonly routes: Router

  /** All plugins that are here, by name. */
  list(): readonly PluginView[]
  /** The settings of one, also of one that is off. @throws AppError `notFound`; what its shared half throws */
  settings(name: string): Promise<readonly SettingView[]>
  /** A plugin's translations into a language, else its English ones; empty when there are none. */
  words(name: string, language: string): Promise<Readonly<Record<string, string>>>
  /** Switches one on and waits until it is (or failed: see {@link PluginView.error}). @throws AppError `notFound` */
  enable(name: string): Promise<PluginView>
  disable(name: string): Promise<PluginView>
  /** Decides settings; null takes a decision back. @throws AppError `badRequest` that names what is wrong; then nothing changes */
  setSettings(name: string, values: Readonly<Record<string, FieldValue | null>>): Promise<void>
  /**
   * Installs a third party's plugin: `NAME`, `NAME@VERSION`, the path of a packed `.tgz` or of a folder; and switches it on.
   * @throws AppError `badRequest` with what is wrong
   */
  install(what: string): Promise<PluginView>
  /** Installs the newest version of one that came from a registry. */
  update(name: string): Promise<PluginView>
  /** Switches a third party's plugin off and deletes its files; with `data` also its settings and what it kept. */
  remove(name: string, data?: boolean): Promise<void>
  search(words: string): Promise<CatalogAnswer>
}
