/** The words of the administrator's pages. They are many, so they stand apart from those that every pad loads. */
import { signal } from '@preact/signals'
import { fill } from '../i18n.ts'
import type { Values } from '../i18n.ts'
import en from './locales/en.json' with { type: 'json' }

/** A key of `locales/en.json`. */
export type AdminKey = Exclude<keyof typeof en, '@metadata'>
type Messages = Readonly<Record<string, unknown>>

const LOADERS: Readonly<Record<string, () => Promise<{ default: Messages }>>> = {
  de: () => import('./locales/de.json', { with: { type: 'json' } }),
}

const active = signal<{ code: string; messages: Messages }>({ code: 'en', messages: en })

/** The text for a key in the language in use; English where it lacks one. */
export function say(key: AdminKey, values: Values = {}): string {
  const { code, messages } = active.value
  const own = messages[key]
  const known = typeof own === 'string' && own !== ''
  return fill(known ? own : en[key], values, known ? code : 'en')
}

/** Fetches the words of a language. When they cannot be fetched, the page goes on as it is and gets false. */
export async function fetchWords(code: string): Promise<boolean> {
  try {
    const load = Object.hasOwn(LOADERS, code) ? LOADERS[code] : undefined
    active.value = { code, messages: (await load?.())?.default ?? en }
    return true
  } catch {
    return false
  }
}
