/**
 * The words of the interface, in Etherpad's translation form: flat dot keys in `locales/CODE.json`, `{{name}}` for
 * values, `{[plural(n) one: …, other: …]}` for plurals by the rules of the language. English is always at hand; other
 * languages come when chosen, and what they lack is shown in English.
 */
import { signal } from '@preact/signals'
import en from './locales/en.json' with { type: 'json' }

/** A key of `locales/en.json`. */
export type Key = Exclude<keyof typeof en, '@metadata'>
/** What goes into the places of a message. */
export type Values = Readonly<Record<string, string | number>>
type Messages = Readonly<Record<string, unknown>>

const LOADERS: Readonly<Record<string, () => Promise<{ default: Messages }>>> = {
  de: () => import('./locales/de.json', { with: { type: 'json' } }),
}

/** The languages there are, in their own words. */
export const LANGUAGES: readonly { code: string; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
]

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set([
  'ar',
  'ckb',
  'dv',
  'fa',
  'he',
  'ku-arab',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
])
const A_YEAR = 31_536_000

const active = signal<{ code: string; messages: Messages }>({ code: 'en', messages: en })

/** The code of the language in use. */
export function language(): string {
  return active.value.code
}

/** The text for a key in the language in use. */
export function t(key: Key, values: Values = {}): string {
  const { code, messages } = active.value
  const own = messages[key]
  const known = typeof own === 'string' && own !== ''
  return fill(known ? own : en[key], values, known ? code : 'en')
}

/** Fills a message. Exported for tests. */
export function fill(message: string, values: Values, code: string): string {
  const chosen = message.replaceAll(
    /\{\[\s*plural\(\s*(\w+)\s*\)([^]*?)\]\}/g,
    (_whole, name: string, forms: string) => pluralForm(forms, Number(values[name] ?? 0), code),
  )
  return chosen.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => String(values[name] ?? ''))
}

function pluralForm(forms: string, count: number, code: string): string {
  const wanted = new Intl.PluralRules(code).select(count)
  const found = new Map<string, string>()
  for (const part of forms.split(/,\s*(?=(?:zero|one|two|few|many|other)\s*:)/)) {
    const colon = part.indexOf(':')
    found.set(part.slice(0, colon).trim(), part.slice(colon + 1).trim())
  }
  return found.get(wanted) ?? found.get('other') ?? ''
}

/** The first wanted language there is, by full code, then without its region; English when there is none. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): string {
  for (const entry of wanted) {
    const code = entry?.toLowerCase().replaceAll('_', '-')
    if (!code) continue
    for (const candidate of [code, code.split('-')[0] ?? code]) {
      if (candidate === 'en' || Object.hasOwn(LOADERS, candidate)) return candidate
    }
  }
  return 'en'
}

/** The value of the cookie `language` in `document.cookie`'s form. */
export function languageCookie(cookies: string): string | null {
  return /(?:^|;\s*)language=([\w-]+)/.exec(cookies)?.[1] ?? null
}

/** Shows another language. Rejects never: when its words cannot be fetched, the page stays as it is and gets false. */
export async function setLanguage(code: string): Promise<boolean> {
  try {
    const load = Object.hasOwn(LOADERS, code) ? LOADERS[code] : undefined
    const messages = code === 'en' ? en : (await load?.())?.default
    if (!messages) return false
    active.value = { code, messages }
    document.documentElement.lang = code
    document.documentElement.dir = RIGHT_TO_LEFT.has(code) ? 'rtl' : 'ltr'
    return true
  } catch {
    return false
  }
}

/** Chooses the page's language: asked for, else kept in the cookie, else the browser's. A choice asked for is kept. */
export async function startLanguage(asked: string | null): Promise<void> {
  const kept = languageCookie(document.cookie)
  const code = chooseLanguage([asked, kept, ...navigator.languages])
  if (asked && chooseLanguage([asked]) === code) keepLanguage(code)
  await setLanguage(code)
}

/** Keeps the language for the next visit, where Etherpad keeps it. */
export function keepLanguage(code: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `language=${code}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`
}
