/** A plugin's own translations: the language in use, else English, else the key itself. They follow the page's language. */
import { effect, signal } from '@preact/signals'
import { fill, language } from '../i18n.ts'
import type { Values } from '../i18n.ts'

/** Messages by key, as a file of translations holds them. */
export type Words = Readonly<Record<string, unknown>>

export interface PluginWords {
  /** The text for a key in the language in use; reading it in a view follows the language. */
  t(key: string, values?: Values): string
  /** Whether there is a text for this key. */
  has(key: string): boolean
  stop(): void
}

/** @param load gives the words of another language, null where there are none */
export function pluginWords(
  english: Words,
  load: (code: string) => Promise<Words | null>,
  report: (error: unknown) => void,
): PluginWords {
  const own = signal<{ code: string; words: Words }>({ code: 'en', words: english })
  let stopped = false
  const fetchWords = async (code: string): Promise<void> => {
    const words = code === 'en' ? english : await load(code)
    if (!stopped && language() === code) own.value = { code, words: words ?? {} }
  }
  const stop = effect(() => {
    fetchWords(language()).catch(report)
  })
  const find = (key: string): { text: string; code: string } | null => {
    const { code, words } = own.value
    const text = textOf(words, key)
    if (text !== null) return { text, code }
    const other = textOf(english, key)
    return other === null ? null : { text: other, code: 'en' }
  }
  return {
    t(key, values = {}) {
      const found = find(key)
      return found ? fill(found.text, values, found.code) : key
    },
    has: (key) => find(key) !== null,
    stop() {
      stopped = true
      stop()
    },
  }
}

function textOf(words: Words, key: string): string | null {
  const text = Object.hasOwn(words, key) ? words[key] : undefined
  return typeof text === 'string' && text !== '' ? text : null
}
