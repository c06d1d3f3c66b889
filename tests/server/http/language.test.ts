import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shellPage } from '../../../server/http/html.ts'
import { say, sayError } from '../../../server/http/words.ts'
import { LANGUAGES } from '../../../shared/languages.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const SERVER = join(import.meta.dirname, '../../../server')

let web: Web
let german: Web
beforeAll(async () => {
  ;[web, german] = await Promise.all([startWeb(), startWeb({ padOptions: { lang: 'de' } })])
  await web.write('notes', 'words\n')
})
afterAll(() => Promise.all([web.close(), german.close()]))

const get = (path: string, headers: Record<string, string> = {}, from = web) =>
  ask(from.port, path, { headers: { ...BROWSER, ...headers } })
const opening = (text: string) => /<html[^>]*>/.exec(text)?.[0]

describe('a page comes in the language it will be shown in', () => {
  test.each([
    ['/p/notes', {}, 'en'],
    ['/p/notes', { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' }, 'de'],
    ['/p/notes', { 'accept-language': 'xx,en;q=0.4,de;q=0.8' }, 'de'],
    ['/p/notes', { 'accept-language': 'de', cookie: 'a=b; language=en' }, 'en'],
    ['/p/notes?lang=de', { 'accept-language': 'en', cookie: 'language=en' }, 'de'],
    ['/p/notes?lang=de&lang=en', {}, 'de'],
    ['/p/notes?lang=%22%3E%3Cscript%3E', {}, 'en'],
    ['/p/notes?lang=__proto__', { 'accept-language': '*' }, 'en'],
    ['/', { 'accept-language': 'de' }, 'de'],
    ['/nothing', { 'accept-language': 'de' }, 'de'],
  ])('Pages: %s with %j: %s', async (path, headers, lang) => {
    const { text } = await get(path, headers)
    expect(opening(text)).toBe(`<html lang="${lang}" dir="ltr">`)
    const away = /<noscript><p>(.*?)<\/p>/.exec(text)?.[1]
    if (away !== undefined) expect(away.includes('bitte')).toBe(lang === 'de')
  })

  test("Pages: the installation's language of pads goes before the browser's", async () => {
    const { text } = await get('/p/x', { 'accept-language': 'en' }, german)
    expect(opening(text)).toBe('<html lang="de" dir="ltr">')
    expect(opening((await get('/p/x?lang=en', {}, german)).text)).toBe('<html lang="en" dir="ltr">')
  })

  test('Pages: a language that runs to the left says so from the start', () => {
    const files = { script: 'x.js', styles: [], preloads: [] }
    const page = shellPage({ up: '', title: '', lang: 'he', files, boot: {}, content: '', hidden: false })
    expect(opening(page)).toBe('<html lang="he" dir="rtl">')
  })

  test.each([
    ['?rtl=true', true],
    ['?rtl=yes', false],
    ['', false],
  ])('Pages: a pad asked for with "%s" has its text to the left: %s', async (query, rtl) => {
    expect((await get(`/p/notes${query}`)).text.includes('<main class="reader" dir="rtl"')).toBe(rtl)
  })
})

describe('errors', () => {
  test.each([
    '/nothing',
    '/p/notes/',
    '/p/a$b',
    '/p/%',
    '/p/g.abcdefghijklmnop$secret',
    `/p/r.${'0'.repeat(32)}`,
    '/assets/../x',
  ])('Pages: %s is refused in words of the language', async (path) => {
    const words = (text: string) =>
      [...text.matchAll(/<(?:h1|p)>(?:<a [^>]*>)?(.*?)</g)].map((match) => match[1])
    const [english, translated] = await Promise.all([get(path), get(path, { 'accept-language': 'de' })])
    expect(translated.status).toBe(english.status)
    expect(words(english.text)).toHaveLength(3)
    for (const [at, text] of words(translated.text).entries()) expect(text).not.toBe(words(english.text)[at])
    expect(words(translated.text)[2]).toBe('Startseite')
  })

  test('Pages: scripts get the code and the English sentence in any language', async () => {
    const { text } = await get('/nothing', { accept: 'application/json', 'accept-language': 'de' })
    expect(JSON.parse(text)).toEqual({ error: 'notFound', message: 'The address leads to nothing we have.' })
  })

  test('Pages: a sentence nobody translated gives way to what is said of its code, but not in English', () => {
    const error = { code: 'tooLarge', message: 'Pads end at 3 lines.' } as const
    expect(sayError('en', error).message).toBe(error.message)
    expect(sayError('de', error)).toEqual({
      heading: say('de', 'error.tooLarge'),
      message: say('de', 'body.tooLarge'),
    })
  })
})

describe('the catalogue', () => {
  const locale = (code: string) =>
    JSON.parse(readFileSync(join(SERVER, 'locales', `${code}.json`), 'utf8')) as Record<string, unknown>

  test('Pages: every language has every message, and each is explained', () => {
    const english = locale('en')
    for (const { code } of [...LANGUAGES, { code: 'qqq' }]) {
      expect(Object.keys(locale(code))).toEqual(Object.keys(english))
      expect(Object.values(locale(code)).filter((text) => text === '')).toEqual([])
    }
  })

  test('Pages: every message is said somewhere', () => {
    const sources = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(SERVER, file), 'utf8'))
      .join('\n')
    const said = (key: string, text: unknown) =>
      key.startsWith('error.') ||
      sources.includes(`'${key}'`) ||
      sources.includes(JSON.stringify(text)) ||
      sources.includes(`'${String(text).replaceAll('\\', '\\\\')}'`) ||
      Object.hasOwn(locale('en'), key.replace('body.', 'error.'))
    const unused = Object.entries(locale('en')).filter(
      ([key, text]) => key !== '@metadata' && !said(key, text),
    )
    expect(unused.map(([key]) => key)).toEqual([])
  })
})
