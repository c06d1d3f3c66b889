/** The words of the board. They are many, so they stand apart from those that every pad loads, and come with the board. */
import { effect, signal } from '@preact/signals'
import { fill, language, ownWord } from '../i18n.ts'
import type { Values } from '../i18n.ts'
import en from './locales/en.json' with { type: 'json' }

/** A key of `locales/en.json`. */
export type BoardKey = Exclude<keyof typeof en, '@metadata'>
type Messages = Readonly<Record<string, unknown>>

const LOADERS: Readonly<Record<string, () => Promise<{ default: Messages }>>> = {
  de: () => import('./locales/de.json', { with: { type: 'json' } }),
}

const active = signal<{ code: string; messages: Messages }>({ code: 'en', messages: en })

/** The text for a key in the language in use; English where it lacks one. */
export function say(key: BoardKey, values: Values = {}): string {
  const { code, messages } = active.value
  const own = ownWord(code, key) ?? messages[key]
  const known = typeof own === 'string' && own !== ''
  return fill(known ? own : (ownWord('en', key) ?? en[key]), values, known ? code : 'en')
}

/** {@link say} for a key that comes as data, such as an action's label; a key that is none is shown as it is. */
export function sayAny(key: string, values: Values = {}): string {
  return isBoardKey(key) ? say(key, values) : key
}

function isBoardKey(key: string): key is BoardKey {
  return key !== '@metadata' && Object.hasOwn(en, key)
}

/** {@link say} for a dialog whose command ends in dots. */
export function sayTitle(key: BoardKey): string {
  return say(key).replace(/…$/, '')
}

/** Fetches the words of a language. When they cannot be fetched, the board goes on as it is and gets false. */
export async function fetchWords(code: string): Promise<boolean> {
  try {
    const load = Object.hasOwn(LOADERS, code) ? LOADERS[code] : undefined
    active.value = { code, messages: (await load?.())?.default ?? en }
    return true
  } catch {
    return false
  }
}

/** Follows the page's language; the first words are there when this resolves. */
export function followLanguage(): { ready: Promise<unknown>; stop: () => void } {
  let ready: Promise<unknown> = Promise.resolve()
  const stop = effect(() => {
    ready = fetchWords(language())
  })
  return { ready, stop }
}
