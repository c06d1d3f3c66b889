/**
 * Loads the page half of a plugin: a bundled one is a chunk of the build, a third party's is fetched from our own origin
 * and shares our libraries through the page's import map. What takes too long is given up.
 */
import type { ClientHalf, Declaration } from '../../shared/plugin.ts'
import type { BootPlugin } from '../../shared/settings.ts'
import { within } from './within.ts'
import type { Words } from './words.ts'

/** Ms a plugin may take to load, its style sheet included: on a slow line all of them share it, and the page works meanwhile. */
export const LOAD_LIMIT = 30_000

/** What a bundled plugin's chunk exports. */
export interface BundledPlugin {
  declaration: Declaration
  client: ClientHalf | null
  english: Words
  /** Address of its style sheet. */
  style: string | null
  /** Ways to load its other languages, by code. */
  languages: Readonly<Record<string, () => Promise<{ default: Words }>>>
}

/** Ways to load the bundled plugins, by name. */
export type BundledPlugins = Readonly<Record<string, () => Promise<unknown>>>

/** Where plugins come from, and what fetches them. */
export interface PluginSources {
  bundled: BundledPlugins
  /** Address of our root, that of the page without `p/NAME`. */
  root: URL
  importModule(url: string): Promise<unknown>
  fetchJson(url: string): Promise<unknown>
  /** Puts a style sheet into the page; resolves with its undo when it is there. */
  addStyle: (url: string) => Promise<() => void>
  /** Names of bundled plugins whose style sheets came with the page. */
  styled: ReadonlySet<string>
}

/** A plugin that is there and does nothing yet. */
export interface LoadedPlugin {
  boot: BootPlugin
  declaration: Declaration
  client: ClientHalf | null
  english: Words
  /** Its words in another language; null where it has none. */
  words: (code: string) => Promise<Words | null>
  /** Takes its style sheet out of the page again. */
  unload: () => void
}

/** Loads a plugin. @throws Error when it cannot be loaded, is none, or takes too long */
export function loadPlugin(boot: BootPlugin, sources: PluginSources): Promise<LoadedPlugin> {
  return within(
    boot.files ? loadForeign(boot, boot.files, sources) : loadBundled(boot, sources),
    LOAD_LIMIT,
    `it did not load within ${LOAD_LIMIT / 1000} s`,
  )
}

async function loadBundled(
  boot: BootPlugin,
  { bundled, styled, addStyle }: PluginSources,
): Promise<LoadedPlugin> {
  const load = Object.hasOwn(bundled, boot.name) ? bundled[boot.name] : undefined
  if (!load) throw new Error('it is not part of this page; load the page again')
  const { declaration, client, english, style, languages } = (await load()) as BundledPlugin
  return {
    boot,
    declaration,
    client,
    english,
    words: async (code) => {
      const more = Object.hasOwn(languages, code) ? languages[code] : undefined
      return more ? (await more()).default : null
    },
    unload: style === null || styled.has(boot.name) ? () => undefined : await addStyle(style),
  }
}

async function loadForeign(
  boot: BootPlugin,
  files: NonNullable<BootPlugin['files']>,
  sources: PluginSources,
): Promise<LoadedPlugin> {
  const url = (path: string): string => {
    const { origin, href } = new URL(path, sources.root)
    if (origin !== sources.root.origin) throw new Error(`${path} is not of our origin`)
    return href
  }
  const { locales } = files
  const language = async (code: string): Promise<Words | null> =>
    locales === null
      ? null
      : readWords(await sources.fetchJson(url(`${locales.replace(/\/$/, '')}/${code}.json`)))
  const [shared, client, unload, english] = await Promise.all([
    sources.importModule(url(files.shared)),
    files.client === null ? null : sources.importModule(url(files.client)),
    files.style === null ? () => undefined : sources.addStyle(url(files.style)),
    language('en').catch(() => null),
  ])
  try {
    return {
      boot,
      declaration: declarationOf(shared, boot.name),
      client: client === null ? null : clientOf(client),
      english: english ?? {},
      words: language,
      unload,
    }
  } catch (error) {
    unload()
    throw error
  }
}

function declarationOf(module: unknown, name: string): Declaration {
  const declaration = isRecord(module) ? module['declaration'] : undefined
  if (!isRecord(declaration) || declaration['name'] !== name)
    throw new Error(`its shared half exports no declaration of ${name}`)
  return declaration as unknown as Declaration
}

function clientOf(module: unknown): ClientHalf {
  const client = isRecord(module) ? module['client'] : undefined
  if (typeof client !== 'function') throw new Error('its client half exports no function client')
  return client as ClientHalf
}

function readWords(value: unknown): Words | null {
  return isRecord(value) ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
