/**
 * How a pad looks for this person. Of each preference counts: what the pad's owner enforces, else what was chosen on this
 * page, else what its query asks for, else what the browser keeps, else what the owner decided, else the server's option.
 */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { PadOptions, PadSettings } from '../../shared/settings.ts'
import type { AuthorStyle } from '../editor/types.ts'

export interface Preferences {
  authors: AuthorStyle
  lineNumbers: boolean
  monospace: boolean
  rtl: boolean
}

export type PreferenceSignals = { readonly [K in keyof Preferences]: ReadonlySignal<Preferences[K]> } & {
  /** Changes one preference and keeps it for the next visit. */
  set<K extends keyof Preferences>(name: K, value: Preferences[K]): void
  /** Whether the pad's owner took it out of people's hands. */
  enforced(name: keyof Preferences): boolean
}

/** What preferences are made from. */
export interface PreferenceLayers {
  /** The server's options, overlaid with the page's query; `asked` names what the query set. */
  options: PadOptions
  asked: ReadonlySet<keyof PadOptions>
  pad: ReadonlySignal<PadSettings>
  /** What this browser keeps. */
  kept: Partial<Preferences>
  /** Ways of showing authors that there are besides the core's. */
  authorViews?: ReadonlySignal<readonly string[]>
}

const KEY = 'inkpad.preferences'
/** The core's ways of showing authors. */
const AUTHOR_STYLES = ['tint', 'bar', 'off'] as const
/** The option that is the same as a preference. */
const OPTION = {
  authors: 'noColors',
  lineNumbers: 'showLineNumbers',
  monospace: 'useMonospaceFont',
  rtl: 'rtl',
} as const satisfies Record<keyof Preferences, keyof PadOptions>

/** Signals for each preference. */
export function createPreferences(layers: PreferenceLayers): PreferenceSignals {
  const { options, asked, pad } = layers
  const chosen = signal<Partial<Preferences>>({})
  const kept = signal(layers.kept)
  /** What the owner enforces; undefined where people choose. */
  const rule = (name: keyof Preferences): boolean | undefined =>
    pad.value.enforce ? pad.value.options[OPTION[name]] : undefined
  /** What counts; `fromOption` reads an option's value as the preference. */
  const inForce = <K extends keyof Preferences>(
    name: K,
    fromOption: (value: boolean) => Preferences[K],
  ): Preferences[K] => {
    const option = OPTION[name]
    const own = chosen.value[name]
    if (own !== undefined) return own
    if (asked.has(option)) return fromOption(options[option])
    return kept.value[name] ?? fromOption(pad.value.options[option] ?? options[option])
  }
  const flag = (name: 'lineNumbers' | 'monospace' | 'rtl'): ReadonlySignal<boolean> =>
    computed(() => rule(name) ?? inForce(name, (value) => value))
  return {
    authors: computed(() => {
      const none = rule('authors')
      if (none === true) return 'off'
      const style = inForce('authors', (off) => (off ? 'off' : 'tint'))
      const known = [...AUTHOR_STYLES, ...(layers.authorViews?.value ?? [])]
      // That colours are shown is enforced, not which way.
      return known.includes(style) && !(none === false && style === 'off') ? style : 'tint'
    }),
    lineNumbers: flag('lineNumbers'),
    monospace: flag('monospace'),
    rtl: flag('rtl'),
    enforced: (name) => (name === 'authors' ? rule(name) === true : rule(name) !== undefined),
    set(name, value) {
      chosen.value = { ...chosen.peek(), [name]: value }
      kept.value = { ...kept.peek(), [name]: value }
      try {
        localStorage.setItem(KEY, JSON.stringify({ ...keptPreferences(), [name]: value }))
      } catch {
        // Not kept, still shown.
      }
    },
  }
}

/** What this browser keeps; what it cannot read counts as not kept. */
export function keptPreferences(): Partial<Preferences> {
  try {
    return readPreferences(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return {}
  }
}

/** Checks preferences of unknown origin. */
export function readPreferences(value: unknown): Partial<Preferences> {
  const kept: Partial<Preferences> = {}
  if (typeof value !== 'object' || value === null) return kept
  if ('authors' in value && isAuthorStyle(value.authors)) kept.authors = value.authors
  if ('lineNumbers' in value && typeof value.lineNumbers === 'boolean') kept.lineNumbers = value.lineNumbers
  if ('monospace' in value && typeof value.monospace === 'boolean') kept.monospace = value.monospace
  if ('rtl' in value && typeof value.rtl === 'boolean') kept.rtl = value.rtl
  return kept
}

/** Any way of showing authors: a plugin's is kept while the plugin is off. */
function isAuthorStyle(value: unknown): value is AuthorStyle {
  return typeof value === 'string' && /^[a-z][\w-]{0,40}$/i.test(value)
}
