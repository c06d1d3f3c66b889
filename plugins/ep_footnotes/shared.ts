/** A note as its embed says it, `{footnote: {text}}`, and as files have it. Pure. */
import { plugin } from '../../shared/plugin.ts'

export const KIND = 'footnote'
export const MAX_NOTE = 2000

/** The words of a note of unknown origin; null for what is none. */
export function noteOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  const text: unknown = Reflect.get(value, 'text')
  return typeof text === 'string' ? noteWords(text) : null
}

/** Words as a note keeps them. */
export function noteWords(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, MAX_NOTE)
    .replace(/[\uD800-\uDBFF]$/, '')
}

export const declaration = plugin({
  name: 'ep_footnotes',
  exports: { footnote: { note: noteOf } },
})
