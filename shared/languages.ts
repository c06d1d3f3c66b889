/** The languages of the interface: which there are, which way they run, and which of them a person gets. Pure. */

/** The languages there are, in their own words; English is the one that is always complete. */
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

/** Which way a language runs. */
export function directionOf(code: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(code) ? 'rtl' : 'ltr'
}

/** The first wanted language there is, by full code, then without its region; English when there is none. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): string {
  for (const entry of wanted) {
    const code = entry?.toLowerCase().replaceAll('_', '-')
    if (!code) continue
    for (const candidate of [code, code.split('-')[0] ?? code])
      if (LANGUAGES.some((one) => one.code === candidate)) return candidate
  }
  return 'en'
}

/** The value of the cookie `language` (Etherpad's) in the form of a `Cookie` header or of `document.cookie`. */
export function languageCookie(cookies: string): string | null {
  return /(?:^|;\s*)language=([\w-]+)/.exec(cookies)?.[1] ?? null
}
