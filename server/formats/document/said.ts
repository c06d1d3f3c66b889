/** The few words of ours that stand in documents, in the document's language. */

interface Said {
  contents: string
  authors: string
  nobody: string
  revision: string
  board: string
  figure: string
}

const ENGLISH: Said = {
  contents: 'Contents',
  authors: 'Written by',
  nobody: 'Someone',
  revision: 'Revision',
  board: 'Board',
  figure: 'Figure',
}
const LANGUAGES: Readonly<Record<string, Said>> = {
  en: ENGLISH,
  de: {
    contents: 'Inhalt',
    authors: 'Geschrieben von',
    nobody: 'Jemand',
    revision: 'Stand',
    board: 'Board',
    figure: 'Abbildung',
  },
}

/** The words for a language; English where there are none. */
export function said(lang: string): Said {
  const base = lang.split('-')[0] ?? ''
  return (Object.hasOwn(LANGUAGES, base) ? LANGUAGES[base] : undefined) ?? ENGLISH
}

/** `2026-11-28`, which is read alike everywhere. */
export function dayOf(time: number): string {
  return isoTime(time).slice(0, 10)
}

/** ISO 8601 to the second; the first moment of 1970 for what is no time. */
export function isoTime(time: number): string {
  const date = new Date(Math.abs(time) < 8.64e15 ? time : 0)
  return `${date.toISOString().slice(0, 19)}Z`
}
