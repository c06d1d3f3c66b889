/** Settings that the page needs too; the whole schema is in `server/settings`. */
import type { PageSettings } from './page-settings.ts'
import type { FieldValue } from './plugin/fields.ts'

/** How a pad's page looks, from `padOptions` and from the query of an embedding page (Etherpad's names and meanings). */
export interface PadOptions {
  noColors: boolean
  showControls: boolean
  showChat: boolean
  showLineNumbers: boolean
  useMonospaceFont: boolean
  userName: string | null
  userColor: string | null
  rtl: boolean
  alwaysShowChat: boolean
  chatAndUsers: boolean
  lang: string | null
  fadeInactiveAuthorColors: boolean
  enforceReadableAuthorColors: boolean
  showMenuRight: boolean
}

/** What the server puts into the pad's page for the client, as JSON in `<script type="application/json" id="boot">`. */
export interface PadBoot {
  /** The name of the pad in this URL; the read-only id when the page was opened by one. */
  pad: string
  /** The installation's title. */
  title: string
  /** The page may not write, whatever the level will be. */
  readOnly: boolean
  /** From the settings; the client lays the query parameters over them. */
  padOptions: PadOptions
  /** The read-only id to share; null for readers. */
  readOnlyId: string | null
  /** `#rrggbb` or hue a new guest gets when the browser knows none. */
  version: string
  /** The plugins that are on, in the order in which they are loaded. */
  plugins: readonly BootPlugin[]
  padSettings: PadSettings
  /** This person may decide for the whole pad: they made it, or own it. */
  owner: boolean
  /** A word of the administrator to all pads; empty for none. */
  notice: string
  /** Left out where nobody can sign in. */
  login?: PageLogin
  settings: PageSettings
}

/** What a page knows of signing in. */
export interface PageLogin {
  /** Who is signed in, under which name their provider knows them; null for a guest. */
  as: { name: string } | null
  /** There is a way to sign in. */
  can: boolean
}

/** What the owner of a pad decided for all who open it. */
export interface PadSettings {
  /** Laid over the installation's pad options. */
  options: Partial<PadOptions>
  /** People's own choices do not count. */
  enforce: boolean
  /** Settings of plugins with scope `pad` (and `user`, as what people begin with), by plugin. */
  plugins: Readonly<Record<string, Readonly<Record<string, FieldValue>>>>
}

/** A plugin as a page knows it. Addresses are relative to our root. */
export interface BootPlugin {
  name: string
  /** What it is called, for messages about it; its translations may say it better (key `title`). */
  title?: string
  version: string
  /** Public settings, as the server, not yet the pad's owner, decides them. */
  settings: Readonly<Record<string, FieldValue>>
  /** What its server half gives a page; only at a page's start. */
  start?: unknown
  /** Where a third party's plugin is fetched from; bundled plugins are part of the build. */
  files?: { shared: string; client: string | null; style: string | null; locales: string | null }
}

/** What owners may decide among {@link PadOptions}, with the kind of value. */
const DECIDABLE = {
  noColors: 'boolean',
  showChat: 'boolean',
  showLineNumbers: 'boolean',
  useMonospaceFont: 'boolean',
  rtl: 'boolean',
  alwaysShowChat: 'boolean',
  chatAndUsers: 'boolean',
  fadeInactiveAuthorColors: 'boolean',
  enforceReadableAuthorColors: 'boolean',
  lang: 'string',
} as const satisfies Partial<Record<keyof PadOptions, 'boolean' | 'string'>>

/** No decisions. */
export const NO_PAD_SETTINGS: PadSettings = { options: {}, enforce: false, plugins: {} }
const MOST_PLUGINS = 200
const MOST_VALUES = 100

/** Reads settings of a pad of unknown origin; what is not right is left out. */
export function readPadSettings(value: unknown): PadSettings {
  if (!isRecord(value)) return NO_PAD_SETTINGS
  const options: Record<string, unknown> = {}
  const given = isRecord(value['options']) ? value['options'] : {}
  for (const [key, kind] of Object.entries(DECIDABLE)) {
    const one = given[key]
    if (typeof one === kind && String(one).length <= 40) options[key] = one
  }
  const plugins: Record<string, Record<string, FieldValue>> = {}
  const all = isRecord(value['plugins']) ? Object.entries(value['plugins']) : []
  for (const [name, values] of all.slice(0, MOST_PLUGINS))
    if (isRecord(values) && /^ep_[\w-]{1,64}$/.test(name)) plugins[name] = fieldValues(values)
  return { options, enforce: value['enforce'] === true, plugins }
}

function fieldValues(values: Record<string, unknown>): Record<string, FieldValue> {
  const out: Record<string, FieldValue> = {}
  for (const [key, value] of Object.entries(values).slice(0, MOST_VALUES)) {
    if (key === '__proto__' || key.length > 64) continue
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) out[key] = value
    else if (typeof value === 'string' && value.length <= 2000) out[key] = value
  }
  return out
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
