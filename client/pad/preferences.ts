/** How this person likes pads to look. Kept in the browser; a page's query wins over it for that page. */
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { PadOptions } from '../../shared/settings.ts'
import type { AuthorStyle } from '../editor/types.ts'

export interface Preferences {
  authors: AuthorStyle
  lineNumbers: boolean
  monospace: boolean
  rtl: boolean
}

export type PreferenceSignals = { readonly [K in keyof Preferences]: Signal<Preferences[K]> }

const KEY = 'inkpad.preferences'
const STYLES: readonly string[] = ['tint', 'underline', 'bar', 'off'] satisfies AuthorStyle[]

/** The preferences to begin with: what the query asks for, else what the browser keeps, else the server's options. */
export function startPreferences(
  options: PadOptions,
  asked: ReadonlySet<keyof PadOptions>,
  kept: Partial<Preferences>,
): Preferences {
  return {
    authors: asked.has('noColors') ? 'off' : (kept.authors ?? (options.noColors ? 'off' : 'tint')),
    lineNumbers: asked.has('showLineNumbers')
      ? options.showLineNumbers
      : (kept.lineNumbers ?? options.showLineNumbers),
    monospace: asked.has('useMonospaceFont')
      ? options.useMonospaceFont
      : (kept.monospace ?? options.useMonospaceFont),
    rtl: asked.has('rtl') ? options.rtl : (kept.rtl ?? options.rtl),
  }
}

/** Signals for each preference. */
export function preferenceSignals(start: Preferences): PreferenceSignals {
  return {
    authors: signal(start.authors),
    lineNumbers: signal(start.lineNumbers),
    monospace: signal(start.monospace),
    rtl: signal(start.rtl),
  }
}

/** Changes one preference and keeps it for the next visit. */
export function setPreference<K extends keyof Preferences>(
  signals: PreferenceSignals,
  name: K,
  value: Preferences[K],
): void {
  signals[name].value = value
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...keptPreferences(), [name]: value }))
  } catch {
    // Not kept, still shown.
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

function isAuthorStyle(value: unknown): value is AuthorStyle {
  return typeof value === 'string' && STYLES.includes(value)
}
