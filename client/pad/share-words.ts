/** The words of sharing and of lists of one's pads: a catalogue of their own, fetched with them and not with the page. */
import english from '../locales/sharing/en.json' with { type: 'json' }
import type { Values } from '../i18n.ts'
import { pluginWords } from '../plugins/words.ts'

/** A key of `locales/sharing/en.json`. */
export type ShareWord = Exclude<keyof typeof english, '@metadata'>

const words = pluginWords(
  english,
  async (code) =>
    code === 'de' ? (await import('../locales/sharing/de.json', { with: { type: 'json' } })).default : null,
  reportError,
)

/** The text for a key in the language in use; reading it in a view follows the language. */
export function s(key: ShareWord, values?: Values): string {
  return words.t(key, values)
}
