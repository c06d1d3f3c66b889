/** The words of the writing tools: a catalogue of their own, fetched with them and not with the page. */
import english from '../locales/writing/en.json' with { type: 'json' }
import { pluginWords } from '../plugins/words.ts'
import type { Values } from '../i18n.ts'
// Here, where every tool comes by: a chunk of nothing but styles would be named and not written.
import '../styles/writing.css'
import '../styles/writing-text.css'

/** A key of `locales/writing/en.json`. */
export type Word = Exclude<keyof typeof english, '@metadata'>

const words = pluginWords(
  english,
  async (code) =>
    code === 'de' ? (await import('../locales/writing/de.json', { with: { type: 'json' } })).default : null,
  reportError,
)

/** The text for a key in the language in use; reading it in a view follows the language. */
export function w(key: Word, values?: Values): string {
  return words.t(key, values)
}

/** The text for a key that may not be there; ''. */
export function maybe(key: string): string {
  return words.has(key) ? words.t(key) : ''
}
