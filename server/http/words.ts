/** The words of pages that come without the client, in the reader's language. Files: `server/locales`, in Etherpad's form. */
import type { AppError } from '../errors.ts'
import de from '../locales/de.json' with { type: 'json' }
import en from '../locales/en.json' with { type: 'json' }

/** A key of `locales/en.json`. */
export type Word = Exclude<keyof typeof en, '@metadata'>

const CATALOGUES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { en, de }

const BODIES: ReadonlyMap<string, Word> = new Map(
  Object.entries(en)
    .filter(([key]) => key.startsWith('body.'))
    .map(([key, text]) => [String(text), key as Word]),
)

/** The text for a key; what a language lacks is said in English. */
export function say(language: string, word: Word): string {
  const own = Object.hasOwn(CATALOGUES, language) ? CATALOGUES[language]?.[word] : undefined
  return typeof own === 'string' && own !== '' ? own : en[word]
}

/**
 * An error's heading and sentence. Errors are thrown with an English sentence; one that is in the catalogue is
 * translated, in place of any other stands what can be said of all errors of its code.
 */
export function sayError(
  language: string,
  { code, message }: Pick<AppError, 'code' | 'message'>,
): { heading: string; message: string } {
  const heading = say(language, `error.${code}`)
  const body = BODIES.get(message)
  if (language === 'en') return { heading, message }
  return { heading, message: say(language, body ?? `body.${code}`) }
}
