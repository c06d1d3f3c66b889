/**
 * The words of the interface, in Etherpad's translation form: flat dot keys in `locales/CODE.json`, `{{name}}` for
 * values, `{[plural(n) one: …, other: …]}` for plurals by the rules of the language. English is always at hand; other
 * languages come when chosen, and what they lack is shown in English.
 */
import { signal } from '@preact/signals'
import type { OwnWords } from '../shared/page-settings.ts'
import { chooseLanguage, directionOf, languageCookie } from '../shared/languages.ts'
import en from './locales/en.json' with { type: 'json' }

export { LANGUAGES } from '../shared/languages.ts'

/** A key of `locales/en.json`. */
export type Key = Exclude<keyof typeof en, '@metadata'>
/** What goes into the places of a message. */
export type Values = Readonly<Record<string, string | number>>
type Messages = Readonly<Record<string, unknown>>

const LOADERS: Readonly<Record<string, () => Promise<{ default: Messages }>>> = {
  de: () => import('./locales/de.json', { with: { type: 'json' } }),
}

const A_YEAR = 31_536_000

const active = signal<{ code: string; messages: Messages }>({ code: 'en', messages: en })

const ownWords = signal<OwnWords>({})

/** Takes the administrator's words in place of ours, language by language. */
export function useOwnWords(words: OwnWords): void {
  ownWords.value = words
}

/** The administrator's word in place of ours for a key of any catalogue. */
export function ownWord(code: string, key: string): string | undefined {
  return ownWords.value[code]?.[key]
}

/** The code of the language in use. */
export function language(): string {
  return active.value.code
}

/** The text for a key in the language in use. */
export function t(key: Key, values: Values = {}): string {
  const { code, messages } = active.value
  const own = ownWords.value[code]?.[key] ?? messages[key]
  const known = typeof own === 'string' && own !== ''
  return fill(known ? own : (ownWords.value['en']?.[key] ?? en[key]), values, known ? code : 'en')
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

/** Shows another language. Rejects never: when its words cannot be fetched, the page stays as it is and gets false. */
export async function setLanguage(code: string): Promise<boolean> {
  try {
    const load = Object.hasOwn(LOADERS, code) ? LOADERS[code] : undefined
    const messages = code === 'en' ? en : (await load?.())?.default
    if (!messages) return false
    active.value = { code, messages }
    document.documentElement.lang = code
    document.documentElement.dir = directionOf(code)
    return true
  } catch {
    return false
  }
}

/**
 * Chooses the page's language: asked for, else kept in the cookie, else the pad's, else the browser's. A choice asked for
 * is kept.
 */
export async function startLanguage(asked: string | null, pad: string | null = null): Promise<void> {
  const kept = languageCookie(document.cookie)
  const code = chooseLanguage([asked, kept, pad, ...navigator.languages])
  if (asked && chooseLanguage([asked]) === code) keepLanguage(code)
  await setLanguage(code)
}

/** Keeps the language for the next visit, where Etherpad keeps it. */
export function keepLanguage(code: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `language=${code}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`
}
