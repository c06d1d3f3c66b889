/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fill, language, LANGUAGES, setLanguage, startLanguage, t, useOwnWords } from '../../client/i18n.ts'
import { chooseLanguage, directionOf, languageCookie } from '../../shared/languages.ts'

const CLIENT = join(import.meta.dirname, '../../client')
const locale = (code: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(CLIENT, 'locales', `${code}.json`), 'utf8')) as Record<string, unknown>
const keysOf = (code: string) => Object.keys(locale(code)).filter((key) => key !== '@metadata')
const sources = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(CLIENT, file), 'utf8') }))

describe('messages', () => {
  test('every message is explained in qqq, and German is complete', () => {
    expect(keysOf('qqq')).toEqual(keysOf('en'))
    expect(keysOf('de')).toEqual(keysOf('en'))
  })

  test('translations have the same places as the English message', () => {
    const places = (text: unknown) =>
      [...String(text).matchAll(/\{\{(\w+)\}\}|plural\((\w+)\)/g)].map((m) => m[1] ?? m[2])
    const en = locale('en')
    const de = locale('de')
    for (const key of keysOf('en'))
      expect([key, new Set(places(de[key]))]).toEqual([key, new Set(places(en[key]))])
  })

  test('every message is used, and every key used exists', () => {
    const all = sources.map(({ text }) => text).join('\n')
    const quoted = new Set([...all.matchAll(/'([a-z]+(?:\.[A-Za-z0-9]+)+)'/g)].map((match) => match[1]))
    const built = ['style.', 'people.colour.', 'settings.theme.']
    const unused = keysOf('en').filter(
      (key) => !quoted.has(key) && !built.some((prefix) => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
    const known = new Set(keysOf('en'))
    const called = [...all.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '')
    expect(called.filter((key) => !known.has(key))).toEqual([])
  })

  test('no text stands in JSX itself', () => {
    const found: string[] = []
    for (const { file, text } of sources.filter((source) => source.file.endsWith('.tsx'))) {
      for (const [whole, words] of text.matchAll(/>([^<>{}=;()]*\p{L}[^<>{}=;()]*)<\//gu)) {
        if (/\n\s*(const|return|import)/.test(whole)) continue
        found.push(`${file}: ${words?.trim()}`)
      }
      for (const [whole] of text.matchAll(/\b(?:aria-label|title|placeholder|alt)="[^"]*\p{L}[^"]*"/gu))
        if (whole !== 'placeholder="https://"') found.push(`${file}: ${whole}`)
    }
    expect(found).toEqual([])
  })
})

describe('filling', () => {
  test('places and plurals follow the language', () => {
    const message = 'Offline, {[plural(n) one: 1 change, other: {{n}} changes]} by {{name}}'
    expect(fill(message, { n: 1, name: 'Bo' }, 'en')).toBe('Offline, 1 change by Bo')
    expect(fill(message, { n: 5, name: 'Bo' }, 'en')).toBe('Offline, 5 changes by Bo')
    expect(fill('{[plural(n) one: a, few: b, many: c, other: d]}', { n: 3 }, 'pl')).toBe('b')
    expect(fill('{[plural(n) one: a, other: d]}', { n: 3 }, 'pl')).toBe('d')
  })

  test('values are text, whatever they look like', () => {
    expect(fill('{{name}} is here', { name: '$& {{x}}' }, 'en')).toBe('$& {{x}} is here')
    expect(fill('a comma, kept {[plural(n) one: one, two things, other: x]}', { n: 1 }, 'en')).toBe(
      'a comma, kept one, two things',
    )
  })
})

describe('choice of language', () => {
  test('what is asked for, else the cookie, else the browser, else English', () => {
    expect(chooseLanguage(['de', 'en'])).toBe('de')
    expect(chooseLanguage([null, 'de-AT'])).toBe('de')
    expect(chooseLanguage(['xx', 'DE_de'])).toBe('de')
    expect(chooseLanguage(['constructor', '__proto__', null])).toBe('en')
  })

  test('every language there is can be shown, and runs its way', async () => {
    for (const { code } of LANGUAGES) {
      expect(await setLanguage(code)).toBe(true)
      expect([document.documentElement.lang, document.documentElement.dir]).toEqual([code, directionOf(code)])
    }
    expect([directionOf('he'), directionOf('de')]).toEqual(['rtl', 'ltr'])
  })

  test("the cookie is Etherpad's", () => {
    expect(languageCookie('a=1; language=de; b=2')).toBe('de')
    expect(languageCookie('xlanguage=de')).toBeNull()
  })

  test('a language asked for is shown, kept and put on the page', async () => {
    await startLanguage('de')
    expect(language()).toBe('de')
    expect(t('pad.share')).toBe('Teilen')
    expect(document.documentElement.lang).toBe('de')
    expect(document.documentElement.dir).toBe('ltr')
    expect(languageCookie(document.cookie)).toBe('de')
    expect(await setLanguage('nowhere')).toBe(false)
    expect(t('pad.share')).toBe('Teilen')
    expect(await setLanguage('en')).toBe(true)
    expect(t('pad.share')).toBe('Share')
  })
})

test("Settings: the administrator's words stand in place of ours, language by language (customLocaleStrings)", async () => {
  const open = t('home.open')
  useOwnWords({ de: { 'home.open': 'Los' }, en: { 'pad.share': 'Invite {{n}}' } })
  expect(t('home.open')).toBe(open)
  expect(t('pad.share', { n: 2 })).toBe('Invite 2')
  await setLanguage('de')
  expect(t('home.open')).toBe('Los')
  expect(t('pad.share')).toBe('Teilen')
  useOwnWords({})
  expect(t('home.open')).not.toBe('Los')
  await setLanguage('en')
})
