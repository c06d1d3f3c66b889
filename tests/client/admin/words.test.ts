/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetchWords, say } from '../../../client/admin/words.ts'

const ADMIN = join(import.meta.dirname, '../../../client/admin')
const locale = (code: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(ADMIN, 'locales', `${code}.json`), 'utf8')) as Record<string, unknown>
const keysOf = (code: string) => Object.keys(locale(code)).filter((key) => key !== '@metadata')
const sources = readdirSync(ADMIN)
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(ADMIN, file), 'utf8'))
  .join('\n')

afterEach(() => fetchWords('en'))

describe('the words of the administration', () => {
  test('every message is explained in qqq, and German is complete', () => {
    expect(keysOf('qqq')).toEqual(keysOf('en'))
    expect(keysOf('de')).toEqual(keysOf('en'))
  })

  test('translations have the same places as the English message', () => {
    const places = (text: unknown) =>
      new Set([...String(text).matchAll(/\{\{(\w+)\}\}|plural\((\w+)\)/g)].map((m) => m[1] ?? m[2]))
    const [en, de] = [locale('en'), locale('de')]
    for (const key of keysOf('en')) expect([key, places(de[key])]).toEqual([key, places(en[key])])
  })

  test('every message is used', () => {
    const quoted = new Set([...sources.matchAll(/'([a-zA-Z]+\.[A-Za-z]+)'/g)].map((match) => match[1]))
    const built =
      /^(\w+\.title|checkup\.(good|note|care|bad)|log\.(debug|info|warn|error)|accounts\.(ask|do|about)\.\w+|padRule\.(everybody|signedIn|link|password|level\.\w+)|audit\.(kind\.\w+|days\.\d+|time|what|who|target|address))$/
    expect(keysOf('en').filter((key) => !quoted.has(key) && !built.test(key))).toEqual([])
  })

  test('another language is shown once its words are there, and one that is nowhere is English', async () => {
    expect(say('signIn.go')).toBe('Sign in')
    expect(await fetchWords('de')).toBe(true)
    expect(say('signIn.go')).toBe('Anmelden')
    expect(say('delete.action', { n: 2 })).toBe('2 Pads löschen')
    expect(await fetchWords('xx')).toBe(true)
    expect(say('signIn.go')).toBe('Sign in')
  })
})
